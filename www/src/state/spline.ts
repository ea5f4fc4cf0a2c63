/** A smooth curve through heights at even places, that rises and falls only where they do (F. Fritsch and J. Butland, 1984). */

/** `steps` points for each interval, and the last height. */
export function smooth(heights: readonly number[], steps: number): number[] {
  const rises = heights.slice(1).map((height, i) => height - heights[i]!);
  const slopes = heights.map((_, i) => slopeOf(rises[i - 1], rises[i]));
  const inner = rises.flatMap((rise, i) =>
    Array.from({ length: steps }, (_, k) => at(heights[i]!, rise, slopes[i]!, slopes[i + 1]!, k / steps)),
  );
  return [...inner, heights.at(-1)!];
}

/** None at a top or a bottom; else between the two rises, nearer to the lesser. */
function slopeOf(before: number | undefined, after: number | undefined): number {
  if (before === undefined || after === undefined) return before ?? after ?? 0;
  return before * after > 0 ? (2 * before * after) / (before + after) : 0;
}

/** Hermite's cubic. */
function at(from: number, rise: number, slope: number, next: number, t: number): number {
  return from + t * slope + t * t * (3 * rise - 2 * slope - next) + t * t * t * (slope + next - 2 * rise);
}
