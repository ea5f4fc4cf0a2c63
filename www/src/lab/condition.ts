/** A class that a call names: none for all of them, or its number counted from 0. */
import { LabError } from "../engine/errors.ts";

/** More than any data have; the engine knows how many there are. */
const MOST = 255;

export function classOf(condition: unknown): number | undefined {
  if (condition === undefined || condition === null) return undefined;
  if (Number.isInteger(condition) && Number(condition) >= 0 && Number(condition) <= MOST) return Number(condition);
  const said =
    typeof condition === "number" || typeof condition === "string" ? String(condition).slice(0, 20) : typeof condition;
  throw new LabError("out_of_range", `condition must be a class, a whole number from 0, not ${said}.`, {
    id: "condition",
    value: said,
    min: 0,
    max: MOST,
  });
}
