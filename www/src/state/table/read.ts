/**
 * Any text as a table: numbers as spreadsheets, programs and people write them. Nothing is thrown but a coded error, and nothing is guessed
 * without being said: what was left out is counted, and where a text can be read in two ways, `others` has the other.
 */
import { errorFrom, LabError } from "../../engine/errors.ts";
import { makeColumn } from "./columns.ts";
import { type Cells, readJson, unbracketed } from "./json.ts";
import { type Reading, readings } from "./layout.ts";
import { measure, shareCodes } from "./measure.ts";
import type { Mark } from "./number.ts";
import { pairLines, readSparse } from "./pairs.ts";
import { shape } from "./shape.ts";
import { type Row, type Separator, split } from "./split.ts";
import { areDirections, readCell } from "./styles.ts";
import { type Column, called, type Format, type Note, State, type Table } from "./table.ts";
import { checkWidth } from "./width.ts";

export interface Asked {
  /** A way to read it, as `Table.others` has them. */
  reading?: Reading | undefined;
  /** What stands before the decimals, where that is known. */
  decimal?: Mark | undefined;
  /** Length of the whole, where this is only its beginning. */
  length?: number | undefined;
  /** What separates the cells, where that is known, and what else is to be said of where they come from. */
  separator?: Separator | undefined;
  notes?: Note[] | undefined;
}

/** Longer texts are read up to here, which holds the 100,000 rows that can be learned and more. */
export const MOST_CHARS = 8_000_000;
/** An example is taken from so much of a text, and shows so many cells. */
const EXAMPLE = 3000;
const EXAMPLE_CELLS = 4;
/** A list that people break into lines has no more of them. */
const MOST_WRAPPED = 200;

/**
 * Reads a text.
 *
 * Errors: `no_text` where there is nothing, `no_numbers` where nothing is a number, `not_text` for a file of another kind,
 * `text_too_long` for JSON that cannot be read in part, `too_many_columns`.
 */
