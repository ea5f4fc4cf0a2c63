/** Histograms and curves over an interval, as the line stage draws them. */
import type { Palette } from "./palette.ts";

export type Fit = (value: number) => number;
type Context = CanvasRenderingContext2D;

/** Densities of `bins` equal bins, so that it lies on the scale of the curves. */
export function histogram(points: Float32Array, low: number, high: number, bins: number): Float32Array {
  const counts = new Float32Array(bins);
  const width = (high - low) / bins;
  for (const point of points) {
    const bin = Math.floor((point - low) / width);
    if (bin >= 0 && bin < bins) counts[bin]! += 1;
  }
  return counts.map((count) => count / (points.length * width || 1));
}

export function bars(
  context: Context,
  heights: Float32Array,
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
  for (const [i, height] of heights.entries()) {
    const left = x(low + i * step);
    context.fillRect(left + 0.5, y(height), x(low + (i + 1) * step) - left - 1, y(0) - y(height));
  }
  context.globalAlpha = 1;
}

/** A curve given at the centres of equal cells. */
export function curve(
  context: Context,
  values: Float32Array,
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
  for (const [i, value] of values.entries()) context.lineTo(x(low + (i + 0.5) * step), y(value));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

export function axis(context: Context, x: Fit, [low, high]: [number, number], base: number, colours: Palette) {
  const rough = (high - low) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough) ?? rough;
  context.fillStyle = colours.quiet;
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    context.fillRect(x(tick), base, 1, 4);
    context.fillText(String(Number(tick.toPrecision(6))), x(tick), base + 7);
  }
}
