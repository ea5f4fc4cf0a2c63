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

/** Rows kept, as many as the engine keeps: more than a chart has pixels. */
export const MOST = 4096;

export class History {
  rows: HistoryRow[] = [];
  /** The step that it stands at, where it does not stand at its end. */
  at: number | undefined;

  clear(): void {
    this.rows = [];
    this.at = undefined;
  }

  /** Rows until where it stands. */
  get past(): HistoryRow[] {
    return this.at === undefined ? this.rows : this.rows.slice(0, this.#count(this.at));
  }

  /** Time spent on steps until there. */
  get seconds(): number {
    return this.past.at(-1)?.seconds ?? 0;
  }

  /** Stands at `step`: what came later is known until something else comes. */
  stand(step: number): void {
    const count = this.#count(step);
    const [before, after] = [this.rows[count - 1], this.rows[count]];
    this.at = after && step;
    if (!after || step === (before?.step ?? 0)) return;
    // Of a long run that step may lie within what one row stands for.
    const { losses, seconds } = after;
    const share = (step - (before?.step ?? 0)) / (after.step - (before?.step ?? 0));
    const then = (before?.seconds ?? 0) + share * (seconds - (before?.seconds ?? 0));
    this.rows.splice(count, 0, { step, losses, seconds: then });
  }

  #count(step = Number.POSITIVE_INFINITY): number {
    const count = this.rows.findIndex((row) => row.step > step);
    return count < 0 ? this.rows.length : count;
  }

  /** Another past, as the engine tells it. */
  become(rows: HistoryRow[]): void {
    this.rows = rows;
    this.at = undefined;
    while (this.rows.length > MOST) this.#thin();
  }

  add({ step, losses, seconds }: StepReport): void {
    if (this.at !== undefined) this.rewind(this.at);
    this.rows.push({ step, losses: [...losses], seconds: (this.rows.at(-1)?.seconds ?? 0) + seconds });
    if (this.rows.length > MOST) this.#thin();
  }

  /** The scores at `step` stand beside the last turn until then. */
  evaluated(metrics: Metric[], step: number): void {
    const row = this.rows.findLast((row) => row.step <= step);
    if (row) row.metrics = metrics.map(({ id, value, stderr, floor, kind }) => ({ id, value, stderr, floor, kind }));
  }

  /**
   * Neighbours become one as long as they stand for no more than their share of all steps: at most half of the rows are left, and the
   * beginning of a long run is seen as well as its end.
   */
  #thin(): void {
    const share = (4 * this.rows.at(-1)!.step) / MOST;
    const kept: HistoryRow[] = [];
    let start = 0;
    for (const row of this.rows) {
      const last = kept.at(-1);
      if (last && row.step - start <= share) kept[kept.length - 1] = joined(start, last, row);
      else {
        start = last?.step ?? 0;
        kept.push(row);
      }
    }
    this.rows = kept;
  }

  /** After going back to an earlier state, what came later did not happen. */
  rewind(step: number): void {
    this.rows = this.rows.slice(0, this.#count(step));
    this.at = undefined;
  }

  /** Losses for a chart of about `points` points: means over equal stretches, so that noise does not hide the trend. */
  curves(count: number, points: number, over: "steps" | "seconds" = "steps"): number[][] {
    const stride = Math.max(1, Math.ceil(this.rows.length / points));
    const columns: number[][] = Array.from({ length: count + 1 }, () => []);
    // No stretch goes across the place where it stands, which is read out.
    const here = this.#count(this.at);
    for (let start = 0, end = 0; start < this.rows.length; start = end) {
      end = Math.min(start + stride, start < here ? here : this.rows.length);
      const block = this.rows.slice(start, end);
      columns[0]!.push(along(block.at(-1)!, over));
      for (let k = 0; k < count; k++) {
        columns[k + 1]!.push(block.reduce((sum, row) => sum + (row.losses[k] ?? Number.NaN), 0) / block.length);
      }
    }
    return columns;
  }

  /** Steps (or seconds), values, standard errors and floors of one metric. */
  metric(id: string, over: "steps" | "seconds" = "steps"): [number[], number[], number[], number[]] {
    const columns: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const row of this.rows) {
      const metric = row.metrics?.find((candidate) => candidate.id === id);
      if (!metric || !Number.isFinite(metric.value)) continue;
      columns[0].push(along(row, over));
      columns[1].push(metric.value);
      columns[2].push(metric.stderr);
      columns[3].push(metric.floor);
    }
    return columns;
  }
}

function along({ step, seconds }: HistoryRow, over: "steps" | "seconds"): number {
  return over === "steps" ? step : seconds;
}

/** One row in the place of two: means of their losses, weighted by the steps that each stands for, and the later one's scores. */
function joined(start: number, first: HistoryRow, second: HistoryRow): HistoryRow {
  const share = (first.step - start) / (second.step - start || 1);
  const losses = second.losses.map((loss, k) => share * (first.losses[k] ?? loss) + (1 - share) * loss);
  const metrics = second.metrics ?? first.metrics;
  return { step: second.step, losses, seconds: second.seconds, ...(metrics && { metrics }) };
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

/** What was measured last, with the values of the last measurement of that past. */
export function asThen(measured: Metric[], past: HistoryRow[]): Metric[] {
  const scores = past.findLast((row) => row.metrics)?.metrics ?? [];
  return scores.flatMap((score) =>
    measured.filter(({ id }) => id === score.id).map((metric) => ({ ...metric, ...score })),
  );
}
