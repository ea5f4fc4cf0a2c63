/** Figures that explain what makes a density: exp and Z, what Z costs, and an energy that is learned. */
import { expect } from "@playwright/test";
import { bytes, duration, magnitude } from "../../www/src/figures/magnitude.ts";
import { smooth } from "../../www/src/state/spline.ts";
import { centre, drag, show, sum, values } from "./figures.ts";
import { test } from "./lab.ts";

interface Curve {
  f: number[];
  positive: number[];
  density: number[];
  log_z: number;
}

test("a curve goes through its handles and turns nowhere else", () => {
  const handles = [-2, 1, 1, 3, -3, 0.5];
  const curve = smooth(handles, 20);
  expect(handles.map((_, i) => curve[20 * i])).toEqual(handles);
  for (let i = 1; i < curve.length; i++) {
    const [from, to] = handles.slice(Math.floor((i - 1) / 20));
    expect(Math.sign(Math.round(1e9 * (curve[i]! - curve[i - 1]!))) * Math.sign(to! - from!)).toBeGreaterThanOrEqual(0);
  }
});

test("numbers beyond all counting are said as a class would say them", () => {
  expect([4, 8, 12.5, 20, 20.4, 1568].map((log10) => magnitude(log10, "en"))).toEqual([
    "10,000",
    "100 million",
    "3.16 trillion",
    "10²⁰",
    "3×10²⁰",
    "10¹⁵⁶⁸",
  ]);
  expect(magnitude(8, "zh")).toBe("1亿");
  expect([0.6, 4.602, 9.6, 24.6, 1568.6].map((log10) => bytes(log10, "en"))).toEqual([
    "3.98 bytes",
    "40 kB",
    "3.98 GB",
    "4×10²⁴ bytes",
    "10¹⁵⁶⁹ bytes",
  ]);
  expect([-12, -7.5, -4, 0, 3.5, 11, 1551.5].map((log10) => duration(log10, "en"))).toEqual([
    "less than a blink",
    "1 second",
    "53 minutes",
    "1 year",
    "3,160 years",
    "100 billion years",
    "10¹⁵⁵² years",
  ]);
  expect(duration(3.5, "zh")).toBe("3,160 年");
});

test("any curve becomes a density: never negative, of area one, and a curve raised is the same density", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-curve lang="en"></dgm-curve>`);
  const now = () => values<Curve>(figure);
  const area = ({ density }: Curve) => (8 * (sum(density) - (density[0]! + density.at(-1)!) / 2)) / (density.length - 1);
  const first = await now();
  expect(area(first)).toBeCloseTo(1, 9);
  await expect(figure.getByTestId("area")).toHaveText("1.000");
  await expect(figure.getByTestId("z")).toHaveText(Math.exp(first.log_z).toPrecision(3));

  await figure.getByTestId("raise").click();
  await expect.poll(async () => (await now()).log_z - first.log_z).toBeCloseTo(0.5, 9);
  const raised = await now();
  expect(Math.max(...raised.density.map((height, i) => Math.abs(height - first.density[i]!)))).toBeLessThan(1e-9);

  // Drawn across like with a pencil: handles that are passed come to the line.
  const { x, y, width, height } = (await figure.getByTestId("paper").boundingBox())!;
  await drag(page, [x + 1, y + height / 2], [width - 2, 0]);
  await expect.poll(async () => (await now()).log_z, "flat: exp(0) over an interval of 8").toBeCloseTo(Math.log(8), 6);
  expect((await now()).f.every((value) => Math.abs(value) < 1e-9)).toBe(true);

  await figure.getByTestId("handle-4").focus();
  for (const key of ["PageUp", "PageUp", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  await expect(figure.getByTestId("handle-5")).toBeFocused();
  await expect(figure.getByTestId("handle-5")).toHaveAttribute("aria-valuetext", "−0.1");
  await expect(figure.getByTestId("handle-4")).toHaveAttribute("aria-valuetext", "2.0");
  await figure.getByTestId("temperature").focus();
  const peak = async () => Math.max(...(await now()).density);
  const cold = await peak();
  await page.keyboard.press("End");
  await expect.poll(peak, "warm it is flatter").toBeLessThan(0.5 * cold);
  const warm = await now();
  expect(area(warm)).toBeCloseTo(1, 9);
  expect(Math.min(...warm.positive)).toBeGreaterThan(0);
});

test("a grid outgrows every computer", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-grid lang="en"></dgm-grid><dgm-grid lang="zh" dim="10"></dgm-grid>`);
  const says = async (cells: string, bytes: string, years: string, verdict: string) => {
    await expect(figure.getByTestId("cells")).toHaveText(cells);
    await expect(figure.getByTestId("bytes")).toHaveText(bytes);
    await expect(figure.getByTestId("years")).toHaveText(years);
    await expect(figure.getByTestId("verdict")).toContainText(verdict);
  };
  await says("10,000", "40 kB", "less than a blink", "A laptop can hold this grid");
  await figure.getByTestId("dim-784").click();
  await says("10¹⁵⁶⁸", "10¹⁵⁶⁹ bytes", "10¹⁵⁵² years", "More cells than atoms");
  // The axis from 1 to 1000 is even in factors: its middle is the square root.
  await page.mouse.click(...(await centre(figure.getByTestId("paper"))));
  expect((await values<{ dim: number }>(figure)).dim).toBe(30);
  await figure.getByTestId("dim").focus();
  await page.keyboard.press("Home");
  await says("100", "400 bytes", "less than a blink", "A laptop can hold this grid");
  const chinese = page.locator("dgm-grid").nth(1);
  await expect(chinese.getByTestId("years")).toHaveText("3,170 年");
  await expect(chinese.getByTestId("verdict")).toHaveText("一台笔记本的内存装不下了。");
});

