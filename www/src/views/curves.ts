/** Histograms and curves over an interval, as the line stage draws them. */
import type { Pen } from "./pen.ts";

export type Fit = (value: number) => number;
type Context = Pen;

/** Densities of `bins` equal bins, so that it lies on the scale of the curves. */
export function histogram(points: ArrayLike<number>, low: number, high: number, bins: number): Float64Array {
  // A density over a narrow range is larger than 32 bits can say.
  const counts = new Float64Array(bins);
  const width = (high - low) / bins;
  for (let i = 0; i < points.length; i++) {
    const bin = Math.floor((points[i]! - low) / width);
    if (bin >= 0 && bin < bins) counts[bin]! += 1;
  }
  return counts.map((count) => count / (points.length * width || 1));
}

export function bars(
  context: Context,
  heights: ArrayLike<number>,
  x: Fit,
  y: Fit,
  low: number,
  high: number,
  colour: string,
  opacity: number,
) {
  const step = (high - low) / heights.length;
  context.fillStyle = colour;
  context.globalAlpha = opacity;
  for (let i = 0; i < heights.length; i++) {
    const [left, height] = [x(low + i * step), heights[i]!];
    context.fillRect(left + 0.5, y(height), x(low + (i + 1) * step) - left - 1, y(0) - y(height));
  }
  context.globalAlpha = 1;
}

/** A curve given at the centres of equal cells. */
export function curve(
  context: Context,
  values: ArrayLike<number>,
  x: Fit,
  y: Fit,
  low: number,
  high: number,
  colour: string,
  width: number,
  dash: number[],
) {
  const step = (high - low) / values.length;
  context.beginPath();
  for (let i = 0; i < values.length; i++) context.lineTo(x(low + (i + 0.5) * step), y(values[i]!));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}
