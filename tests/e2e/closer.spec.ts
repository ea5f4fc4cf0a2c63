/** Looking closer: all that is on the picture is drawn anew for the part that is seen, in every panel, and the page still scrolls. */
import { expect, type Page } from "@playwright/test";
import { showOf, writeShow } from "../../www/src/state/show.ts";
import { boxOf, panned, zoomed, zoomOf } from "../../www/src/views/box.ts";
import { open, ready, step, test } from "./lab.ts";

/** What a canvas of a stage shows: its pixels as a checksum. */
const layer = (page: Page, n: number, stage = 0) =>
  page.evaluate(
    ([n, stage]) => {
      const canvas = window.lab.shadowRoot!.querySelectorAll("dgm-plane-stage")[stage!]!.shadowRoot!.querySelectorAll("canvas")[n!]!;
      const pixels = new Uint32Array(canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7);
    },
    [n, stage],
  );
const value = (page: Page) => page.getByTestId("zoom-value");

test("by wheel, keys, buttons and hand: the place under the pointer stays, field, data and samples follow, and all of it comes back", async ({
  page,
}) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&layers=2&backend=cpu&autoplay=off&lang=en");
  await step(page, 20);
  const picture = page.getByTestId("stage");
  await picture.hover();
  await expect(value(page)).toHaveText("1×");
  // Once the picture of the last step stands still.
  const still = async () => {
    const seen = () => Promise.all([0, 1, 2].map((n) => layer(page, n)));
    const looks = [JSON.stringify(await seen())];
    await expect
      .poll(async () => looks.push(JSON.stringify(await seen())) && looks.at(-1) === looks.at(-2), { intervals: [300] })
      .toBe(true);
    return JSON.parse(looks.at(-1)!) as number[];
  };
  const whole = await still();

  const { x, y, width, height } = (await picture.boundingBox())!;
  await page.mouse.move(x + 0.75 * width, y + 0.25 * height);
  await page.mouse.wheel(0, 40);
  await expect.poll(() => page.evaluate(() => scrollY), "without Ctrl the page scrolls").toBeGreaterThan(0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.down("Control");
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -50);
  await page.keyboard.up("Control");
  await expect(value(page)).not.toHaveText("1×");
  expect(await page.evaluate(() => scrollY), "with it it does not").toBe(0);
  const closer = await still();
  for (const [n, name] of ["field", "data", "samples"].entries()) expect(closer[n], `${name} is drawn anew`).not.toBe(whole[n]);

  const cells = await page.evaluate(() => {
    const stage = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!;
    return new Promise<number[]>((seen) => {
      // The next picture that the stage is given.
      Object.defineProperty(stage, "frame", {
        set: ({ field, bounds }: { field?: { bounds: typeof bounds }; bounds: { x: [number, number] } }) =>
          seen([field!.bounds.x[1] - field!.bounds.x[0], bounds.x[1] - bounds.x[0]]),
        configurable: true,
      });
      void window.lab.step(1);
    });
  });
  const all = await page.evaluate(
    () =>
      (window.lab.shadowRoot!.querySelector("dgm-zoom") as unknown as { store: { data: { bounds: { x: [number, number] } } } }).store.data
        .bounds.x,
  );
  expect(cells[0], "as many cells as before lie in the part").toBeLessThan(0.5 * (all[1] - all[0]));
  await page.evaluate(() => delete (window.lab.shadowRoot!.querySelector("dgm-plane-stage") as { frame?: unknown }).frame);
  const said = await page.getByTestId("zoom-value").textContent();
  await page.mouse.down();
  await page.mouse.move(x + 0.6 * width, y + 0.4 * height, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await still())[1]).not.toBe(closer[1]);
  await expect(value(page), "a drag moves and does not enlarge").toHaveText(said!);
  await page.keyboard.press("0");
  await expect(value(page)).toHaveText("1×");
  await expect.poll(async () => (await still())[1]).toBe(whole[1]);

  await page.keyboard.press("+");
  await expect(value(page)).toHaveText("1.5×");
  const [, before] = await still();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => (await still())[1]).not.toBe(before);
  await page.getByTestId("zoom-in").click();
  await expect(value(page)).not.toHaveText("1.5×");
  await picture.dblclick({ position: { x: 0.4 * width, y: 0.5 * height } });
  await expect(value(page)).toHaveText("1×");
  await page.keyboard.press("-");
  await expect(value(page), "farther than all of it, for what strays").toHaveText("0.67×");
  await page.getByTestId("data-moons").click();
  await expect(value(page), "other data are seen whole").toHaveText("1×");
});

