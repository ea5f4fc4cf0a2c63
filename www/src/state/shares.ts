/** Shares of a whole, as bars have them: never negative, and one in all. */

import { listOf } from "./numbers.ts";

/** Fewer are no choice, and more cannot be told apart in a figure. */
export const OUTCOMES = { least: 2, most: 6 };
/** A hand sets hundredths. */
const GRID = 100;

/** One of them set by hand; the others share what is left in the proportions that they have in `like`, or alike where they have nothing. */
export function withShare(like: readonly number[], at: number, value: number): number[] {
  const own = Math.min(1, Math.max(0, Math.round(GRID * value) / GRID));
  const others = like.reduce((sum, share, i) => (i === at ? sum : sum + share), 0);
  const part = (share: number) => (others > 0 ? share / others : 1 / (like.length - 1));
  return like.map((share, i) => (i === at ? own : (1 - own) * part(share)));
}

/** What an attribute says, as heights of bars; nothing where they are none. */
export function readShares(text: string): number[] | undefined {
  const heights = listOf(text);
  const sum = heights.reduce((sum, height) => sum + height, 0);
  const fits = heights.length >= OUTCOMES.least && heights.length <= OUTCOMES.most;
  if (!fits || !(sum > 0 && Number.isFinite(sum)) || heights.some((height) => height < 0)) return undefined;
  return heights.map((height) => height / sum);
}
