/** An experiment's rows as a table, and what they say over the seeds. */
import type { Said } from "../state/setting.ts";
import type { Row } from "./run.ts";

/** Scores by which runs are compared first. */
export const FIRST = ["kl", "nll", "mode_kl", "sliced_wasserstein"];

/** One line a run, with every setting in it; every score has its standard error beside it. */
export function columnsOf(rows: readonly Row[]): { fields: string[]; data: (string | number)[][] } {
  const settings = [...new Set(rows.flatMap((row) => Object.keys(row.settings)))];
  const scores = [...new Set(rows.flatMap(({ metrics }) => metrics.map(({ id }) => id)))];
  const fields = [
    "model",
    "data",
    "seed",
    "steps",
    ...settings,
    ...scores.flatMap((id) => [id, `${id}_stderr`]),
    "seconds",
    "error",
  ];
  const data = rows.map((row) => {
    const found = scores.flatMap((id) => {
      const metric = row.metrics.find((candidate) => candidate.id === id);
      return [numeral(metric?.value), numeral(metric?.stderr)];
    });
    const given = settings.map((id) => row.settings[id] ?? "");
    return [row.model, row.data, row.seed, row.steps, ...given, ...found, row.seconds, row.error ?? ""];
  });
  return { fields, data };
}

const numeral = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "" : value);

export interface Group {
  model: string;
  data: string;
  settings: Record<string, Said>;
  median: number;
  low: number;
  high: number;
  /** Runs with this score, and those that have none. */
  count: number;
  failed: number;
}

/** Rows with what is asked of all of them, worked out as they come: a long table comes a piece at a time. */
export class Gathered {
  readonly rows: Row[] = [];
  /** Scores that any row has. */
  readonly scores = new Set<string>();
  /** Rows that only their seeds tell apart. */
  readonly groups = new Map<string, Row[]>();

  constructor(rows: Iterable<Row> = []) {
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    this.rows.push(row);
    for (const { id, value } of row.metrics) if (Number.isFinite(value)) this.scores.add(id);
    const key = JSON.stringify([row.model, row.data, Object.entries(row.settings).sort()]);
    const members = this.groups.get(key);
    if (members) members.push(row);
    else this.groups.set(key, [row]);
  }
}

/** A score's median, least and greatest over the seeds of what is otherwise the same. */
export const grouped = ({ groups }: Gathered, id: string): Group[] =>
  [...groups.values()].map((members) => summaryOf(members, id));

/** The same of any rows; what tells them apart is the first one's. */
export function summaryOf(members: readonly Row[], id: string): Group {
  const { model, data, settings } = members[0]!;
  const values = Float64Array.from(members, ({ metrics }) => scoreIn(metrics, id));
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const failed = members.length - known.length;
  return {
    model,
    data,
    settings,
    median: median(known),
    low: known[0] ?? Number.NaN,
    high: known.at(-1) ?? Number.NaN,
    count: known.length,
    failed,
  };
}

/** Rows of one model have their scores in one order: a loop, since a call for each of many rows is felt. */
function scoreIn(metrics: Row["metrics"], id: string): number {
  for (const metric of metrics) if (metric.id === id) return metric.value;
  return Number.NaN;
}

function median(sorted: Float64Array): number {
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
