/** Curves as paths. */

export interface Gaussian {
  mean: number;
  deviation: number;
}

/** Points of a curve. */
const POINTS = 161;

/** N(x; mean, deviation²). */
export function shapeOf({ mean, deviation }: Gaussian, x: number): number {
  return peakOf({ mean, deviation }) * Math.exp(-0.5 * ((x - mean) / deviation) ** 2);
}

export function peakOf({ deviation }: Gaussian): number {
  return 1 / (deviation * Math.sqrt(2 * Math.PI));
}

/** The graph of a function from one end of an interval to the other. */
export function graph(
  of: (at: number) => number,
  [from, to]: readonly [number, number],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  const at = (i: number) => from + ((to - from) * i) / (POINTS - 1);
  return pathOf(Array.from({ length: POINTS }, (_, i) => [x(at(i)), y(of(at(i)))] as const));
}

/** Through points, in pixels. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
