/** Every logged turn of the training, and every evaluation, since the last reset. */
import type { Metric, StepReport } from "../engine/types.ts";

/** What is kept of a metric: how it is called is in the catalogue and on the page, in the language of the day. */
export type Score = Pick<Metric, "id" | "value" | "stderr" | "floor" | "kind">;

export interface HistoryRow {
  step: number;
  losses: number[];
  /** Time spent on steps since the start. */
  seconds: number;
  metrics?: Score[];
}

/** One row a step would fill the memory overnight: past this many, every other one goes. */
export const MAX_ROWS = 40_000;

export class History {
  rows: HistoryRow[] = [];

  clear(): void {
    this.rows = [];
  }

  /** Another past, as the engine tells it. */
  become(rows: HistoryRow[]): void {
    this.rows = rows;
    while (this.rows.length > MAX_ROWS) this.#thin();
  }

  add({ step, losses, seconds }: StepReport): void {
    if (this.rows.length >= MAX_ROWS) this.#thin();
    this.rows.push({ step, losses: [...losses], seconds: (this.rows.at(-1)?.seconds ?? 0) + seconds });
  }

  evaluated(metrics: Metric[]): void {
    const last = this.rows.at(-1);
    if (last) last.metrics = metrics.map(({ id, value, stderr, floor, kind }) => ({ id, value, stderr, floor, kind }));
  }

  /** Every other row goes, the newest stays. Scores are rare and dear and stay too, unless a good part of the rows has some. */
  #thin(): void {
    const rare = this.rows.filter(({ metrics }) => metrics).length < MAX_ROWS / 4;
    const odd = (this.rows.length - 1) % 2;
    this.rows = this.rows.filter((row, i) => i % 2 === odd || (rare && row.metrics !== undefined));
  }

  /** After going back to an earlier state, what came later did not happen. */
  rewind(step: number): void {
    this.rows = this.rows.filter((row) => row.step <= step);
  }

  /** Losses for a chart of about `points` points: means over equal stretches, so that noise does not hide the trend. */
  curves(count: number, points: number): number[][] {
    const stride = Math.max(1, Math.ceil(this.rows.length / points));
    const columns: number[][] = Array.from({ length: count + 1 }, () => []);
    for (let start = 0; start < this.rows.length; start += stride) {
      const block = this.rows.slice(start, start + stride);
      columns[0]!.push(block.at(-1)!.step);
      for (let k = 0; k < count; k++) {
        columns[k + 1]!.push(block.reduce((sum, row) => sum + (row.losses[k] ?? Number.NaN), 0) / block.length);
      }
    }
    return columns;
  }

  /** Steps, values, standard errors and floors of one metric. */
  metric(id: string): [number[], number[], number[], number[]] {
    const columns: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const row of this.rows) {
      const metric = row.metrics?.find((candidate) => candidate.id === id);
      if (!metric || !Number.isFinite(metric.value)) continue;
      columns[0].push(row.step);
      columns[1].push(metric.value);
      columns[2].push(metric.stderr);
      columns[3].push(metric.floor);
    }
    return columns;
  }
}

/** Share of the values at either end that may lie outside of a robust range, and the room left around the rest, as a share of it. */
const TAIL = 0.04;
const ROOM = 0.5;

/** The range that most values lie in, so that one spike does not flatten the curve; with few values, all of it. */
export function robustRange(columns: number[][]): [number, number] | undefined {
  const values = columns
    .flat()
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const least = values[0];
  const most = values.at(-1);
  if (least === undefined || most === undefined) return undefined;
  const cut = Math.floor(TAIL * values.length);
  const [low, high] = [values[cut] ?? least, values[values.length - 1 - cut] ?? most];
  const room = ROOM * (high - low);
  // Without any spread in the middle there is nothing to protect.
  if (room === 0) return [least, most];
  return [Math.max(least, low - room), Math.min(most, high + room)];
}
