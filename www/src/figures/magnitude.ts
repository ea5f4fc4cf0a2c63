/** Numbers given by their logarithms, in words that a class understands; most of these leave what a computer can write. */
import type { Lang } from "../state/config.ts";
import { formatter, powerOfTen } from "../views/ticks.ts";

/** Up to here a number is written out, and up to there in thousands and millions, or in 万 and 亿. As powers of ten. */
const PLAIN = 6;
const NAMED = 15;
/** From here on nobody reads the first digit. */
const BARE = 30;

export function magnitude(log10: number, lang: Lang): string {
  if (log10 < NAMED) {
    const long = log10 < PLAIN ? {} : ({ notation: "compact", compactDisplay: "long" } as const);
    return formatter(lang, { maximumSignificantDigits: 3, ...long }).format(10 ** log10);
  }
  if (log10 >= BARE) return powerOfTen(Math.round(log10));
  const digit = Math.round(10 ** (log10 % 1));
  const exponent = Math.floor(log10) + (digit === 10 ? 1 : 0);
  return digit === 1 || digit === 10 ? powerOfTen(exponent) : `${digit}×${powerOfTen(exponent)}`;
}

const BYTES = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

export function bytes(log10: number, lang: Lang): string {
  const thousands = Math.floor((log10 + 1e-9) / 3);
  const unit = BYTES[thousands];
  const name = { en: "bytes", zh: "字节" }[lang];
  if (thousands === 0 || !unit) return `${magnitude(log10, lang)} ${name}`;
  return `${formatter(lang, { maximumSignificantDigits: 3 }).format(10 ** (log10 - 3 * thousands))} ${unit}`;
}

/** Seconds of a year, as the core has them. */
const YEAR = 365.25 * 86_400;
const TIMES = [
  ["second", 1],
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
  ["year", YEAR],
] as const;
/** What takes less is over before it is seen, in seconds. */
const BLINK = 0.1;

export function duration(log10Years: number, lang: Lang): string {
  const seconds = 10 ** log10Years * YEAR;
  if (seconds < BLINK) return { en: "less than a blink", zh: "一眨眼都不到" }[lang];
  const [unit, length] = TIMES.findLast(([, length]) => seconds >= length) ?? TIMES[0];
  // A second and more of nothing but years.
  if (log10Years >= 3) return `${magnitude(log10Years, lang)} ${{ en: "years", zh: "年" }[lang]}`;
  const format = { style: "unit", unit, unitDisplay: "long", maximumSignificantDigits: 2 } as const;
  return formatter(lang, format).format(seconds / length);
}
