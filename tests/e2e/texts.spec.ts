/** A text in the lab's own element: the same attributes, address, calls and events as for points. */
import { expect, type Page } from "@playwright/test";
import { READERS, TEXTS } from "../../www/src/state/texts.ts";
import { said } from "../../www/src/words/text.ts";
import { hosted, open, ready, test } from "./lab.ts";

/** Small enough to learn in a moment. */
const SMALL = { width: "24", embedding: "12", length: "16", batch: "4" };
const FIGURE = { data: "austen", model: "gru", seed: "3", prompt: "To be", lang: "en", autoplay: "off", ...SMALL };
const LINE = "the cat sat on the mat, a dog ran to the log. ";

const tag = (baseURL: string, attributes: Record<string, string>) => {
  const said = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  return `<script type="module" src="${baseURL}embed.js"></script><dgm-lab ${said.join(" ")}></dgm-lab>`;
};

/** What a figure of texts adds to the element's calls. */
interface Reader {
  config: Record<string, unknown>;
  catalogue: { data: { id: string }[]; models: { id: string }[] };
  history: { step: number; losses: number[]; metrics?: { id: string }[] }[];
  sample(n: number, options: Record<string, unknown>): Promise<string[]>;
  logProb(text: string): Promise<{ kind: string; values: Float32Array; bits: number }>;
  setData(data: unknown): Promise<void>;
  configure(settings: Record<string, unknown>): Promise<void>;
}

/** Goes through the calls of the contract, in a page that has the element as `window.lab`. */
async function goThrough(page: Page): Promise<void> {
  const seen = await page.evaluate(async (line) => {
    const { lab } = window;
    const reader = lab as unknown as Reader;
    const events: string[] = [];
    for (const name of ["lab-step", "lab-config", "lab-error", "lab-goal"]) lab.addEventListener(name, () => events.push(name));
    const refused = (call: () => Promise<unknown>) =>
      call().then(
        () => "",
        ({ code }: { code: string }) => code,
      );
    await lab.reset();
    const stepped = await lab.step(5);
    const metrics = await lab.evaluate();
    const asked = { length: 30, temperature: 0.7 };
    const texts = await reader.sample(2, asked);
    const again = await reader.sample(2, asked);
    const before = await reader.logProb("Catherine said no.");
    const bytes = await lab.snapshot();
    await lab.step(3);
    const moved = await reader.logProb("Catherine said no.");
    await lab.restore(bytes);
    const after = await reader.logProb("Catherine said no.");
    const onwards = (await lab.step(1)).step;
    const csv = await (await lab.export("history")).text();
    const codes = [
      await refused(() => reader.sample(1, { temperature: -1 })),
      await refused(() => reader.setData({ text: "too short" })),
      await refused(() => reader.configure({ width: 1e9 })),
      await refused(() => reader.configure({ hads: 2 })),
      await refused(() => lab.export("hologram")),
      await refused(() => lab.timeline()),
    ];
    const kept = reader.config.data;
    await reader.setData({ text: line.repeat(30) });
    const own = { data: reader.config.data, step: (await lab.step(2)).step };
    await reader.configure({ data: "austen", model: "transformer", width: "32", prompt: "She" });
    return {
      step: stepped.step,
      rows: reader.history.length,
      metrics: metrics.map(({ id, unit }) => `${id} ${unit}`),
      finite: metrics.every(({ value, stderr }) => Number.isFinite(value) && Number.isFinite(stderr)),
      texts: texts.map((text) => [...text].length),
      same: JSON.stringify(texts) === JSON.stringify(again) && texts[0] !== texts[1],
      characters: before.values.length,
      sum: Math.abs(before.bits + before.values.reduce((a, b) => a + b, 0) / Math.LN2),
      moved: moved.bits !== before.bits,
      back: after.bits === before.bits,
      onwards,
      csv: csv.includes("step,seconds,nll"),
      codes,
      kept,
      own,
      config: reader.config,
      data: reader.catalogue.data.map(({ id }) => id),
      models: reader.catalogue.models.map(({ id }) => id),
      events: [...new Set(events)].sort(),
    };
  }, LINE);
  expect(seen).toMatchObject({
    step: 5,
    finite: true,
    texts: [30, 30],
    same: true,
    characters: 18,
    moved: true,
    back: true,
    onwards: 6,
    csv: true,
    codes: ["out_of_range", "passage_too_short", "out_of_range", "unknown_id", "unknown_id", "not_of_texts"],
    kept: "austen",
    own: { data: "own-text", step: 2 },
    config: { data: "austen", model: "transformer", width: "32", prompt: "She", seed: 3 },
    events: ["lab-config", "lab-error", "lab-step"],
  });
  expect(seen.metrics).toEqual(["bits bits", "ngram-2 bits", "ngram-3 bits", "ngram-4 bits", "ngram-5 bits"]);
  expect(seen.sum, "bits are all of log P").toBeLessThan(1e-3);
  // What the page asks of an address before any engine is there.
  expect([...seen.data, "own-text"]).toEqual(TEXTS);
  expect(seen.models).toEqual(READERS);
}

