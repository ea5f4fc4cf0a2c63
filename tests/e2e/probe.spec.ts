/** A point that is looked at: its numbers are the model's and the data's own, keys move it, pins join, and all panels show the same one. */
import { expect, type Locator, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

interface Probe {
  kind: string;
  logProb: Float32Array;
  path: { stops: { at: string }[]; states: Float32Array; shift: Float64Array; scale: Float64Array };
}

interface Probing {
  probe(points: ArrayLike<number>): Promise<Probe>;
  path(points: ArrayLike<number>, toward?: "latent" | "data"): Promise<Probe["path"]>;
}

/** What is written, as a number. */
const read = (text: string) => Number(text.replace(/[−,≤ ]/g, (sign) => (sign === "−" ? "-" : "")));
const value = async (page: Page | Locator, id: string) => read((await page.getByTestId(`probe-${id}`).first().textContent()) ?? "");

async function place(page: Page | Locator): Promise<number[]> {
  const text = (await page.getByTestId("probe-place").first().textContent()) ?? "";
  return [...text.matchAll(/x[₁₂]\u00a0([−\d.]+)/g)].map(([, at]) => read(at!));
}

const logProb = (page: Page, at: number[]) => page.evaluate(async (at) => (await window.lab.logProb(Float32Array.from(at))).values[0]!, at);

/** Moves the pointer to shares of the first picture. */
async function point(page: Page, across: number, up: number): Promise<void> {
  const { x, y, width, height } = (await page.getByTestId("probe").first().boundingBox())!;
  await page.mouse.move(x + across * width, y + up * height);
}

/** Pixels of the samples' hue on what lies over the picture. */
const traced = (page: Page) =>
  page
    .locator("dgm-probe canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i]! > 200 && data[i + 2]! < 80 && data[i + 3]! > 200) found++;
      return found;
    });

test("a point has the model's density and the data's, moves by keys, and two pins are joined", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&layers=4&autoplay=off");
  // Between two clusters a model that has hardly begun is far from the truth.
  const clusters = [-2, 2].map((at) => ({
    weight: 0.5,
    mean: [at, 0] as [number, number],
    sigma: [0.4, 0.4] as [number, number],
    angle: 0,
  }));
  await page.evaluate((mixture) => window.lab.setData({ mixture }), clusters);
  await step(page, 20);
  await page.keyboard.press("p");
  await page.getByTestId("probe").waitFor();
  await point(page, 0.6, 0.45);
  const hovered = async () => (await place(page))[0]!;
  await expect.poll(hovered).toBeGreaterThan(0.2);
  const [x, y] = (await place(page)) as [number, number];
  const density = clusters.map(({ mean }) => Math.exp(-((x - mean[0]) ** 2 + y ** 2) / 0.32) / (2 * Math.PI * 0.16));
  const truth = Math.log((density[0]! + density[1]!) / 2);
  await expect.poll(async () => Math.abs((await value(page, "truth")) - truth)).toBeLessThan(0.1);
  expect(Math.abs((await value(page, "log_prob")) - (await logProb(page, [x, y])))).toBeLessThan(0.1);

  // A script gets the numbers as they are, and a flow's way ends at its latents.
  const told = await page.evaluate(
    async (at) => {
      const lab = window.lab as unknown as Probing;
      const { kind, logProb, path } = await lab.probe(at);
      const back = await lab.path(path.states.slice(-2), "data");
      return {
        kind,
        logProb: [...logProb],
        stops: path.stops.map(({ at }) => at),
        back: [...back.states.slice(-2)],
        first: [...path.states.slice(0, 2)],
      };
    },
    [x, y],
  );
  expect(told.kind).toBe("exact");
  expect(told.logProb[0]).toBe(await logProb(page, [x, y]));
  expect(told.stops).toEqual(["data", ...Array(told.stops.length - 1).fill("layer")]);
  for (const axis of [0, 1]) expect(told.back[axis]).toBeCloseTo(told.first[axis]!, 3);

  // Keys move it, Enter pins it, and between two pins both ways are drawn.
  const over = page.getByTestId("probe");
  await over.focus();
  await over.press("ArrowRight");
  await expect.poll(hovered).toBeGreaterThan(x);
  await expect(page.getByTestId("probe-clear")).toHaveCount(0);
  await over.press("Enter");
  for (let i = 0; i < 12; i++) await over.press("ArrowLeft");
  expect(await traced(page)).toBe(0);
  await over.press("Enter");
  await expect(page.getByTestId("probe-values")).toContainText("From A to B");
  await expect.poll(() => traced(page)).toBeGreaterThan(50);
  await expect(page.getByTestId("probe-spoken")).toContainText("log-density");
  await over.press("Escape");
  await expect(page.getByTestId("probe-clear")).toHaveCount(0);

  // While it learns, the same point has other numbers.
  const [there, before] = [await place(page), await value(page, "log_prob")];
  await page.getByTestId("play").click();
  await expect.poll(() => value(page, "log_prob")).not.toBe(before);
  await page.getByTestId("pause").click();
  expect(await place(page)).toEqual(there);

  // Where the picture is magnified a click pins as well.
  await page.getByTestId("zoom-in").click();
  await point(page, 0.3, 0.7);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByTestId("probe-clear")).toBeVisible();
});

