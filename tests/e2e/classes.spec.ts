/** Classes on the stage: told apart when asked for, by colours of their own, and drawn one by one. */
import { expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

/** The class marks of a light page: the first colours of `views/class-marks.ts`. */
const FIRST = [31, 111, 178] as const;
const SECOND = [11, 125, 91] as const;

/** How many strong pixels of a layer's part, in shares of the picture from left and top, are near a colour. */
const near = (page: Page, stage: string, layer: number, [x0, y0, x1, y1]: number[], colour: readonly number[]) =>
  page.evaluate(
    ([stage, layer, box, colour]) => {
      const [x0, y0, x1, y1] = box as [number, number, number, number];
      const element = document.querySelector("dgm-lab")!.shadowRoot!.querySelector(stage);
      const canvas = element?.shadowRoot?.querySelector<HTMLCanvasElement>(`canvas[data-layer="${layer}"]`);
      if (!canvas?.width) return 0;
      const [w, h] = [canvas.width, canvas.height];
      const size = [Math.round((x1 - x0) * w), Math.round((y1 - y0) * h)] as const;
      const { data } = canvas.getContext("2d")!.getImageData(Math.round(x0 * w), Math.round(y0 * h), ...size);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3]! > 100 && colour.every((value, c) => Math.abs(data[i + c]! - value) < 24)) count++;
      }
      return count;
    },
    [stage, layer, [x0, y0, x1, y1], [...colour]] as const,
  );

const moons = (page: Page, box: number[], colour: readonly number[]) => near(page, "dgm-plane-stage", 1, box, colour);
// The upper moon's left end and the lower moon's right end, where the other does not reach.
const UPPER = [0.1, 0.1, 0.28, 0.5];
const LOWER = [0.72, 0.5, 0.9, 0.9];

test("classes are told apart when asked for, and each can be left out", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "data=moons&model=nsf&width=16&batch=64&autoplay=off&backend=cpu&lang=en");
  const lab = page.locator("dgm-lab");
  await step(page, 1);
  const both = async () => [await moons(page, UPPER, FIRST), await moons(page, LOWER, SECOND)];
  expect(await moons(page, LOWER, SECOND), "all alike to begin with").toBe(0);
  await lab.getByTestId("layer-classes").check();
  await expect.poll(async () => Math.min(...(await both()))).toBeGreaterThan(40);
  expect(await moons(page, UPPER, SECOND), "no point of the other moon").toBe(0);
  expect(await moons(page, LOWER, FIRST), "no point of the other moon").toBe(0);
  await lab.getByTestId("class-1").click();
  await expect.poll(() => moons(page, LOWER, SECOND)).toBe(0);
  expect(await moons(page, UPPER, FIRST)).toBeGreaterThan(40);
  await expect(lab.getByTestId("class-1")).toHaveAttribute("aria-pressed", "false");
  await expect(lab.getByTestId("class-1")).toContainText("lower moon");
  await lab.getByTestId("class-all").click();
  await expect.poll(() => moons(page, LOWER, SECOND)).toBeGreaterThan(40);
  // Digits in the ink of what they are; a set without classes has no switch.
  await lab.getByTestId("data-digits-binary").click();
  await expect(lab.getByTestId("class-9")).toBeVisible();
  await expect.poll(() => near(page, "dgm-picture-stage", 0, [0, 0, 1, 1], SECOND)).toBeGreaterThan(40);
  await lab.getByTestId("data-swissroll").click();
  await expect(lab.getByTestId("layer-classes")).toHaveCount(0);
  await expect(lab.getByTestId("classes")).toHaveCount(0);
});

test("in three dimensions, too", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(
    page,
    "data=moons&model=nsf&width=16&batch=64&autoplay=off&backend=cpu&lang=en&show=layers:%20field%20data%20classes%20solid&controls=all",
  );
  await step(page, 1);
  /** How many pixels of the landscape are near a colour. */
  const count = (colour: readonly number[]) =>
    page.evaluate((colour) => {
      const surface = document.querySelector("dgm-lab")!.shadowRoot!.querySelector("dgm-surface")?.shadowRoot?.querySelector("canvas");
      if (!surface?.width) return 0;
      const pen = new OffscreenCanvas(surface.width, surface.height).getContext("2d")!;
      pen.drawImage(surface, 0, 0);
      const { data } = pen.getImageData(0, 0, surface.width, surface.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3]! > 100 && colour.every((value, c) => Math.abs(data[i + c]! - value) < 16)) count++;
      }
      return count;
    }, colour);
  const poll = (colour: readonly number[]) => expect.poll(() => count(colour));
  await poll(FIRST).toBeGreaterThan(200);
  await poll(SECOND).toBeGreaterThan(200);
  await page.getByTestId("class-1").click();
  await poll(SECOND).toBeLessThan(20);
  expect(await count(FIRST)).toBeGreaterThan(200);
  await page.getByTestId("class-all").click();
  await poll(SECOND).toBeGreaterThan(200);
});
