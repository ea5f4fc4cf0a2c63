/** The cells of a column as numbers in one unit: which are, in what style they were written, what is missing and what is none. */
import { type Clock, inOneUnit, readClock } from "./clock.ts";
import { isDate, isGap, type Mark } from "./number.ts";
import { lettersOf, readCell, scaled } from "./styles.ts";
import { meet, type Note, State, type Tally, tally } from "./table.ts";

export interface CellNumbers {
  /** NaN where there is none, and `State` says why. */
  values: Float64Array;
  states: Uint8Array;
  /** How many are numbers. */
  numbers: number;
  /** How many are days or times that were not made into numbers. */
  dates: number;
  /** Behind most of the numbers that have one, and how many that are, of how many. */
  unit: string;
  withUnit: number;
  withAny: number;
  unitOf: (string | undefined)[];
  /** Whether they are times in one unit. */
  times: boolean;
  converted: Note | undefined;
  odd: Tally;
  gaps: Tally;
}

/** `mostly` is the share from which on times are what a column is of. */
export function readCells(
  cells: string[],
  heading: string,
  mark: Mark,
  lines: Int32Array,
  mostly: number,
): CellNumbers {
  const n = cells.length;
  const read: CellNumbers = {
    values: new Float64Array(n).fill(Number.NaN),
    states: new Uint8Array(n),
    numbers: 0,
    dates: 0,
    unit: "",
    withUnit: 0,
    withAny: 0,
    unitOf: [],
    times: false,
    converted: undefined,
    odd: tally(),
    gaps: tally(),
  };
  const clocks: (Clock | undefined)[] = [];
  for (let i = 0; i < n; i++) {
    const cell = cells[i]!;
    const found = readCell(cell, mark);
    if (found) {
      read.values[i] = found.value;
      read.numbers++;
      if (found.unit !== "") read.unitOf[i] = found.unit;
      if (found.style) read.converted ??= { code: found.style, first: [cell], value: found.value };
    } else if (isGap(cell)) {
      read.states[i] = State.gap;
      meet(read.gaps, cell, lines[i]!);
    } else {
      read.states[i] = State.odd;
      const clock = readClock(cell);
      if (clock) clocks[i] = clock;
      if (clock || isDate(cell)) read.dates++;
      meet(read.odd, cell, lines[i]!);
    }
  }
  const times = clocks.filter(Boolean).length;
  if (times > 0 && times >= mostly * (n - read.gaps.count)) asTimes(read, cells, clocks, heading, lines);
  else asUnits(read, cells, heading);
  return read;
}

/** A column of times has no other numbers. */
function asTimes(
  read: CellNumbers,
  cells: string[],
  clocks: (Clock | undefined)[],
  heading: string,
  lines: Int32Array,
) {
  const { unit, of } = inOneUnit(clocks, heading);
  Object.assign(read, { times: true, dates: 0, numbers: 0, unit, odd: tally(), converted: undefined, unitOf: [] });
  for (const [i, cell] of cells.entries()) {
    if (read.states[i] === State.gap) continue;
    const clock = clocks[i];
    read.values[i] = clock ? of(clock) : Number.NaN;
    read.states[i] = clock ? State.number : State.odd;
    if (!clock) meet(read.odd, cell, lines[i]!);
    else if (read.numbers++ === 0) read.converted = { code: "times", first: [cell], value: read.values[i]!, unit };
  }
}

/** Letters that stand for thousands or for a direction are worked into the numbers; of units the most frequent is the column's. */
function asUnits(read: CellNumbers, cells: string[], heading: string) {
  const units = new Map<string, number>();
  for (const unit of read.unitOf) if (unit !== undefined) units.set(unit, (units.get(unit) ?? 0) + 1);
  const count = [...units.values()].reduce((sum, each) => sum + each, 0);
  const factor = lettersOf(
    [...units.keys()].filter((unit) => unit !== "°"),
    read.numbers - count,
    heading,
  );
  if (factor) {
    for (const [i, unit] of read.unitOf.entries()) {
      if (unit === undefined || unit === "°") continue;
      const times = factor(unit);
      read.values[i] = scaled(read.values[i]!, times);
      delete read.unitOf[i];
      const turned = Math.abs(times) === 1;
      if (!turned || times < 0)
        read.converted ??= { code: turned ? "degrees" : "multiples", first: [cells[i]!], value: read.values[i]! };
    }
    return;
  }
  const [unit, withUnit] = [...units].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
  Object.assign(read, { unit, withUnit, withAny: count });
}
