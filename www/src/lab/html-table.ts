/** A web page, or a spreadsheet saved as one, as the text of its largest table. It is only taken apart: nothing of it runs, and nothing is fetched. */
import Papa from "papaparse";
import { LabError } from "../engine/errors.ts";

export interface HtmlTable {
  /** Rows as lines, with tabs between the cells. */
  text: string;
  /** How many tables there are. */
  count: number;
}

/** The table with the most numbers. Refused with what the text is instead. */
export function htmlTable(text: string): HtmlTable {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const aside of page.querySelectorAll("script, style, template, sup")) {
    // A note [1] behind a number is no part of it; a power is.
    if (aside.localName !== "sup" || /^\s*\[.*\]\s*$/.test(aside.textContent)) aside.remove();
  }
  const tables = [...page.querySelectorAll("table")].filter((table) => !table.querySelector("table")).map(cellsOf);
  const numbers = (rows: string[][]) => rows.flat().filter((cell) => /\d/.test(cell)).length;
  const [best] = tables.toSorted((a, b) => numbers(b) - numbers(a));
  if (!best || numbers(best) === 0) {
    const xml = /^\ufeff?\s*<\?xml|xmlns/i.test(text.slice(0, 2000)) && !page.querySelector("table, p, div");
    throw new LabError("no_numbers", "There is no table of numbers in this text of tags.", {
      note: { code: xml ? "only_xml" : "only_html" },
    });
  }
  return { text: Papa.unparse(best, { delimiter: "\t", newline: "\n" }), count: tables.length };
}

/** A cell that spans rows stands in each, a heading that spans columns above each. */
function cellsOf(table: HTMLTableElement): string[][] {
  const rows: string[][] = [];
  for (const [y, row] of [...table.rows].entries()) {
    let x = 0;
    for (const cell of row.cells) {
      rows[y] ??= [];
      while (rows[y]![x] !== undefined) x++;
      const text = cell.textContent.replace(/\s+/g, " ").trim();
      const down = Math.min(cell.rowSpan || 1, table.rows.length - y);
      for (let below = 0; below < down; below++) {
        rows[y + below] ??= [];
        for (let beside = 0; beside < cell.colSpan; beside++) {
          rows[y + below]![x + beside] = beside === 0 || cell.localName === "th" ? text : "";
        }
      }
      x += cell.colSpan;
    }
  }
  const all = Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? ""));
  return underOne(
    all,
    [...table.rows].findIndex((row) => [...row.cells].some(({ localName }) => localName !== "th")),
  );
}

/** Several rows of headings as one. */
function underOne(rows: string[][], headings: number): string[][] {
  if (headings < 2) return rows;
  const above = rows.slice(0, headings);
  const width = Math.max(...above.map((row) => row.length));
  const joined = Array.from({ length: width }, (_, at) =>
    [...new Set(above.map((row) => row[at] ?? ""))].join(" ").trim(),
  );
  return [joined, ...rows.slice(headings)];
}
