/** Latents on their way to data: a grid of them and particles among them where they stand at one stop, each in the hue of where it began. */
import type { Bounds } from "../engine/types.ts";
import { drawGrid, drawKeyed } from "./layers.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";
import { planeScale } from "./scale.ts";

/** What stands where, in the reader's units. */
export interface Along {
  bounds: Bounds;
  /** `[side · side, 2]`, then the particles. */
  points: Float64Array;
  side: number;
  /** Where the particles began, `[n, 2]`. */
  keys: Float64Array;
}

export function drawAlong(
  pen: Pen,
  { bounds, points, side, keys }: Along,
  size: readonly [number, number],
  colours: Palette,
) {
  const scale = planeScale(bounds, ...size);
  const grid = 2 * side * side;
  drawGrid(pen, points.subarray(0, grid), side, scale, colours);
  drawKeyed(pen, points.subarray(grid), 2, keys, 2, scale);
}
