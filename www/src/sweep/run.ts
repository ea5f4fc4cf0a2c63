/** Runs of an experiment in a pool of workers: each worker takes the next one as soon as it is free. */
import { ENGINE_LOST, errorFrom } from "../engine/errors.ts";
import type { EnginePool, Place } from "../engine/pool.ts";
import { CPU, Session } from "../engine/session.ts";
import type { Catalogue, Metric } from "../engine/types.ts";
import { findModel } from "../state/config.ts";
import type { Planned } from "../state/sweep.ts";

/** Steps between two looks at whether to stop: short enough to stop at once, long enough to cost nothing. */
const PORTION = 100;
/** Held-out points behind a score. */
const POINTS = 4000;
/** A run whose worker died is tried again this often. */
const AGAIN = 2;

/** What came of a run: scores, or why there are none. */
export interface Row extends Omit<Planned, "params"> {
  metrics: (Pick<Metric, "id" | "value" | "stderr" | "floor"> & Partial<Pick<Metric, "kind">>)[];
  /** Spent on steps. */
  seconds: number;
  error?: string;
}

export interface Running {
  catalogue: Catalogue;
  pool: EnginePool;
  /** How many run at once. */
  workers: number;
  /** What they run on; the CPU where nothing is said. */
  place?: Place;
  signal: AbortSignal;
  finished(row: Row): void;
  /** Told with each run's scores: these know their names. */
  named?(metrics: readonly Metric[]): void;
}

/** Runs all that is planned, as it comes. Settles when all is done or the signal says stop; a run that was under way then is not counted. */
export async function runAll(planned: Iterable<Planned> | AsyncIterable<Planned>, running: Running): Promise<void> {
  const waiting = Symbol.asyncIterator in planned ? planned[Symbol.asyncIterator]() : planned[Symbol.iterator]();
  const worker = async () => {
    const session = new Session(running.pool);
    let open = false;
    try {
      while (!running.signal.aborted) {
        const next = await waiting.next();
        if (next.done) break;
        // Who finds nothing left to do needs no engine.
        if (!open) await session.open(running.place ?? CPU);
        open = true;
        const row = await attempt(session, next.value, running);
        if (row) running.finished(row);
      }
    } finally {
      session.leave();
    }
  };
  await Promise.all(Array.from({ length: running.workers }, worker));
}

async function attempt(session: Session, planned: Planned, running: Running): Promise<Row | undefined> {
  const { params: _, ...named } = planned;
  for (let tries = 0; ; tries++) {
    try {
      return await one(session, planned, running);
    } catch (error) {
      const failure = errorFrom(error);
      if (failure.code === ENGINE_LOST && tries < AGAIN) continue;
      return { ...named, metrics: [], seconds: 0, error: failure.code };
    }
  }
}

async function one(
  session: Session,
  planned: Planned,
  { catalogue, signal, named: tell }: Running,
): Promise<Row | undefined> {
  const { params, ...named } = planned;
  const { data, model, seed, steps } = planned;
  // A session keeps what it was last told: every setting is said.
  const usual = Object.fromEntries(findModel(catalogue, model)!.params.map((spec) => [spec.id, spec.default]));
  await session.configure({ data, model, seed, params: { ...usual, ...params } });
  await session.reset();
  let seconds = 0;
  for (let done = 0; done < steps; done += PORTION) {
    if (signal.aborted) return undefined;
    seconds += (await session.step(Math.min(PORTION, steps - done))).value.seconds;
  }
  const metrics = await session.ask("evaluate", POINTS);
  if (signal.aborted) return undefined;
  tell?.(metrics);
  return {
    ...named,
    seconds,
    metrics: metrics.map(({ id, value, stderr, floor, kind }) => ({ id, value, stderr, floor, kind })),
  };
}
