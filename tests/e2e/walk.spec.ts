/** Over the registry: each slider of each model, walked by arrow keys to both of its ends and back to where it was. */
import { expect, type Page } from "@playwright/test";
import { hosted, ready, test } from "./lab.ts";

type Spec = Window["lab"]["catalogue"]["models"][number]["params"][number];

/** What a slider does depends on these alone: one that several models share is walked once. */
const kind = ({ id, kind, scale, min, max, default: usual, unit }: Spec) => JSON.stringify([id, kind, scale, min, max, usual, unit]);

interface Seen {
  at: number;
  shown: string;
  said: string;
}

/**
 * What a slider shows and says after each press, from where it stands. So many presses by the browser's own protocol would take minutes:
 * the page gets each key, and what the browser does of itself after an arrow is done here.
 */
const walk = (page: Page, id: string, keys: string[]) =>
  page.evaluate(
    ([id, keys]) => {
      const input = window.lab.shadowRoot!.querySelector<HTMLInputElement>(`[data-testid="param-${id}"]`)!;
      const shown = input.closest("label")!.querySelector("b")!;
      const look = () => ({ at: Number(input.value), shown: shown.textContent!, said: input.ariaValueText! });
      const seen = [look()];
      for (const key of keys) {
        const before = input.value;
        if (input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }))) {
          if (key === "ArrowLeft") input.stepDown();
          else input.stepUp();
          if (input.value !== before) for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
        }
        seen.push(look());
      }
      return seen;
    },
    [id, keys] as const,
  );

const times = (n: number, key: string): string[] => Array(n).fill(key);

/** To the lower end, to the upper one, there a page down and up, and back; with where that has to lead after each press. */
function there(from: number, last: number) {
  const keys = [...times(from, "ArrowLeft"), ...times(last, "ArrowRight"), "PageDown", "PageUp", ...times(last - from, "ArrowLeft")];
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
  let at = from;
  const places = [from, ...keys.map((key) => (at = Math.min(last, Math.max(0, at + moves[key]!))))];
  return { keys, places };
}

function check(name: string, seen: Seen[], places: number[], last: number): void {
  expect(
    seen.map(({ at }) => at),
    name,
  ).toEqual(places);
  const shown = new Map(seen.map(({ at, shown }) => [at, shown]));
  expect(new Set(shown.values()).size, `${name}: every place reads otherwise`).toBe(last + 1);
  const odd = seen.filter((place) => place.shown !== shown.get(place.at) || place.said.split(" ")[0] !== place.shown);
  expect(odd, `${name}: the way back reads the same, and what is said is what is shown`).toEqual([]);
}

test("each press of an arrow is one place that reads and is said otherwise, to both ends and back; Page keys go ten", async ({
  page,
  baseURL,
}) => {
  // Below the view, since pictures are not the matter.
  const space = "<p>.</p>".repeat(150);
  const figure = `<dgm-lab data="moons" model="nce" backend="cpu" autoplay="off" show="controls: status"></dgm-lab>`;
  await page.goto(hosted(baseURL!, `<script type="module" src="${baseURL}embed.js"></script>${space}${figure}`));
  await ready(page);
  const models = await page.evaluate(() => window.lab.catalogue.models);
  const ids = [...new Set(models.flatMap(({ params }) => params.map(({ id }) => id)))];
  await page.evaluate((ids) => {
    const refused = Object.assign(window, { refused: [] as unknown[] }).refused;
    window.lab.addEventListener("lab-error", (event) => refused.push((event as CustomEvent).detail));
    window.lab.setAttribute("show", `controls: ${ids.join(" ")}`);
  }, ids);

  const walked = new Set<string>();
  let presses = 0;
  for (const { id: model, dims, params } of models) {
    const fresh = params.filter((spec) => spec.kind !== "choice" && !walked.has(kind(spec)));
    if (fresh.length === 0) continue;
    const usual = Object.fromEntries(fresh.map((spec) => [spec.id, spec.default]));
    const data = dims.includes(2) ? "moons" : "digits-binary";
    // Only who is told classes can be asked for one.
    const told = fresh.some(({ id }) => id === "condition") ? { conditional: "on" } : {};
    await page.evaluate(
      async (config) => {
        window.lab.config = config;
        await window.lab.ready;
      },
      { model, data, ...told, ...usual },
    );
    for (const spec of fresh) {
      walked.add(kind(spec));
      const slider = page.getByTestId(`param-${spec.id}`);
      const [from, last] = await slider.evaluate((input: HTMLInputElement) => [Number(input.value), Number(input.max)]);
      const { keys, places } = there(from!, last!);
      presses += keys.length;
      check(`${model} ${spec.id}`, await walk(page, spec.id, keys), places, last!);
    }
    // Longer than the keys take to rest.
    await page.waitForTimeout(400);
    const left = await page.evaluate((ids) => Object.fromEntries(ids.map((id) => [id, window.lab.config[id]])), Object.keys(usual));
    expect(left, `${model}: from its default and back to it`).toEqual(usual);
  }
  console.log(`${walked.size} sliders, ${presses} presses`);
  expect(await page.evaluate(() => (window as unknown as { refused: unknown[] }).refused)).toEqual([]);

  // What was done here for the browser is what it does.
  const slider = page.getByTestId("param-learning_rate");
  const [from, last] = await slider.evaluate((input: HTMLInputElement) => [Number(input.value), Number(input.max)]);
  const { keys, places } = there(from!, last!);
  await slider.focus();
  const seen = await walk(page, "learning_rate", keys);
  for (const key of keys.slice(0, 12)) await page.keyboard.press(key);
  expect(await slider.inputValue()).toBe(String(places[12]));
  expect(await slider.getAttribute("aria-valuetext")).toBe(seen[12]!.said);
});
