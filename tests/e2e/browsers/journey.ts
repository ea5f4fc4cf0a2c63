/** A reader's way through the page, with real hands: what this browser does otherwise than Chromium shows here. */
import { expect } from "@playwright/test";
import "../lab.ts";
import { type Driver, KEYS } from "./driver.ts";

/** The middle of a control, scrolled into view, wherever in the lab it is, once it stays there. */
function place(driver: Driver, id: string): Promise<[number, number]> {
  return driver.until(
    `${id} is there`,
    async (id) => {
      const find = (root: ParentNode): Element | undefined => {
        for (const element of root.querySelectorAll("*")) {
          if (element.matches(`[data-testid="${id}"]`)) return element;
          const inner = element.shadowRoot && find(element.shadowRoot);
          if (inner) return inner;
        }
        return undefined;
      };
      const found = find(window.lab.shadowRoot!);
      if (!found) return undefined;
      found.scrollIntoView({ block: "center", behavior: "instant" });
      const before = found.getBoundingClientRect().y;
      await new Promise((done) => setTimeout(done, 60));
      const { x, y, width, height } = found.getBoundingClientRect();
      return width > 0 && y === before ? ([x + width / 2, y + height / 2] as [number, number]) : undefined;
    },
    id,
  ) as Promise<[number, number]>;
}

async function click(driver: Driver, id: string): Promise<void> {
  await driver.drag("mouse", [await place(driver, id)]);
}

const config = (driver: Driver) => driver.evaluate(() => window.lab.config);
const text = (driver: Driver, id: string) =>
  driver.evaluate((id) => window.lab.shadowRoot!.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", id);

/** Whether every picture of the lab that is in view has something on it. */
const drawn = (driver: Driver, what: string) =>
  driver.until(`pictures of ${what}`, () => {
    const root = window.lab.shadowRoot!;
    const pictures = [...root.querySelectorAll("dgm-plane-stage, dgm-line-stage, dgm-picture-stage, dgm-side-picture")];
    return pictures.every((picture) =>
      [...picture.shadowRoot!.querySelectorAll("canvas")].some((canvas) => {
        if (canvas.width === 0) return false;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 === 3 && value > 0);
      }),
    );
  });

export async function journey(driver: Driver, baseURL: string): Promise<void> {
  await driver.resize(1100, 800);
  await driver.open(`${baseURL}#lang=en&seed=3&width=16&backend=cpu`);
  await driver.until("scores", () => /±/.test(window.lab.shadowRoot!.querySelector("[data-testid=kl] b")?.textContent ?? ""));
  await driver.until("charts and formula", () => {
    const root = window.lab.shadowRoot!;
    const charts = [...root.querySelectorAll("dgm-chart")].every((chart) => chart.shadowRoot!.querySelector("canvas"));
    return charts && root.querySelector("dgm-formula")?.shadowRoot?.querySelector(".katex");
  });
  await drawn(driver, "the first model");
  await another(driver);
  await own(driver);
  await rest(driver);
  await again(driver);
  await pictures(driver);
  expect(await driver.evaluate(() => (window as unknown as { wrong: string[] }).wrong)).toEqual([]);
}

/** Another model, and a setting moved by keys: one place a press, and back. */
async function another(driver: Driver): Promise<void> {
  await click(driver, "data-moons");
  await driver.until("the other data", () => window.lab.config.data === "moons");
  await click(driver, "family-autoregressive");
  await driver.until("MADE", () => window.lab.config.model === "made");
  const value = async () => (await config(driver)).learning_rate as number;
  const before = await value();
  await place(driver, "param-learning_rate");
  await driver.evaluate(() => window.lab.shadowRoot!.querySelector<HTMLElement>("[data-testid=param-learning_rate]")!.focus());
  const seen: number[] = [];
  for (const key of [KEYS.ArrowRight, KEYS.ArrowLeft, KEYS.PageUp, KEYS.PageDown]) {
    await driver.press(key);
    seen.push(await value());
  }
  expect(seen[0]).toBeGreaterThan(before);
  expect(seen[2]).toBeGreaterThan(seen[0]!);
  expect([seen[1], seen[3]]).toEqual([before, before]);
}

/** Numbers that the reader types, cuts out and pastes over the page. */
async function own(driver: Driver): Promise<void> {
  await driver.evaluate(() => {
    window.lab.shadowRoot!.querySelector<HTMLDetailsElement>(".paste")!.open = true;
  });
  await click(driver, "paste");
  await driver.type("1 2 4 8 9");
  await driver.press(KEYS.Control, "a");
  await driver.press(KEYS.Control, "x");
  await driver.evaluate(() => (window.lab.shadowRoot!.activeElement as HTMLElement).blur());
  await driver.press(KEYS.Control, "v");
  await driver.until("own data", () => window.lab.config.data === "custom");
  await driver.until("learned", () => window.lab.history.length > 0);
  await drawn(driver, "own data");
}

/** Paused it stands still, and says so, in either language. */
async function rest(driver: Driver): Promise<void> {
  await click(driver, "pause");
  await driver.until("scored at rest", () => window.lab.history.at(-1)?.metrics);
  const at = await driver.evaluate(() => window.lab.history.at(-1)!.step);
  await click(driver, "lang-zh");
  await driver.until("Chinese", () => /停在第/.test(window.lab.shadowRoot!.querySelector("[data-testid=status]")!.textContent!));
  expect((await text(driver, "status")).replaceAll(",", "")).toContain(String(at));
  await click(driver, "lang-en");
  const theme = (await config(driver)).theme;
  await click(driver, "theme");
  expect((await config(driver)).theme).not.toBe(theme);
}

/** A component of the mixture is dragged; what the address then says opens the same. */
async function again(driver: Driver): Promise<void> {
  await click(driver, "data-mixture");
  const [x, y] = await place(driver, "mixture-0-centre");
  const before = (await config(driver)).mixture;
  await driver.drag("mouse", [
    [x, y],
    [x + 20, y],
    [x + 40, y + 10],
  ]);
  await driver.until("moved", (before) => window.lab.config.mixture !== before, before);
  const wanted = await config(driver);
  const address = await driver.until(
    "the address says so",
    (mixture) => decodeURIComponent(location.hash).includes(String(mixture)) && location.href,
    wanted.mixture,
  );
  await driver.open(String(address));
  expect(await config(driver)).toEqual(wanted);
}

/** Every kind of picture: the first row of each family on the plane, on the line, and small pictures. */
async function pictures(driver: Driver): Promise<void> {
  await driver.evaluate(async () => void (await window.lab.pause()));
  const kinds = await driver.evaluate(() => {
    const { families, models } = window.lab.catalogue;
    const first = (dim: number, family?: string) =>
      models.find((model) => model.dims.includes(dim) && model.family === (family ?? model.family))!.id;
    const plane = families.map(({ id }) => [first(2, id), "moons"]);
    return [...plane, [first(1), "exam-scores"], [first(64), "digits-binary"]];
  });
  for (const [model, data] of kinds) {
    await driver.evaluate(
      async (model, data) => {
        window.lab.config = { model, data, width: 16 };
        await window.lab.ready;
        await window.lab.step(2);
      },
      model,
      data,
    );
    await drawn(driver, String(model));
  }
}
