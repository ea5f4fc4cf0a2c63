/** Figures that explain what makes a density: exp and Z, what Z costs, and an energy that is learned. */
import { expect } from "@playwright/test";
import { smooth } from "../../www/src/state/spline.ts";
import { drag, show, sum, values } from "./figures.ts";
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