interface Exam {
  score: number;
  step: number;
  range: [number, number];
  logDensity: Record<number, number>;
  energy: Record<number, number>;
  logZ: number;
  logProb: number;
  rarer: number;
}

/** The density that the scores were drawn from. */
const truth = (x: number) =>
  [
    [0.68, 70, 7],
    [0.22, 40, 6],
    [0.1, 90, 3],
  ].reduce(
    (sum, [weight, mean, sigma]) => sum + (weight! * Math.exp(-0.5 * ((x - mean!) / sigma!) ** 2)) / (sigma! * Math.sqrt(2 * Math.PI)),
    0,
  );

test("an energy learns the exam scores while it is seen, and says how unusual one is", async ({ page, baseURL }) => {
  const below = `<dgm-unusual lang="en"></dgm-unusual><div style="height: 3000px"></div>`;
  const figure = await show(page, baseURL!, below);
  const now = () => values<Exam>(figure);
  // Out of view it rests.
  await page.evaluate(() => scrollTo(0, 2500));
  await page.waitForTimeout(600);
  const { step } = await now();
  await page.waitForTimeout(600);
  expect((await now()).step).toBe(step);
  expect(step).toBeLessThan(600);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(figure.getByTestId("step")).toHaveText("learned in 600 steps");

  const learned = await now();
  const density = Object.values(learned.logDensity).map(Math.exp);
  const cell = (learned.range[1] - learned.range[0]) / density.length;
  expect(cell * sum(density), "Z is right").toBeCloseTo(1, 2);
  const kl = density.map((q, i) => cell * truth((i + 0.5) * cell) * Math.log(truth((i + 0.5) * cell) / q));
  expect(sum(kl), "and the shape is learned").toBeLessThan(0.02);
  expect(learned.logProb).toBeCloseTo(Math.log(truth(80)), 0);
  for (const i of [20, 110, 180]) expect(learned.energy[i]! + learned.logZ, "−ln P = E + ln Z").toBeCloseTo(-learned.logDensity[i]!, 3);
  await expect(figure.getByTestId("sum")).toContainText(`${learned.logZ.toFixed(2)} = ${(-learned.logProb).toFixed(2)}`);
  await expect(figure.getByTestId("rarer")).toHaveText(
    `How unusual is 80? ${(100 * learned.rarer).toFixed(0)}% of the students have a rarer score.`,
  );
  expect(learned.rarer).toBeGreaterThan(0.25);
  expect(learned.rarer).toBeLessThan(0.5);

  const scoreIs = async (score: number) => {
    await expect.poll(async () => (await now()).logProb).not.toBe(learned.logProb);
    expect((await now()).score).toBe(score);
    return (await now()).rarer;
  };
  const { x, y, width } = (await figure.getByTestId("paper").boundingBox())!;
  await page.mouse.click(x + (width * 70) / 110, y + 20);
  expect(await scoreIs(70), "nothing is more usual").toBeGreaterThan(0.9);
  await figure.getByTestId("score").focus();
  await page.keyboard.press("End");
  await expect.poll(() => scoreIs(100), "hardly anybody has less usual ones").toBeLessThan(0.01);
  const cold = (await now()).logProb;
  await figure.getByTestId("temperature").focus();
  await page.keyboard.press("End");
  await expect.poll(async () => (await now()).logProb, "warm, the rare is less rare").toBeGreaterThan(cold + 1);
});
