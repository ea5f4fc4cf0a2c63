/** What an experiment's rows say of a score: a line for each combination, and marks, of which no more than can be told apart are drawn. */
import type { Row } from "./run.ts";
import { type Gathered, type Group, summaryOf } from "./table.ts";
import { inTurns } from "./turns.ts";

export interface Summary {
  lines: Group[];
  marks: Group[];
}

/** Marks that are drawn one by one: more would lie over each other. */
const MOST_MARKS = 400;
/** Places along a setting, where there are more marks. */
const MOST_PLACES = 40;
const FEWEST_PLACES = 4;

/** Worked out in turns for as long as it is `wanted`. */
export async function summarized(
  { groups }: Gathered,
  score: string,
  along: string | undefined,
  wanted: () => boolean,
): Promise<Summary | undefined> {
  const lines: Group[] = [];
  const summed = (into: Group[]) => (members: Row[]) => {
    into.push(summaryOf(members, score));
    return wanted();
  };
  if (!(await inTurns(groups.values(), summed(lines)))) return undefined;
  if (lines.length <= MOST_MARKS) return { lines, marks: lines };
  const placeOf = placesOf(lines, along);
  const joined = new Map<string, Row[]>();
  const join = (members: Row[]) => {
    const { model, data, settings } = members[0]!;
    const value = along === undefined ? undefined : placeOf.get(settings[along]);
    const key = JSON.stringify([model, data, value]);
    const there = joined.get(key);
    // A place has the name of its least value.
    if (!there) joined.set(key, [{ ...members[0]!, settings: along && value !== undefined ? { [along]: value } : {} }]);
    const all = joined.get(key)!;
    for (const row of there ? members : members.slice(1)) all.push(row);
    return wanted();
  };
  if (!(await inTurns(groups.values(), join))) return undefined;
  const marks: Group[] = [];
  return (await inTurns(joined.values(), summed(marks))) ? { lines, marks } : undefined;
}

type Value = Group["settings"][string] | undefined;

/** For each value of a setting the one that stands for it: neighbours are one place where there are many. */
function placesOf(lines: readonly Group[], along = ""): Map<Value, Value> {
  const series = new Set(lines.map(({ model, data }) => JSON.stringify([model, data]))).size;
  const values = [...new Set(lines.flatMap(({ settings }) => settings[along] ?? []))];
  if (values.every((value) => typeof value === "number")) values.sort((a, b) => a - b);
  const places = Math.max(FEWEST_PLACES, Math.min(MOST_PLACES, Math.floor((2 * MOST_MARKS) / series)));
  const width = Math.ceil(values.length / places);
  return new Map(values.map((value, i) => [value, values[i - (i % width)]]));
}
