/** Cells as a column: its kind, its numbers in double precision, its unit, its groups. */
import { readCells } from "./cells.ts";
import { areDays, dayOf } from "./clock.ts";
import { measure } from "./measure.ts";
import { isGap, type Mark } from "./number.ts";
import { refusedOf } from "./refused.ts";
import { type Column, type Kind, State, shortened } from "./table.ts";

/** A column is one of numbers where at least this share of its filled cells are. */
const MOSTLY = 0.6;
/** More names than this, or names that hardly repeat, name no groups. */
const MOST_GROUPS = 30;
/** Numbers with so few different values may name groups too. */
const FEW_VALUES = 12;
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
  const name = heading || String(place);
  const read = readCells(cells, heading ?? "", mark, lines, mostly);
  const { values, states, numbers, unit, withUnit, withAny, unitOf, odd, gaps } = read;
  const filled = cells.length - gaps.count;
  // 3a, 4b, 5c are codes, not numbers with units.
  const coded = withUnit > 0 && withUnit < MOSTLY * withAny;
  const numeric = numbers > 0 && !coded && numbers >= mostly * filled;
  // A heading's own unit holds for the numbers below, unless most of them name another.
  const inHeading = /[([]([^()[\]]+)[)\]]$/.exec(heading ?? "")?.[1];
  const meant = inHeading !== undefined && 2 * withUnit < numbers && !read.times ? inHeading : unit;
  if (numeric) {
    for (const [i, own] of unitOf.entries()) {
      if (own === undefined || own === meant) continue;
      values[i] = Number.NaN;
      states[i] = State.otherUnit;
    }
  }
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
    converted: numeric ? read.converted : undefined,
    refused: undefined,
    codes: [],
    spike: undefined,
  };
  if (!numeric) {
    column.kind = filled === 0 ? "empty" : read.dates >= MOSTLY * filled ? "date" : "word";
    if (column.kind !== "word") return column;
    column.groups = groupsOf(cells);
    column.refused = refusedOf(cells, mark, column.groups !== undefined, coded);
    return column;
  }
  if (column.unit === "" && areDays(values)) asDays(column, cells);
  measure(column);
  column.kind = column.converted?.code === "days" || (read.times && rises(values)) ? "date" : kindOf(column);
  if (column.kind === "number" && column.distinct <= FEW_VALUES && GROUP_NAME.test(name))
    column.groups = groupsOf(cells);
  return column;
}

/** 20240105 as days from the first of the column. */
function asDays(column: Column, cells: string[]): void {
  const { values } = column;
  const days = values.map((value) => dayOf(value) ?? Number.NaN);
  const first = days.reduce(
    (least, day) => (Number.isNaN(day) ? least : Math.min(least, day)),
    Number.POSITIVE_INFINITY,
  );
  for (const [i, day] of days.entries()) values[i] = day - first;
  const at = values.findIndex((value) => value > 0);
  column.unit = "d";
  column.converted = { code: "days", first: [cells[Math.max(0, at)]!], value: values[Math.max(0, at)]! };
}

/** Times that never go back are those at which something was measured. */
function rises(values: Float64Array): boolean {
  const present = values.filter((value) => !Number.isNaN(value));
  return present.length > 2 && present.every((value, i) => i === 0 || value >= present[i - 1]!);
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
