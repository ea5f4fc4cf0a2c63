import type { Lang } from "../state/config.ts";
import en, { type Strings } from "./en.ts";

const languages: Partial<Record<Lang, Strings>> = { en };

export type { Strings };

/** The words of a language: English until they are there. */
export function strings(lang: Lang): Strings {
  return languages[lang] ?? en;
}

/** Fetches the words of a language, which who reads another does not wait for; `true` where they are new. */
export async function fetchStrings(lang: Lang): Promise<boolean> {
  if (languages[lang]) return false;
  languages[lang] = (await import("./zh.ts")).default;
  return true;
}

/** Numbers as a reader wants them: three digits that mean something, and no exponent unless it must be. */
export function number(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return unbounded(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(1);
  const text = size >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(digits)));
  return text.replace("-", "−");
}

function unbounded(value: number): string {
  if (Number.isNaN(value)) return "–";
  return value > 0 ? "∞" : "−∞";
}

export function fixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return unbounded(value);
  const text = value.toFixed(places);
  // What rounds to nothing has no sign.
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** A value beside its standard error, with as many places as the error leaves meaning in; 0 is no error, NaN one that nobody knows. */
export function measured(value: number, stderr: number): string {
  if (Number.isNaN(stderr) && Number.isFinite(value)) return `${number(value)} ± ?`;
  if (!(stderr > 0) || !Number.isFinite(value + stderr)) return number(value);
  const twoDigits = (size: number) => 1 - Math.floor(Math.log10(size));
  // Three places do for most; a value that would vanish in them gets two digits of its own.
  const most = value === 0 ? 3 : Math.min(6, Math.max(3, twoDigits(Math.abs(value))));
  const places = Math.min(most, Math.max(0, twoDigits(stderr)));
  return `${fixed(value, places)} ± ${fixed(stderr, places)}`;
}