test("the lab's address opens a text, follows it, and answers every call", async ({ page }) => {
  await open(page, String(new URLSearchParams(FIGURE)));
  await expect(page.getByRole("textbox", { name: "Beginning" })).toHaveValue("To be");
  await expect(page.locator(".passage [data-at]").first()).toBeVisible();
  expect(await page.evaluate(() => window.lab.config)).toMatchObject({ data: "austen", model: "gru", seed: 3, width: 24, prompt: "To be" });
  await goThrough(page);
  await page.getByTestId("model").selectOption("gru");
  await expect(page).toHaveURL(/data=austen&model=gru&seed=3/);
  // The settings of the panel are the engine's.
  await page.getByTestId("param-batch").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.evaluate(() => window.lab.config.batch)).not.toBe(32);
});

test("one tag in a bare page of another origin learns a text and answers every call", async ({ page, baseURL }) => {
  await page.goto(hosted(baseURL!, tag(baseURL!, { ...FIGURE, controls: "basic" })));
  await ready(page);
  await goThrough(page);
});

test("a frame learns a text, and tells its parent", async ({ page, baseURL }) => {
  const parent = new URL(hosted(baseURL!, "")).origin;
  const src = `${baseURL}embed.html#${new URLSearchParams({ ...FIGURE, parent })}`;
  await page.goto(hosted(baseURL!, `<iframe width="700" height="700" src="${src}"></iframe>`));
  const answer = await page.evaluate(async (origin) => {
    const { contentWindow } = document.querySelector("iframe")!;
    let answered: (value: unknown) => void;
    const result = new Promise((done) => {
      answered = done;
    });
    window.addEventListener("message", ({ data }) => {
      if (data?.id === 1) answered(data.result ?? data.error);
    });
    const ask = () => contentWindow!.postMessage({ dgm: 1, id: 1, call: "sample", args: [1, { length: 12 }] }, origin);
    // Before its code is there a frame hears nothing.
    const timer = setInterval(ask, 1000);
    return result.finally(() => clearInterval(timer));
  }, new URL(baseURL!).origin);
  expect(answer).toHaveLength(1);
  expect([...(answer as string[])[0]!]).toHaveLength(12);
});

test("it plays where it is seen, rests where it is not, stops where it is told, and reaches its goal", async ({ page, baseURL }) => {
  const figure = { ...FIGURE, autoplay: "on", "stop-at": "12", goal: "bits<20", caption: "A model that reads." };
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const tell = (event: Event) => {
      const { state, id } = (event as CustomEvent).detail;
      told.push(`${event.type} ${state ?? id}`);
    };
    for (const name of ["lab-state", "lab-goal"]) window.addEventListener(name, tell, true);
  });
  await page.goto(hosted(baseURL!, tag(baseURL!, figure)));
  await ready(page);
  await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)?.step)).toBe(12);
  await expect(page.getByTestId("play")).toBeVisible();
  await expect(page.getByText("A model that reads.")).toBeVisible();
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect.poll(told).toContain("lab-state paused");
  await page.evaluate(() => window.lab.evaluate());
  expect(await told()).toContain("lab-goal bits");
});

test("an address of a reader's own text says that it is not in it, until it is given again", async ({ page }) => {
  await open(page, String(new URLSearchParams({ ...FIGURE, data: "own-text" })));
  await expect(page.getByRole("alert")).toContainText("Your own text is in no address");
  await page.evaluate((text) => window.lab.setData({ text }), LINE.repeat(10));
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await page.evaluate(() => [window.lab.config.data, window.lab.config.backend])).toEqual(["own-text", "auto"]);
});

