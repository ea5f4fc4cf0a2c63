/** Axes: numbers that can be read in the page's language, never on each other, on every data set, and only where they are wanted. */
import { expect, type Page, test as pure } from "@playwright/test";
import { type Axes, lineAxis, lineAxisHeight, planeAxes } from "../../www/src/views/axes.ts";
import { boxAround, linear, planeScale } from "../../www/src/views/scale.ts";
import { ticksOf } from "../../www/src/views/ticks.ts";
import { open, step, test } from "./lab.ts";

type Range = [number, number];
const labels = (range: Range, lang: "en" | "zh" = "en", most = 5) => ticksOf(range, most, lang, () => true).map(({ label }) => label);

pure("ticks are round numbers in the page's language, with the digits in which they differ", () => {
  expect(labels([-4, 4])).toEqual(["−4", "−2", "0", "2", "4"]);
  expect(labels([0.31, 0.42])).toEqual(["0.32", "0.34", "0.36", "0.38", "0.40", "0.42"]);
  expect(labels([20_000, 60_000])).toEqual(["20,000", "30,000", "40,000", "50,000", "60,000"]);
  expect(labels([600_000, 1_500_000])).toEqual(["600K", "800K", "1M", "1.2M", "1.4M"]);
  expect(labels([600_000, 1_500_000], "zh")).toEqual(["60万", "80万", "100万", "120万", "140万"]);
  expect(labels([1e6 - 0.0003, 1e6 + 0.0003], "en", 3)).toEqual(["999,999.9998", "1,000,000.0000", "1,000,000.0002"]);
  expect(labels([0, 4e-40], "en", 4)).toEqual(["0", "1×10⁻⁴⁰", "2×10⁻⁴⁰", "3×10⁻⁴⁰", "4×10⁻⁴⁰"]);
  expect(labels([-2e20, 2e20], "en", 4)).toEqual(["−2×10²⁰", "−1×10²⁰", "0", "1×10²⁰", "2×10²⁰"]);
});

interface Word {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A pen that remembers where it wrote; every letter is as wide as a wide digit of the page's type. */
function recorder() {
  const words: Word[] = [];
  const width = (text: string) => 7 * text.length;
  const pen = {
    textAlign: "left",
    textBaseline: "top",
    fillRect: () => undefined,
    strokeText: () => undefined,
    measureText: (text: string) => ({ width: width(text) }),
    fillText(text: string, x: number, y: number) {
      if (!text) return;
      const left = x - { left: 0, center: 0.5, right: 1 }[this.textAlign]! * width(text);
      const top = y - { top: 0, middle: 6, alphabetic: 10 }[this.textBaseline]!;
      words.push({ text, left, right: left + width(text), top, bottom: top + 12 });
    },
  };
  return { words, pen: pen as unknown as CanvasRenderingContext2D };
}

function clashes(words: Word[], width: number, height: number): string[] {
  const over = words.flatMap((a, i) =>
    words.slice(i + 1).filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
  );
  const out = words.filter(({ left, right, top, bottom }) => left < 0 || top < 0 || right > width || bottom > height);
  return [...over, ...out].map(({ text }) => text);
}

const RANGES: Range[] = [
  [-4, 4],
  [-4.5, 4.5],
  [0, 110],
  [17, 91],
  [18_000, 96_000],
  [600_000, 1_500_000],
  [1e6 - 0.0003, 1e6 + 0.0003],
  [-3e-40, 5e-40],
  [0.001, 0.0013],
];

for (const width of [240, 420, 900]) {
  pure(`numbers and names of axes never lie on each other (${width} px)`, () => {
    const colours = { quiet: "", halo: "" } as Parameters<typeof planeAxes>[4];
    const axes: Axes = { names: ["flipper length (mm)", "body mass (g)"], lang: "en" };
    for (const x of RANGES) {
      const line = recorder();
      lineAxis(line.pen, x, linear(x, [14, width - 14]), 100, axes, colours);
      expect(clashes(line.words, width, 100 + lineAxisHeight(axes)), `line ${x}`).toEqual([]);
      expect(line.words.length, `line ${x}`).toBeGreaterThan(1);
      for (const y of RANGES) {
        const plane = recorder();
        planeAxes(plane.pen, { x, y }, planeScale({ x, y }, width, width), axes, colours);
        expect(clashes(plane.words, width, width), `${x} by ${y}`).toEqual([]);
        expect(plane.words.length, "two names, and numbers").toBeGreaterThan(3);
      }
    }
  });
}

pure("each axis has its own scale: bounds of any shape fill the picture, and those of a square keep theirs", () => {
  const wide = planeScale({ x: [18, 90], y: [20_000, 90_000] }, 300, 300);
  expect([wide.x(18), wide.x(90), wide.y(20_000), wide.y(90_000)]).toEqual([0, 300, 300, 0]);
  expect([wide.worldX(150), wide.worldY(150)]).toEqual([54, 55_000]);
  const square = planeScale({ x: [-4, 4], y: [-4, 4] }, 500, 300);
  expect([square.x(-4), square.x(4), square.y(4)]).toEqual([100, 400, 0]);
  const box = boxAround([0, 100, 1, 300], 0, true);
  expect(box).toEqual({ x: [0, 1], y: [100, 300] });
  expect(boxAround([0, 100, 1, 300], 0)).toEqual({ x: [-99.5, 100.5], y: [100, 300] });
});

/** Painted pixels of the canvas that lies on top of the others. */
const ink = (page: Page) =>
  page.evaluate(() => {
    const stage = window.lab.shadowRoot!.querySelector("dgm-plane-stage, dgm-line-stage")!;
    const canvas = [...stage.shadowRoot!.querySelectorAll("canvas")].at(-1)!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });

test("every data set of the plane and the line has axes, which a switch takes away", async ({ page }) => {
  await open(page, "model=made&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 2);
  const sets = await page.evaluate(() => window.lab.catalogue.data.filter(({ dim }) => dim <= 2).map(({ id }) => id));
  for (const data of sets) {
    await page.evaluate((data) => {
      window.lab.config = { data };
      return window.lab.ready;
    }, data);
    await expect.poll(() => ink(page), data).toBeGreaterThan(100);
  }
  await page.evaluate(() => window.lab.setData({ text: "61 74 82 55 71 68 90" }));
  await expect.poll(() => ink(page), "the reader's own").toBeGreaterThan(100);
  for (const data of ["8gaussians", "exam-scores"]) {
    await page.evaluate((data) => {
      window.lab.config = { data };
      return window.lab.ready;
    }, data);
    await page.getByTestId("layer-axes").uncheck();
    await expect.poll(() => ink(page)).toBe(0);
    await page.getByTestId("layer-axes").check();
    await expect.poll(() => ink(page)).toBeGreaterThan(100);
  }
});

pure("a box fits its points in whatever unit they are, and one point has one, too", () => {
  for (const unit of [1e-40, 1, 1e40]) {
    const { x, y } = boxAround([-unit, 0, unit, unit], 0.25, true);
    expect([x[0] / unit, x[1] / unit, y[0] / unit, y[1] / unit].map((at) => Number(at.toFixed(9)))).toEqual([-1.5, 1.5, -0.25, 1.25]);
  }
  const { x } = boxAround([1e9, 0]);
  expect(x[1] - x[0]).toBeGreaterThan(100);
});
