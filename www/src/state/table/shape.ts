/** Rows of cells as a heading and a body: titles above, units under the heading, rulers, sums below and odd widths are found and counted. */

import { readClock } from "./clock.ts";
import { commonWidth } from "./layout.ts";
import { isGap, type Mark } from "./number.ts";
import type { Row } from "./split.ts";
import { readCell } from "./styles.ts";
import { meet, type Note, tally } from "./table.ts";

export interface Shape {
  /** A heading for each column, undefined where there is none. */
  headings: (string | undefined)[];
  body: Row[];
  notes: Note[];
}

/** So many rows at most stand above a table. */
const ABOVE = 60;
/** Longest unit in a row of units. */
const UNIT = 12;
const RULER = /^[:|+=-]{2,}$/;
const SUM = /^(?:grand )?(?:total|sum|mean|average|avg|std|summe|合计|总计|总和|平均|平均值)\b.?$/i;

export function shape(rows: Row[], mark: Mark): Shape {
  const notes: Note[] = [];
  const real = rows.filter(({ cells }) => !cells.every((cell) => cell === "" || RULER.test(cell)));
  const width = Math.max(1, commonWidth(real));
  const numeric = numericColumns(real, width, mark);
  const isData = ({ cells }: Row) => numeric.some((is, at) => is && isNumber(cells[at] ?? "", mark));

  let first = real.slice(0, ABOVE).findIndex(isData);
  if (first < 0) first = 0;
  if (first === 0 && isNumbered(real, numeric)) first = 1;
  const above = real.slice(0, first).map(({ cells, line }) => ({ cells: uncommented(cells, width), line }));
  // The heading stands right above, perhaps with units between; R leaves the corner above the names of rows out.
  const fits = ({ cells }: Row) =>
    cells.filter((cell) => cell !== "").length >= Math.min(2, width) &&
    cells.length >= width - 1 &&
    cells.length <= width;
  let headings: string[] = [];
  let units: string[] = [];
  const last = above.at(-1);
  const before = above.at(-2);
  if (before && last && fits(before) && fits(last) && last.cells.every((cell) => cell.length <= UNIT)) {
    [headings, units] = [before.cells, last.cells];
    above.splice(-2);
  } else if (last && fits(last)) {
    headings = last.cells;
    above.pop();
  }
  if (headings.length === width - 1) headings = ["", ...headings];
  if (above.length > 0)
    notes.push({ code: "lines_above", count: above.length, line: above[0]!.line, first: [above[0]!.cells.join(" ")] });

  let body = real.slice(first);
  const end = body.at(-1);
  if (width > 1 && body.length > 2 && end?.cells.some((cell) => SUM.test(cell))) {
    body = body.slice(0, -1);
    notes.push({ code: "sum_below", line: end.line, first: [end.cells.find((cell) => SUM.test(cell))!] });
  }
  const long = tally();
  body = body.filter(({ cells, line }) => {
    const fitting = cells.length <= width || cells.slice(width).every((cell) => cell === "");
    if (!fitting) meet(long, cells.join(" "), line);
    return fitting;
  });
  if (long.count > 0) notes.push({ code: "long_rows", ...long });
  return { headings: named(headings, units, width), body, notes };
}

/** "# x y" above two columns is their heading as a comment. */
function uncommented(cells: string[], width: number): string[] {
  return cells[0] === "#" && cells.length === width + 1 ? cells.slice(1) : cells;
}

/** Which columns mostly hold numbers, judged below whatever heading there is. */
function numericColumns(rows: Row[], width: number, mark: Mark): boolean[] {
  const below = rows.slice(Math.min(3, rows.length >> 1), 300);
  return Array.from({ length: width }, (_, at) => {
    const filled = below.map(({ cells }) => cells[at] ?? "").filter((cell) => !isGap(cell));
    return filled.length > 0 && 2 * filled.filter((cell) => isNumber(cell, mark)).length > filled.length;
  });
}

function isNumber(cell: string, mark: Mark): boolean {
  return readCell(cell, mark) !== undefined || readClock(cell) !== undefined;
}

/**
 * Years, or numbers from one to the next, above columns of decimals: they count the columns. As data they would be whole numbers in the one row where
 * no other is.
 */
function isNumbered(rows: Row[], numeric: boolean[]): boolean {
  const [top, ...below] = rows;
  const columns = numeric.flatMap((is, at) => (is ? [at] : []));
  if (!top || columns.length < 2 || below.length < 3) return false;
  const counted = columns.map((at) => top.cells[at] ?? "");
  const even = counted.every(
    (cell, i) => Number(cell) - Number(counted[0]) === i * (Number(counted[1]) - Number(counted[0])),
  );
  const years = counted.every((cell) => /^(?:1[5-9]|20)\d\d$/.test(cell)) && counted[0] !== counted[1];
  const whole = counted.every((cell) => /^\d+$/.test(cell)) && Number(counted[1]) === Number(counted[0]) + 1;
  const cells = columns
    .flatMap((at) => below.slice(0, 300).map((row) => row.cells[at] ?? ""))
    .filter((cell) => !isGap(cell));
  return even && (years || whole) && cells.filter((cell) => /\d[.,]\d/.test(cell)).length > 0.9 * cells.length;
}

/** A heading may name its unit itself: "temp (°C)", "temp_C", "temp [°C]". */
function withUnit(heading: string, unit: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[°º\s]/g, "");
  const words = heading.split(/[\s_()[\],:]+/).map(plain);
  const whole = /[([]([^()[\]]+)[)\]]$/.exec(heading)?.[1] ?? "";
  if (unit === "" || plain(whole) === plain(unit) || words.slice(1).includes(plain(unit))) return heading;
  return `${heading} (${unit})`.trim();
}

/** Headings with their units, each different from the others. */
function named(headings: string[], units: string[], width: number): (string | undefined)[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, at) => {
    const heading = (headings[at] ?? "").replace(/^[#%]\s*/, "").replace(/\s+/g, " ");
    const unit = units[at] ?? "";
    const whole = withUnit(heading, isGap(unit) ? "" : unit.replace(/^[([]|[)\]]$/g, ""));
    if (whole === "") return undefined;
    const times = (seen.get(whole) ?? 0) + 1;
    seen.set(whole, times);
    return times > 1 ? `${whole} ${times}` : whole;
  });
}
