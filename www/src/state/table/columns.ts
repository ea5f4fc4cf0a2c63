/** Cells as a column: its kind, its numbers in double precision, its unit, its groups. */
import { isDate, isGap, type Mark, readNumber } from "./number.ts";
import { type Column, type Kind, meet, State, shortened, tally } from "./table.ts";

/** A column is one of numbers where at least this share of its filled cells are. */
const MOSTLY = 0.6;
/** Bars of the small histogram. */
const BARS = 24;
/** More names than this, or names that hardly repeat, name no groups. */
const MOST_GROUPS = 30;
/** Numbers with so few different values may name groups too. */
const FEW_VALUES = 12;
/** Where all values spread this many times as far as the middle 98 %, the histogram shows the middle. */
const TAIL = 5;
/** So many values that rise by even steps are no chance. */
const FEWEST = 5;
const SAMPLES = 4;
const INDEX_NAME =
  /^(?:.*[\s_.-])?(?:id|ids|index|idx|key|code|row|row ?number|nr|no|number|uuid|unnamed.*|编号|序号|学号|号码|行号)\.?$|^#$|^\w+Id$|^\w+ID$/i;
/** Columns by these names are what is meant, even where they count up evenly. */
export const AXIS_NAME = /^[xyuvt]$|^[xyz] ?\d?$|^(?:lon|lat|lng|longitude|latitude)$/i;
const GROUP_NAME =
  /class|species|group|kind|type|label|categor|sex|gender|cluster|target|origin|island|variety|类|组|性别|种|品种|标签/i;

export function makeColumn(
  cells: string[],
  heading: string | undefined,
  place: number,
  mark: Mark,
  lines: Int32Array,
  mostly = MOSTLY,
): Column {
  const n = cells.length;
  const values = new Float64Array(n).fill(Number.NaN);
  const states = new Uint8Array(n);
  const units = new Map<string, number>();
  const gaps = tally();
  const odd = tally();
  const unitOf: string[] = [];
  let dates = 0;
  let numbers = 0;
  for (let i = 0; i < n; i++) {
    const cell = cells[i]!;
    const read = readNumber(cell, mark);
    if (read) {
      values[i] = read.value;
      numbers++;
      if (read.unit !== "") {
        unitOf[i] = read.unit;
        units.set(read.unit, (units.get(read.unit) ?? 0) + 1);
      }
    } else if (isGap(cell)) {
      states[i] = State.gap;
      meet(gaps, cell, lines[i]!);
    } else {
      states[i] = State.odd;
      if (isDate(cell)) dates++;
      meet(odd, cell, lines[i]!);
    }
  }
  const filled = n - gaps.count;
  const [unit, withUnit] = [...units].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
  // 3a, 4b, 5c are codes, not numbers with units.
  const coded = withUnit > 0 && withUnit < MOSTLY * [...units.values()].reduce((sum, count) => sum + count, 0);
  const numeric = numbers > 0 && !coded && numbers >= mostly * filled;
  // A heading's own unit holds for the numbers below, unless most of them name another.
  const inHeading = /[([]([^()[\]]+)[)\]]$/.exec(heading ?? "")?.[1];
  const meant = inHeading !== undefined && 2 * withUnit < numbers ? inHeading : unit;
  if (numeric) {
    for (let i = 0; i < n; i++) {
      if (unitOf[i] === undefined || unitOf[i] === meant) continue;
      values[i] = Number.NaN;
      states[i] = State.otherUnit;
    }
  }
  const name = heading || String(place);
  const column: Column = {
    name,
    named: Boolean(heading),
    kind: "word",
    unit: numeric && meant !== inHeading ? meant : "",
    values,
    states,
    sample: cells.slice(0, SAMPLES).map((cell) => shortened(cell, 14)),
    odd,
    gaps,
    distinct: 0,
    range: [Number.NaN, Number.NaN],
    histogram: [],
    groups: undefined,
  };
  if (!numeric) {
    column.kind = filled === 0 ? "empty" : dates >= MOSTLY * filled ? "date" : "word";
    if (column.kind === "word") column.groups = groupsOf(cells);
    return column;
  }
  measure(column);
  column.kind = kindOf(column);
  if (column.kind === "number" && column.distinct <= FEW_VALUES && GROUP_NAME.test(name))
    column.groups = groupsOf(cells);
  return column;
}

/** Range, number of different values and histogram, from the values in order. */
function measure(column: Column): void {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  column.distinct = distinct;
  column.range = [low, high];
  column.histogram = bars(sorted);
}

/** How many values lie in each of equal parts; far tails are left out, or everything else would stand in one bar. */
function bars(sorted: Float64Array): number[] {
  let [low, high] = [sorted[0]!, sorted.at(-1)!];
  const [from, to] = [sorted[Math.floor(0.01 * sorted.length)]!, sorted[Math.floor(0.99 * sorted.length)]!];
  if (to > from && high / TAIL - low / TAIL > to - from) [low, high] = [from, to];
  const heights = new Array<number>(BARS).fill(0);
  // Divided before they are subtracted: the two ends of all doubles are farther apart than the largest of them.
  const width = high / BARS - low / BARS;
  for (const value of sorted) {
    if (value < low || value > high) continue;
    const bar = width > 0 ? Math.floor(((value / BARS - low / BARS) / width) * BARS) : BARS >> 1;
    heights[Math.min(BARS - 1, bar)]!++;
  }
  return heights;
}

function kindOf({ name, values, distinct }: Column): Kind {
  if (distinct <= 1) return "constant";
  if (AXIS_NAME.test(name)) return "number";
  const present = values.filter((value) => !Number.isNaN(value));
  if (distinct !== present.length || !present.every(Number.isInteger)) return "number";
  if (INDEX_NAME.test(name) || countsUp(present)) return "index";
  return "number";
}

/** Row numbers and years: each the one before and the same whole step more; three in a row may be chance. */
function countsUp(values: Float64Array): boolean {
  const step = values[1]! - values[0]!;
  return values.length >= FEWEST && step > 0 && values.every((value, i) => i === 0 || value - values[i - 1]! === step);
}

function groupsOf(cells: string[]): Column["groups"] {
  const places = new Map<string, number>();
  const counts: number[] = [];
  const of = new Int32Array(cells.length).fill(-1);
  let filled = 0;
  for (const [i, cell] of cells.entries()) {
    if (isGap(cell, "words")) continue;
    let place = places.get(cell);
    if (place === undefined) {
      place = places.size;
      if (place >= MOST_GROUPS) return undefined;
      places.set(cell, place);
      counts.push(0);
    }
    of[i] = place;
    counts[place]!++;
    filled++;
  }
  return places.size > 1 && 2 * places.size <= filled ? { names: [...places.keys()], of, counts } : undefined;
}
