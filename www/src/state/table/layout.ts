/** How a text is laid out: what separates its cells and what stands before the decimals. A guess from its beginning, with the other likely ways. */
import { readComma } from "./commas.ts";
import { isDate, isGap, type Mark, markOf, readNumber } from "./number.ts";
import { type Row, type Separator, split } from "./split.ts";

export interface Reading {
  separator: Separator;
  decimal: Mark;
}

/** So much of a text is looked at. */
const SAMPLE_ROWS = 400;
const SAMPLE_CHARS = 60_000;
/** A word is worth less than a number, or the layout with the most cells would win. */
const WORD = 0.3;
/** Of its rows, a table may have this share of another width. */
const RAGGED = 0.3;

/** The ways to read a text, the likeliest first. `decimal`, where given, is not guessed. */
export function readings(text: string, decimal?: Mark): Reading[] {
  const sample = head(text);
  const marks: Mark[] = decimal ? [decimal] : [".", ","];
  const tables = (["\t", ";", "|", ","] as const).map((separator) => best(sample, separator, marks));
  // Where nothing else separates, spaces do: "New York, 5" has its separator already.
  const explicit = tables.filter(({ isTable }) => isTable).sort((a, b) => b.score - a.score)[0];
  const spaced = best(sample, "space", marks);
  const lines = best(sample, "line", marks);
  const list = best(
    sample,
    /\S,\s|,\s*$/m.test(sample) || !/\s/.test(sample.trim()) ? "list" : listBySpaces(sample),
    marks,
  );
  const plain = lines.score >= list.score ? lines : list;

  if (explicit && explicit.reading.separator !== ",") return [explicit.reading, ...otherMark(explicit, decimal)];
  if (explicit) {
    const comma = lines.score >= explicit.score - 0.05 && !/,\s/.test(sample) ? byComma(sample, "line", decimal) : [];
    return comma.length > 0 ? comma : [explicit.reading, ...otherMark(explicit, decimal)];
  }
  if (spaced.isTable && spaced.score >= 0.75 * plain.score) return [spaced.reading, ...otherMark(spaced, decimal)];
  if (plain.reading.separator !== "list") {
    const comma = byComma(sample, plain.reading.separator, decimal);
    if (comma.length > 0) return comma;
  }
  return [plain.reading];
}

interface Candidate {
  reading: Reading;
  /** Rows as cells, of the sample. */
  rows: Row[];
  width: number;
  isTable: boolean;
  score: number;
}

function head(text: string): string {
  if (text.length <= SAMPLE_CHARS) return text;
  const end = text.lastIndexOf("\n", SAMPLE_CHARS);
  return text.slice(0, end > 0 ? end : SAMPLE_CHARS);
}

function best(sample: string, separator: Separator, marks: Mark[]): Candidate {
  const rows = split(sample, separator).slice(0, SAMPLE_ROWS);
  const width = commonWidth(rows);
  const fitting = rows.filter(({ cells }) => cells.length === width);
  const cells = fitting.flatMap((row) => row.cells);
  const understood = marks.map((mark) => cells.reduce((sum, cell) => sum + worth(cell, mark), 0) / (cells.length || 1));
  const at = marks.length > 1 && understood[1]! > understood[0]! ? 1 : 0;
  const share = fitting.length / (rows.length || 1);
  const decimal = tied(understood) ? likelyMark(cells, marks) : marks[at]!;
  return {
    reading: { separator, decimal },
    rows,
    width,
    isTable: width > 1 && fitting.length > 1 && share >= 1 - RAGGED,
    score: share * understood[at]!,
  };
}

function tied(understood: number[]): boolean {
  return understood.length > 1 && understood[0] === understood[1];
}

function worth(cell: string, mark: Mark): number {
  return isGap(cell) || readNumber(cell, mark) || isDate(cell) ? 1 : WORD;
}

/** The width that most rows have; of two as frequent, the larger. */
export function commonWidth(rows: Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a), [0, 0])[0];
}

function likelyMark(cells: string[], marks: Mark[]): Mark {
  const count = { point: 0, comma: 0, "point?": 0, "comma?": 0 };
  for (const cell of cells) {
    const said = markOf(cell);
    if (said) count[said]++;
  }
  return count.comma > count.point ? "," : marks[0]!;
}

/** Where every mark in a table stands before exactly three digits, 45,147 may be either of two numbers. */
function otherMark({ reading, rows }: Candidate, decimal: Mark | undefined): Reading[] {
  if (decimal) return [];
  const said = new Set(rows.flatMap(({ cells }) => cells.map(markOf)));
  said.delete(undefined);
  // Points before three decimals are common where cells end at commas; with semicolons, a point may group thousands.
  const open = said.size === 1 && (said.has("comma?") || (said.has("point?") && reading.separator === ";"));
  return open ? [{ ...reading, decimal: reading.decimal === "." ? "," : "." }] : [];
}

/** A list by spaces keeps its commas within the entries: "59,4 85,2". */
function listBySpaces(sample: string): Separator {
  const entries = split(sample, "words").flatMap(({ cells }) => cells);
  const commas = entries.filter((entry) => entry.includes(","));
  const numbers = commas.filter((entry) => readNumber(entry, ",") || readNumber(entry, "."));
  return commas.length > 0 && numbers.length >= 0.9 * commas.length ? "words" : "list";
}

function byComma(sample: string, separator: Separator, decimal: Mark | undefined): Reading[] {
  const entries = split(sample, separator).flatMap(({ cells }) => cells);
  const ways = entries.length > 1 ? (readComma(entries) ?? []) : [];
  const pairs: Reading = { separator: separator === "line" ? "," : "list", decimal: "." };
  const all = ways.map(
    (way) => ({ two: pairs, decimal: { separator, decimal: "," }, thousands: { separator, decimal: "." } })[way],
  );
  return (all as Reading[]).filter((reading) => !decimal || reading.decimal === decimal);
}
