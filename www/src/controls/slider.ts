/** Where a value stands on its slider, and how it reads beside it. */
import type { ParamSpec } from "../engine/types.ts";
import { number } from "../i18n/index.ts";

/** Positions of a slider; enough that neighbouring values of a log scale differ by about a percent. */
export const POSITIONS = 500;
/** A range that ends this close to one is that of a decay: what matters is how far below one it stays. */
const NEAR_ONE = 0.99;

type Map = Pick<ParamSpec, "min" | "max" | "scale" | "kind">;

function isDecay({ kind, scale, max }: Map): boolean {
  return kind === "float" && scale === "linear" && max >= NEAR_ONE && max < 1;
}

/** A short whole-number range is stepped through value by value. */
export function isStepped({ kind, scale, min, max }: Map): boolean {
  return kind === "int" && scale === "linear" && max - min <= POSITIONS;
}

/** Distance from one for a decay, the value itself for all others. */
function measure(spec: Map, value: number): number {
  return isDecay(spec) ? 1 - value : value;
}

export function valueAt(spec: Map, position: number): number {
  const t = position / POSITIONS;
  const [from, to] = [measure(spec, spec.min), measure(spec, spec.max)];
  const multiplies = spec.scale === "log" || isDecay(spec);
  const raw = multiplies ? from * (to / from) ** t : from + (to - from) * t;
  // What the readout shows is what is sent: three digits, two of the distance from one.
  if (isDecay(spec)) return clamped(spec, Number((1 - Number(raw.toPrecision(2))).toFixed(6)));
  return clamped(spec, spec.kind === "int" ? Math.round(raw) : Number(raw.toPrecision(3)));
}

export function positionOf(spec: Map, value: number): number {
  const [from, to, at] = [measure(spec, spec.min), measure(spec, spec.max), measure(spec, value)];
  const multiplies = spec.scale === "log" || isDecay(spec);
  const t = multiplies ? Math.log(at / from) / Math.log(to / from) : (at - from) / (to - from);
  return Math.round(POSITIONS * t);
}

export function readout(spec: Map, value: number): string {
  return isDecay(spec) ? String(Number(value.toFixed(6))) : number(value);
}

function clamped({ min, max }: Map, value: number): number {
  return Math.min(max, Math.max(min, value));
}
