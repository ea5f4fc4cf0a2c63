import { expect } from "@playwright/test";
import { open, step, test } from "./lab.ts";

test("scores stand beside their floors, the rest is folded, and lab.history keeps them", async ({ page }) => {
  await open(page, "data=8gaussians&model=made&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 20);
  const metrics = await page.evaluate(() => window.lab.evaluate());
  await expect(page.getByTestId("score-kl")).toBeVisible();
  await expect(page.getByTestId("score-nll")).toBeVisible();
  await expect(page.locator(".scores .floor").first()).toContainText("perfect model: ");
  const folded = metrics.filter(({ id, value }) => !["kl", "nll", "sliced_wasserstein"].includes(id) && !Number.isNaN(value));
  expect(folded.length).toBeGreaterThan(0);
  for (const { id } of folded) await expect(page.getByTestId(`score-${id}`)).toBeHidden();
  for (const fold of await page.locator("[data-testid^=scores-] summary").all()) await fold.click();
  for (const { id, value } of folded) {
    await expect(page.getByTestId(`score-${id}`)).toBeVisible();
    if (!Number.isFinite(value)) await expect(page.getByTestId(`score-${id}`)).toContainText("∞");
  }
  const kept = await page.evaluate(() => window.lab.history.at(-1)!.metrics!);
  const numbers = metrics.map(({ id, value, stderr, floor, kind }) => ({ id, value, stderr, floor, kind }));
  expect(kept, "without the words").toEqual(numbers);
});

test("a diagnosis is a sentence with the way to its setting, and a warning with its code", async ({ page }) => {
  // A gradient step this long makes the loss jump: whatever the numbers are, they say so.
  await page.addInitScript(() => {
    const warnings: unknown[] = [];
    Object.assign(window, { warnings });
    window.addEventListener("lab-warning", (event) => warnings.push((event as CustomEvent).detail));
  });
  await open(page, "preset=steps-too-long&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  for (let i = 0; i < 40; i++) await step(page, 10);
  await page.evaluate(() => window.lab.evaluate());
  const strip = page.getByTestId("diagnosis");
  await expect(strip).toBeVisible();
  const go = strip.locator("button").first();
  const code = (await go.getAttribute("data-testid"))!.replace("diagnosis-go-", "");
  const warnings = await page.evaluate(() => (window as unknown as { warnings: { code: string; message: string }[] }).warnings);
  const warning = warnings.find((each) => each.code === code);
  expect(warning?.message.length).toBeGreaterThan(10);
  await expect(page.getByTestId(`diagnosis-${code}`)).toContainText(warning!.message);
  // Each way leads to a control that can be seen and touched, whatever fold it is in.
  for (const each of await strip.locator("button").all()) {
    await each.click();
    await expect(page.locator("dgm-lab [data-testid^=param-]:focus")).toBeInViewport();
    await expect(page.locator(".param[data-glow] [data-testid^=param-]:focus")).toHaveCount(1);
  }
  await page.getByTestId("lang-zh").click();
  await expect(page.getByTestId(`diagnosis-${code}`)).toContainText(/[\u4e00-\u9fff]{2}/);
});
