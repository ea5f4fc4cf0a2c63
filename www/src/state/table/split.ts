/** A text as rows of cells: by a separator that cells may be quoted against, by spaces, by lines, or as one list of entries. */
import Papa from "papaparse";

/** What ends a cell. "space" is any run of spaces or tabs, "line" makes each line one cell, "list" each entry a row of its own. */
export type Separator = "\t" | ";" | "|" | "," | "space" | "line" | "list" | "words";

export interface Row {
  cells: string[];
  /** Where it begins, counted from 1. */
  line: number;
}

/** Rows without a single filled cell are left out; cells are trimmed. */
export function split(text: string, separator: Separator): Row[] {
  if (separator === "list") return entries(text, /[\s,;，；、|]+/);
  if (separator === "words") return entries(text, /\s+/);
  if (separator === "line") return lines(text).map(({ cells: [cell], line }) => ({ cells: [bare(cell!)], line }));
  if (separator === "space") {
    return lines(text).map(({ cells: [cell], line }) => ({
      cells: (cell!.match(/"[^"]*"|\S+/g) ?? []).map(bare),
      line,
    }));
  }
  return table(text, separator);
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
    for (const entry of cells[0]!.split(between)) if (entry !== "") rows.push({ cells: [bare(entry)], line });
  }
  return rows;
}

function bare(cell: string): string {
  return cell.startsWith('"') ? cell.replace(/^"(.*)"$/s, "$1").trim() : cell;
}