test("in all panels at once, and on all of the screen with larger type", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("made width=16; made width=24")}&data=moons&autoplay=off&lang=zh`);
  await page.evaluate(() => window.lab.step(5));
  await page.getByTestId("panel-0").hover();
  await expect(value(page)).toHaveText("1×");
  const before = [await layer(page, 0, 0), await layer(page, 0, 1)];
  await page.keyboard.press("+");
  for (const stage of [0, 1]) await expect.poll(() => layer(page, 0, stage)).not.toBe(before[stage]);
  // A drag over a panel is no press on it.
  const { x, y, width, height } = (await page.getByTestId("open-1").boundingBox())!;
  const [, side] = [await layer(page, 1, 0), await layer(page, 1, 1)];
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 3, y + height / 3, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => layer(page, 1, 1)).not.toBe(side);
  await expect(page.getByTestId("panel-1")).toBeVisible();

  const scale = () =>
    page.evaluate(() => {
      const stage = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!;
      return stage.clientWidth / (stage as unknown as { size: [number, number] }).size[0];
    });
  expect(await scale()).toBe(1);
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === window.lab)).toBe(true);
  await expect.poll(scale, "strokes and type are larger").toBeGreaterThan(1.2);
  await expect(page.getByTestId("data-moons")).toBeHidden();
  await expect(page.getByTestId("play")).toBeVisible();
  for (const panel of [0, 1]) await expect(page.getByTestId(`panel-${panel}`)).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);
  await expect.poll(scale).toBe(1);
});

test("two fingers enlarge the picture and one scrolls the page", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 }, baseURL: baseURL! });
  const page = await context.newPage();
  await open(page, "data=moons&model=made&width=16&backend=cpu&autoplay=off");
  await step(page, 2);
  const { x, y, width, height } = (await page.getByTestId("stage").boundingBox())!;
  await expect(page.locator("dgm-zoom button").first()).toBeVisible();
  const size = (await page.locator("dgm-zoom button").first().boundingBox())!;
  expect(Math.min(size.width, size.height), "for a finger").toBeGreaterThanOrEqual(44);
  const cdp = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...at: number[]) =>
    cdp.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: at.map((share, id) => ({ x: x + share * width, y: y + height / 2, id })),
    });
  await touch("touchStart", 0.4, 0.6);
  for (const spread of [0.12, 0.16, 0.2]) await touch("touchMove", 0.5 - spread, 0.5 + spread);
  await touch("touchEnd");
  await expect(value(page)).toHaveText("2×");
  expect(await page.evaluate(() => visualViewport!.scale), "the page is not enlarged").toBe(1);
  await context.close();
});

test("a box keeps the place under the hand, does not leave what is worth seeing, and is the whole again", () => {
  const whole = { x: [0, 10] as [number, number], y: [-5, 5] as [number, number] };
  const closer = zoomed(undefined, whole, 2, [0.2, 0.5])!;
  expect(closer.x[0] + 0.2 * (closer.x[1] - closer.x[0])).toBeCloseTo(2, 9);
  expect(closer.y).toEqual([-2.5, 2.5]);
  expect(zoomed(closer, whole, 0.5, [0.2, 0.5])).toBeUndefined();
  expect(zoomed(undefined, whole, 1e9)!.x[1] - zoomed(undefined, whole, 1e9)!.x[0]).toBeCloseTo(10 / 64, 9);
  expect(zoomed(undefined, whole, 1e-9)!.x).toEqual([-15, 25]);
  const far = panned(closer, whole, [100, 0])!;
  expect((far.x[0] + far.x[1]) / 2, "its middle stays").toBeCloseTo(10, 9);
  expect(panned(undefined, whole, [0, 0])).toBeUndefined();
});

test("an address says where a picture is seen closer, and opens there", async ({ page }) => {
  const address = "data=moons&model=nsf&width=16&backend=cpu&autoplay=off&lang=en";
  await open(page, address);
  await page.getByTestId("stage").hover();
  for (let i = 0; i < 3; i++) await page.getByTestId("zoom-in").click();
  await page.keyboard.press("Shift+ArrowRight");
  const times = await value(page).textContent();
  expect(times).not.toBe("1×");
  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("show")).toMatch(/^zoom: [\d.]+ -?[\d.]+ -?[\d.]+$/);
  await page.waitForTimeout(500);
  const box = () =>
    page.evaluate(() => (window.lab.shadowRoot!.querySelector("dgm-zoom") as unknown as { store: { box: unknown } }).store.box);
  const seen = (await box()) as { x: [number, number]; y: [number, number] };
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url);
  await ready(page);
  await page.getByTestId("stage").hover();
  await expect(value(page)).toHaveText(times!);
  const again = (await box()) as typeof seen;
  for (const axis of ["x", "y"] as const)
    for (const end of [0, 1] as const)
      expect(Math.abs(again[axis][end] - seen[axis][end])).toBeLessThan(0.002 * (seen[axis][1] - seen[axis][0]));
  // Other data are seen as a whole, and so says the address.
  await page.getByTestId("data-8gaussians").click();
  await expect(value(page)).toHaveText("1×");
  await expect.poll(() => page.url()).not.toContain("zoom");
});

test("a zoom that cannot be is said or kept within what can be seen", () => {
  const whole = { x: [0, 8], y: [-2, 6] } as { x: [number, number]; y: [number, number] };
  const box = { x: [1, 3], y: [1, 3] } as typeof whole;
  expect(boxOf(zoomOf(box, whole), whole), "there and back").toEqual(box);
  expect(boxOf([1e9, 1e9, 0], whole)!.x, "no closer, no further away").toEqual([8 - 0.0625, 8 + 0.0625]);
  expect(boxOf([1, 4, 2], whole), "the whole is no part").toBeUndefined();
  expect(boxOf([4, 4], whole)!.y, "a line has one place").toEqual([1, 3]);
  const zooms = ["zoom: 4 1.5 -0.5", "zoom: 2 7"];
  for (const text of zooms) expect(writeShow(showOf(text)!)).toBe(text);
  for (const text of ["zoom: 4", "zoom: 0 1 1", "zoom: -2 1 1", "zoom: 2 x 1", "zoom: 2 1 1 1", "zoom:"])
    expect(showOf(text), text).toBeUndefined();
});
