/** A table's lines, a portion at a time: a long one does not fit in a string. */
import { closeSync, openSync, readSync } from "node:fs";
import Papa from "papaparse";
import { SIGN } from "../src/state/sign.ts";
import { Columns, type Head, readHead } from "../src/sweep/record.ts";
import { Ending, EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

const PORTION = 1 << 20;
const END_OF_LINE = 10;

/** Whole lines; what was cut at the end is left out. */
function* wholeLines(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const portion = Buffer.allocUnsafe(PORTION);
      const read = readSync(file, portion);
      if (read === 0) return;
      const bytes = Buffer.concat([rest, portion.subarray(0, read)]);
      const end = bytes.lastIndexOf(END_OF_LINE) + 1;
      rest = bytes.subarray(end);
      if (end > 0) yield bytes.subarray(0, end);
    }
  } finally {
    closeSync(file);
  }
}

const cellsOf = (text: string): string[][] =>
  Papa.parse<string[]>(text, { comments: "#", delimiter: ",", newline: "\n", skipEmptyLines: true }).data;

/** Cells of the rows, below the line of names. */
export function* rowsOf(path: string): Generator<string[][]> {
  let names = true;
  for (const bytes of wholeLines(path)) {
    const cells = cellsOf(bytes.toString());
    yield cells.slice(names ? 1 : 0);
    names &&= cells.length === 0;
  }
}

/**
 * Calls `each` with the cells of every row, after `begin` with what the table says of itself, and tells how much of the file is whole, in bytes.
 * Refused where it is no table, or a line does not have its columns. `settings` are the table's own where none are given.
 */
export function readTable(
  path: string,
  settings: readonly string[] | undefined,
  words: Words,
  begin: (head: Head) => void,
  each: (cells: readonly string[], columns: Columns) => void,
): { columns: Columns; whole: number } {
  let [head, columns]: [Head?, Columns?] = [];
  let [width, line, whole] = [0, 2, 0];
  for (const bytes of wholeLines(path)) {
    const text = bytes.toString();
    if (!head) {
      head = readHead(text.slice(0, text.indexOf("\n")));
      if (!head) throw new Ending(EXIT.table, words.no_table(path, SIGN.trim()));
      begin(head);
    }
    for (const cells of cellsOf(text)) {
      if (columns) {
        if (cells.length !== width) throw new Ending(EXIT.table, words.cut_table(path, line));
        each(cells, columns);
      } else {
        columns = Columns.read(cells, settings ?? Object.keys((head.sweep.settings as object | undefined) ?? {}));
        if (!columns) throw new Ending(EXIT.table, words.cut_table(path, line));
        width = cells.length;
      }
      line++;
    }
    whole += bytes.length;
  }
  if (!head) throw new Ending(EXIT.table, words.no_table(path, SIGN.trim()));
  if (!columns) throw new Ending(EXIT.table, words.cut_table(path, line));
  return { columns, whole };
}
