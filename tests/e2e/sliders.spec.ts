import { expect, type Page } from "@playwright/test";
import { gridOf, placeOf, readout } from "../../www/src/controls/slider.ts";
import { currentStep, open, test } from "./lab.ts";

const value = (page: Page, id: string) => page.evaluate((id) => window.lab.config[id] as number, id);

test("every slider of every model stands on a grid whose places all read differently, the default among them", async ({ page }) => {
  await open(page, "data=moons&model=made&backend=cpu");
  const models = await page.evaluate(() => window.lab.catalogue.models);
  const specs = models.flatMap(({ id, params }) => params.map((spec) => ({ ...spec, name: `${id} ${spec.id}` })));
  const sliders = specs.filter(({ kind }) => kind !== "choice");
  expect(sliders.length).toBeGreaterThan(400);
  const broken = sliders.filter((spec) => {
    const grid = gridOf(spec);
    const whole = [
      grid[0] === spec.min,
      grid.at(-1) === spec.max,
      grid[placeOf(spec, spec.default)] === spec.default,
      new Set(grid.map((each) => readout(spec, each))).size === grid.length,
      spec.kind !== "int" || grid.every(Number.isInteger),
      grid.every((each, i) => placeOf(spec, each) === i),
      grid.length < 700,
    ];
    return whole.includes(false);
  });
  expect(broken.map(({ name }) => name)).toEqual([]);
});

test("each press of an arrow is one place, the way back returns, Page keys go ten", async ({ page }) => {
  await open(page, "data=moons&model=nce&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const slider = page.getByTestId("param-learning_rate");
  const start = await value(page, "learning_rate");
  await slider.focus();
  const seen = [start];
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key);
    seen.push(await value(page, "learning_rate"));
    const saysWhatItShows = (input: Element) => input.ariaValueText!.includes(input.closest("label")!.querySelector("b")!.textContent);
    await expect.poll(() => slider.evaluate(saysWhatItShows), "what is said is what is shown").toBe(true);
  }
  expect(seen[1]).toBeGreaterThan(start);
  expect(seen[2]).toBeGreaterThan(seen[1]!);
  expect(seen.slice(3)).toEqual([seen[1], start]);
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
  const ten = await value(page, "learning_rate");
  await page.keyboard.press("PageDown");
  expect(await value(page, "learning_rate")).toBe(start);
  await page.keyboard.press("PageUp");
  expect(await value(page, "learning_rate")).toBe(ten);
});

test("a setting that restarts does so once, when a held key rests", async ({ page }) => {
  await open(page, "data=moons&model=nce&backend=cpu");
  const slider = page.getByTestId("param-width");
  const before = await value(page, "width");
  await page.evaluate(() => {
    const counted = window as unknown as { restarts: number };
    counted.restarts = 0;
    window.lab.addEventListener("lab-config", () => counted.restarts++);
  });
  await slider.focus();
  // One after another without waiting for the page, as a keyboard does it.
  await Promise.all(Array.from({ length: 13 }, () => page.keyboard.down("ArrowRight")));
  await page.keyboard.up("ArrowRight");
  await expect.poll(() => value(page, "width")).toBeGreaterThan(before);
  const restarts = () => page.evaluate(() => (window as unknown as { restarts: number }).restarts);
  await expect.poll(restarts).toBe(1);
  await page.waitForTimeout(800);
  expect(await restarts()).toBe(1);
  await expect.poll(() => currentStep(page), "it goes on learning").toBeGreaterThan(0);
});

test("a key press that had not rested yet counts when the hand goes elsewhere", async ({ page }) => {
  await open(page, "data=moons&model=made&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.evaluate(() => window.lab.reset());
  const before = await value(page, "width");
  await page.getByTestId("param-width").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByTestId("step").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => currentStep(page)).toBe(1);
  expect(await value(page, "width")).toBeGreaterThan(before);
  await page.waitForTimeout(600);
  expect(await currentStep(page), "nothing starts over afterwards").toBe(1);
});

test("the speed is said as it is shown", async ({ page }) => {
  await open(page, "data=moons&model=made&lang=en&backend=cpu");
  const speed = page.getByTestId("speed");
  await speed.focus();
  for (const said of ["1/s", "5/s", "20/s", "100/s", "full"]) {
    await page.keyboard.press(said === "1/s" ? "Home" : "ArrowRight");
    await expect(speed).toHaveAttribute("aria-valuetext", said);
    await expect(page.locator(".speed output")).toHaveText(said);
  }
});

test("what is pressed stays under the pointer while the help above it folds", async ({ page }) => {
  await open(page, "data=moons&model=nce&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  // The formula above it comes late and moves it.
  await page.evaluate(() => window.lab.step(1));
  await page.locator("dgm-formula .katex").first().waitFor();
  await page.getByTestId("param-width").focus();
  const below = page.getByTestId("param-depth");
  await below.hover();
  const { y, x, width, height } = (await below.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.waitForTimeout(80);
  expect((await below.boundingBox())!.y).toBe(y);
  await page.mouse.up();
  await expect.poll(async () => (await below.boundingBox())!.y, "it does fold").not.toBe(y);
});
