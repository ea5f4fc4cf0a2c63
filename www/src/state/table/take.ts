/** The chosen columns of a table as what an engine learns: whole rows in double precision, and the group of each. */
import { LabError } from "../../engine/errors.ts";
import type { Choice, Without } from "./choose.ts";
import { type Column, called, meet, type Note, type Repeated, State, type Table, tally } from "./table.ts";

/** As many rows as the core keeps. */
export const MOST_ROWS = 100_000;
/** What is said of these names the column. */
const NAMING = ["times", "days"];
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
export function take(table: Table, { learned, groups, without = [] }: Choice): Taken {
  const columns = learned.map((at) => table.columns[at]!);
  const notes = [...table.notes, ...saidOf(table, columns), ...daysBeside(table, learned)];
  const left = without.filter(({ column }) => learned.includes(column));
  const rows = wholeRows(table, columns, notes, left);
  if (rows.length < LEAST_ROWS) {
    throw new LabError(
      "too_few_points",
      `${rows.length === 1 ? "1 point is" : `${rows.length} points are`} too few; at least ${LEAST_ROWS} are needed.`,
      {
        count: rows.length,
      },
    );
  }
  notes.push(...learned.flatMap((at) => standingOut(table, at, left)));
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
    notes: ["json", "geojson"].includes(table.reading.separator)
      ? notes.map((note) => ({ ...note, items: true }))
      : notes,
  };
}

/** What an axis is called. */
export function label({ name, named, unit }: Column, axis: number): string {
  const own = named ? name : ["x", "y"][axis]!;
  return unit ? `${own} (${unit})` : own;
}

function wholeRows({ rows, lines, columns: all }: Table, columns: Column[], notes: Note[], left: Without[]): number[] {
  const gaps = tally();
  const odd = tally();
  const units = tally();
  const whole: number[] = [];
  for (let row = 0; row < rows; row++) {
    const state = columns.reduce((worst, { states }) => Math.max(worst, states[row]!), 0);
    if (left.some(({ column, value }) => all[column]!.values[row] === value)) continue;
    if (state === State.number) whole.push(row);
    else meet(state === State.odd ? odd : state === State.gap ? gaps : units, "", lines[row]!);
  }
  odd.first = columns.flatMap((column) => column.odd.first).slice(0, 5);
  if (gaps.count > 0) notes.push({ code: "gaps", ...gaps });
  if (odd.count > 0) notes.push({ code: "not_numbers", ...odd });
  if (units.count > 0) notes.push({ code: "other_unit", ...units });
  return whole;
}

/** Values that stand out by how often they come: whether their rows are left out or not, a reader may want the other. */
function standingOut({ columns, rows }: Table, column: number, left: Without[]): Note[] {
  const { codes, spike } = columns[column]!;
  const note = (code: string, { value, count }: Repeated): Note => {
    const out = left.some((each) => each.column === column && each.value === value);
    return {
      code: out ? "rows_without" : code,
      value,
      count,
      of: rows,
      column,
      ...called(columns[column]!, columns.length),
    };
  };
  const both = codes.some(({ value }) => value === spike?.value);
  const asked = left.filter(
    ({ column: at, value }) => at === column && value !== spike?.value && !codes.some((code) => code.value === value),
  );
  const counted = asked.map(({ value }) => ({
    value,
    count: columns[column]!.values.filter((x) => x === value).length,
  }));
  return [
    ...codes.map((code) => note("missing_code", code)),
    ...(spike && !both ? [note("spike", spike)] : []),
    ...counted.filter(({ count }) => count > 0).map((each) => note("rows_without", each)),
  ];
}

/** Days as whole numbers are no first guess, and would not be seen as what they are. */
function daysBeside({ columns }: Table, learned: number[]): Note[] {
  return columns.flatMap((column, at) => {
    if (column.converted?.code !== "days" || learned.includes(at)) return [];
    return [{ code: "days_beside", first: column.converted.first!, ...called(column, columns.length) }];
  });
}

/** Units, styles, and what a comma was taken for. */
function saidOf({ columns: all, reading: { decimal } }: Table, columns: Column[]): Note[] {
  const units = columns.flatMap((column, at) => {
    const { unit, converted } = column;
    const own = called(column, all.length);
    // What is said of a style names no column: once is enough.
    const again = at > 0 && converted?.code === columns[0]!.converted?.code && !NAMING.includes(converted?.code ?? "");
    const style = converted && !again ? [{ ...converted, ...own }] : [];
    // Of times, days and degrees the unit is said with what they are.
    const said = unit === "" || ["times", "days", "degrees"].includes(converted?.code ?? "");
    return [...(said ? [] : [{ code: "unit", first: [unit], ...own }]), ...style];
  });
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
  return columns.flatMap((column, at) =>
    column.kind === "constant" && !learned.includes(at)
      ? [{ code: "constant_column", value: column.range[0], ...called(column, columns.length) }]
      : [],
  );
}
