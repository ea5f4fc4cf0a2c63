/** A conditional model: it learns the classes of the data, and makes the one that is asked for, with the stage, the address and scores. */
import { expect, type Page } from "@playwright/test";
import { open, test } from "./lab.ts";

/** Shares of what the samples leave on their layer that lie in the upper quarter, and in the lower one. */
const heights = (page: Page) =>
  page.evaluate(() => {
    const stage = document.querySelector("dgm-lab")!.shadowRoot!.querySelector("dgm-plane-stage")!;
    const canvas = stage.shadowRoot!.querySelector<HTMLCanvasElement>('canvas[data-layer="2"]')!;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    const rows = new Float64Array(height);
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 100) rows[Math.floor(i / 4 / width)]!++;
    const sum = (from: number, to: number) => rows.slice(from, to).reduce((a, b) => a + b, 0);
    const all = Math.max(1, sum(0, height));
    return [sum(0, Math.round(0.3 * height)) / all, sum(Math.round(0.7 * height), height) / all] as const;
  });

test("a model trained from play makes the class that is pressed", async ({ page }) => {
  test.slow();
  await open(page, "data=8gaussians&model=tokens&width=64&batch=128&autoplay=off&backend=cpu&lang=en");
  const lab = page.locator("dgm-lab");
  await expect(lab.getByTestId("condition")).toHaveCount(0);
  await expect(lab.getByTestId("param-guidance")).toHaveCount(0);
  await lab.getByTestId("param-conditional").selectOption("on");
  await expect(lab.getByTestId("condition-all")).toHaveAttribute("aria-checked", "true");
  await lab.getByTestId("play").click();
  await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)?.step ?? 0)).toBeGreaterThan(500);
  await page.evaluate(() => window.lab.pause());
  // The third mode is the uppermost, the seventh the lowest.
  await lab.getByTestId("condition-2").click();
  await expect.poll(async () => (await heights(page))[0], "samples move up").toBeGreaterThan(0.7);
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("condition=2");
  await page.keyboard.press("ArrowLeft");
  await lab.getByTestId("condition-6").click();
  await expect.poll(async () => (await heights(page))[1], "and down").toBeGreaterThan(0.7);
  // Live, and said by the address.
  const guidance = lab.getByTestId("param-guidance");
  await guidance.press("End");
  await expect.poll(() => page.evaluate(() => window.lab.config.guidance)).toBe(8);
  const asked = await page.evaluate(async () => {
    const { values } = await window.lab.sample(200, { condition: 2 });
    const refused = await window.lab.sample(1, { condition: 8 }).catch(({ code }) => code);
    const ids = (await window.lab.evaluate()).map(({ id }) => id);
    return { up: values.filter((y, i) => i % 2 === 1 && y > 1).length / 200, refused, ids };
  });
  expect(asked.up, "whatever is shown").toBeGreaterThan(0.9);
  expect(asked.refused).toBe("no_such_class");
  expect(asked.ids).toContain("class_accuracy");
  await lab.getByTestId("condition-all").click();
  await expect.poll(async () => Math.max(...(await heights(page))), "all again").toBeLessThan(0.6);
  // Data without classes take the condition back.
  await lab.getByTestId("data-swissroll").click();
  await expect(lab.getByTestId("condition")).toHaveCount(0);
  await expect(lab.getByTestId("param-conditional")).toHaveCount(0);
});
