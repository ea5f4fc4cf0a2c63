/** Models side by side: the same data, one button, a table that says who is ahead, and back to one. */
import { expect, type Page } from "@playwright/test";
import { ahead } from "../../www/src/compare/verdict.ts";
import { beforeFirstStep, open, requests, test } from "./lab.ts";

/** Gzipped, before the first step on the CPU engine. */
const BUDGET_BYTES = 550_000;
const QUICK = "nce width=16; made width=16; made width=24";

interface PanelState {
  config: Record<string, string | number>;
  step: number;
  metrics: { id: string; value: number; stderr: number; floor: number; kind: string }[];
  history: { step: number; losses: number[] }[];
}

const panels = (page: Page): Promise<PanelState[]> => page.evaluate(() => (window.lab as unknown as { panels: PanelState[] }).panels);
const models = async (page: Page) => (await panels(page)).map(({ config }) => config.model);
const steps = async (page: Page) => (await panels(page)).map(({ step }) => step);

test("without an address the page shows one model of each family, within its weight, and a click shows one in full", async ({
  page,
  baseURL,
}) => {
  await requests(page, baseURL!);
  await open(page);
  // Two workers ask for one file: a browser fetches it once from a host that lets it be kept.
  const files = new Map((await beforeFirstStep(page, baseURL!)).map(({ path, bytes }) => [path, bytes]));
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  await expect.poll(async () => Math.min(...(await steps(page)))).toBeGreaterThan(0);
  expect(await models(page)).toEqual(["nce", "realnvp", "vae", "gan", "made", "fm"]);
  for (const place of [1, 2, 3, 4, 5]) await expect(page.getByTestId(`stage-${place}`)).toHaveAttribute("aria-label", /step/);
  await page.getByTestId("open-3").click();
  await expect(page.getByTestId("family-gan")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => page.url()).toContain("model=gan");
});

test("panels learn the same data and end at one step, each with the losses that it has alone", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent(QUICK)}&data=moons&seed=3&autoplay=off`);
  expect(await models(page)).toEqual(["nce", "made", "made"]);
  for (const { config } of await panels(page)) expect([config.data, config.seed]).toEqual(["moons", 3]);
  await page.getByTestId("play").click();
  await expect.poll(async () => Math.min(...(await steps(page)))).toBeGreaterThan(30);
  await page.getByTestId("pause").click();
  await expect.poll(async () => new Set(await steps(page)).size).toBe(1);
  await expect(page.getByTestId("play")).toHaveAttribute("aria-pressed", "false");

  await page.getByTestId("reset").click();
  await expect.poll(() => steps(page)).toEqual([0, 0, 0]);
  await page.evaluate(() => window.lab.step(12));
  const together = (await panels(page)).map(({ history }) => history.map(({ losses }) => losses[0]));
  await page.evaluate(() => Object.assign(window.lab, { config: { panels: "" } }));
  await page.evaluate(() => window.lab.ready);
  await expect(page.getByTestId("family-energy")).toBeVisible();
  await page.evaluate(() => Object.assign(window.lab, { config: { model: "made", width: 24 } }));
  await page.evaluate(async () => {
    await window.lab.ready;
    await window.lab.reset();
    await window.lab.step(12);
  });
  expect((await panels(page)).map(({ history }) => history.map(({ losses }) => losses[0]))).toEqual([together[2]]);
});

test("panels are added, cloned with what they learned, moved and removed, also the first", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("nce width=16; made width=16")}&autoplay=off`);
  await page.evaluate(() => window.lab.step(10));
  await page.getByTestId("clone-1").click();
  await expect.poll(() => steps(page)).toEqual([10, 10, 10]);
  expect(await models(page)).toEqual(["nce", "made", "made"]);
  await page.getByTestId("right-0").click();
  expect(await models(page)).toEqual(["made", "nce", "made"]);
  await page.evaluate(() => window.lab.evaluate());
  const [heir] = await panels(page);
  await page.getByTestId("remove-1").click();
  await expect.poll(() => models(page)).toEqual(["made", "made"]);
  expect(await steps(page)).toEqual([10, 10]);
  const [led] = await panels(page);
  expect(led!.metrics.length, "who takes the lead keeps its scores").toBeGreaterThan(0);
  expect([led!.metrics, led!.history]).toEqual([heir!.metrics, heir!.history]);
  expect(await page.evaluate(async () => [(await window.lab.go(0)).step, (await window.lab.go(10)).step]), "and its past").toEqual([0, 10]);
  await page.getByTestId("add-panel").click();
  await expect.poll(async () => (await models(page)).length).toBe(3);
  // The settings are those of the panel that was pressed, and what differs between two of one model is marked.
  await page.getByTestId("settings-1").click();
  await page.getByTestId("param-learning_rate").press("ArrowRight");
  await expect(page.getByTestId("panel-0").locator(".chips .differs")).toHaveCount(1);
  await expect(page.getByTestId("panel-1").locator(".chips .differs")).toHaveCount(1);
  // The address opens the same.
  const said = await page.evaluate(() => window.lab.config.panels);
  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("panels")).toBe(said);
});

