/** Experiments: every run once, the same numbers as by hand, and after a stop only what is missing. */
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { Catalogue } from "../../www/src/engine/types.ts";
import { plan, readSweep } from "../../www/src/state/sweep.ts";
import { readTable } from "../../www/src/sweep/read-table.ts";
import { Columns, headLine } from "../../www/src/sweep/record.ts";
import { summarized } from "../../www/src/sweep/summary.ts";
import { columnsOf, Gathered, grouped } from "../../www/src/sweep/table.ts";
import { open, test } from "./lab.ts";

interface Row {
  key: string;
  model: string;
  data: string;
  seed: number;
  steps: number;
  settings: Record<string, string | number>;
  seconds: number;
  error?: string;
  metrics: { id: string; value: number; stderr: number; floor: number; kind: "exact" }[];
}

type Sweeper = { sweep(asked: object, options?: object): Promise<Row[]> };

const SMALL = { models: ["made", "nce"], data: ["moons"], seeds: [1, 2], settings: { width: [16, 24] }, steps: 20 };

const run = (page: Page, asked: object, anew = false) =>
  page.evaluate(([asked, anew]) => (window.lab as unknown as Sweeper).sweep(asked, { anew }), [asked, anew] as const);

const kl = ({ metrics }: Row) => metrics.find(({ id }) => id === "kl")?.value;

test("an experiment runs each combination once, with the numbers that it has by hand, and goes on after a stop", async ({ page }) => {
  await open(page, "data=moons&model=made&width=24&seed=2&autoplay=off");
  // Stopped in the middle: what is done is kept.
  const stopped = await page.evaluate(async (asked) => {
    const stop = new AbortController();
    window.addEventListener("lab-sweep", (event) => (event as CustomEvent<{ done: number }>).detail.done >= 3 && stop.abort());
    return (window.lab as unknown as Sweeper).sweep(asked, { signal: stop.signal });
  }, SMALL);
  expect(stopped.length).toBeGreaterThanOrEqual(3);
  expect(stopped.length).toBeLessThan(8);

  await page.reload();
  await open(page, "data=moons&model=made&width=24&seed=2&autoplay=off");
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    window.addEventListener("lab-sweep", (event) => {
      const { row } = (event as CustomEvent<{ row?: { key: string } }>).detail;
      if (row) told.push(row.key);
    });
  });
  const rows = await run(page, SMALL);
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  expect(told.length).toBe(8 - stopped.length);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(8);
  for (const row of stopped) expect(rows).toContainEqual(row);
  // In one go it is the same table.
  const again = await run(page, SMALL, true);
  const plain = (found: Row[]) => found.map(({ seconds: _, ...row }) => row);
  expect(plain(again)).toEqual(plain(rows));
  // By hand, too.
  await page.evaluate(() => window.lab.step(20));
  const byHand = await page.evaluate(() => window.lab.evaluate());
  const row = rows.find(({ model, seed, settings }) => model === "made" && seed === 2 && settings.width === 24)!;
  expect(kl(row)).toBe(byHand.find(({ id }) => id === "kl")!.value);
});

test("what is wrong with an experiment is listed before anything runs", async ({ page }) => {
  await open(page, "autoplay=off&seed=1");
  const refused = (asked: object) =>
    page.evaluate(async (asked) => {
      try {
        await (window.lab as unknown as Sweeper).sweep(asked);
        return { code: "", message: "" };
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      }
    }, asked);
  const bad = await refused({
    models: ["made", "nobody"],
    data: ["moons", "digits"],
    seeds: [-1],
    settings: { width: [1e9], nothing: [1] },
    steps: 0.5,
    speed: 9,
  });
  expect(bad.code).toBe("bad_sweep");
  for (const word of ["nobody", "made does not learn digits", "seeds", "width", "nothing", "steps", "speed"])
    expect(bad.message).toContain(word);
  const huge = await refused({ models: ["made"], seeds: Array.from({ length: 10_001 }, (_, i) => i) });
  expect(huge.message).toContain("10001 runs");
});

