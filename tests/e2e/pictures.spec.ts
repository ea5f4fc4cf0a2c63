/** Digits: a file fetched when it is chosen, models that paint, and families that cannot yet. */
import { expect } from "@playwright/test";
import { currentStep, open, requests, step, test } from "./lab.ts";

const FILE = "/playground/data/digits.csv";

/** The share of a canvas of the stage that carries strong ink. */
const ink = (layer: number) => {
  const stage = document.querySelector("dgm-lab")!.shadowRoot!.querySelector("dgm-picture-stage")!;
  const canvas = stage.shadowRoot!.querySelector<HTMLCanvasElement>(`canvas[data-layer="${layer}"]`)!;
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  let strong = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! > 128) strong++;
  return strong / (data.length / 4);
};

test("digits are fetched when chosen, learned, drawn and scored", async ({ page, baseURL }) => {
  await open(page, "model=vae&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await requests(page, baseURL!);
  const lab = page.locator("dgm-lab");
  await lab.getByTestId("data-digits-binary").click();
  await expect(lab.getByTestId("model-vae-pixels")).toHaveAttribute("aria-pressed", "true");
  expect((await requests(page, baseURL!)).map(({ path, status }) => [path, status])).toContainEqual([FILE, 200]);
  await step(page, 60);
  await expect.poll(() => page.evaluate(ink, 0), "the data have ink").toBeGreaterThan(0.05);
  await expect.poll(() => page.evaluate(ink, 1), "the samples have ink").toBeGreaterThan(0.05);
  const metrics = await page.evaluate(() => window.lab.evaluate());
  const nll = metrics.find(({ id }) => id === "nll")!;
  // Independent pixels cost 25 nats, sixty steps of a VAE less than a fair coin's 64 log 2.
  expect(nll.kind).toBe("bound");
  expect(nll.value).toBeLessThan(44);
  const bits = metrics.find(({ id }) => id === "bits_per_dim")!;
  expect(bits.value).toBeCloseTo(nll.value / 64 / Math.LN2, 6);
  const { shape, values } = await page.evaluate(async () => {
    const { shape, values } = await window.lab.sample(5);
    return { shape, values: [...values] };
  });
  expect(shape).toEqual([5, 64]);
  expect(values.every((value) => value === 0 || value === 1)).toBe(true);
  await expect(lab.getByTestId("kl")).toContainText(nll.value.toFixed(1).slice(0, 2));
});

test("a family that learns no pictures says so and cannot be chosen", async ({ page }) => {
  await open(page, "data=digits&model=nsf-pixels&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const lab = page.locator("dgm-lab");
  for (const family of ["energy", "gan"]) await expect(lab.getByTestId(`family-${family}`)).toBeDisabled();
  await lab.getByTestId("family-diffusion").click();
  await expect(lab.getByTestId("model-fm-pixels")).toHaveAttribute("aria-pressed", "true");
  await lab.getByTestId("family-autoregressive").click();
  await expect(lab.getByTestId("model-made-pixels")).toHaveAttribute("aria-pressed", "true");
  await step(page, 2);
  expect(await currentStep(page)).toBe(2);
  // Back to the plane: every family is there again.
  await lab.getByTestId("data-moons").click();
  await expect(lab.getByTestId("family-gan")).toBeEnabled();
});

test("a snapshot of digits brings a fresh page to them", async ({ page }) => {
  await open(page, "data=digits-binary&model=made-pixels&width=16&depth=1&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 3);
  const taken = await currentStep(page);
  const bytes = await page.evaluate(async () => [...(await window.lab.snapshot())]);
  await page.goto("about:blank");
  await open(page, "backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.evaluate((bytes) => window.lab.restore(new Uint8Array(bytes)), bytes);
  expect(await page.evaluate(() => [window.lab.config.data, window.lab.config.model])).toEqual(["digits-binary", "made-pixels"]);
  expect(await currentStep(page)).toBe(taken);
});

test("a file that is missing leaves everything as it was", async ({ page, complaints }) => {
  await open(page, "data=moons&model=vae&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await page.route("**/data/digits.csv", (route) => route.fulfill({ status: 404, body: "gone" }));
  const lab = page.locator("dgm-lab");
  await lab.getByTestId("data-digits").click();
  await expect(lab.getByTestId("message")).toHaveText(/^The file digits\.csv could not be read \(404/);
  expect(await page.evaluate(() => [window.lab.config.data, window.lab.config.model])).toEqual(["moons", "vae"]);
  const before = await currentStep(page);
  await step(page, 2);
  expect(await currentStep(page), "it goes on").toBe(before + 2);
  // The browser itself reports the answer that the test made up.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes("404")));
});
