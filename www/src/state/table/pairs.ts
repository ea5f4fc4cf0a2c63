/** Numbers in twos with a colon between: "3:4" a point each, and "1 1:0.5 2:3", a label with the places and values of what is not zero. */
import { readClock } from "./clock.ts";
import type { Cells } from "./json.ts";
import { checkWidth } from "./width.ts";

const NUMBER = "[-+−]?(?:\\d+(?:[.,]\\d+)?|[.,]\\d+)(?:e[-+]?\\d+)?";
const PAIR = new RegExp(`^${NUMBER}\\s*:\\s*${NUMBER}$`, "i");
const ONE = /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?$/i;
const PLACE = /^(\d+):(\S+)$/;
/** Looked at before anything longer is read. */
const SAMPLE = 50;
/** Of its lines, so many have to be of this form. */
const NEARLY_ALL = 0.9;

/** "1:2, 3:4" or "{1: 2, 3: 4}" with each pair on a line of its own; undefined where the text is something else. */
export function pairLines(text: string): string | undefined {
  const head = text.slice(0, 2000);
  if (!/\d\s*:\s*[-+−.\d]/.test(head) || /[^\d\s.,;:{}eE+−-]/.test(head)) return undefined;
  const parts = text
    .replace(/^\s*\{|\}\s*$/g, "")
    .replace(/[^\S\n]*:[^\S\n]*/g, ":")
    .split(/([;\s]+|,\s+|,(?=[^,\s]*:))/);
  const pairs = parts.filter((_, i) => i % 2 === 0 && parts[i] !== "").map((pair) => pair.replace(/[,;]$/, ""));
  return pairs.length > 1 && pairs.every((pair) => PAIR.test(pair)) ? pairs.join("\n") : undefined;
}

/** Whether such pairs could all be times. */
export function areClocks(lines: string[]): boolean {
  return lines.every((line) => readClock(line.trim()) !== undefined);
}

/** Lines of svmlight and libsvm; what they do not name is 0. */
export function readSparse(text: string): Cells | undefined {
  const head = text.slice(0, 20_000).split("\n").filter(Boolean).slice(0, SAMPLE);
  if (head.length < 2 || head.filter((line) => sparse(line) !== undefined).length < NEARLY_ALL * head.length)
    return undefined;
  // A point each, or times of day.
  if (!head.some((line) => (sparse(line)?.places.length ?? 0) > 0)) return undefined;
  if (head.every((line) => sparse(line)?.label === undefined && (sparse(line)?.places.length ?? 0) < 2))
    return undefined;
  if (head.every((line) => line.split(/\s+/).every((word) => readClock(word)))) return undefined;

  const rows = text.split("\n").map((line, i) => ({ found: sparse(line), line: i + 1, blank: line.trim() === "" }));
  const least = rows.reduce((a, { found }) => Math.min(a, found?.places[0] ?? a), Number.POSITIVE_INFINITY);
  const most = rows.reduce((a, { found }) => Math.max(a, found?.places.at(-1) ?? a), 0);
  const first = Math.min(1, least);
  const width = most - first + 1;
  // Beside them a label.
  checkWidth(width + 1);
  const labelled = rows.some(({ found }) => found?.label !== undefined);
  const cells = (found: Sparse | undefined): string[] => {
    if (!found) return [];
    const values = new Array<string>(width).fill("0");
    for (const [i, place] of found.places.entries()) values[place - first] = found.values[i]!;
    return labelled ? [found.label ?? "", ...values] : values;
  };
  const names = Array.from({ length: width }, (_, i) => `x${first + i}`);
  return {
    headings: labelled ? ["label", ...names] : names,
    rows: rows.filter(({ blank }) => !blank).map(({ found, line }) => ({ cells: cells(found), line })),
  };
}

interface Sparse {
  label: string | undefined;
  places: number[];
  values: string[];
}

function sparse(line: string): Sparse | undefined {
  const words = line
    .replace(/#.*$/, "")
    .trim()
    .split(/\s+/)
    .filter((word) => !/^qid:\d+$/.test(word));
  const label = words[0] !== undefined && ONE.test(words[0]) ? words.shift() : undefined;
  const found: Sparse = { label, places: [], values: [] };
  for (const word of words) {
    const [, place, value] = PLACE.exec(word) ?? [];
    if (place === undefined || !ONE.test(value!) || Number(place) <= (found.places.at(-1) ?? -1)) return undefined;
    found.places.push(Number(place));
    found.values.push(value!);
  }
  return label === undefined && words.length === 0 ? undefined : found;
}
