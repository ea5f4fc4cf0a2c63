/** The second picture of each family: it is drawn, and it moves as the model learns. */
import { expect } from "@playwright/test";
import { open, step, test } from "./lab.ts";

/** What each picture beside the stage shows, as a checksum of its pixels; "blank" where one colour fills it. */
const looks = () => {
  const root = document.querySelector("dgm-lab")!.shadowRoot!;
  return [...root.querySelectorAll("dgm-side-picture")].map((picture) => {
    const canvas = picture.shadowRoot!.querySelector("canvas")!;
    const pixels = new Uint32Array(canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    if (pixels.every((pixel) => pixel === pixels[0])) return "blank";
    return String(pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7));
  });
};

/** `moves` is the one that changes as the model learns: the data beside a latent space only lend it their colours. */
const cases = [
  { model: "nce", count: 1, moves: 0 },
  { model: "realnvp", count: 1, moves: 0 },
  { model: "vae", count: 2, moves: 1 },
];

for (const { model, count, moves } of cases) {
  test(`the side picture of ${model} is drawn and follows what is learned`, async ({ page }) => {
    await open(page, `model=${model}&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    await expect.poll(() => page.evaluate(looks), "pictures").toHaveLength(count);
    await expect.poll(() => page.evaluate(looks), "drawn").not.toContain("blank");
    const before = await page.evaluate(looks);
    await step(page, 40);
    await expect.poll(async () => (await page.evaluate(looks))[moves], "it moves").not.toBe(before[moves]);
    await expect.poll(() => page.evaluate(looks), "drawn").not.toContain("blank");
  });
}
