/** The CPU engine in two parts: the second comes after the first step, or with the call that needs it. */
import { expect, type Page } from "@playwright/test";
import { currentStep, open, test } from "./lab.ts";

const REST = /\/dgm_rest-[^/]*\.wasm$/;

function restAsked(page: Page) {
  const asked: number[] = [];
  page.on("request", (request) => REST.test(request.url()) && asked.push(Date.now()));
  return asked;
}

test("the second part of the engine comes by itself after the first steps, once", async ({ page }) => {
  const asked = restAsked(page);
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.play());
  await page.waitForFunction(() => window.times.firstStep !== undefined);
  await expect.poll(() => asked.length).toBe(1);
  await page.waitForLoadState("networkidle");
  await page.evaluate(async () => {
    await window.lab.pause();
    window.lab.config = { model: "nsf" };
    await window.lab.ready;
    await window.lab.step(2);
    await window.lab.export("weights");
  });
  expect(asked.length, "what is there is not fetched again").toBe(1);
});

test("scores wait for a second part that is long in coming", async ({ page }) => {
  const asked = restAsked(page);
  await page.route(REST, async (route) => {
    await page.waitForTimeout(3000);
    await route.continue();
  });
  await open(page, "backend=cpu");
  await expect(page.getByTestId("kl")).toContainText("±");
  expect(asked.length, "it is not fetched again meanwhile").toBe(1);
});

test("what a call has brought in the moment before it would have come is not brought again", async ({ page }) => {
  const asked = restAsked(page);
  await open(page, "backend=cpu&autoplay=off");
  await page.evaluate(async () => {
    await window.lab.step(1);
    await window.lab.evaluate();
  });
  expect(asked.length).toBe(1);
  await page.waitForTimeout(1500);
  expect(asked.length).toBe(1);
});

test("a call that needs the second part before it came waits for it", async ({ page }) => {
  const asked = restAsked(page);
  await open(page, "model=nsf&data=moons&autoplay=off&backend=cpu");
  expect(asked.length).toBe(1);
  await page.evaluate(() => window.lab.step(3));
  expect(await currentStep(page)).toBe(3);
});

test("where the second part cannot be had, what is there goes on from where it was, and the page says so", async ({ page, complaints }) => {
  await page.route(REST, (route) => route.abort());
  await open(page, "autoplay=off&backend=cpu");
  await page.evaluate(async () => {
    await window.lab.step(5);
    await window.lab.snapshot();
  });
  const refused = await page.evaluate(async () => {
    try {
      window.lab.config = { model: "nsf" };
      await window.lab.ready;
      return "taken";
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  expect(refused).toBe("engine_lost");
  await expect(page.getByTestId("message").first()).toContainText("A part of the engine cannot be loaded");
  await page.evaluate(() => window.lab.step(1));
  expect(await currentStep(page)).toBe(6);
  expect(await page.evaluate(() => window.lab.config.model)).not.toBe("nsf");
  // It learns on without scores, as long as it takes to thin what is kept of a run.
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => currentStep(page)).toBeGreaterThan(4200);
  await expect(page.getByTestId("message").first()).not.toContainText("restarted");
  // The browser reports the file that it did not get.
  complaints.length = 0;
});
