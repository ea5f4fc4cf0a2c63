import { resolve } from "node:path";
import { currentStep, open, test } from "./lab.ts";

/** Learned well, and still learning. */
const STEPS = 600;

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });

test("the README's picture of the page", async ({ page }) => {
  await open(page, "data=8gaussians&model=nsf&seed=1&lang=en");
  await page.waitForFunction((steps) => (window.lab.history.at(-1)?.step ?? 0) >= steps, STEPS, { timeout: 100_000 });
  await page.mouse.move(2, 2);
  const path = resolve(test.info().config.rootDir, "../../www/screenshot.png");
  await page.screenshot({ path });
  console.log(`${path} at step ${await currentStep(page)}`);
});
