/** A text as rows of cells: by a separator that cells may be quoted against, by spaces, by lines, or as one list of entries. */
import Papa from "papaparse";

/**
 * What ends a cell. ", " is a comma before a blank, so that one without belongs to a number; "space" is any run of spaces or tabs, "cells" the tabs
 * between cells that came as such, ":" a colon between two numbers; "line" makes each line one cell, "list" each entry a row of its own, and "words" a
 * list at spaces, perhaps after a comma.
 */
export type Separator = "\t" | ";" | "|" | "," | ", " | ":" | "cells" | "space" | "line" | "list" | "words";

export interface Row {
  cells: string[];
  /** Where it begins, counted from 1. */
  line: number;
}

/** Signs within one number, 12.3 ± .4 and 1.2 × 10³: the blanks around them part nothing. */
const JOINED = /[ \t]*(±|\+\/-|×(?= ?10))[ \t]*/g;

/** And within an angle, 40° 26.7′ N. */
const ANGLE = /([°º'’′"”″]) +(?=\d[\d.,]* ?['’′"”″]|[NSEW](?!\p{L}))/gu;

function joined(line: string): string {
  const text = line.replace(JOINED, "$1");
  return /[°º]/.test(text) ? text.replace(ANGLE, "$1") : text;
}

/** Rows without a single filled cell are left out; cells are trimmed. */
export function split(text: string, separator: Separator): Row[] {
  if (separator === "list") return entries(text, /[\s,;，；、|]+/);
  if (separator === "words") return entries(text, /[,;]?\s+|[,;]$/);
  if (separator === "line") return lines(text).map(({ cells: [cell], line }) => ({ cells: [bare(cell!)], line }));
  if (separator === "space") {
    return lines(text).map(({ cells: [cell], line }) => ({
      cells: (joined(cell!).match(/"[^"]*"|\S+/g) ?? []).map(bare),
      line,
    }));
  }
  if (separator === ", ") return parted(text, /,\s+|,$/);
  if (separator === ":") return parted(text, /\s*:\s*/);
  return table(text, separator === "cells" ? "\t" : separator);
}

function parted(text: string, between: RegExp): Row[] {
  return lines(text).map(({ cells: [cell], line }) => ({
    cells: cell!.replace(/,$/, "").split(between).map(bare),
    line,
  }));
}

function table(text: string, delimiter: string): Row[] {
  const config = { delimiter, header: false, skipEmptyLines: false } as const;
  let { data, errors } = Papa.parse<string[]>(text, config);
  // A stray quotation mark (5" wide) would swallow the rest of the text as one cell.
  if (errors.length > 0) ({ data } = Papa.parse<string[]>(text, { ...config, quoteChar: "\u0000" }));
  const rows: Row[] = [];
  let line = 1;
  const folded = errors.length === 0 && text.includes('"');
  for (const cells of data) {
    const at = line++;
    // A quoted cell may itself hold several lines.
    if (folded) for (const cell of cells) if (cell.includes("\n")) line += cell.split("\n").length - 1;
    for (let i = 0; i < cells.length; i++) cells[i] = cells[i]!.trim();
    if (cells.some((cell) => cell !== "")) rows.push({ cells, line: at });
  }
  return rows;
}

function lines(text: string): Row[] {
  const rows: Row[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    const cell = line.trim();
    if (cell !== "") rows.push({ cells: [cell], line: i + 1 });
  }
  return rows;
}

function entries(text: string, between: RegExp): Row[] {
  const rows: Row[] = [];
  for (const { cells, line } of lines(text)) {
    for (const entry of joined(cells[0]!).split(between)) if (entry !== "") rows.push({ cells: [bare(entry)], line });
  }
  return rows;
}

function bare(cell: string): string {
  return cell.startsWith('"') ? cell.replace(/^"(.*)"$/s, "$1").trim() : cell;
}
