/** The way from latents to data, stop by stop; a hand in the latent plane; and how it is looked at, kept in the address. */
import { expect, type Page } from "@playwright/test";
import { showOf, writeShow } from "../../www/src/state/show.ts";
import { open, ready, step, test } from "./lab.ts";

/** What a picture beside the stage shows, or a hand over it, as a checksum: once what was asked of it is drawn, which takes a frame or two. */
const look = (page: Page, tag = "dgm-side-picture") =>
  page.evaluate(async (tag) => {
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    const canvas = [...window.lab.shadowRoot!.querySelectorAll(tag)].at(-1)!.shadowRoot!.querySelector("canvas")!;
    const pixels = new Uint32Array(canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7);
  }, tag);
const keys = (page: Page, key: string, times: number) =>
  Array.from({ length: times }).reduce<Promise<void>>((done) => done.then(() => page.keyboard.press(key)), Promise.resolve());

test("through a flow's layers by keys and by itself; the address keeps the place, the layers and the speed", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&layers=4&backend=cpu&autoplay=off&lang=en");
  await step(page, 20);
  const slider = page.getByTestId("along");
  await expect(slider).toHaveAttribute("aria-valuetext", "all layers: data");
  const whole = await look(page);
  await slider.focus();
  await keys(page, "ArrowLeft", 2);
  await expect(slider).toHaveAttribute("aria-valuetext", "3 of 5 layers");
  await expect.poll(() => look(page)).not.toBe(whole);
  const half = await look(page);
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "Gaussian");
  await expect.poll(() => look(page)).not.toBe(half);
  // A Gaussian is where every run begins: what is learned does not move it, and it moves what comes later.
  const noise = await look(page);
  await step(page, 5);
  await page.waitForTimeout(700);
  expect(await look(page)).toBe(noise);
  await keys(page, "ArrowRight", 2);
  await expect(slider).toHaveAttribute("aria-valuetext", "2 of 5 layers");
  await expect.poll(() => look(page)).not.toBe(half);

  await page.getByTestId("layer-data").uncheck();
  await page.keyboard.press("<");
  const hash = () => new URLSearchParams(new URL(page.url()).hash.slice(1));
  await expect.poll(() => hash().get("show")).toBe("layers: field contours samples walkers truth axes; along: 0.4");
  await expect.poll(() => hash().get("speed")).toBe("100");
  await page.reload();
  await ready(page);
  await step(page, 1);
  await expect(slider).toHaveAttribute("aria-valuetext", "2 of 5 layers");
  await expect(page.getByTestId("layer-data")).not.toBeChecked();
  await expect(page.getByTestId("speed")).toHaveAttribute("aria-valuetext", /100/);
  await page.getByTestId("along-play").click();
  await expect(slider).toHaveAttribute("aria-valuetext", "all layers: data");
  await page.getByTestId("layer-data").check();
  await expect.poll(() => hash().get("show"), "what is as usual is not said").toBeNull();
});

test("along the time of a diffusion, in Chinese, while it learns", async ({ page }) => {
  await open(page, "data=moons&model=fm&width=16&backend=cpu&autoplay=off&lang=zh");
  await step(page, 5);
  const slider = page.getByTestId("along");
  await expect(slider).toHaveAttribute("aria-valuetext", "t = 1.00");
  await expect(slider).toHaveAttribute("aria-label", "从噪声到数据");
  await slider.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "t = 0.00");
  const noise = await look(page);
  await keys(page, "ArrowRight", 3);
  await expect(slider).toHaveAttribute("aria-valuetext", /^t = 0\.[1-9]/);
  await expect.poll(() => look(page)).not.toBe(noise);
  const before = await look(page);
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => look(page), "what is learned moves it").not.toBe(before);
});

test("a hand in the latent plane shows what the model makes of a code: a point, and of pictures a picture", async ({ page }) => {
  await open(page, "data=8gaussians&model=vae&width=16&backend=cpu&autoplay=off&lang=en");
  await step(page, 30);
  const hand = page.getByTestId("latent-hand");
  await hand.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await hand.boundingBox())!;
  const said = page.getByTestId("latent-said");
  await page.mouse.move(x + 0.5 * width, y + 0.5 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.7 * width, y + 0.3 * height, { steps: 3 });
  await page.mouse.up();
  await expect(said).toHaveText(/^code \(.+\) becomes \(.+\)$/);
  await expect.poll(() => look(page, "dgm-latent-hand")).not.toBe(7);
  const drawn = await look(page, "dgm-latent-hand");
  const code = async () =>
    /code \((.+?), (.+?)\)/
      .exec((await said.textContent()) ?? "")!
      .slice(1, 3)
      .map((value) => Number(value.replace("−", "-")));
  const [before] = await code();
  await hand.focus();
  await keys(page, "ArrowRight", 5);
  await expect.poll(async () => (await code())[0]! - before!).toBeCloseTo(0.5, 1);
  await expect.poll(() => look(page, "dgm-latent-hand")).not.toBe(drawn);
  await keys(page, "Escape", 1);

  await page.evaluate(() => window.lab.configure({ data: "digits-binary", model: "vae-pixels", width: 16 }));
  await step(page, 2);
  await hand.press("ArrowUp");
  await expect(said).toContainText("becomes a picture");
});

test("what is shown is said as it is read", () => {
  const text = "controls: transport beta; layers: energy data solid; along: 0.25; charts: side; scores: kl";
  const show = showOf(text)!;
  expect(show.solid).toBe(true);
  expect(show.along).toBe(0.25);
  expect(showOf(writeShow(show))).toEqual(show);
  expect(showOf("along: 1.5")).toBeUndefined();
  expect(showOf("along: x")).toBeUndefined();
  expect(showOf("layers: none")?.layers).toEqual([]);
});
