import { expect } from "@playwright/test";
import { currentStep, open, step, test } from "./lab.ts";

/** Assigns to `lab.config`; a refusal is thrown at once, with its code. */
const TOLD = `(patch) => {
  const lab = document.querySelector("dgm-lab");
  const before = JSON.stringify(lab.config);
  try { lab.config = patch; } catch ({ code, message }) { return { code, message, before, after: JSON.stringify(lab.config) }; }
  return { before, after: JSON.stringify(lab.config) };
}`;

interface Told {
  code?: string;
  message?: string;
  before: string;
  after: string;
}

test("a setting out of range is refused by its name and range, and nothing changes", async ({ page }) => {
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const told = (await page.evaluate(`(${TOLD})({ learning_rate: 1000 })`)) as Told;
  const spec = await page.evaluate(() => {
    const model = window.lab.catalogue.models.find(({ id }) => id === window.lab.config.model)!;
    return model.params.find(({ id }) => id === "learning_rate")!;
  });
  expect(told.code).toBe("out_of_range");
  expect(told.message).toContain("learning_rate");
  expect(told.message).toContain(String(spec.min));
  expect(told.message).toContain(String(spec.max));
  expect(told.after).toBe(told.before);
});

test("an unknown model, data set or setting is refused", async ({ page }) => {
  await open(page, "backend=cpu");
  for (const patch of [{ model: "no-such-model" }, { data: "no-such-data" }, { no_such_setting: 1 }]) {
    const told = (await page.evaluate(`(${TOLD})(${JSON.stringify(patch)})`)) as Told;
    expect(told.code, JSON.stringify(patch)).toBe("unknown_id");
    expect(told.after).toBe(told.before);
  }
});

test("an address with broken keys opens the nearest valid state and says what it dropped", async ({ page }) => {
  await open(page, "data=nowhere&learning_rate=banana&backend=cpu");
  await expect(page.getByTestId("message").first()).toContainText("nowhere");
  expect((await step(page, 5)).step).toBeGreaterThanOrEqual(5);
});

test("the name of a row that has gone into another opens that one and says so", async ({ page }) => {
  await open(page, "data=moons&model=nsf-ar&layers=2&backend=cpu&lang=en");
  expect(await page.evaluate(() => window.lab.config)).toMatchObject({ data: "moons", model: "nsf", layers: 2 });
  await expect(page.getByTestId("message").first()).toContainText("nsf-ar");
});

test("fewer than two points: a sentence, and no training on them", async ({ page }) => {
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const before = await page.evaluate(() => window.lab.config.data);
  const error = await page.evaluate(() =>
    window.lab.setData({ points: new Float32Array([0.5, 0.5]), dim: 2 }).then(
      () => undefined,
      (error) => ({ code: error.code as string, message: error.message as string }),
    ),
  );
  expect(error?.code).toBe("too_few_points");
  expect(error?.message).toMatch(/2|two/);
  expect(await page.evaluate(() => window.lab.config.data)).toBe(before);
  const at = await currentStep(page);
  expect((await step(page, 1)).step, "the old model goes on").toBe(at + 1);
});

test("nothing drawn: a sentence on the page, and no training", async ({ page }) => {
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.getByTestId("draw").click();
  const model = await page.evaluate(() => JSON.stringify(window.lab.config));
  await page.getByTestId("draw-use").click();
  await expect(page.getByTestId("message").first()).toBeVisible();
  await expect(page.getByTestId("message").first()).not.toBeEmpty();
  expect(await page.evaluate(() => JSON.stringify(window.lab.config)), "no training on them").toBe(model);
});

test("points that are not finite are refused", async ({ page }) => {
  await open(page, "backend=cpu");
  const code = await page.evaluate(() =>
    window.lab.setData({ points: new Float32Array([0, 0, Number.NaN, 1]), dim: 2 }).then(
      () => undefined,
      (error) => error.code as string,
    ),
  );
  expect(code).toBe("data_not_finite");
});

test("pasted text: its numbers are learned, and the page says what was none", async ({ page }) => {
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.locator(".paste summary").click();
  await page.getByTestId("paste").fill("61, 74 n/a 82\n55 71 banana 68 90");
  await page.getByTestId("paste-use").click();
  await expect(page.getByTestId("preview-notes"), "before anything is learned").toContainText("banana");
  await page.getByTestId("preview-learn").click();
  await expect.poll(() => page.evaluate(() => window.lab.config.data)).toBe("custom");
  const message = page.getByTestId("message").first();
  await expect(message).toContainText("banana");
  await expect(message).toContainText("2");
  expect((await step(page, 2)).step).toBeGreaterThanOrEqual(2);
});
