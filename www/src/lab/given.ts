/** Data as a script gives them, looked at before anything is read: what cannot be is refused, and the refusal names the argument. */
import { LabError } from "../engine/errors.ts";
import type { Ellipse } from "../engine/types.ts";
import type { Mark } from "../state/table/number.ts";
import type { Treatment } from "./own-table.ts";

/** A text as a script gives it, with what it knows of it. */
export interface GivenText extends Partial<Treatment> {
  text: string;
  /** Names of one or two columns, or their places counted from 1. */
  columns?: (string | number)[];
  decimal?: Mark;
  /** The column that says of which class each row is: its name, or its place counted from 1; false for none. */
  classes?: string | number | false;
  /** Values that stand for missing ones: rows that have one in a learned column are left out. */
  missing?: number | number[];
}

export interface GivenPoints {
  points: ArrayLike<number>;
  dim: number;
  /** The class of each point, a whole number from 0. */
  labels?: ArrayLike<number>;
}

export type GivenData =
  | GivenPoints
  | GivenText
  | { mixture: Ellipse[] }
  | { images: ArrayLike<number>; width: number; height: number; labels?: ArrayLike<number> };

export function checkKind(given: GivenData): void {
  const known = ["text", "points", "mixture", "images"];
  if (typeof given !== "object" || given === null || !known.some((key) => key in given)) {
    throw wrong("data", `setData takes one of { points, dim }, { text } and { mixture }, not ${shown(given)}.`);
  }
  if ("images" in given) {
    throw new LabError("unsupported_data", "images: pictures cannot be learned here yet; points and numbers can.");
  }
  if ("mixture" in given && !Array.isArray(given.mixture)) {
    throw new LabError("bad_mixture", `mixture must be a list of Gaussians, not ${shown(given.mixture)}.`);
  }
}

export function checkText({ text, columns, decimal, missing, scale, spread, smooth }: GivenText): void {
  if (typeof text !== "string") throw wrong("text", `text must be a string, not ${shown(text)}.`);
  if (columns !== undefined && !Array.isArray(columns)) {
    throw wrong("columns", `columns must be a list of one or two names or places, not ${shown(columns)}.`);
  }
  if (missing !== undefined && ![missing].flat().every((value) => typeof value === "number")) {
    throw wrong("missing", `missing must be a number or a list of numbers, not ${shown(missing)}.`);
  }
  const among = (id: string, value: unknown, known: string[]) => {
    if (value === undefined || known.includes(String(value))) return;
    throw new LabError("unknown_id", `${id} must be one of ${known.join(", ")}, not "${value}".`, {
      what: id,
      id: String(value),
      known: known.join(", "),
    });
  };
  among("decimal", decimal, [".", ","]);
  among("scale", scale, ["auto", "one", "each"]);
  among("spread", spread, ["auto", "none"]);
  among("smooth", smooth, ["auto", "none"]);
}

export function checkPoints({ points, dim, labels }: GivenPoints): void {
  if (dim !== 1 && dim !== 2) {
    throw new LabError("out_of_range", `dim must be 1 or 2, not ${dim}.`, { id: "dim", value: dim, min: 1, max: 2 });
  }
  if (typeof points !== "object" || points === null || typeof points.length !== "number") {
    throw wrong("points", `points must be a list of numbers, row by row, not ${shown(points)}.`);
  }
  if (typeof points[0] === "object") {
    throw wrong(
      "points",
      "points must be one flat list of numbers, row by row, not a list of rows: try points.flat().",
    );
  }
  if (points.length % dim !== 0) {
    throw new LabError(
      "ragged_data",
      `points has ${points.length} values, which do not come in rows of ${dim} (dim).`,
      {
        count: points.length,
        dim,
      },
    );
  }
  if (labels !== undefined) checkLabels(labels, points.length / dim);
  for (let index = 0; index < points.length; index++) {
    if (Number.isFinite(points[index])) continue;
    const [row, column] = [Math.floor(index / dim) + 1, (index % dim) + 1];
    const place = dim === 1 ? `value ${row}` : `value ${column} of row ${row}`;
    throw new LabError(
      "data_not_finite",
      `points: ${place}, counted from 1, is ${shown(points[index])} and no finite number.`,
      {
        index,
        row,
        column,
      },
    );
  }
}

function checkLabels(labels: ArrayLike<number>, count: number): void {
  const whole = (label: number) => Number.isInteger(label) && label >= 0;
  if (labels?.length === count && Array.from(labels).every(whole)) return;
  throw new LabError("class_labels", `labels must be one whole number from 0 for each of the ${count} points.`);
}

function wrong(argument: string, message: string): LabError {
  return new LabError("bad_request", message, { argument });
}

function shown(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 20)}"`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
