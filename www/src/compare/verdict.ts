/** Which of several models is ahead in a score, beyond what chance can explain. */
import type { Metric } from "../engine/types.ts";

/** Errors apart from which two figures are taken to differ. */
const CLEAR = 2;

type Figure = Pick<Metric, "value" | "stderr" | "floor" | "floor_stderr" | "kind">;

/** How far from what a perfect model scores. */
const gap = ({ value, floor }: Figure) => Math.abs(value - floor);

/**
 * The place of the one whose score is nearer to that of a perfect model than every other's, by more than twice the standard error of
 * the difference; nothing where none is, where there is no perfect score, or where an error is not known. A bound may lie above the
 * number that it bounds: it can be ahead, and nobody is ahead of it.
 */
export function ahead(figures: readonly (Figure | undefined)[]): number | undefined {
  const known = figures.flatMap((figure, place) => (figure && Number.isFinite(gap(figure)) ? [{ figure, place }] : []));
  if (known.length < 2) return undefined;
  const best = known.reduce((a, b) => (gap(b.figure) < gap(a.figure) ? b : a));
  const beats = ({ figure }: (typeof known)[number]) =>
    figure.kind !== "bound" &&
    gap(figure) - gap(best.figure) > CLEAR * Math.hypot(figure.stderr, best.figure.stderr, figure.floor_stderr ?? 0);
  return known.every((other) => other === best || beats(other)) ? best.place : undefined;
}
