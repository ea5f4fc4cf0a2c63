/** How many of something a caller asks for. What is no number would end in the core, far from who can say what was wrong with it. */
import { LabError } from "./errors.ts";

export function wholeNumber(n: unknown, max = Number.POSITIVE_INFINITY): number {
  if (Number.isInteger(n) && Number(n) >= 1 && Number(n) <= max) return Number(n);
  const range = max === Number.POSITIVE_INFINITY ? "from 1" : `from 1 to ${max}`;
  const said = typeof n === "number" || typeof n === "string" ? String(n).slice(0, 20) : typeof n;
  throw new LabError("out_of_range", `n must be a whole number ${range}, not ${said}.`, {
    id: "n",
    value: n,
    min: 1,
    max,
  });
}