test("from points to a text and back, by a script and by an attribute", async ({ page, baseURL }) => {
  await page.goto(
    hosted(baseURL!, tag(baseURL!, { data: "moons", model: "realnvp", width: "16", batch: "32", backend: "cpu", autoplay: "off" })),
  );
  await ready(page);
  await page.evaluate(() => window.lab.step(2));
  await page.evaluate((small) => window.lab.configure({ data: "austen", model: "gru", lang: "en", ...small }), SMALL);
  await expect(page.locator(".passage [data-at]").first()).toBeVisible();
  expect((await page.evaluate(() => window.lab.step(2))).step).toBe(2);
  await page.evaluate(() => window.lab.setAttribute("data", "8gaussians"));
  await expect(page.getByTestId("stage")).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.lab.config.data)).toBe("8gaussians");
  const sample = await page.evaluate(async () => (await window.lab.sample(5)).shape);
  expect(sample).toEqual([5, 2]);
  await page.evaluate(() => window.lab.setAttribute("data", "sanguo"));
  await expect.poll(() => page.evaluate(() => window.lab.config.data)).toBe("sanguo");

  // Who assigns the configuration waits for it by `ready`, of a text as of points.
  const there = await page.evaluate(async () => {
    window.lab.config = { data: "moons" };
    await window.lab.ready;
    const points = await window.lab.step(1);
    window.lab.config = { data: "austen" };
    await window.lab.ready;
    return [points.step > 0, (await window.lab.step(1)).step > 0];
  });
  expect(there).toEqual([true, true]);
});

test("any script is read, learned and written on; the tag that is copied opens the same", async ({ page }) => {
  await open(page, String(new URLSearchParams({ ...FIGURE, lang: "zh" })));
  const text = "שלום 🙂 你好 👩‍💻 مرحبا\n".repeat(40);
  await page.evaluate((text) => window.lab.setData({ text } as never), text);
  await page.evaluate(() => window.lab.step(60));
  const written = await page.evaluate(() => (window.lab as unknown as Reader).sample(1, { prompt: "שלום", length: 40, temperature: 0.5 }));
  const known = new Set(text);
  expect(
    [...written[0]!].every((character) => known.has(character)),
    `nothing but its characters: ${written[0]}`,
  ).toBe(true);
  expect(new Set(written[0]!).size).toBeGreaterThan(5);
  await page.getByText("保存与分享").click();
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text: string) => void Object.assign(window, { copied: text }) },
    });
  });
  await page.evaluate(() => (window.lab as unknown as Reader).configure({ data: "austen" }));
  await page.getByTestId("take-tag").click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { copied?: string }).copied))
    .toMatch(/embed\.js[\s\S]*<dgm-lab data="austen" model="gru" seed="3" prompt="To be" width="24" embedding="12"/);
});

test("what cannot be learned is refused by its code and in a sentence, and changes nothing; just under 2 MB is learned", async ({
  page,
}) => {
  await open(page, String(new URLSearchParams({ ...FIGURE, lang: "zh" })));
  await page.evaluate(() => window.lab.step(2));
  const before = await page.evaluate(async () => [...(await window.lab.snapshot())].join());
  for (const [kind, code] of [
    ["empty", "passage_too_short"],
    ["constant", "passage_constant"],
    ["broken", "passage_broken"],
    ["long", "passage_too_long"],
  ] as const) {
    const refused = await page.evaluate((kind) => {
      const text = {
        empty: "",
        constant: "好".repeat(500),
        broken: `${"to be or not to be ".repeat(30)}\ud83d`,
        long: "to be or ".repeat(230_000),
      }[kind];
      return window.lab.setData({ text }).then(
        () => "",
        ({ code }: { code: string }) => code,
      );
    }, kind);
    expect(refused, kind).toBe(code);
    await expect(page.getByRole("alert")).toHaveText(said.zh.failed[code]!);
    expect(await page.evaluate(async () => [...(await window.lab.snapshot())].join()), `${kind} changes nothing`).toBe(before);
  }
  const learned = await page.evaluate(async () => {
    await window.lab.setData({ text: "to be or not. ".repeat(142_000) });
    return { data: window.lab.config.data, step: (await window.lab.step(1)).step };
  });
  expect(learned).toEqual({ data: "own-text", step: 1 });
  await expect(page.getByRole("alert")).toHaveCount(0);
});
