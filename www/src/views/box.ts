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

/** How many times something is magnified, and the place in the middle of the picture; on a line its first number. */
export type Zoom = readonly [times: number, x: number, y?: number | undefined];

/** The box that a zoom shows, as far as a picture may be zoomed there; nothing where that is the whole. */
export function boxOf([times, x, y]: Zoom, whole: Bounds): Bounds | undefined {
  const wanted = Math.min(WIDEST, Math.max(NARROWEST, 1 / times));
  const around = (axis: "x" | "y", at: number): Span => {
    const half = (wanted * length(whole[axis])) / 2;
    return [at - half, at + half];
  };
  return settled({ x: around("x", x), y: around("y", y ?? middle(whole.y)) }, whole);
}

/** The zoom that shows a box, in as few digits as leave it within a thousandth of itself. */
export function zoomOf(box: Bounds, whole: Bounds): Zoom {
  const short = (span: Span) => {
    const digits = Math.max(0, 3 - Math.floor(Math.log10(length(span))));
    return Number(middle(span).toFixed(Math.min(100, digits)));
  };
  return [Number((length(whole.x) / length(box.x)).toPrecision(4)), short(box.x), short(box.y)];
}

/** Never away from all that is worth seeing. */
function settled(box: Bounds, whole: Bounds): Bounds | undefined {
  const near = (axis: "x" | "y"): Span => {
    const [low, high] = box[axis];
    const [least, most] = whole[axis];
    const by = Math.min(most, Math.max(least, middle(box[axis]))) - middle(box[axis]);
    return [low + by, high + by];
  };
  const kept = { x: near("x"), y: near("y") };
  const same = (axis: "x" | "y") =>
    kept[axis].every((end, i) => Math.abs(end - whole[axis][i]!) < SAME * length(whole[axis]));
  return same("x") && same("y") ? undefined : kept;
}

function middle([low, high]: Span): number {
  return (low + high) / 2;
}

function length([low, high]: Span): number {
  return high - low;
}
