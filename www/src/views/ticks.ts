/** Ticks of an axis: round values, as many as there is room for, as numbers of the page's language. */
import { ticks } from "d3-array";
import type { Lang } from "../state/config.ts";

export interface Tick {
  at: number;
  label: string;
}

/** At most `most` ticks; fewer where `fits` says that the labels need more room. None is better than two on each other. */
export function ticksOf(
  [low, high]: readonly [number, number],
  most: number,
  lang: Lang,
  fits: (ticks: Tick[]) => boolean,
): Tick[] {
  for (let count = most; count > 0; count--) {
    const values = ticks(low, high, count);
    const labels = tickLabels(values, lang);
    const found = values.map((at, i) => ({ at, label: labels[i]! }));
    if (fits(found)) return found;
  }
  return [];
}

/** How evenly spaced values read, with the digits in which they differ. */
export function tickLabels(values: readonly number[], lang: Lang): string[] {
  const step = values.length > 1 ? values[1]! - values[0]! : Math.abs(values[0] ?? 0) || 1;
  const size = values.reduce((size, value) => Math.max(size, Math.abs(value)), step);
  return values.map((value) => tickLabel(value, step, size, lang));
}

/** From here on a number with all its digits is harder to read than one in millions, unless its last digits matter. */
const LONG = 1e6;
const COARSE = 1e4;
/** Beyond these only a power of ten can be read. */
const TINY = 1e-4;
const HUGE = 1e15;

/** A value to so many decimal places, where numbers up to `size` can only be read as powers of ten. */
export function asPower(value: number, size: number, places: number): string | undefined {
  if (size >= TINY && size < HUGE) return undefined;
  const digits = order(value) + places;
  return value === 0 || digits < 0 ? "0" : power(value, digits);
}

/** A value among ticks that are `step` apart and up to `size` large. */
function tickLabel(value: number, step: number, size: number, lang: Lang): string {
  if (Math.abs(value) < step / 2) return "0";
  const asRead = asPower(value, size, -order(step));
  if (asRead !== undefined) return asRead;
  const digits = order(value) - order(step);
  const format =
    size >= LONG && step >= COARSE
      ? formatter(lang, { notation: "compact", maximumSignificantDigits: Math.max(0, digits) + 1 })
      : formatter(lang, fraction(Math.max(0, -order(step))));
  return format.format(value).replace("-", "−");
}

/** The power of ten of a number's first digit. A step is one, two or five times a power, but for rounding. */
function order(value: number): number {
  return Math.floor(Math.log10(Math.abs(value)) + 1e-9);
}

function fraction(places: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: places, maximumFractionDigits: places };
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function power(value: number, digits: number): string {
  const [factor, exponent] = value.toExponential(digits).split("e") as [string, string];
  return `${factor.replace("-", "−")}×${powerOfTen(Number(exponent))}`;
}

export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent)].map((sign) => (sign === "-" ? "⁻" : SUPERSCRIPT[Number(sign)])).join("")}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

export function formatter(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([lang, options]);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(lang, options);
    formatters.set(key, found);
  }
  return found;
}
