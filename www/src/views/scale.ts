/** From the world to pixels: the same scale for every layer of a picture, y upwards in the world, downwards on the screen. */
import type { Bounds } from "../engine/types.ts";
import type { Pen } from "./pen.ts";

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

/** The bounds fill the largest square in the middle: each axis has a scale of its own, and those of a square have the same. */
export function planeScale({ x, y }: Bounds, width: number, height: number): Scale {
  const side = Math.min(width, height);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  const across = [left, left + side] as const;
  const up = [top + side, top] as const;
  return { x: linear(x, across), y: linear(y, up), worldX: linear(across, x), worldY: linear(up, y) };
}

/** Draws what lies in the box, and nothing of what lies around it. */
export function within(pen: Pen, { x, y }: Bounds, scale: Pick<Scale, "x" | "y">, draw: () => void): void {
  const [left, top] = [scale.x(x[0]), scale.y(y[1])];
  pen.save();
  pen.beginPath();
  pen.rect(left, top, scale.x(x[1]) - left, scale.y(y[0]) - top);
  pen.clip();
  draw();
  pen.restore();
}

/** The smallest box around points `[n, 2]` with a margin: a square, or `each` axis by itself. */
export function boxAround(points: ArrayLike<number>, margin = 0.08, each = false): Bounds {
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
  const extents = [high[0]! - low[0]!, high[1]! - low[1]!];
  const side = (axis: 0 | 1): [number, number] => {
    const middle = (low[axis]! + high[axis]!) / 2;
    // Points that are one still need a box; others are seen in whatever unit they are.
    const extent = (each ? extents[axis]! : Math.max(...extents)) || 1e-6 * Math.max(Math.abs(middle), 1);
    const half = (extent / 2) * (1 + 2 * margin);
    return [middle - half, middle + half];
  };
  return { x: side(0), y: side(1) };
}