test("a plan has each run once, ranges are even or by ratios, and a table has every setting and the median over seeds", () => {
  const width = { id: "width", kind: "int", scale: "log", min: 1, max: 512, default: 64, group: "model", unit: "", options: [] };
  const rate = { ...width, id: "learning_rate", kind: "float", min: 1e-5, max: 1 };
  const catalogue = {
    data: [{ id: "8gaussians", dim: 2 }],
    models: [
      { id: "a", dims: [2], params: [width, rate] },
      { id: "b", dims: [2], params: [rate] },
    ],
  } as unknown as Catalogue;
  const asked = {
    models: ["a", "b"],
    seeds: [1, 2],
    settings: { width: [8, 16], learning_rate: { from: 0.001, to: 0.1, count: 3, log: true } },
  };
  const planned = plan(catalogue, readSweep(catalogue, asked));
  // b has no width: its runs are not done twice.
  expect(planned.length).toBe(2 * 2 * 3 + 2 * 3);
  expect(new Set(planned.map(({ key }) => key)).size).toBe(planned.length);
  expect([...new Set(planned.map(({ settings }) => settings.learning_rate))]).toEqual([0.001, 0.01, 0.1]);
  const row = (seed: number, value: number): Row => ({
    key: `${seed}`,
    model: "a",
    data: "8gaussians",
    seed,
    steps: 10,
    settings: { width: 8 },
    seconds: 1,
    metrics: Number.isNaN(value) ? [] : [{ id: "kl", value, stderr: 0.1, floor: 0, kind: "exact" }],
  });
  const rows = [row(1, 3), row(2, 1), row(3, 2), row(4, 8), { ...row(5, Number.NaN), error: "loss_not_finite" }];
  expect(grouped(new Gathered(rows), "kl")).toEqual([
    { model: "a", data: "8gaussians", settings: { width: 8 }, median: 2.5, low: 1, high: 8, count: 4, failed: 1 },
  ]);
  const { fields, data } = columnsOf(rows);
  expect(fields).toEqual(["model", "data", "seed", "steps", "width", "kl", "kl_stderr", "seconds", "error"]);
  expect(data[0]).toEqual(["a", "8gaussians", 1, 10, 8, 3, 0.1, 1, ""]);
  expect(data[4]).toEqual(["a", "8gaussians", 5, 10, 8, "", "", 1, "loss_not_finite"]);
});

test("an experiment is put together, run, stopped, saved and opened on the page", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&autoplay=off");
  await page.getByTestId("experiment").click();
  const dialog = page.locator("dialog[data-testid=experiment]");
  await expect(dialog).toBeVisible();
  await page.getByTestId("experiment-models").selectOption(["made", "nce"]);
  await page.getByTestId("experiment-setting").selectOption("width");
  await page.getByTestId("experiment-values").fill("16, 1e9");
  await page.getByTestId("experiment-values").press("Tab");
  await expect(page.getByTestId("experiment-fault")).toContainText("width");
  await expect(page.getByTestId("experiment-run")).toBeDisabled();
  await page.getByTestId("experiment-values").fill("16, 24");
  await page.getByTestId("experiment-values").press("Tab");
  await page.getByTestId("experiment-seeds").fill("1");
  await page.getByTestId("experiment-steps").fill("10");
  await page.getByTestId("experiment-steps").press("Tab");
  await expect(page.getByTestId("experiment-run")).toContainText("4 runs");
  await page.getByTestId("experiment-run").click();
  await expect(page.getByTestId("experiment-progress")).toContainText("4 of 4");
  await expect(page.getByTestId("experiment-table").locator("tbody tr")).toHaveCount(4);
  // Scores by their names, and what a mark says to who points at it.
  await expect(page.getByTestId("experiment-score").locator('option[value="kl"]')).toHaveText("KL(P_data ‖ P_φ)");
  const mark = page.locator("dgm-experiment .plots [data-said]").first();
  await mark.hover();
  const readout = page.getByTestId("experiment-readout").first();
  await expect(readout).toHaveText(/^(MADE|Noise).+, Width 16: [\d.]+$/);
  await page.getByTestId("experiment-table").hover();
  await expect(readout).toHaveText("");
  await expect(dialog.locator(".plots circle")).toHaveCount(4);
  const saved = async (id: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(id).click()]);
    return readFileSync(await download.path(), "utf8");
  };
  const csv = (await saved("experiment-csv")).trim().split(/\r?\n/);
  expect(csv.length).toBe(5);
  expect(csv[0]).toMatch(/^model,data,seed,steps,width,/);
  const json = await saved("experiment-save");
  await page.getByTestId("experiment-close").click();
  await expect(dialog).toHaveCount(0);

  await page.getByTestId("experiment").click();
  await page
    .getByTestId("experiment-open")
    .setInputFiles({ name: "broken.json", mimeType: "application/json", buffer: Buffer.from(json.slice(0, 20)) });
  await expect(page.getByTestId("experiment-fault")).toContainText("JSON");
  await page
    .getByTestId("experiment-open")
    .setInputFiles({ name: "experiment.json", mimeType: "application/json", buffer: Buffer.from(json) });
  await expect(page.getByTestId("experiment-run")).toContainText("4 runs");
  // What was run before is there at once.
  await page.getByTestId("experiment-run").click();
  await expect(page.getByTestId("experiment-progress")).toContainText("4 of 4");
});

