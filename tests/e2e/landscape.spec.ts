/** The field as a landscape: fetched when it is asked for, true to its heights, turned by keys. */
import { createHash } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { landscape, standing } from "../../www/src/views/landscape.ts";
import { open, requests, step, test } from "./lab.ts";

test("the landscape is fetched when it is asked for, and the arrow keys turn it", async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  await open(page, "data=8gaussians&model=nce&width=16&autoplay=off");
  await step(page, 5);
  const fetched = async () => (await requests(page, baseURL!)).filter(({ path }) => path.includes("surface")).length;
  expect(await fetched()).toBe(0);
  await page.getByTestId("layer-solid").check();
  const surface = page.getByTestId("surface");
  await expect(surface).toBeVisible();
  expect(await fetched()).toBe(1);
  const drawn = async () => (await surface.screenshot()).length;
  const picture = async () =>
    createHash("sha256")
      .update(await surface.screenshot())
      .digest("hex");
  await expect.poll(drawn).toBeGreaterThan(20_000);
  // Nothing but the arrow is to change it: the ring of the focus is there, and what was to be drawn is drawn.
  await surface.press("Shift");
  const still = async () => {
    const first = await picture();
    await page.waitForTimeout(300);
    return first === (await picture());
  };
  await expect.poll(still).toBe(true);
  const before = await picture();
  await surface.press("ArrowRight");
  await expect.poll(picture).not.toBe(before);
  // Taken off the page and put back it is there again.
  await page.getByTestId("layer-solid").uncheck();
  await expect(surface).toHaveCount(0);
  await page.getByTestId("layer-solid").check();
  await expect.poll(drawn).toBeGreaterThan(20_000);
});

test("the landscape can be taken away and filmed as what is flat can", async ({ page }) => {
  await open(page, "data=8gaussians&model=nce&width=16&autoplay=off&lang=en&backend=cpu");
  await step(page, 5);
  const png = () => page.evaluate(async () => (await (await window.lab.export("png")).arrayBuffer()).byteLength);
  const flat = await png();
  await page.getByTestId("film").click();
  await page.getByTestId("layer-solid").check();
  await expect(page.getByTestId("surface")).toBeVisible();
  expect(await page.evaluate(async () => (await window.lab.export("svg")).text())).toContain('href="data:image/png');
  const { corner, colours, width } = await inked(page);
  expect(width).toBeGreaterThan(600);
  expect(corner, "on paper").toEqual([251, 252, 252]);
  expect(colours, "a shaded landscape has many colours").toBeGreaterThan(300);
  expect(await png()).not.toBe(flat);
  await page.getByTestId("layer-solid").uncheck();
  const kept = page.waitForEvent("download");
  await page.getByTestId("film").click();
  expect((await kept).suggestedFilename()).toMatch(/\.webm$/);
});

/** The picture as a file has it. */
const inked = (page: Page) =>
  page.evaluate(async () => {
    const picture = await createImageBitmap(await window.lab.export("png"));
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext("2d")!;
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4 * 37) colours.add(data.slice(at, at + 3).join());
    return { width: picture.width, corner: [...data.slice(0, 3)], colours: colours.size };
  });

test("an energy is as high as it is, a density too, and points stand on the surface", () => {
  const values = Float32Array.from([0, 0.25, 0.5, 1]);
  const ramp = [
    [0, 0, 0],
    [255, 255, 255],
  ] as const;
  const density = landscape({ side: 2, values }, "density", ramp);
  const energy = landscape({ side: 2, values }, "energy", ramp);
  // What is likely has a high density and a low energy, and one colour in both.
  expect(density.heights[3]).toBeGreaterThan(density.heights[0]!);
  expect(energy.heights[3]).toBeLessThan(energy.heights[0]!);
  expect(energy.colours).toEqual(density.colours);
  const box = { x: [0, 10] as [number, number], y: [-1, 1] as [number, number] };
  const on = standing([0, -1, 10, -1, 0, 1, 10, 1, 5, 0, 11, 0], density, box);
  expect(on.length).toBe(3 * 5);
  const heights = [0, 1, 2, 3, 4].map((i) => on[3 * i + 2]!);
  for (const [i, height] of [...density.heights].entries()) expect(heights[i]).toBeCloseTo(height, 6);
  expect(heights[4]).toBeCloseTo([...density.heights].reduce((sum, height) => sum + height, 0) / 4, 6);
  expect([on[0], on[1], on[3], on[4]]).toEqual([-1, -1, 1, -1]);
});