test("what is pressed while panels become one model starts nothing that stays", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("nce width=16; made width=16")}&autoplay=off&backend=cpu`);
  await page.getByTestId("settings-1").click();
  await page.evaluate(async () => {
    const button = (id: string) => window.lab.shadowRoot!.querySelector<HTMLButtonElement>(`[data-testid=${id}]`);
    button("one-model")!.click();
    // As long as they are there.
    while (button("add-panel")) {
      for (const id of ["add-panel", "clone-1"]) button(id)?.click();
      await new Promise((done) => setTimeout(done, 1));
    }
  });
  await expect.poll(() => models(page)).toEqual(["made"]);
  const engines = () => page.workers().filter((worker) => worker.url().includes("/worker-")).length;
  await page.waitForTimeout(2000);
  await expect.poll(engines).toBe(1);
});

test("other data reach every panel, also a reader's own, and a model that cannot learn them gives way", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("nce width=16; realnvp width=16 layers=2")}&autoplay=off`);
  await page.getByTestId("data-exam-scores").click();
  await expect.poll(async () => (await panels(page)).map(({ config }) => config.data)).toEqual(["exam-scores", "exam-scores"]);
  expect(await models(page)).toEqual(["nce", "nsf"]);
  await page.evaluate(() => Object.assign(window.lab, { config: { seed: 9, noise: 0.1 } }));
  await expect
    .poll(async () => (await panels(page)).map(({ config }) => [config.seed, config.noise]))
    .toEqual([
      [9, 0.1],
      [9, 0.1],
    ]);
  const points = Array.from({ length: 240 }, (_, i) => Math.sin(i) * (1 + (i % 7)));
  await page.evaluate((points) => window.lab.setData({ points, dim: 2 }), points);
  await expect.poll(async () => (await panels(page)).map(({ config }) => config.data)).toEqual(["custom", "custom"]);
  await page.evaluate(() => window.lab.step(3));
  expect(await steps(page)).toEqual([3, 3]);
});

test("the table names who is ahead only beyond the error, and a click shows one alone with all it learned", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("made width=16; made width=16 learning_rate=0.00001")}&autoplay=off`);
  await page.evaluate(() => window.lab.step(150));
  await page.evaluate(() => window.lab.evaluate());
  const kl = page.getByTestId("versus-kl");
  await expect(kl.locator("td").nth(0)).toHaveClass(/ahead/);
  await expect(kl.locator(".ahead")).toHaveCount(1);
  await expect(kl.locator(".floor")).toHaveText("0");
  await page.getByTestId("open-1").click();
  await expect(page.getByTestId("family-energy")).toBeVisible();
  await expect(page.getByTestId("step-count")).toHaveText("150");
  expect(await page.evaluate(() => window.lab.config.learning_rate)).toBe(0.00001);
  await expect.poll(() => page.url()).not.toContain("panels");
});

test("what cannot be read in the list of panels is said, and a script is refused", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("nce; nobody; made width=x; vae data=moons; gan; fm; cd; pcd")}&autoplay=off`);
  expect((await panels(page)).length).toBe(6);
  await expect(page.getByTestId("message")).toContainText("pcd");
  const code = await page.evaluate(() => {
    try {
      window.lab.config = { panels: "nce; nobody" };
      return "";
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  expect(code).toBe("unknown_id");
  expect((await panels(page)).length).toBe(6);
});

test("ahead is who is nearer to a perfect score beyond the error, and nobody is ahead of a bound", () => {
  const score = (value: number, stderr: number, kind = "exact", floor = 0) => ({ value, stderr, kind, floor, floor_stderr: 0 }) as const;
  type Score = NonNullable<Parameters<typeof ahead>[0][number]>;
  const best = (...scores: (ReturnType<typeof score> | undefined)[]) => ahead(scores as (Score | undefined)[]);
  expect(best(score(0.1, 0.01), score(0.2, 0.01))).toBe(0);
  expect(best(score(0.1, 0.05), score(0.2, 0.05))).toBeUndefined();
  expect(best(score(0.1, 0.01), score(0.2, 0.01), score(0.11, 0.01))).toBeUndefined();
  expect(best(score(0.1, 0.01), score(0.2, 0.01, "bound"))).toBeUndefined();
  expect(best(score(0.2, 0.01), score(0.1, 0.01, "bound"))).toBe(1);
  // Where more is better, a perfect model scores more.
  expect(best(score(7, 0, "exact", 8), score(8, 0, "exact", 8))).toBe(1);
  expect(best(score(0.1, 0.01), undefined)).toBeUndefined();
  expect(best(score(0.1, Number.NaN), score(0.2, 0.01))).toBeUndefined();
  expect(best(score(1, 0.01, "exact", Number.NaN), score(2, 0.01, "exact", Number.NaN))).toBeUndefined();
});