/** A table as the command writes it, of so many widths, and the seeds in it; its end was being written when it was copied. */
function tableOf(runs: number, count = 4): { text: string; seeds: number } {
  const [models, data, widths] = [["made", "nce"], ["moons", "8gaussians"], Array.from({ length: count }, (_, i) => 8 + 4 * i)];
  const seeds = runs / (models.length * data.length * widths.length);
  const sweep = { models, data, seeds: { from: 1, to: seeds, count: seeds }, settings: { width: widths }, steps: 10 };
  const columns = new Columns(["width"], ["mmd", "kl", "nll"]);
  const lines = [headLine({ format: 1, program: "1.2.3", engine: "e", id: "i", sweep }), columns.fields.join(",")];
  const named = { key: "", steps: 10, seconds: 0 };
  for (const run of Array(runs).keys()) {
    const [width, rest] = [widths[run % count]!, Math.floor(run / count)];
    const metrics = ["kl", "nll", "mmd"].map((id) => ({ id, value: width + (rest % 101) / 1000, stderr: 0.01, floor: 0 }));
    const place = { model: models[rest % 2]!, data: data[Math.floor(rest / 2) % 2]!, seed: 1 + Math.floor(rest / 4) };
    lines.push(columns.line({ ...named, ...place, settings: { width }, metrics }));
  }
  return { text: `${lines.join("\n")}\nmade,moo`, seeds };
}

test("a table of 100,000 runs is read and summed up in turns, so that the page answers meanwhile", async () => {
  test.setTimeout(300_000);
  const file = new Blob([tableOf(100_000).text]);
  const turns = async <T>(job: Promise<T>): Promise<[T, number]> => {
    let turns = 0;
    const other = setInterval(() => turns++, 0);
    const done = await job;
    clearInterval(other);
    return [done, turns];
  };
  const [{ gathered }, reading] = await turns(readTable(file));
  expect(gathered.rows.length).toBe(100_000);
  expect(grouped(gathered, "kl").map(({ count }) => count)).toEqual(Array(16).fill(6250));
  expect(reading).toBeGreaterThan(15);

  // Few combinations are drawn as they are; of many, neighbours share a place.
  const few = (await summarized(gathered, "kl", "width", () => true))!;
  expect(few.marks).toEqual(grouped(gathered, "kl"));
  const many = (await readTable(new Blob([tableOf(100_000, 1250).text]))).gathered;
  const [summary, summing] = await turns(summarized(many, "kl", "width", () => true));
  expect(summary!.lines).toEqual(grouped(many, "kl"));
  expect(summary!.lines.length).toBe(5000);
  expect(summary!.marks.length).toBeLessThanOrEqual(160);
  expect(summary!.marks.reduce((runs, { count }) => runs + count, 0)).toBe(100_000);
  const [first] = summary!.marks;
  const there = many.rows.filter(
    ({ model, data, settings }) => model === "made" && data === "moons" && (settings.width as number) < 8 + 4 * 32,
  );
  const kls = there.map((row) => kl(row as Row)!).sort((a, b) => a - b);
  expect(first).toMatchObject({ settings: { width: 8 }, low: kls[0], high: kls.at(-1), count: kls.length });
  expect(first!.median).toBeCloseTo((kls[kls.length / 2 - 1]! + kls[kls.length / 2]!) / 2, 9);
  expect(summing).toBeGreaterThan(1);
  expect(await summarized(many, "kl", "width", () => false), "not wanted any more").toBeUndefined();
});

test("the lab takes a table that is dropped on it, and its experiment", async ({ page }) => {
  await open(page, "data=moons&model=made&autoplay=off&seed=1");
  const { text, seeds } = tableOf(1600);
  await page.evaluate((text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], "rows.csv"));
    window.lab.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, composed: true }));
  }, text);
  await expect(page.getByTestId("experiment-source")).toHaveText("1,600 runs, from a table that version 1.2.3 wrote.");
  const lines = page.getByTestId("experiment-table").locator("tbody tr");
  await expect(lines).toHaveCount(16);
  await expect(lines.first()).toContainText("width 8");
  await expect(lines.first().locator("b")).toHaveText("8.05");
  await expect(page.getByTestId("experiment-seeds")).toHaveValue(String(seeds));
  await expect(page.getByTestId("experiment-run")).toContainText("1,600 runs");
});
