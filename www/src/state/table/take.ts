/** The chosen columns of a table as what an engine learns: whole rows in double precision, and the group of each. */
import { LabError } from "../../engine/errors.ts";
import type { Choice } from "./choose.ts";
import { type Column, meet, type Note, State, type Table, tally } from "./table.ts";

/** As many rows as the core keeps. */
export const MOST_ROWS = 100_000;
/** With fewer there is nothing to learn. */
const LEAST_ROWS = 2;

export interface Groups {
  name: string;
  names: string[];
  /** Which of the names each row has; −1 for none. */
  of: Int32Array;
}

export interface Taken {
  columns: { name: string; values: Float64Array }[];
  groups: Groups | undefined;
  /** All there is to say about how the text was read and what was left out. */
  notes: Note[];
}

/** Rows with a gap in a learned column are left out and counted; of too many rows, as many as can be learned are kept, evenly. */
export function take(table: Table, { learned, groups }: Choice): Taken {
  const columns = learned.map((at) => table.columns[at]!);
  const notes = [...table.notes, ...saidOf(columns, table.reading.decimal)];
  const rows = wholeRows(table, columns, notes);
  if (rows.length < LEAST_ROWS) {
    throw new LabError(
      "too_few_points",
      `${rows.length === 1 ? "1 point is" : `${rows.length} points are`} too few; at least ${LEAST_ROWS} are needed.`,
      {
        count: rows.length,
      },
    );
  }
  if (columns.length === 1) notes.push(...constants(table, learned));
  const kept =
    rows.length > MOST_ROWS
      ? Array.from({ length: MOST_ROWS }, (_, i) => rows[Math.floor((i * rows.length) / MOST_ROWS)]!)
      : rows;
  if (kept !== rows) notes.push({ code: "rows_thinned", count: MOST_ROWS, of: rows.length });
  const grouped = groups === undefined ? undefined : table.columns[groups];
  return {
    columns: columns.map((column, axis) => ({
      name: label(column, axis),
      values: Float64Array.from(kept, (row) => column.values[row]!),
    })),
    groups: grouped?.groups && {
      name: grouped.name,
      names: grouped.groups.names,
      of: Int32Array.from(kept, (row) => grouped.groups!.of[row]!),
    },
    notes: table.reading.separator === "json" ? notes.map((note) => ({ ...note, items: true })) : notes,
  };
}

/** What an axis is called. */
export function label({ name, named, unit }: Column, axis: number): string {
  const own = named ? name : ["x", "y"][axis]!;
  return unit ? `${own} (${unit})` : own;
}

function wholeRows({ rows, lines }: Table, columns: Column[], notes: Note[]): number[] {
  const gaps = tally();
  const odd = tally();
  const units = tally();
  const whole: number[] = [];
  for (let row = 0; row < rows; row++) {
    const state = columns.reduce((worst, { states }) => Math.max(worst, states[row]!), 0);
    if (state === State.number) whole.push(row);
    else meet(state === State.odd ? odd : state === State.gap ? gaps : units, "", lines[row]!);
  }
  odd.first = columns.flatMap((column) => column.odd.first).slice(0, 5);
  if (gaps.count > 0) notes.push({ code: "gaps", ...gaps });
  if (odd.count > 0) notes.push({ code: "not_numbers", ...odd });
  if (units.count > 0) notes.push({ code: "other_unit", ...units });
  return whole;
}

/** Units, and what a comma was taken for. */
function saidOf(columns: Column[], decimal: "." | ","): Note[] {
  const units = columns.flatMap(({ unit, name, named }) =>
    unit ? [{ code: "unit", first: [unit], ...(named && { name }) }] : [],
  );
  const commas = columns.flatMap(({ sample, values }) => {
    const at = sample.findIndex((cell, row) => /\d,\d/.test(cell) && !Number.isNaN(values[row]));
    return at < 0
      ? []
      : [{ code: decimal === "," ? "decimal_comma" : "thousands", first: [sample[at]!], value: values[at]! }];
  });
  return [...units, ...commas.slice(0, 1)];
}

/** A column that never changes would have been the other axis. */
function constants({ columns }: Table, learned: number[]): Note[] {
  return columns.flatMap(({ kind, name, range }, at) =>
    kind === "constant" && !learned.includes(at) ? [{ code: "constant_column", name, value: range[0] }] : [],
  );
}
