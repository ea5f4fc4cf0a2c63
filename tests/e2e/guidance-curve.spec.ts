/** What guidance buys and what it costs: measured on the page, drawn as it is measured, and saved. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { open, step, test } from "./lab.ts";

test("the curve of guidance is drawn as it is measured, and saved", async ({ page }) => {
  test.slow();
  await open(page, "data=8gaussians&model=tokens&bins=24&width=16&batch=64&autoplay=off&backend=cpu&lang=en&conditional=on");
  const lab = page.locator("dgm-lab");
  await step(page, 60);
  await lab.getByTestId("guidance-curve").click();
  await lab.getByTestId("guidance-measure").click();
  const rows = lab.getByTestId("guidance-table").locator("tbody tr");
  // A point at a time, and the line between them from the second on.
  await expect(rows.nth(1)).toBeVisible({ timeout: 60_000 });
  await expect(lab.locator("dgm-guidance-curve svg circle").nth(1)).toBeVisible({ timeout: 30_000 });
  await expect(lab.getByTestId("guidance-csv")).toBeVisible({ timeout: 120_000 });
  await expect(rows).toHaveCount(6);
  await expect(lab.locator("dgm-guidance-curve svg circle")).toHaveCount(6);
  const [download] = await Promise.all([page.waitForEvent("download"), lab.getByTestId("guidance-csv").click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  expect(download.suggestedFilename()).toBe("guidance-tokens-8gaussians-60.csv");
  expect(lines[0]).toBe("guidance,class_accuracy,class_accuracy_stderr,sliced_wasserstein,sliced_wasserstein_stderr");
  expect(lines.slice(1).map((line) => Number(line.split(",")[0]))).toEqual([0, 0.5, 1, 2, 4, 8]);
  for (const [i, line] of lines.slice(1).entries()) {
    const control = Number(line.split(",")[1]);
    expect(control, `row ${i} holds a share`).toBeGreaterThan(0);
    expect(control).toBeLessThanOrEqual(1);
  }
  const said = await rows.first().locator("td").first().textContent();
  const saved = Number(lines[1]!.split(",")[1]);
  expect(Math.abs(saved - Number.parseFloat(said!)), "as the table says").toBeLessThan(0.01);
  expect(await page.evaluate(() => window.lab.config.guidance), "w is what it was").toBe(0);
});
