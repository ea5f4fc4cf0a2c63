/** A mixture of Gaussians as the reader edits it: every change gives a new list whose weights sum to one. */
import type { Ellipse } from "../engine/types.ts";

export const MOST = 12;
/** How far a hand moves a centre from the middle, and how narrow and wide it pulls one, in data units; a script may go farther. */
export const REACH = 6;
export const SIGMA = { min: 0.05, max: 3 };
/** The share of a component that is never quite taken away. */
export const LEAST_WEIGHT = 0.01;

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
const rounded = (value: number) => Number(value.toFixed(3));

export function moved(parts: readonly Ellipse[], at: number, mean: readonly [number, number]): Ellipse[] {
  return changed(parts, at, {
    mean: [rounded(clamp(mean[0], -REACH, REACH)), rounded(clamp(mean[1], -REACH, REACH))],
  });
}

export function widened(parts: readonly Ellipse[], at: number, axis: 0 | 1, sigma: number): Ellipse[] {
  const both = [...parts[at]!.sigma] as [number, number];
  both[axis] = rounded(clamp(sigma, SIGMA.min, SIGMA.max));
  return changed(parts, at, { sigma: both });
}

/** Angles are those of a line, not of an arrow: half a turn changes nothing. */
export function turned(parts: readonly Ellipse[], at: number, angle: number): Ellipse[] {
  const half = angle - Math.PI * Math.round(angle / Math.PI);
  return changed(parts, at, { angle: rounded(half) });
}

/** Gives one component a share; the others keep their proportions in what is left. */
export function weighted(parts: readonly Ellipse[], at: number, weight: number): Ellipse[] {
  if (parts.length === 1) return [{ ...parts[0]!, weight: 1 }];
  const share = clamp(weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT * (parts.length - 1));
  const rest = 1 - parts[at]!.weight;
  const others = parts.map((part, i) => (i === at ? share : (part.weight / rest) * (1 - share)));
  return balanced(parts.map((part, i) => ({ ...part, weight: others[i]! })));
}

/** One more, where there is most room between the others, with an equal share. */
export function added(parts: readonly Ellipse[]): Ellipse[] {
  if (parts.length >= MOST) return [...parts];
  const share = 1 / (parts.length + 1);
  const kept = parts.map((part) => ({ ...part, weight: part.weight * (1 - share) }));
  return [...kept, { weight: share, mean: roomiest(parts), sigma: [0.4, 0.4], angle: 0 }];
}

export function removed(parts: readonly Ellipse[], at: number): Ellipse[] {
  if (parts.length <= 1) return [...parts];
  return balanced(parts.filter((_, i) => i !== at));
}

function changed(parts: readonly Ellipse[], at: number, change: Partial<Ellipse>): Ellipse[] {
  return parts.map((part, i) => (i === at ? { ...part, ...change } : part));
}

function balanced(parts: readonly Ellipse[]): Ellipse[] {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map((part) => ({ ...part, weight: part.weight / total }));
}

/** The place of a coarse grid that is farthest from every centre. */
function roomiest(parts: readonly Ellipse[]): [number, number] {
  const ticks = [-2, -1, 0, 1, 2];
  const free = ([x, y]: readonly [number, number]) =>
    Math.min(...parts.map(({ mean }) => Math.hypot(mean[0] - x, mean[1] - y)));
  const places = ticks.flatMap((x) => ticks.map((y) => [x, y] as [number, number]));
  return places.reduce((best, place) => (free(place) > free(best) ? place : best));
}
