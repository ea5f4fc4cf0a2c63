/** Numbers in the lessons are what their figures show, at the steps that the texts name; the quick ones are run again here. */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Lab, test } from "./lab.ts";

const textOf = (id: string) => readFileSync(resolve(__dirname, `../../www/lessons/en/${id}.md`), "utf8");

/** Runs one figure of a lesson for so many steps, with a setting changed before or at the end, and reads a score. */
function score(page: Page, figure: string, id: string, steps: number, change: Record<string, number | string> = {}): Promise<number> {
  return page.locator(`#${figure} dgm-lab`).evaluate(
    async (element, { id, steps, change }) => {
      const lab = element as Lab;
      await lab.ready;
      await lab.pause();
      lab.config = change;
      await lab.ready;
      if (steps > 0) {
        await lab.reset();
        await lab.step(steps);
      }
      return (await lab.evaluate()).find((metric) => metric.id === id)!.value;
    },
    { id, steps, change },
  );
}

test("figures that start trained stand at their step, with their scores, and are small", async ({ page }) => {
  const found = ["control", "diffusion", "flow"].flatMap((id) =>
    [...textOf(id).matchAll(/id="(\w+)"[^\n]*start-at="\.\.\/(snapshots\/\w+-(\d+)\.bin)"/g)].map(([, figure, file, steps]) => ({
      id,
      figure: figure!,
      file: file!,
      steps: Number(steps).toLocaleString("en"),
    })),
  );
  expect(found).toHaveLength(3);
  for (const { id, figure, file, steps } of found) {
    expect(statSync(resolve(__dirname, "../../www/public/lessons", file)).size).toBeLessThanOrEqual(100_000);
    await page.goto(`./lessons/en/${id}.html`);
    const shown = page.locator(`#${figure} dgm-lab`);
    await shown.scrollIntoViewIfNeeded();
    await shown.evaluate((lab) => (lab as Lab).ready);
    await expect(shown.getByTestId("step-count")).toHaveText(steps);
    await expect(shown.getByTestId("message"), "the snapshot loads").toBeHidden();
    await expect(shown.locator("[data-testid^=score-]").first()).toBeVisible({ timeout: 30_000 });
    await expect(shown.getByTestId("step-count"), "and nothing more is learned").toHaveText(steps);
  }
});

test("energy: from 70 to 80 it rises by about 1, and 53 is rarer than 40, 80 and 90", async ({ page }) => {
  await page.goto("./lessons/en/energy.html");
  await score(page, "exam", "kl", 500);
  const said = await page
    .locator("#exam dgm-lab")
    .evaluate(async (lab) => [...(await (lab as Lab).logProb(new Float32Array([40, 53, 70, 80, 84, 90]))).values]);
  const [at40, at53, at70, at80, at84, at90] = said as [number, number, number, number, number, number];
  expect(at70 - at80).toBeCloseTo(1, 1);
  expect(at53).toBeLessThan(Math.min(at40, at80, at90) - 1);
  for (const other of [at40, at90]) expect(Math.abs(at80 - other), "about as unusual").toBeLessThan(0.15);
  expect(at84, "the ridge").toBeLessThan(at90 - 0.5);
});

test("autoregressive: below .01 after 300 steps, and .47 with one component", async ({ page }) => {
  await page.goto("./lessons/en/autoregressive.html");
  expect(await score(page, "plane", "kl", 300)).toBeLessThan(0.01);
  expect(await score(page, "plane", "kl", 300, { components: 1 })).toBeCloseTo(0.47, 2);
});

test("vae: about a quarter of an autoencoder's samples lie in a cluster", async ({ page }) => {
  await page.goto("./lessons/en/vae.html");
  expect(await score(page, "ae", "high_quality", 1000)).toBeCloseTo(0.25, 1);
});

test("diffusion: fewer and fewer sampling steps give the shares of the table", async ({ page }) => {
  const rows = [...textOf("diffusion").matchAll(/^\| (\d+) +\| (?:(\d+) %|almost none) +\|$/gm)].map(([, steps, share]) => ({
    steps: Number(steps),
    share: Number(share ?? 0) / 100,
  }));
  expect(rows).toHaveLength(4);
  await page.goto("./lessons/en/diffusion.html");
  // Every one of them takes its time: the least, and one in the middle.
  for (const { steps, share } of [rows[0]!, rows[2]!]) {
    const found = await score(page, "steps", "high_quality", 0, { solver_steps: steps });
    expect(Math.abs(found - share), `${steps} steps: ${found}`).toBeLessThan(0.02);
  }
});

test("a setting that acts on the samples alone changes the scores of a figure at rest, too", async ({ page }) => {
  await page.goto("./lessons/en/control.html");
  await score(page, "temperature", "precision", 0);
  const shown = page.locator("#temperature").getByTestId("score-precision");
  const before = await shown.textContent();
  await page.locator("#temperature").getByTestId("param-temperature").press("End");
  await expect.poll(async () => Number.parseFloat((await shown.textContent())!)).toBeLessThan(Number.parseFloat(before!) - 0.2);
});
