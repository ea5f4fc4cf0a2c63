/** The part of the world that pictures show: all that is worth it, or a box that the reader has zoomed into. In the reader's units. */
import type { Bounds } from "../engine/types.ts";

/** How much wider than all that is worth drawing, and how much narrower, a picture may be. */
const WIDEST = 4;
const NARROWEST = 1 / 64;
/** What is about as wide as the whole is the whole. */
const SAME = 0.01;

/** A place in a picture, as shares of its width and its height, from below. */
export type Share = readonly [across: number, up: number];
export const MIDDLE: Share = [0.5, 0.5];

type Span = [number, number];

/** The box seen with `by` times the magnification, the place at `at` staying where it is; nothing where that is the whole. */
export function zoomed(box: Bounds | undefined, whole: Bounds, by: number, at: Share = MIDDLE): Bounds | undefined {
  const seen = box ?? whole;
  const now = length(seen.x) / length(whole.x);
  const wanted = Math.min(WIDEST, Math.max(NARROWEST, now / by));
  const grown = (axis: "x" | "y", share: number): Span => {
    const [low, high] = seen[axis];
    const fixed = low + share * (high - low);
    const long = wanted * length(whole[axis]);
    return [fixed - share * long, fixed + (1 - share) * long];
  };
  return settled({ x: grown("x", at[0]), y: grown("y", at[1]) }, whole);
}

/** The box moved by shares of itself: to the right, and up. */
export function panned(box: Bounds | undefined, whole: Bounds, [across, up]: Share): Bounds | undefined {
  const seen = box ?? whole;
  const moved = (span: Span, share: number): Span => {
    const by = share * length(span);
    return [span[0] + by, span[1] + by];
  };
  return settled({ x: moved(seen.x, across), y: moved(seen.y, up) }, whole);
}

/** Never away from all that is worth seeing. */
function settled(box: Bounds, whole: Bounds): Bounds | undefined {
  const near = (axis: "x" | "y"): Span => {
    const [low, high] = box[axis];
    const [least, most] = whole[axis];
    const middle = (low + high) / 2;
    const by = Math.min(most, Math.max(least, middle)) - middle;
    return [low + by, high + by];
  };
  const kept = { x: near("x"), y: near("y") };
  const same = (axis: "x" | "y") =>
    kept[axis].every((end, i) => Math.abs(end - whole[axis][i]!) < SAME * length(whole[axis]));
  return same("x") && same("y") ? undefined : kept;
}

function length([low, high]: Span): number {
  return high - low;
}
