/** The classes that a call asks for: none for all of them, a number counted from 0, or an expression, as the engine reads it. */
import { LabError } from "../engine/errors.ts";

/** More than any data have; the engine knows how many there are. */
const MOST = 255;

export function classesOf(condition: unknown): string | undefined {
  if (condition === undefined || condition === null) return undefined;
  if (typeof condition === "string") return condition;
  if (Number.isInteger(condition) && Number(condition) >= 0 && Number(condition) <= MOST) return String(condition);
  const said = typeof condition === "number" ? String(condition) : typeof condition;
  throw new LabError(
    "out_of_range",
    `condition must be a class, a whole number from 0, or an expression, not ${said}.`,
    {
      id: "condition",
      value: said,
      min: 0,
      max: MOST,
    },
  );
}
