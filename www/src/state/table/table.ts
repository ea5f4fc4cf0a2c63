/** A table that was read: its columns with their kinds, and what was said on the way. No page and no engine. */
import type { Reading } from "./layout.ts";

/**
 * "number" can be learned. "index" counts the rows or names them, "constant" has one value only: numbers too, but nothing to learn from. "date" and
 * "word" are no numbers; few words, each often, name groups.
 */
export type Kind = "number" | "index" | "constant" | "date" | "word" | "empty";

/** Why a row has no number in a column; 0 where it has one. */
export const State = { number: 0, gap: 1, odd: 2, otherUnit: 3 } as const;

/** Something that was met so many times, where first, and how the first few looked. */
export interface Tally {
  count: number;
  line: number;
  first: string[];
}

/** A value, and how many rows have it. */
export interface Repeated {
  value: number;
  count: number;
}

export interface Column {
  /** Its heading, or its place counted from 1. */
  name: string;
  named: boolean;
  kind: Kind;
  unit: string;
  /** NaN where the row has no number. */
  values: Float64Array;
  states: Uint8Array;
  /** The first cells as they were written. */
  sample: string[];
  /** What was met among its numbers and is none. */
  odd: Tally;
  gaps: Tally;
  /** Of numbers: how many different ones, from where to where, and how many lie in each of equal parts of it. */
  distinct: number;
  range: [number, number];
  histogram: number[];
  /** Of words, or of numbers few enough to name groups: the names, and which each row has (−1 for none). */
  groups: { names: string[]; of: Int32Array; counts: number[] } | undefined;
  /** Its numbers were written in another way: the note that says which, with the first of them. */
  converted: Note | undefined;
  /** Its cells look like numbers and it has none: the note that says why. */
  refused: Note | undefined;
  /** Values far outside that stand for missing ones, and one that a third of the rows have beside others that differ. */
  codes: Repeated[];
  spike: Repeated | undefined;
}

/** What is worth saying about how a text was read; `code` is stable. */
export interface Note {
  code: string;
  count?: number;
  /** Line where it is met first, counted from 1. */
  line?: number;
  of?: number;
  name?: string;
  /** Of a column without a heading among others, counted from 1. */
  place?: number;
  first?: string[];
  value?: number;
  axis?: number;
  unit?: string;
  /** Why something was not read: a word that a sentence goes with. */
  why?: string;
  /** Place in `Table.columns` of the column that a reader may do something about. */
  column?: number;
  /** Whether `line` counts the items of a list that has no lines. */
  items?: boolean;
}

/** Texts that say themselves what their numbers are. */
export type Format = "json" | "geojson" | "libsvm";

export interface Table {
  columns: Column[];
  rows: number;
  /** Line of each row in the text; 0 where there are no lines. */
  lines: Int32Array;
  notes: Note[];
  reading: Reading | { separator: Format; decimal: "." };
  /** Other likely ways to read the same text. */
  others: Reading[];
}

/** How a note calls a column: the only one not at all. */
export function called(column: { name: string; named: boolean }, columns: number): Pick<Note, "name" | "place"> {
  if (column.named) return { name: column.name };
  return columns > 1 ? { place: Number(column.name) } : {};
}

/** How many of the things met are named. */
const NAMED = 5;
/** Longest name of one, in characters. */
const LONGEST = 24;

export function tally(): Tally {
  return { count: 0, line: 0, first: [] };
}

export function meet(met: Tally, cell: string, line: number): void {
  if (met.count++ === 0) met.line = line;
  if (met.first.length < NAMED && cell !== "" && !met.first.includes(shortened(cell))) met.first.push(shortened(cell));
}

export function shortened(cell: string, longest = LONGEST): string {
  const letters = [...cell.slice(0, 4 * longest)];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : cell;
}
