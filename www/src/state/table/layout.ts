/** How a text is laid out: what separates its cells and what stands before the decimals. A guess from its beginning, with the other likely ways. */
import { readClock } from "./clock.ts";
import { readComma } from "./commas.ts";
import { isDate, isGap, type Mark, markOf, readNumber } from "./number.ts";
import { type Row, type Separator, split } from "./split.ts";
import { readCell } from "./styles.ts";

export interface Reading {
  separator: Separator;
  decimal: Mark;
}

/** So much of a text is looked at. */
const SAMPLE_ROWS = 400;
const SAMPLE_CHARS = 60_000;
/** A word is worth less than a number, or the layout with the most cells would win. */
const WORD = 0.3;
/** Of the cells, so many are what a layout takes them for. */
const SURE = 0.9;
/** With headings among them, fewer. */
const LIKELY = 0.7;
/** And so many have a comma of their own, where commas part them too. */
const INNER = 0.6;
/** Of its rows, a table may have this share of another width. */
const RAGGED = 0.3;

/** The ways to read a text, the likeliest first. `decimal` and `separator`, where given, are not guessed. */
export function readings(text: string, decimal?: Mark, separator?: Separator): Reading[] {
  const sample = head(text);
  const marks: Mark[] = decimal ? [decimal] : [".", ","];
  if (separator) {
    const given = best(sample, separator, marks);
    return [given.reading, ...otherMark(given, decimal)];
  }
  const tables = (["\t", ";", "|", ","] as const).map((separator) => best(sample, separator, marks));
  // Where nothing else separates, spaces do: "New York, 5" has its separator already.
  const explicit = tables.filter(({ isTable }) => isTable).sort((a, b) => b.score - a.score)[0];
  const spaced = best(sample, "space", marks);
  const lines = best(sample, "line", marks);
  const list = best(sample, listSeparator(sample), marks);
  const plain = lines.score >= list.score ? lines : list;
  const blanks = /\d,[ \t]/.test(sample) ? best(sample, ", ", marks) : undefined;
  const colons = /\d\s*:/.test(sample) ? best(sample, ":", marks) : undefined;

  if (explicit?.reading.separator === "," && blanks && hasInnerCommas(blanks)) {
    return [blanks.reading, ...otherMark(blanks, decimal), ...(decimal === "," ? [] : [explicit.reading])];
  }
  if (explicit && explicit.reading.separator !== ",") return [explicit.reading, ...otherMark(explicit, decimal)];
  if (explicit) {
    const comma = lines.score >= explicit.score - 0.05 && !/,\s/.test(sample) ? byComma(sample, "line", decimal) : [];
    return comma.length > 0 ? comma : [explicit.reading, ...otherMark(explicit, decimal)];
  }
  // 3:4 is two numbers; 12:30 is a time, and two numbers where the reader says so.
  const pairs = colons?.isTable && colons.width === 2 && colons.score >= LIKELY ? [colons.reading] : [];
  if (colons && pairs.length > 0 && colons.score > Math.max(plain.score, spaced.isTable ? spaced.score : 0))
    return pairs;
  if (spaced.isTable && spaced.score >= 0.75 * plain.score) return [spaced.reading, ...otherMark(spaced, decimal)];
  if (plain.reading.separator !== "list") {
    const comma = byComma(sample, plain.reading.separator, decimal);
    if (comma.length > 0) return comma;
  }
  return [plain.reading, ...pairs];
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
  return isGap(cell) || readCell(cell, mark) || isDate(cell) || readClock(cell) ? 1 : WORD;
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

/** Entries that hold commas, "59,4 85,2" or "59,4, 85,2", end at blanks; after a comma that is sure only where most of them do. */
function listSeparator(sample: string): Separator {
  if (!/\s/.test(sample.trim())) return "list";
  const entries = split(sample, "words").flatMap(({ cells }) => cells);
  const commas = entries.filter((entry) => entry.includes(","));
  const numbers = commas.filter((entry) => readNumber(entry, ",") || readNumber(entry, "."));
  const parted = /\S,\s|,\s*$/m.test(sample);
  return commas.length > (parted ? INNER * entries.length : 0) && numbers.length >= SURE * commas.length
    ? "words"
    : "list";
}

/** "1,64, 3,00": numbers with a comma of their own, parted by a comma and a blank. */
function hasInnerCommas({ isTable, reading, rows, width }: Candidate): boolean {
  const cells = rows.filter((row) => row.cells.length === width).flatMap((row) => row.cells);
  const filled = cells.filter((cell) => /\d/.test(cell));
  const numbers = filled.filter((cell) => readCell(cell, reading.decimal));
  const inner = numbers.filter((cell) => /^\D*\d+,\d+\D*$/.test(cell));
  return isTable && numbers.length >= SURE * filled.length && inner.length >= INNER * filled.length;
}

function byComma(sample: string, separator: Separator, decimal: Mark | undefined): Reading[] {
  const entries = split(sample, separator).flatMap(({ cells }) => cells);
  // A comma that parts the entries, "59,4, 85,2", is none that a point's two numbers have between them.
  if (separator === "words" && /\S,\s/.test(sample)) {
    return [
      { separator, decimal: likelyMark(entries, decimal ? [decimal] : [".", ","]) },
      ...(decimal ? [] : [{ separator: "list", decimal: "." } as const]),
    ];
  }
  const ways = entries.length > 1 ? (readComma(entries) ?? []) : [];
  const pairs: Reading = { separator: separator === "line" ? "," : "list", decimal: "." };
  const all = ways.map(
    (way) => ({ two: pairs, decimal: { separator, decimal: "," }, thousands: { separator, decimal: "." } })[way],
  );
  return (all as Reading[]).filter((reading) => !decimal || reading.decimal === decimal);
}
