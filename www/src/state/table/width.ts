/** How many columns a table may have: more can neither be shown nor chosen from. */
import { LabError } from "../../engine/errors.ts";

const MOST_COLUMNS = 1000;

/** Refuses what is wider. */
export function checkWidth(width: number): void {
  if (width <= MOST_COLUMNS) return;
  throw new LabError("too_many_columns", `A table of ${width} columns is too wide.`, {
    count: width,
    max: MOST_COLUMNS,
  });
}
