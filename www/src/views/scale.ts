/** From the world to pixels: the same scale for every layer of a picture, y upwards in the world, downwards on the screen. */
import type { Bounds } from "../engine/types.ts";

export interface Scale {
  x(world: number): number;
  y(world: number): number;
  worldX(pixel: number): number;
  worldY(pixel: number): number;
}

export function linear(from: readonly [number, number], to: readonly [number, number]) {
  const slope = (to[1] - to[0]) / (from[1] - from[0] || 1);
  return (value: number) => to[0] + (value - from[0]) * slope;
}

/** One unit is as long across as up, and the bounds fit in the middle. */
export function planeScale(bounds: Bounds, width: number, height: number): Scale {
  const [x0, x1] = bounds.x;
  const [y0, y1] = bounds.y;
  const zoom = Math.min(width / (x1 - x0 || 1), height / (y1 - y0 || 1));
  const left = (width - zoom * (x1 - x0)) / 2;
  const top = (height - zoom * (y1 - y0)) / 2;
  return {
    x: (world) => left + (world - x0) * zoom,
    y: (world) => top + (y1 - world) * zoom,
    worldX: (pixel) => x0 + (pixel - left) / zoom,
    worldY: (pixel) => y1 - (pixel - top) / zoom,
  };
}

/** The smallest box around points `[n, 2]` with a margin, square. */
export function boxAround(points: Float32Array, margin = 0.08): Bounds {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i + 1 < points.length; i += 2) {
    for (const axis of [0, 1]) {
      const value = points[i + axis]!;
      if (!Number.isFinite(value)) continue;
      low[axis] = Math.min(low[axis]!, value);
      high[axis] = Math.max(high[axis]!, value);
    }
  }
  if (low[0]! > high[0]!) return { x: [-1, 1], y: [-1, 1] };
  const half = (Math.max(high[0]! - low[0]!, high[1]! - low[1]!, 1e-6) / 2) * (1 + 2 * margin);
  const middle = [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2];
  return { x: [middle[0]! - half, middle[0]! + half], y: [middle[1]! - half, middle[1]! + half] };
}