test("a place is told in the data's own unit, however small", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&layers=4&autoplay=off");
  const rows = Array.from({ length: 60 }, (_, i) => `${1 + ((i * 37) % 60) / 30}e-40,${1 + ((i * 17) % 60) / 60}e9`);
  await page.evaluate((text) => window.lab.setData({ text }), `a,b\n${rows.join("\n")}`);
  await page.keyboard.press("p");
  await page.getByTestId("probe").waitFor();
  await point(page, 0.5, 0.5);
  await expect(page.getByTestId("probe-place")).toHaveText(/^a\u00a0[1-3]\.\d+×10⁻⁴⁰, b\u00a01\d{9}$/);
});

test("every panel shows the same point, each with what its family has", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("nce width=16; gan width=16; vae width=16")}&data=moons&autoplay=off`);
  await step(page, 5);
  await page.getByTestId("probing").check();
  await expect(page.getByTestId("probe")).toHaveCount(3);
  const card = (i: number) => page.getByTestId(`panel-${i}`);
  const { x, y, width, height } = (await card(1).getByTestId("probe").boundingBox())!;
  await page.mouse.move(x + 0.7 * width, y + 0.3 * height);
  await expect.poll(async () => (await place(card(1)))[0]).toBeGreaterThan(1);
  const here = await place(card(1));
  for (const i of [0, 2]) await expect.poll(() => place(card(i))).toEqual(here);
  await expect(card(0).getByTestId("probe-energy")).toBeVisible();
  await expect(card(1).getByTestId("probe-logit")).toBeVisible();
  await expect(card(2).getByTestId("probe-code")).toContainText("±");
  await expect(card(1).getByTestId("probe-log_prob")).toHaveCount(0);
  // A click pins where it opened a panel before.
  await page.mouse.click(x + 0.7 * width, y + 0.3 * height);
  await expect(page.getByTestId("probe-clear")).toBeVisible();
  await page.getByTestId("probing").uncheck();
  await expect(page.getByTestId("probe")).toHaveCount(0);
  await expect(page.getByTestId("open-1")).toBeVisible();
});

test("a digit that is drawn is coded, restored, priced, and set beside those it was learned from", async ({ page }) => {
  await open(page, "data=digits-binary&model=vae-pixels&width=16&autoplay=off");
  await step(page, 5);
  await page.getByTestId("probing").check();
  const pad = page.getByTestId("digit-pad");
  await pad.focus();
  const drawn = new Float32Array(64);
  // A stroke down from where the cursor stands.
  for (let row = 3; row < 7; row++) {
    await pad.press("Space");
    drawn[8 * row + 3] = 1;
    await pad.press("ArrowDown");
  }
  await page.getByTestId("digit-use").click();
  await expect(page.getByTestId("probe-clear")).toBeVisible();
  const bits = async () => -(await logProb(page, [...drawn])) / Math.LN2;
  const shown = async () => Math.abs((await value(page, "bits")) - (await bits()));
  await expect.poll(shown).toBeLessThan(0.1);
  expect(await value(page, "bits_per_pixel")).toBeCloseTo((await bits()) / 64, 2);
  await expect(page.getByTestId("probe-restored")).toBeVisible();
  await expect(page.getByTestId("probe-nearest")).toBeVisible();
  await expect(page.getByTestId("probe-code")).toContainText("±");
  // One of the data's beside it: pictures on the way from the one to the other.
  await page.getByTestId("probe").focus();
  await page.getByTestId("probe").press("ArrowRight");
  await page.getByTestId("probe").press("Enter");
  await expect(page.getByTestId("probe-strip")).toBeVisible();
  await expect(page.getByTestId("probe-values")).toContainText("nearest training pictures");
});