export function readTable(text: string, asked: Asked = {}): Table {
  const notes: Note[] = [...(asked.notes ?? [])];
  const clean = prepared(text, asked.length ?? text.length, notes);
  if (clean.trim() === "") throw new LabError("no_text", "There is nothing to read.");
  if (isBinary(clean))
    throw new LabError("not_text", "This is no text. Save a spreadsheet as CSV, then drop that file here.");
  const json = readJson(clean);
  if (!json && notes.some(({ code }) => code === "text_cut") && /^\s*[[{]\s*["{]/.test(clean)) {
    throw new LabError("text_too_long", "JSON can only be read whole, and this is too long.", {
      count: asked.length ?? clean.length,
      max: MOST_CHARS,
    });
  }
  if (json) {
    const { features } = json;
    if (features !== undefined) notes.push({ code: "geojson", count: json.rows.length, of: features });
    return made(json, { format: features === undefined ? "json" : "geojson", notes });
  }
  const sparse = asked.separator ? undefined : readSparse(clean);
  if (sparse) return made(sparse, { format: "libsvm", notes: [...notes, { code: "libsvm" }] });

  const plain = plainOf(clean);
  const [reading, ...others] = asked.reading
    ? [asked.reading, ...otherThan(plain, asked)]
    : readings(plain, asked.decimal, asked.separator);
  try {
    return laidOut(plain, { reading: reading!, others, notes, asked: Boolean(asked.reading) });
  } catch (error) {
    if (errorFrom(error).code !== "no_numbers") throw error;
    // Numbers in a sentence: they are taken, and the words are named as left out.
    const table = laidOut(plain, {
      reading: { ...reading!, separator: "list" },
      others: [],
      notes,
      asked: true,
      mostly: 0,
    });
    if (table.rows - table.columns[0]!.odd.count - table.columns[0]!.gaps.count < 2) throw error;
    return table;
  }
}

interface Way {
  reading: Reading;
  others: Reading[];
  notes: Note[];
  /** Whether the reader chose it, so that nothing else is tried. */
  asked: boolean;
  mostly?: number;
}

/** A text without brackets around its numbers, and with a line for each row. */
function plainOf(text: string): string {
  return pairLines(text) ?? rows(unbracketed(text) ?? text);
}

/** The first row of a text in one way of reading it: "59.4", or "59 | 4". */
export function exampleOf(text: string, reading: Reading): string {
  const head = plainOf(text.slice(0, EXAMPLE));
  const { body } = shape(split(head, reading.separator), reading.decimal);
  const cells = body[0]?.cells.slice(0, EXAMPLE_CELLS) ?? [];
  return cells.map((cell) => String(readCell(cell, reading.decimal)?.value ?? cell)).join(" | ");
}

function otherThan(text: string, { reading, separator }: Asked): Reading[] {
  return readings(text, undefined, separator).filter(
    (other) => other.separator !== reading!.separator || other.decimal !== reading!.decimal,
  );
}

/** Line ends and marks at the beginning, as they differ from system to system, made the same. */
function prepared(text: string, length: number, notes: Note[]): string {
  let clean = text;
  if (length > MOST_CHARS) {
    const end = clean.lastIndexOf("\n", MOST_CHARS);
    clean = clean.slice(0, end > 0 ? end : MOST_CHARS);
    notes.push({ code: "text_cut", count: clean.length, of: length });
  }
  clean = clean.replace(/^\ufeff/, "");
  if (clean.includes("\r")) clean = clean.replace(/\r\n?/g, "\n");
  // Excel's own first line, which only says what separates the cells.
  clean = clean.replace(/^sep=.\n/i, "\n");
  if (/[，；、]/.test(clean.slice(0, 10_000)) && !/[,;]/.test(clean.slice(0, 10_000))) {
    clean = clean.replace(/[，、]/g, ",").replace(/；/g, ";");
  }
  return clean;
}

/** Pictures, archives and spreadsheets as files have bytes that no text has. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 2000);
  const odd = [...head].filter((c) => (c < " " && !/\s/.test(c)) || c === "\ufffd").length;
  return odd > 0.02 * head.length && odd > 1;
}

/** A single line may end its rows with semicolons: "1 2; 3 4; 5 6". */
function rows(text: string): string {
  const line = text.trim();
  return line.includes("\n") || line.includes('"') || !/[;；]/.test(line) ? text : line.replace(/[;；]\s*/g, "\n");
}

function laidOut(text: string, { reading, others, notes, asked, mostly }: Way): Table {
  const { headings, body, notes: found } = shape(split(text, reading.separator), reading.decimal);
  const table = made({ headings, rows: body }, { reading, others, notes: [...notes, ...found] }, mostly);
  if (asked || headings.some(Boolean) || !["space", ","].includes(reading.separator)) return table;
  const list: Reading = { separator: "list", decimal: reading.decimal };
  if (isWrapped(table.columns, body))
    return laidOut(text, { reading: list, others: [reading, ...others], notes, asked: true });
  if (table.columns.length > 2 && table.columns.every(({ kind }) => kind === "number")) table.others.push(list);
  return table;
}

/** Whether rows of numbers are a list that was broken into lines: too few rows for a table, or many columns that are all alike. */
function isWrapped(columns: Column[], body: Row[]): boolean {
  if (columns.length < 2 || !columns.every(({ kind }) => kind !== "word" && kind !== "date")) return false;
  const ragged =
    body.slice(0, -1).every(({ cells }) => cells.length >= columns.length) &&
    body.at(-1)!.cells.length < columns.length;
  if (body.length < 2 || (columns.length > 2 && (body.length < 3 || ragged))) return true;
  if (columns.length < 5 || body.length > MOST_WRAPPED) return false;
  const all = Float64Array.from(columns.flatMap(({ values }) => [...values]));
  const [low, high] = [quantile(all, 0.15), quantile(all, 0.85)];
  return columns.every(({ values }) => quantile(values, 0.5) >= low && quantile(values, 0.5) <= high);
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** Columns of places whose letters say no more than a unit would, until they are seen side by side. */
function toDegrees(columns: Column[]): void {
  if (!areDirections(columns.map(({ unit }) => unit))) return;
  for (const column of columns) {
    if (!/^[NSEW]$/.test(column.unit)) continue;
    const sign = /[SW]/.test(column.unit) ? -1 : 1;
    for (const [row, value] of column.values.entries()) column.values[row] = sign * value;
    measure(column);
    const row = column.states.indexOf(State.number);
    column.converted ??= { code: "degrees", first: [column.sample[row] ?? ""], value: column.values[row]! };
    column.unit = "°";
  }
}

function made(
  { headings, rows: body }: Cells,
  way: Pick<Table, "notes"> & ({ reading: Reading; others: Reading[] } | { format: Format }),
  mostly?: number,
): Table {
  const { reading, others } =
    "format" in way ? { reading: { separator: way.format, decimal: "." } as const, others: [] } : way;
  const lines = Int32Array.from(body, ({ line }) => line);
  const width = body.reduce((most, { cells }) => Math.max(most, cells.length), headings.length);
  checkWidth(width);
  const columns: Column[] = [];
  for (let at = 0; at < width; at++) {
    const cells = body.map((row) => row.cells[at] ?? "");
    const column = makeColumn(cells, headings[at], at + 1, reading.decimal, lines, mostly);
    // Spreadsheets leave columns of nothing beside what they hold.
    if (column.kind !== "empty" || column.named) columns.push(column);
  }
  toDegrees(columns);
  shareCodes(columns);
  const refused = columns.flatMap((column) =>
    column.refused ? [{ ...column.refused, ...called(column, columns.length) }] : [],
  );
  if (!columns.some(({ distinct }) => distinct > 0)) {
    throw new LabError("no_numbers", "There are no numbers in this text.", refused[0] && { note: refused[0] });
  }
  return { columns, rows: body.length, lines, notes: [...way.notes, ...refused], reading, others };
}
