/** An experiment: what is written down is planned, run, kept and gathered. */
import { MOST_WORKERS, newPool } from "../engine/page-pool.ts";
import { VERSION } from "../engine/source.ts";
import type { Catalogue, Metric } from "../engine/types.ts";
import { type Planned, plan, readSweep } from "../state/sweep.ts";
import { forget, keep, kept, keyOf } from "./keep.ts";
import { type Row, runAll } from "./run.ts";

export interface Progress {
  done: number;
  total: number;
  /** Seconds that the rest will take; NaN before that is known. */
  left: number;
  row: Row | undefined;
  /** All that are done, in the order of the plan. */
  rows: Row[];
}

export interface SweepOptions {
  signal?: AbortSignal;
  /** Runs what was run before, too. */
  anew?: boolean;
  workers?: number;
  progress?(progress: Progress): void;
  named?(metrics: readonly Metric[]): void;
}

/** Rows in the order of the plan, with those of earlier times. Refused with `bad_sweep` before anything runs. */
export async function sweep(
  catalogue: Catalogue,
  asked: Readonly<Record<string, unknown>>,
  options: SweepOptions = {},
): Promise<Row[]> {
  const planned = plan(catalogue, readSweep(catalogue, asked));
  const keys = new Map(planned.map((run) => [keyOf(VERSION, run.key), run]));
  if (options.anew) await forget([...keys.keys()]);
  const rows = new Map((await kept(new Set(keys.keys()))).map((row) => [row.key, row]));
  const missing = planned.filter(({ key }) => !rows.has(key));
  const began = performance.now();
  const tell = (row: Row | undefined) => {
    const fresh = missing.length - (planned.length - rows.size);
    const left = fresh > 0 ? ((performance.now() - began) / 1000 / fresh) * (planned.length - rows.size) : Number.NaN;
    options.progress?.({ done: rows.size, total: planned.length, left, row, rows: inOrder(planned, rows) });
  };
  tell(undefined);
  await runAll(missing, {
    catalogue,
    pool: newPool(),
    workers: options.workers ?? MOST_WORKERS,
    signal: options.signal ?? new AbortController().signal,
    ...(options.named && { named: options.named }),
    finished: (row) => {
      rows.set(row.key, row);
      void keep(VERSION, row);
      tell(row);
    },
  });
  return inOrder(planned, rows);
}

const inOrder = (planned: readonly Planned[], rows: ReadonlyMap<string, Row>) =>
  planned.flatMap(({ key }) => rows.get(key) ?? []);
