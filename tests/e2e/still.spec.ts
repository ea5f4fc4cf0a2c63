/** What stands still is true: of its last step, in the language and the colours of now, whatever was throttled on the way. */
import { expect as assured, type Page } from "@playwright/test";
import { currentStep, open, step, test } from "./lab.ts";
import { steps } from "./seen.ts";

/** A busy machine is slow, not wrong. */
const expect = assured.configure({ timeout: 30_000 });
/** Longer than any of the page's own paces. */
const PACES_MS = 1500;

const SMALL = "data=8gaussians&model=realnvp&width=16&batch=32&lang=en&theme=light&backend=cpu";
const charts = (page: Page) =>
  page.evaluate(() =>
    ["loss-chart", "kl-chart"].map((id) =>
      window.lab.shadowRoot!.querySelector(`[data-testid=${id}]`)!.shadowRoot!.querySelector("canvas")?.toDataURL(),
    ),
  );

test("paused again and again, count, charts, sentence and voice are of one step", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.play());
  await expect(page.getByTestId("kl").locator("b")).toHaveText(/±/);
  for (const ms of [150, 420, 90, 700]) {
    await page.getByTestId("play").click();
    await page.waitForTimeout(ms);
    await page.getByTestId("pause").click();
    await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)!.metrics !== undefined), "scored at rest").toBe(true);
    const at = (await currentStep(page)).toLocaleString("en");
    await expect.poll(() => steps(page)).toEqual({ count: at, loss: at, score: at, status: at, picture: at, spoken: at });
  }
});

test("language and theme there and back leave nothing behind, however fast", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.pause());
  await step(page, 10);
  await page.evaluate(() => window.lab.evaluate());
  await page.waitForTimeout(PACES_MS);
  const before = await charts(page);
  for (const pause of [0, 60]) {
    for (const ids of [
      ["lang-zh", "lang-en"],
      ["theme", "theme"],
    ]) {
      for (const id of ids) {
        await page.getByTestId(id).dispatchEvent("click");
        await page.waitForTimeout(pause);
      }
    }
  }
  await page.waitForTimeout(PACES_MS);
  expect(await charts(page)).toEqual(before);
  await page.getByTestId("theme").click();
  await page.waitForTimeout(PACES_MS);
  expect(await charts(page), "they do follow the theme").not.toEqual(before);
});

test("the first switch to another language, whose words come late, reaches every sentence of a paused page", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.pause());
  await step(page, 10);
  await expect(page.getByTestId("loss-chart").locator(".readout")).toContainText("step");
  await page.getByTestId("lang-zh").click();
  for (const id of ["status", "spoken"]) await expect(page.getByTestId(id)).toHaveText(/停在第/, { timeout: 3000 });
  await expect(page.getByTestId("stage")).toHaveAttribute("aria-label", /停在第/);
  await expect(page.getByTestId("loss-chart").locator(".readout")).toContainText("步");
});

test("own data are counted as the reader counts them, and others that come in their place at once", async ({ page }) => {
  await open(page, "data=exam-scores&model=nsf&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  for (const count of [50, 61, 7]) {
    await page.evaluate((n) => window.lab.setData({ text: Array.from({ length: n }, (_, i) => 150 + ((i * 37) % 59)).join("\n") }), count);
    await expect(page.getByTestId("status")).toContainText(`${count} points`, { timeout: 2000 });
  }
});
