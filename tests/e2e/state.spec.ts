import { expect, test } from "@playwright/test";
import { gridOf, placeOf } from "../../www/src/controls/slider.ts";
import { measured, number } from "../../www/src/i18n/index.ts";
import { Findings } from "../../www/src/state/findings.ts";
import { asThen, History, MOST as MOST_ROWS, robustRange } from "../../www/src/state/history.ts";
import { readMixture, writeMixture } from "../../www/src/state/mixture.ts";
import { added, MOST, moved, REACH, removed, turned, weighted, widened } from "../../www/src/state/mixture-edits.ts";

const finding = (code: string) => ({ code, setting: "", sentence: { en: code, zh: code } });

test("a finding stays until it was absent twice in a row, and is new once", () => {
  const findings = new Findings();
  const codes = () => findings.list.map(({ code }) => code);
  expect(findings.saw([finding("modes"), finding("rate")]).map(({ code }) => code)).toEqual(["modes", "rate"]);
  expect(findings.saw([finding("rate")])).toEqual([]);
  expect(codes()).toEqual(["modes", "rate"]);
  expect(findings.saw([finding("modes"), finding("rate")])).toEqual([]);
  findings.saw([finding("rate")]);
  expect(codes(), "absence does not add up over a return").toEqual(["modes", "rate"]);
  findings.saw([finding("rate")]);
  expect(codes()).toEqual(["rate"]);
  expect(findings.saw([finding("modes")]).map(({ code }) => code)).toEqual(["modes"]);
  findings.clear();
  expect(codes()).toEqual([]);
});

test("one spike does not set the range of a chart; few values and equal ones are shown whole", () => {
  const calm = Array.from({ length: 200 }, (_, i) => 1 + 0.1 * Math.sin(i));
  const [low, high] = robustRange([[...calm, 5000]])!;
  expect(low).toBeCloseTo(0.9, 1);
  expect(high).toBeLessThan(2);
  expect(robustRange([[3, 1, 100]])).toEqual([1, 100]);
  expect(robustRange([[2, 2, 2], [Number.NaN]])).toEqual([2, 2]);
  expect(robustRange([[Number.POSITIVE_INFINITY]])).toBeUndefined();
});

const metric = (id: string, value: number) => ({
  id,
  value,
  stderr: 0.1,
  floor: 0,
  floor_stderr: 0,
  kind: "exact" as const,
  unit: "nats",
  group: "divergence" as const,
  label: { en: "English words", zh: "中文" },
});

test("the history keeps ids and numbers of its scores, the newest rows, and never more rows than it may", () => {
  const history = new History();
  const last = 20 * MOST_ROWS;
  for (let step = 1; step <= last; step++) {
    // Falling in a straight line: whatever was joined, a row's mean lies at the middle of its steps.
    history.add({ step, losses: [last - step], seconds: 0.001 });
    if (step % 1000 === 0) history.evaluated([metric("kl", step)], step);
    if (history.rows.length > MOST_ROWS) break;
  }
  expect(history.rows.length).toBeLessThanOrEqual(MOST_ROWS);
  const steps = history.rows.map(({ step }) => step);
  expect(steps.at(-1)).toBe(last);
  const early = steps.filter((step) => step <= last / 4).length;
  expect(early, "a quarter of the run has its share of the rows").toBeGreaterThan(MOST_ROWS / 16);
  const crooked = history.rows.filter(({ step, losses }, i) => Math.abs(losses[0]! - last + ((steps[i - 1] ?? 0) + 1 + step) / 2) > 1e-6);
  expect(crooked).toEqual([]);
  const [scored, values] = history.metric("kl");
  expect(values, "no score was lost").toEqual(Array.from({ length: Math.floor(last / 1000) }, (_, i) => 1000 * (i + 1)));
  const moved = Math.max(...scored.map((step, i) => step - values[i]!));
  expect(moved, "nor moved by more than its row").toBeLessThan((4 * last) / MOST_ROWS);
  const [score] = history.rows.find(({ metrics }) => metrics)!.metrics!;
  expect(Object.keys(score!).sort()).toEqual(["floor", "id", "kind", "stderr", "value"]);

  history.become(Array.from({ length: 5 * MOST_ROWS }, (_, i) => ({ step: i + 1, losses: [1], seconds: i })));
  expect(history.rows.length).toBeLessThanOrEqual(MOST_ROWS);
  expect(history.rows.at(-1)!.step).toBe(5 * MOST_ROWS);
});

