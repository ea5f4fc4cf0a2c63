/** Screens of other sizes: a phone, and one with another number of pixels. */
import { expect } from "@playwright/test";
import { open, step, test } from "./lab.ts";
import { ratios } from "./seen.ts";

test("on a screen with another number of pixels every picture is sharp again, at rest too", async ({ page }) => {
  await open(page, "data=8gaussians&model=vae&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 2);
  await expect.poll(() => ratios(page)).toEqual([1]);
  const browser = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  for (const deviceScaleFactor of [2, 1]) {
    await browser.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
    await expect.poll(() => ratios(page)).toEqual([deviceScaleFactor]);
  }
  await page.getByTestId("draw").click();
  await expect(page.getByTestId("draw-canvas")).toBeVisible();
  await browser.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 2, mobile: false });
  await expect.poll(() => ratios(page), "the pad too").toEqual([2]);
});

for (const [lang, theme, width, height] of [
  ["en", "light", 360, 640],
  ["zh", "dark", 390, 844],
] as const) {
  test(`on a phone the stage stays in view while data, model and settings are chosen (${width} × ${height}, ${lang})`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `data=8gaussians&model=realnvp&width=16&lang=${lang}&theme=${theme}&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    const stage = page.getByTestId("stage");
    for (const fold of ["data", "settings"]) await page.getByTestId(`fold-${fold}`).click();
    for (const control of ["data-moons", "data-digits", "family-energy", "family-diffusion", "param-learning_rate", "seed", "layer-data"]) {
      await page.getByTestId(control).focus();
      await expect(stage, control).toBeInViewport({ ratio: 0.99 });
      await expect(page.getByTestId("play"), control).toBeInViewport({ ratio: 1 });
      // By its own box, and by what a finger would hit there.
      const free = await page.getByTestId(control).evaluate((element) => {
        const { left, top, bottom, width, height } = element.getBoundingClientRect();
        const hit = (element.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
        return bottom <= innerHeight && (element === hit || element.contains(hit));
      });
      expect(free, `${control} is seen beside it`).toBe(true);
    }
    // Text is written under a keyboard that takes half of the screen.
    await page.locator(".paste summary").click();
    await page.getByTestId("paste").focus();
    await expect(stage).not.toBeInViewport({ ratio: 0.1 });
    // What is only read has the screen to itself.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const covered = () =>
      stage.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const hit = (element.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
        return hit?.closest(".curves") !== null;
      });
    await expect.poll(covered).toBe(true);
  });

  test(`on a phone the pad opens where it is seen (${width} × ${height}, ${lang})`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `data=8gaussians&model=realnvp&width=16&lang=${lang}&theme=${theme}&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    await page.getByTestId("fold-data").click();
    await page.getByTestId("draw").click();
    for (const part of ["draw-canvas", "draw-use", "draw-undo", "draw-cancel"])
      await expect(page.getByTestId(part), part).toBeInViewport({ ratio: 1 });
    const { height: high } = (await page.getByTestId("draw-canvas").boundingBox())!;
    expect(high, "there is room to draw").toBeGreaterThan(200);
    await page.getByTestId("draw-cancel").click();
    await expect(page.getByTestId("draw-canvas")).toHaveCount(0);
    await expect(page.getByTestId("stage")).toBeInViewport({ ratio: 1 });
  });
}

test("a turned phone: the pad is sharp and undistorted, and what was drawn keeps its place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "data=8gaussians&model=made&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.getByTestId("fold-data").click();
  await page.getByTestId("draw").click();
  const canvas = page.getByTestId("draw-canvas");
  // One unit to the right of the middle and one up; the shorter side is eight units long.
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const unit = Math.min(width, height) / 8;
  await page.mouse.click(x + width / 2 + unit, y + height / 2 - unit);
  await page.mouse.move(x + width / 2 + unit, y + height / 2 - unit);
  await page.mouse.down();
  for (let i = 0; i < 40; i++) await page.mouse.move(x + width / 2 + unit + (i % 2), y + height / 2 - unit);
  await page.mouse.up();
  /** Middle of the ink in units, and how the pixels are stretched. */
  const seen = () =>
    canvas.evaluate((element) => {
      const { width, height, clientWidth, clientHeight } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      const [sum, unit] = [[0, 0, 0] as [number, number, number], Math.min(width, height) / 8];
      for (let i = 3; i < data.length; i += 4) {
        if (data[i]! < 128) continue;
        const at = (i - 3) / 4;
        sum[0] += at % width;
        sum[1] += Math.floor(at / width);
        sum[2]++;
      }
      const place = [(sum[0] / sum[2] - width / 2) / unit, (height / 2 - sum[1] / sum[2]) / unit];
      return [...place, width / clientWidth, height / clientHeight].map((each) => Math.round(5 * each) / 5);
    });
  await expect.poll(seen).toEqual([1, 1, 1, 1]);
  for (const size of [
    { width: 844, height: 390 },
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await expect.poll(seen, `${size.width} px wide`).toEqual([1, 1, 1, 1]);
  }
});

test("nothing below the bar moves when a score comes, goes, or turns into a bound", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "data=8gaussians&model=realnvp&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const tops = new Set<number>();
  for (const model of ["realnvp", "nce", "vae", "gan"]) {
    await page.evaluate((model) => {
      window.lab.config = { model };
      return window.lab.ready;
    }, model);
    const score = page.getByTestId("kl").locator("b");
    const place = async () => tops.add((await page.getByTestId("stage").boundingBox())!.y);
    await page.evaluate(() => window.lab.reset());
    await expect(score).toHaveText("–");
    await place();
    await step(page, 1);
    await page.evaluate(() => window.lab.evaluate());
    await expect(score).toHaveText(model === "gan" ? "–" : /±/);
    await place();
  }
  expect([...tops]).toHaveLength(1);
});

test("a phone on its side shows the whole picture and what makes it run at once", async ({ page }) => {
  await page.setViewportSize({ width: 740, height: 360 });
  await open(page, "data=8gaussians&model=realnvp&width=16&lang=en&backend=cpu");
  const [speed, beside] = [(await page.getByTestId("speed").boundingBox())!, (await page.locator("details.data").boundingBox())!];
  expect(speed.x + speed.width, "nothing lies over the other column").toBeLessThanOrEqual(beside.x);
  for (const part of ["stage", "play", "pause", "step", "reset", "lang-en", "theme"])
    await expect(page.getByTestId(part), part).toBeInViewport({ ratio: 1 });
});
