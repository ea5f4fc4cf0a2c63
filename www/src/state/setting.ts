/** One setting: as it is said (a number, or the id of an option) and as the core takes it (always a number). */
import { LabError } from "../engine/errors.ts";
import type { ParamSpec } from "../engine/types.ts";

export type Said = string | number;

/** What bounds a value; the seed and counts have no options. */
export interface Range {
  id: string;
  min: number;
  max: number;
  kind: ParamSpec["kind"];
  options?: ParamSpec["options"];
}

/** What addresses, attributes and `lab.config` say: never an option's index, which may change as options are added. */
export function said(spec: ParamSpec, value: number): Said {
  return spec.kind === "choice" ? spec.options[value]!.id : value;
}

export function knownOptions({ options = [] }: Pick<Range, "options">): string {
  return options.map(({ id }) => id).join(", ");
}

/** What a program gave, as a number; anything wrong is refused by name and range. */
export function strictValue(value: unknown, spec: Range): number {
  const { id, min, max, kind, options = [] } = spec;
  if (kind === "choice") {
    const index = options.findIndex((option) => option.id === value);
    if (index >= 0) return index;
    const known = knownOptions(spec);
    const message = `${id} must be one of ${known}, not "${String(value)}".`;
    throw new LabError("unknown_id", message, { what: id, id: String(value), known });
  }
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const whole = kind === "float" || Number.isInteger(number);
  if (typeof number === "number" && number >= min && number <= max && whole) return number;
  const what = kind === "int" ? "a whole number" : "a number";
  const message = `${id} must be ${what} from ${min} to ${max}, not ${String(value)}.`;
  throw new LabError("out_of_range", message, { id, value, min, max });
}

/** What an address says, as the nearest number that the setting can be; `exact` where it could be taken as it stood. */
export function nearestValue(text: string, range: Range, fallback: number): { value: number; exact: boolean } {
  if (range.kind === "choice") {
    const index = range.options!.findIndex((option) => option.id === text.trim());
    return { value: index < 0 ? fallback : index, exact: index >= 0 };
  }
  const asked = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(asked)) return { value: fallback, exact: false };
  const clamped = Math.min(range.max, Math.max(range.min, asked));
  const value = range.kind === "int" ? Math.round(clamped) : clamped;
  return { value, exact: value === asked };
}
