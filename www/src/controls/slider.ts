/**
 * A slider stands only on the values of its setting's own grid, so that a press of an arrow key is a change that can be read, and the way back
 * returns. Places of a grid:
 *
 *   whole numbers, not too many of them    each
 *   a range that multiplies                two digits: 1.0, 1.1, … 9.9, 10, 11, …
 *   a decay, close below one               two digits of the distance from one
 *   any other range                        steps of 1, 2 or 5 of a decimal place, some hundred in all
 *
 * The default is always one of them.
 */
import type { ParamSpec } from "../engine/types.ts";
import { number } from "../i18n/index.ts";

/** A range that ends this close to one is that of a decay: what matters is how far below one it stays. */
const NEAR_ONE = 0.99;
/** Whole numbers up to so many have a place each; other linear ranges have about a hundred places, and never more than twice that. */
const MOST_WHOLE = 500;
const PLACES = 200;

type Spec = Pick<ParamSpec, "min" | "max" | "default" | "scale" | "kind">;

const grids = new WeakMap<Spec, readonly number[]>();

/** The values of a setting's slider, ascending. */
export function gridOf(spec: Spec): readonly number[] {
  let grid = grids.get(spec);
  if (!grid) {
    const inside = [spec.min, ...places(spec), spec.default, spec.max].filter((x) => x >= spec.min && x <= spec.max);
    grid = [...new Set(inside)].sort((a, b) => a - b);
    grids.set(spec, grid);
  }
  return grid;
}

/** Where on its grid a value stands, or which place is nearest to one that came from elsewhere. */
export function placeOf(spec: Spec, value: number): number {
  const grid = gridOf(spec);
  const after = grid.findIndex((place) => place >= value);
  if (after <= 0) return after < 0 ? grid.length - 1 : 0;
  const [below, above] = [measure(spec, grid[after - 1]!), measure(spec, grid[after]!)];
  const at = measure(spec, value);
  return Math.abs(at - below) < Math.abs(above - at) ? after - 1 : after;
}

export function readout(spec: Spec, value: number): string {
  return isDecay(spec) ? String(Number(value.toFixed(6))) : number(value);
}

function isDecay({ kind, scale, max }: Spec): boolean {
  return kind === "float" && scale === "linear" && max >= NEAR_ONE && max < 1;
}

/** Equal distances of this are equal ways on the slider. */
function measure(spec: Spec, value: number): number {
  if (isDecay(spec)) return -Math.log(1 - value);
  return spec.scale === "log" ? Math.log(value) : value;
}

function places(spec: Spec): number[] {
  const { min, max, kind, scale } = spec;
  const whole = kind === "int";
  if (isDecay(spec)) return twoDigits(1 - max, 1 - min).map((distance) => Number((1 - distance).toFixed(6)));
  if (scale === "log") return twoDigits(min, max).filter((x) => !whole || Number.isInteger(x));
  const step = whole && max - min <= MOST_WHOLE ? 1 : niceStep((max - min) / PLACES, whole);
  const from = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - from + 1;
  return Array.from({ length: count }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** 1.0, 1.1, … 9.9 of every decade from `from` to `to`. */
function twoDigits(from: number, to: number): number[] {
  const found: number[] = [];
  for (let decade = Math.floor(Math.log10(from)); decade <= Math.log10(to); decade++)
    for (let digits = 10; digits < 100; digits++) found.push(Number(`${digits}e${decade - 1}`));
  return found;
}

/** The least of 1, 2, 5 times a power of ten that is not below `least`. */
function niceStep(least: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least * (1 - 1e-9))!;
  return whole ? Math.max(1, Math.round(step)) : step;
}
