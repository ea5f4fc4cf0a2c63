/** Which columns to learn: a first guess that avoids row numbers and constants, and what a reader or a script says instead. */
import { LabError } from "../../engine/errors.ts";
import { AXIS_NAME } from "./columns.ts";
import type { Column, Table } from "./table.ts";

/** As many classes as the core keeps apart. */
const MOST_CLASSES = 10;
/** A class of fewer rows might be held out whole. */
const LEAST = 8;

export interface Choice {
  /** One or two places in `Table.columns`: across, and up. */
  learned: number[];
  /** The column that names the group of each row. */
  groups: number | undefined;
  /** Values whose rows are left out, each of a column. */
  without?: Without[];
}

export interface Without {
  column: number;
  value: number;
}

/** The first guess. Never empty: a table has a column with numbers. */
export function choose({ columns }: Table): Choice {
  const of = (kinds: Column["kind"][]) =>
    columns.flatMap((column, at) => (kinds.includes(column.kind) && column.distinct > 0 ? [at] : []));
  const numbers = of(["number"]);
  const named = numbers.filter((at) => AXIS_NAME.test(columns[at]!.name) && columns[at]!.named);
  // Numbers that name groups, or take two values only, are learned when nothing better is left.
  const rich = numbers.filter((at) => !columns[at]!.groups && columns[at]!.distinct > 2);
  let learned =
    named.length > 1
      ? named
      : rich.length > 1 || (rich.length === 1 && numbers.length === 1)
        ? rich
        : rich.length === 1
          ? rich
          : numbers;
  for (const kind of ["date", "index", "constant"] as const) {
    if (learned.length === 0) learned = of([kind]).slice(0, kind === "index" ? 2 : 1);
  }
  learned = learned.slice(0, 2);
  // A map has north at its top.
  const [across, up] = learned.map((at) => columns[at]!.name);
  if (/^lat/i.test(across ?? "") && /^(?:lon|lng)/i.test(up ?? "")) learned.reverse();
  const free = columns.flatMap((column, at) => (column.groups && !learned.includes(at) ? [at] : []));
  return { learned, groups: free.find((at) => columns[at]!.kind === "word") ?? free[0] };
}

/** The columns a script names, by heading or by place counted from 1; refused with the names there are. */
export function chooseNamed(table: Table, names: readonly (string | number)[]): Choice {
  const { columns } = table;
  const known = columns.map(({ name }) => name).join(", ");
  if (names.length < 1 || names.length > 2) {
    throw new LabError("out_of_range", `Name one or two columns, not ${names.length}.`, {
      id: "columns",
      value: names.length,
      min: 1,
      max: 2,
    });
  }
  const learned = names.map((name) => {
    const at = placeOf(columns, name);
    const column = columns[at];
    if (!column || column.distinct === 0) {
      throw new LabError("unknown_id", `There is no column of numbers named "${name}"; known: ${known}.`, {
        what: "column",
        id: String(name),
        known,
      });
    }
    return at;
  });
  if (learned[0] === learned[1]) learned.pop();
  const { groups } = choose(table);
  return { learned, groups: groups !== undefined && learned.includes(groups) ? undefined : groups };
}

function placeOf(columns: Column[], name: string | number): number {
  const byName = columns.findIndex((column) => column.name === String(name));
  return byName >= 0 ? byName : typeof name === "number" ? name - 1 : -1;
}

/** The column of names that a script means; refused with those there are. */
export function groupsNamed({ columns }: Table, name: string | number): number {
  const at = placeOf(columns, name);
  if (columns[at]?.groups) return at;
  const known = columns.flatMap(({ name, groups }) => (groups ? [name] : [])).join(", ");
  const message = `There is no column of few, repeated names called "${name}"; known: ${known}.`;
  throw new LabError("unknown_id", message, { what: "column", id: String(name), known });
}

/** A choice of which the groups can be classes, or that has none. */
export function withClasses(table: Table, choice: Choice): Choice {
  const able = classColumns(table, choice);
  return { ...choice, groups: able.find((at) => at === choice.groups) ?? able[0] };
}

/** Columns whose names can be classes: not too many of them, and none too rare. */
export function classColumns({ columns }: Table, { learned }: Choice): number[] {
  const usable = ({ groups }: Column) =>
    groups && groups.names.length <= MOST_CLASSES && Math.min(...groups.counts) >= LEAST;
  return columns.flatMap((column, at) => (usable(column) && !learned.includes(at) ? [at] : []));
}

/** What pressing a column changes: it is learned or no longer; a third takes the place of the one before the last. */
export function toggled(choice: Choice, at: number): Choice {
  const { learned, groups } = choice;
  if (learned.includes(at))
    return learned.length > 1 ? { ...choice, learned: learned.filter((other) => other !== at) } : choice;
  return { ...choice, learned: [...learned, at].slice(-2), groups: groups === at ? undefined : groups };
}

/** Leaves the rows out that have a value in a column, or takes them in again. */
export function toggledRows(choice: Choice, { column, value }: Without): Choice {
  const { without = [] } = choice;
  const others = without.filter((each) => each.column !== column || each.value !== value);
  return { ...choice, without: others.length < without.length ? others : [...without, { column, value }] };
}
