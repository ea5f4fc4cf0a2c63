/** JSON as a table: pairs, objects, plain lists, columns by name, one object a line, and the lists that Python and R print. */
import { LabError } from "../../engine/errors.ts";
import { positionsOf } from "./geojson.ts";
import type { Row } from "./split.ts";
import { checkWidth } from "./width.ts";

export interface Cells {
  headings: (string | undefined)[];
  rows: Row[];
  /** Where it is GeoJSON: how many features it has. */
  features?: number;
}

/** What stands before a list in a program: a name that is set, a function that makes it. */
const PROGRAM = /^\s*(?:(?:let |const |var )?[\p{L}_][\w.]*\s*(?:<-|:?=)\s*)?(?:[\p{L}_][\w.]*\s*)?(?=[[({])/u;

/** The table in a text that begins as JSON does; undefined where it is no JSON after all. */
export function readJson(text: string): Cells | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const value = parse(text) ?? parseLines(text);
  return value === undefined ? undefined : tableOf(value);
}

/** Numbers in brackets that are no JSON, "(1, 2), (3, 4)", "{{1, 2}, {3, 4}}" or "[[1. 2.] [3. 4.]]": each innermost pair as a line. */
export function unbracketed(text: string): string | undefined {
  // x <- c(1, 2), or array([1., 2.], dtype=float32).
  const bare = text.replace(PROGRAM, "").replace(/, ?dtype=[\w.]+(?=\))/, "");
  if (!/^\s*[[({]/.test(bare) || !/^[\s\d.,;+\-eE[\](){}]*$/.test(bare)) return undefined;
  const inner = bare.match(/[[({][^[\](){}]*[\])}]/g)?.map((part) => part.slice(1, -1).replace(/\s+/g, " ").trim());
  // One number in brackets is an amount owed, as accountants write it.
  if (!inner || inner.some((part) => !/[\s,;]/.test(part))) return undefined;
  return inner.join("\n");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      // What Python writes for gaps.
      return JSON.parse(text.replace(/([[,:]\s*)(?:NaN|-?Infinity|None)(?=\s*[\],}])/g, "$1null"));
    } catch {
      return undefined;
    }
  }
}

function parseLines(text: string): unknown {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return undefined;
  try {
    return lines.map((line) => JSON.parse(line));
  } catch {
    return undefined;
  }
}

function tableOf(value: unknown): Cells {
  const places = positionsOf(value);
  if (places) return places;
  if (Array.isArray(value)) return ofArray(value);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    const columns = value as { columns?: unknown; data?: unknown };
    // {"columns": ["x", "y"], "data": [[1, 2], …]}
    if (Array.isArray(columns.columns) && Array.isArray(columns.data)) {
      const { rows } = ofArray(columns.data);
      return { headings: columns.columns.map(String), rows };
    }
    const lists = entries.filter(([, list]) => Array.isArray(list)) as [string, unknown[]][];
    const [only] = lists;
    // {"data": [[1, 2], …]}: one list of rows under a name.
    if (lists.length === 1 && only![1].some((row) => typeof row === "object" && row !== null)) return ofArray(only![1]);
    if (lists.length > 0) return ofColumns(lists);
    const nested = entries.find(([, inner]) => typeof inner === "object" && inner !== null);
    // {"x": {"0": 1, "1": 2}, …}: columns by row label.
    if (nested && entries.every(([, inner]) => typeof inner === "object" && inner !== null)) {
      const labelled = entries.map(([name, inner]) => [name, Object.values(inner as object)] as [string, unknown[]]);
      const flat = labelled.every(([, list]) => list.every((cell) => typeof cell !== "object" || cell === null));
      return flat && entries.length > 1 ? ofColumns(labelled) : tableOf(nested[1]);
    }
  }
  throw new LabError("no_numbers", "There is no table of numbers in this JSON.");
}

function ofArray(list: unknown[]): Cells {
  const width = list.reduce<number>((most, row) => Math.max(most, Array.isArray(row) ? row.length : 1), 1);
  checkWidth(width);
  if (list.some((row) => typeof row === "object" && row !== null && !Array.isArray(row))) {
    const names = [...new Set(list.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))];
    checkWidth(names.length);
    return {
      headings: names,
      rows: list.map((row, i) => ({
        cells: names.map((name) => cellOf(isObject(row) ? row[name] : null)),
        line: i + 1,
      })),
    };
  }
  const [first] = list;
  const rows = list.map((row, i) => ({ cells: Array.isArray(row) ? row.map(cellOf) : [cellOf(row)], line: i + 1 }));
  // [["x", "y"], [1, 2], …]
  if (
    Array.isArray(first) &&
    list.length > 1 &&
    first.every((cell) => typeof cell === "string" && !/^[-+\d.]/.test(cell))
  ) {
    return { headings: first as string[], rows: rows.slice(1) };
  }
  return { headings: [], rows };
}

function ofColumns(lists: [string, unknown[]][]): Cells {
  checkWidth(lists.length);
  const length = lists.reduce((most, [, list]) => Math.max(most, list.length), 0);
  const rows = Array.from({ length }, (_, i) => ({ cells: lists.map(([, list]) => cellOf(list[i])), line: i + 1 }));
  return { headings: lists.map(([name]) => name), rows };
}

function isObject(row: unknown): row is Record<string, unknown> {
  return typeof row === "object" && row !== null && !Array.isArray(row);
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value).slice(0, 40) : String(value).trim();
}
