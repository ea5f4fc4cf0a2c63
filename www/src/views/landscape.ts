/** Heights and colours of a field as a surface: what is likely is high, or as an energy low, where walkers roll to. */
import type { Bounds } from "../engine/types.ts";
import type { Rgb } from "./palette.ts";
import type { Look, Shades } from "./shade.ts";

/** The surface spans from −1 to 1 along both axes; this is its greatest height. */
const HEIGHT = 0.8;

export interface Landscape {
  side: number;
  /** Height of each cell, row 0 lowest in the world. */
  heights: Float32Array;
  /** Red, green and blue of each cell, 0 to 255. */
  colours: Uint8Array;
}

/** An energy is drawn as itself, upside down to its shades, which are darkest where it is low. */
export function landscape({ side, values }: Shades, look: Look, ramp: readonly Rgb[]): Landscape {
  const heights = new Float32Array(values.length);
  const colours = new Uint8Array(3 * values.length);
  for (const [i, shade] of values.entries()) {
    heights[i] = HEIGHT * (look === "energy" ? 1 - shade : shade);
    colours.set(ramp[Math.round(shade * (ramp.length - 1))]!, 3 * i);
  }
  return { side, heights, colours };
}

/** Where points `[n, 2]` of the world stand on the surface, as x, y and height; those beside it are left out. */
export function standing(points: ArrayLike<number>, { side, heights }: Landscape, { x, y }: Bounds): Float32Array {
  const out: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const across = share(points[i]!, x);
    const up = share(points[i + 1]!, y);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) continue;
    out.push(2 * across - 1, 2 * up - 1, heightAt(across * (side - 1), up * (side - 1), side, heights));
  }
  return Float32Array.from(out);
}

const share = (value: number, [low, high]: readonly [number, number]) => (value - low) / (high - low);

/** Between four cells, in proportion. */
function heightAt(column: number, row: number, side: number, heights: Float32Array): number {
  const [left, low] = [Math.min(side - 2, Math.floor(column)), Math.min(side - 2, Math.floor(row))];
  const [across, up] = [column - left, row - low];
  const at = (r: number, c: number) => heights[r * side + c]!;
  const below = at(low, left) * (1 - across) + at(low, left + 1) * across;
  const above = at(low + 1, left) * (1 - across) + at(low + 1, left + 1) * across;
  return below * (1 - up) + above * up;
}
