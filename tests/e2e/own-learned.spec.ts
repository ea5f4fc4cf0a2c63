/** What a model makes of the reader's own data on the built page: their middle and spread, their density, their quartiles. */
import { expect } from "@playwright/test";
import { choose } from "../../www/src/state/table/choose.ts";
import { decode } from "../../www/src/state/table/decode.ts";
import { readTable } from "../../www/src/state/table/read.ts";
import { take } from "../../www/src/state/table/take.ts";
import { open, test } from "./lab.ts";
import { bytesOf, CASES, type Case, MODEL, set } from "./own-data.ts";

/** Steps that a small flow needs to find the middle and the spread of data. */
const STEPS = 80;

const order = (values: number[]) => values.sort((a, b) => a - b);
const quantile = (sorted: number[], share: number) => sorted[Math.round(share * (sorted.length - 1))]!;

const file = (name: string): Case => CASES.find((each) => each.file === name)!;

test("what a model learned of each file has its middle and its spread", async ({ page }) => {
  await open(page, MODEL);
  await page.evaluate(() => window.lab.pause());
  for (const each of CASES) {
    await set(page, each);
    const drawn = await page.evaluate(async (steps) => {
      await window.lab.step(steps);
      const { shape, values } = await window.lab.sample(1000);
      return { dim: shape[1]!, double: values instanceof Float64Array, values: [...values] };
    }, STEPS);
    expect.soft(drawn.double, each.file).toBe(true);
    const table = readTable(decode(bytesOf(each)));
    for (const [axis, { values }] of take(table, choose(table)).columns.entries()) {
      const own = order(drawn.values.filter((_, i) => i % drawn.dim === axis));
      const data = order([...values]);
      const spread = quantile(data, 0.75) - quantile(data, 0.25);
      const name = `${each.file}, axis ${axis}`;
      expect.soft(Math.abs(quantile(own, 0.5) - quantile(data, 0.5)) / spread, `${name}: middle`).toBeLessThan(0.35);
      expect.soft((quantile(own, 0.75) - quantile(own, 0.25)) / spread, `${name}: spread`).toBeGreaterThan(0.6);
      expect.soft((quantile(own, 0.75) - quantile(own, 0.25)) / spread, `${name}: spread`).toBeLessThan(1.6);
    }
  }
});

test("two scales are learned as they are, and not by heart, with the defaults of the spline flow", async ({ page }) => {
  await open(page, "data=8gaussians&model=nsf&seed=3&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const sides = [
    [0, 7],
    [25, 110],
  ] as const;
  const n = 80;
  const at = (side: number, i: number) => sides[side]![0] + ((i + 0.5) / n) * (sides[side]![1] - sides[side]![0]);
  const cells = Array.from({ length: n * n }, (_, k) => [at(0, k % n), at(1, Math.floor(k / n))] as const);
  const divergence = async (smooth: string) => {
    const text = new TextDecoder().decode(bytesOf(file("two_scales.csv")));
    const told = await page.evaluate(
      async ([text, smooth, points]) => {
        await window.lab.setData({ text, smooth });
        await window.lab.step(400);
        return [...(await window.lab.logProb(Float32Array.from(points))).values];
      },
      [text, smooth, cells.flat()] as const,
    );
    const cell = sides.reduce((area, [low, high]) => (area * (high - low)) / n, 1);
    return cells.reduce((sum, [x, y], k) => {
      const log = twoScales(x, y);
      return sum + Math.exp(log) * (log - told[k]!) * cell;
    }, 0);
  };
  const [smoothed, plain] = [await divergence("auto"), await divergence("none")];
  console.log(`KL ${smoothed.toFixed(3)}, ${plain.toFixed(3)} without noise`);
  expect(smoothed).toBeLessThan(0.06);
  expect(plain).toBeGreaterThan(smoothed);

  const table = readTable(decode(bytesOf(file("age_income.tsv"))));
  await set(page, file("age_income.tsv"));
  const drawn = await page.evaluate(async () => {
    await window.lab.step(400);
    return [...(await window.lab.sample(20_000)).values];
  });
  for (const [axis, { name, values }] of take(table, choose(table)).columns.entries()) {
    const own = order(drawn.filter((_, i) => i % 2 === axis));
    const data = order([...values]);
    for (const share of [0.25, 0.5, 0.75]) {
      const ratio = quantile(own, share) / quantile(data, share);
      expect.soft(Math.abs(ratio - 1), `${name}, quartile at ${share}: ${ratio}`).toBeLessThan(0.05);
    }
  }
});

/** log of the density that two_scales.csv was drawn from. */
function twoScales(x: number, y: number): number {
  const normal = (z: number, mu: number, sigma: number) => Math.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));
  return Math.log(0.36 * normal(x, 2, 0.28) * normal(y, 54.5, 5.8) + 0.64 * normal(x, 4.3, 0.42) * normal(y, 80, 6));
}
