/** What the numbers of a column are like: their range, how many differ, a small histogram, and values that stand out by how often they come. */
import type { Column, Repeated } from "./table.ts";

/** Bars of the small histogram. */
const BARS = 24;
/** Where all values spread this many times as far as the middle 98 %, the histogram shows the middle. */
const TAIL = 5;
/** What programs write where a value is missing: nines, eights or sevens, and the ends of what a machine can count or an f32 hold. */
const CODE = /^(?:9{2,}|8{2,}|7{2,})(?:\.(?:9+|8+|7+))?$/;
const ENDS = [32767, 32768, 65535, 65536, 2147483647, 2147483648, 1e20, 1e30, 1e36, 9.96921e36, 1e37, 1e38];
/** A code repeats. */
const CODE_FROM = 2;
const LEAST_CODE = 77;
/** The core calls it a spike by the same rule: more than a third of the rows, and not by chance. */
const SPIKE_ONE_IN = 3;
const SPIKE_FROM = 5;
const SPIKE_BESIDE = 5;

/** Measures a column that has numbers. */
export function measure(column: Column): void {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const codes: Repeated[] = [];
  const most: Repeated = { value: sorted[0]!, count: 0 };
  // From where to where the values lie that are no codes.
  let [low, high] = [Number.NaN, Number.NaN];
  let distinct = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const value = sorted[from]!;
    while (to < sorted.length && sorted[to] === value) to++;
    const count = to - from;
    distinct++;
    if (count > most.count) Object.assign(most, { value, count });
    if (isCode(value, count)) codes.push({ value, count });
    else {
      if (Number.isNaN(low)) low = value;
      high = value;
    }
  }
  column.distinct = distinct;
  column.range = [sorted[0]!, sorted.at(-1)!];
  column.histogram = bars(sorted);
  column.codes = codes.filter(({ value }) => isOutside(value, low, high));
  const others = sorted.length - most.count;
  const differ = others >= SPIKE_BESIDE && 2 * (distinct - 1) > others;
  if (differ && most.count >= SPIKE_FROM && SPIKE_ONE_IN * most.count > sorted.length) column.spike = most;
}

/** What stands for a missing value in one column stands for it in the others, be it once. */
export function shareCodes(columns: Column[]): void {
  const known = new Set(columns.flatMap(({ codes }) => codes.map(({ value }) => value)));
  if (known.size === 0) return;
  for (const column of columns) {
    const counts = new Map<number, number>();
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of column.values) {
      if (known.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
      else if (value < low || value > high) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    for (const value of known) {
      const count = counts.get(value) ?? 0;
      const isNew = count > 0 && !column.codes.some((code) => code.value === value);
      if (isNew && low <= high && isOutside(value, low, high)) column.codes.push({ value, count });
    }
  }
}

/** Whether it lies farther from the others than they lie apart. */
function isOutside(value: number, low: number, high: number): boolean {
  return Math.max(low - value, value - high) > high - low;
}

function isCode(value: number, count: number): boolean {
  const size = Math.abs(value);
  return count >= CODE_FROM && size >= LEAST_CODE && (ENDS.includes(size) || CODE.test(String(size)));
}

/** How many values lie in each of equal parts; far tails are left out, or everything else would stand in one bar. */
function bars(sorted: Float64Array): number[] {
  let [low, high] = [sorted[0]!, sorted.at(-1)!];
  const [from, to] = [sorted[Math.floor(0.01 * sorted.length)]!, sorted[Math.floor(0.99 * sorted.length)]!];
  if (to > from && high / TAIL - low / TAIL > to - from) [low, high] = [from, to];
  const heights = new Array<number>(BARS).fill(0);
  // Divided before they are subtracted: the two ends of all doubles are farther apart than the largest of them.
  const width = high / BARS - low / BARS;
  for (const value of sorted) {
    if (value < low || value > high) continue;
    const bar = width > 0 ? Math.floor(((value / BARS - low / BARS) / width) * BARS) : BARS >> 1;
    heights[Math.min(BARS - 1, bar)]!++;
  }
  return heights;
}
