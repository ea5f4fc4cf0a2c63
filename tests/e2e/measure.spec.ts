/** Charts as a reader wants them: on logarithmic axes where values allow it, over steps or seconds, any score with its error and floor. */
import { expect, type Page } from "@playwright/test";
import { logTicks, onLog } from "../../www/src/views/log-axis.ts";
import { open, step, test } from "./lab.ts";

/** What a chart says beneath its curve. */
const readout = (page: Page, id: string) => page.getByTestId(id).locator(".readout");

test("a log axis is kept for the next visit, is refused with a reason, and any score is drawn over steps or seconds", async ({ page }) => {
  await open(page, "data=8gaussians&model=made&width=16&backend=cpu&autoplay=off&lang=en");
  for (let i = 0; i < 3; i++) {
    await step(page, 15);
    await page.evaluate(() => window.lab.evaluate());
  }
  const score = page.getByTestId("kl-chart").locator("canvas");
  const seen = () => score.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await expect(score).toBeVisible();
  const linear = await seen();
  await page.getByTestId("log-score").click();
  await expect(page.getByTestId("log-score")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(seen).not.toBe(linear);

  await expect(readout(page, "loss-chart")).toContainText("45");
  await page.getByTestId("over").selectOption("seconds false");
  const seconds = await page.evaluate(() => window.lab.history.at(-1)!.seconds);
  await expect(readout(page, "loss-chart").locator("b").first()).toHaveText(String(Number(seconds.toPrecision(3))));
  await page.getByTestId("over").selectOption("steps true");

  // Of each score the error and what a perfect model has.
  const said = await page.evaluate(() => window.lab.evaluate());
  const other = said.find(({ id }) => id === "sliced_wasserstein")!;
  await page.getByTestId("score-drawn").selectOption(other.id);
  await expect(readout(page, "kl-chart")).toContainText(/perfect model/);
  await expect(readout(page, "kl-chart").locator("b").nth(1)).toHaveText(/ ± /);

  await page.reload();
  await page.evaluate(() => (document.querySelector("dgm-lab") as typeof window.lab).ready);
  await page.evaluate(() => (document.querySelector("dgm-lab") as typeof window.lab).step(5));
  await expect(page.getByTestId("log-score")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("over")).toHaveValue("steps true");
  // A loss that falls below zero has no logarithm.
  await page.evaluate(() => (document.querySelector("dgm-lab") as typeof window.lab).configure({ model: "wgan", width: 16 }));
  await page.evaluate(() => (document.querySelector("dgm-lab") as typeof window.lab).step(20));
  await page.getByTestId("log-loss").click();
  await expect(readout(page, "loss-chart")).toContainText("zero or less");
});

test("models in one chart have their errors and the floor, over what the reader chose", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("made width=16; made width=24")}&data=moons&autoplay=off&lang=en`);
  for (let i = 0; i < 2; i++) {
    await page.evaluate(() => window.lab.step(15));
    await page.evaluate(() => window.lab.evaluate());
  }
  const values = readout(page, "curve-chart").locator("b");
  await expect(values.first()).toHaveText("30");
  for (const panel of [1, 2]) await expect(values.nth(panel)).toHaveText(/ ± /);
  await page.getByTestId("over").selectOption("seconds false");
  await expect(values.first()).toHaveText(/^0?\.\d+|^\d+\.\d+/);
});

test("what can stand on a log axis does, at its own place, and what cannot says so", () => {
  const spec = (columns: number[][], kind: "lines" | "score" = "lines") =>
    ({ columns, kind, labels: [] as string[], range: undefined, dark: false, lang: "en", step: "", beyond: String }) as const;
  const reason = (columns: number[][]) => onLog(spec(columns), "no").refused;
  expect(
    reason([
      [1, 2],
      [0.5, 3],
    ]),
  ).toBeUndefined();
  expect(
    reason([
      [1, 2],
      [0.5, 0],
    ]),
  ).toBe("no");
  expect(
    reason([
      [1, 2],
      [0.5, -1],
    ]),
  ).toBe("no");
  // The edges of an error and a floor of nothing do not keep a score from it.
  const score = onLog(
    spec(
      [
        [1, 2],
        [0.5, 0.02],
        [0, 0],
        [0.4, -0.01],
        [0.6, 0.05],
      ],
      "score",
    ),
    "no",
  );
  expect(score.log).toBe(true);
  expect(score.columns[3]!.every((value) => value > 0)).toBe(true);
  expect(score.columns[2]!.some(Number.isFinite)).toBe(false);
  expect(score.range).toEqual([0.02, 0.5]);
  expect(logTicks(0.003, 40)).toEqual([0.01, 0.1, 1, 10]);
  expect(logTicks(0.5, 30)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(logTicks(2, 3).length).toBeGreaterThan(2);
  expect(logTicks(1e-9, 1e9).length).toBeLessThan(8);
});
