import type { Lang } from "../state/config.ts";
import en, { type Strings } from "./en.ts";
import zh from "./zh.ts";

const languages: Record<Lang, Strings> = { en, zh };

export type { Strings };

export function strings(lang: Lang): Strings {
  return languages[lang];
}

/** Numbers as a reader wants them: three digits that mean something, and no exponent unless it must be. */
export function number(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(1);
  return size >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(digits)));
}

export function fixed(value: number, places: number): string {
  return Number.isFinite(value) ? value.toFixed(places).replace("-", "−") : "–";
}