test("a history stands at an earlier step, also within what one row stands for, and forgets the rest with the next step", () => {
  const history = new History();
  for (const step of [10, 20, 40]) history.add({ step, losses: [step], seconds: 1 });
  history.evaluated([metric("kl", 7)], 10);
  history.evaluated([metric("kl", 5)], 40);
  history.stand(20);
  expect(history.past.map(({ step }) => step)).toEqual([10, 20]);
  expect(asThen([metric("kl", 5)], history.past).map(({ value, unit }) => [value, unit])).toEqual([[7, "nats"]]);
  history.stand(30);
  expect(history.past.at(-1), "half of what the row stands for").toEqual({ step: 30, losses: [40], seconds: 2.5 });
  history.stand(0);
  expect(history.past).toEqual([]);
  history.stand(40);
  expect(history.at, "the last step is where it stands anyway").toBeUndefined();
  expect(
    history.rows.map(({ step }) => step),
    "nothing is lost by looking",
  ).toEqual([10, 20, 30, 40]);
  history.stand(10);
  // In stretches of two, with an end where it stands.
  expect(history.curves(1, 2)[0]).toEqual([10, 30, 40]);
  history.add({ step: 15, losses: [1], seconds: 1 });
  expect(history.rows.map(({ step, seconds }) => [step, seconds])).toEqual([
    [10, 1],
    [15, 2],
  ]);
});

test("weights of an edited mixture sum to one whatever is done to it", () => {
  let parts = readMixture("0.5_-1_0_0.5_0.5_0*0.3_1_1_0.4_0.2_0.3*0.2_0_2_0.2_0.2_0")!;
  const total = () => parts.reduce((sum, { weight }) => sum + weight, 0);
  parts = weighted(parts, 0, 0.8);
  expect(parts[0]!.weight).toBeCloseTo(0.8, 12);
  expect(parts[1]!.weight / parts[2]!.weight, "the others keep their proportions").toBeCloseTo(1.5, 12);
  expect(total()).toBeCloseTo(1, 12);
  parts = removed(parts, 0);
  expect(total()).toBeCloseTo(1, 12);
  for (let i = 0; i < 20; i++) parts = added(parts);
  expect(parts.length).toBe(MOST);
  expect(total()).toBeCloseTo(1, 12);
  parts = weighted(parts, 3, 1);
  expect(Math.min(...parts.map(({ weight }) => weight))).toBeGreaterThan(0);
  expect(moved(parts, 0, [99, -99])[0]!.mean).toEqual([REACH, -REACH]);
  expect(widened(parts, 0, 1, 0.7)[0]!.sigma[1]).toBe(0.7);
  expect(turned(parts, 0, Math.PI + 0.25)[0]!.angle, "half a turn changes nothing").toBeCloseTo(0.25, 3);
  while (parts.length > 1) parts = removed(parts, 0);
  expect(removed(parts, 0)).toEqual(parts);
  expect(weighted(parts, 0, 0.3)[0]!.weight).toBe(1);
  expect(writeMixture(readMixture(writeMixture(parts))!)).toBe(writeMixture(parts));
});

test("a slider gives back the value that it shows, also close to one", () => {
  const decay = { kind: "float", scale: "linear", min: 0, max: 0.9999, default: 0.999 } as const;
  for (const value of [0, 0.9, 0.99, 0.998, 0.999, 0.9999]) expect(gridOf(decay)[placeOf(decay, value)]).toBe(value);
  const rate = { kind: "float", scale: "log", min: 1e-5, max: 0.1, default: 1e-3 } as const;
  for (const value of [1e-5, 2e-3, 0.1]) expect(gridOf(rate)[placeOf(rate, value)]).toBe(value);
  const count = { kind: "int", scale: "log", min: 4, max: 256, default: 64 } as const;
  for (const value of [4, 32, 64, 256]) expect(gridOf(count)[placeOf(count, value)]).toBe(value);
});

test("numbers keep what their errors leave meaning in, and infinity is said", () => {
  expect(measured(0.1849, 0.0142)).toBe("0.185 ± 0.014");
  expect(measured(0.00123, 0.00031)).toBe("0.0012 ± 0.0003");
  expect(number(-1.4849)).toBe("−1.48");
  expect(number(1_234_567.89), "incomes are no powers of ten").toBe("1,234,568");
  expect(measured(Number.POSITIVE_INFINITY, Number.NaN)).toBe("∞");
  expect(number(Number.NEGATIVE_INFINITY)).toBe("−∞");
  expect(number(Number.NaN)).toBe("–");
});
