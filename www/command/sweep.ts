/** An experiment over the cores of this machine, a share of it, or its bookkeeping where something else runs it. */
import { createHash } from "node:crypto";
import { accessSync, readFileSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Catalogue } from "../src/engine/types.ts";
import { plainNumbers } from "../src/state/plain.ts";
import type { Said } from "../src/state/setting.ts";
import { type Planned, readSweep, runsOf, type Sweep, TABLE } from "../src/state/sweep.ts";
import type { Head } from "../src/sweep/record.ts";
import { type Row, runAll } from "../src/sweep/run.ts";
import { Ending, EXIT } from "./exit.ts";
import { rowFrom } from "./lines.ts";
import { Bar, pour, say, tell } from "./say.ts";
import { TableFile } from "./table-file.ts";
import { readTable } from "./table-lines.ts";
import { catalogueOf, type EngineName, engineOf, placeOf, threads } from "./threads.ts";
import type { Words } from "./words.ts";

/** Version and commit, written in by the build. */
declare const __BUILD__: string;

export interface SweepOptions {
  out: string;
  engine: EngineName;
  jobs: number;
  shard?: string;
  with?: string[];
  plan?: boolean;
  collect?: boolean;
  json?: boolean;
}

export async function runSweep(path: string, options: SweepOptions, words: Words): Promise<void> {
  const asked = readFile(path, words);
  const pool = threads(options.jobs, options.engine, words);
  const catalogue = await catalogueOf(pool, words, placeOf(options.engine));
  const sweep = readSweep(catalogue, asked, TABLE);
  const mine = shardOf(options.shard, words);
  const head: Head = { format: 1, program: __BUILD__, engine: engineOf(options.engine), id: idOf(sweep), sweep: asked };
  const own = Object.keys(sweep.settings);
  const planned = () => filtered(runsOf(catalogue, sweep), mine);
  if (options.plan) {
    const done = TableFile.done(options.out, head, own, words);
    return pour(written(filtered(planned(), (run) => !done.has(run))));
  }
  // Before a table is begun that would stand in another one's way.
  for (const path of options.with ?? []) accessSync(path);
  const table = new TableFile(options.out, head, own, words);
  try {
    if (options.with) takeOver(options.with, table, head, sweep, words);
    await work({ sweep, planned, table, catalogue, pool, options, words });
  } finally {
    table.close();
  }
}

interface Work {
  sweep: Sweep;
  planned(): Iterable<Planned>;
  table: TableFile;
  catalogue: Catalogue;
  pool: ReturnType<typeof threads>;
  options: SweepOptions;
  words: Words;
}

async function work({ sweep, planned, table, catalogue, pool, options, words }: Work): Promise<void> {
  const [total, before] = [count(planned()), count(filtered(planned(), (run) => table.has(run)))];
  const began = performance.now();
  const bar = new Bar(words.bar.runs, total - before);
  let done = before;
  const finished = (row: Row) => {
    if (!table.add(row)) return;
    bar.at(++done, row.error ?? "");
  };
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  bar.start(before);
  try {
    if (options.collect) await collect(finished, sweep, engineOf(options.engine), words);
    else {
      const workers = Math.min(options.jobs, total - before);
      const place = placeOf(options.engine);
      const missing = filtered(planned(), (run) => !table.has(run));
      await runAll(missing, { catalogue, pool, workers, place, signal: stop.signal, finished });
    }
  } finally {
    bar.stop();
  }
  const seconds = (performance.now() - began) / 1000;
  const { failed } = table;
  say(words.in_table(done, total, options.out));
  if (options.json)
    say(JSON.stringify({ total, done, fresh: done - before, failed, table: options.out, seconds }, plainNumbers));
  if (stop.signal.aborted) throw new Ending(EXIT.stopped, words.stopped);
  if (failed > 0) throw new Ending(EXIT.failed, words.rows_failed(failed));
}

/** Rows that ran elsewhere, a line each. One that cannot be used is told, and the others are kept. */
async function collect(finished: (row: Row) => void, sweep: Sweep, engine: string, words: Words): Promise<void> {
  const mine = belongsTo(sweep);
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { row, by = engine } = rowFrom(line) ?? {};
    const start = line.slice(0, 60);
    if (!row || !mine(row)) tell(words.no_row(start));
    else if (by !== engine) tell(words.other_row(by, engine, start));
    else finished(row);
  }
}

/** What other tables have of these runs. */
function takeOver(paths: readonly string[], table: TableFile, { engine }: Head, sweep: Sweep, words: Words): void {
  const mine = belongsTo(sweep);
  for (const path of paths) {
    const begin = ({ engine: other }: Head) => {
      if (other !== engine) throw new Ending(EXIT.table, words.other_engine(path, other, engine));
    };
    readTable(path, undefined, words, begin, (cells, columns) => {
      const row = columns.row(cells);
      if (mine(row)) table.add(row);
    });
  }
}

/** Whether a row is one of this experiment's. */
function belongsTo({ models, data, seeds, steps, settings }: Sweep): (row: Row) => boolean {
  const plain = (value: Said) => (Number.isNaN(Number(value)) ? value : Number(value));
  const among = (list: readonly Said[]) => {
    const known = new Set(list.map(plain));
    return (value: Said) => known.has(plain(value));
  };
  const [model, set, seed] = [among(models), among(data), among(seeds)];
  const values = new Map(Object.entries(settings).map(([id, list]) => [id, among(list)]));
  const given = (row: Row) => Object.entries(row.settings).every(([id, value]) => values.get(id)?.(value) ?? false);
  return (row) => model(row.model) && set(row.data) && seed(row.seed) && row.steps === steps && given(row);
}

function readFile(path: string, words: Words): Record<string, unknown> {
  if (statSync(path).isDirectory()) throw new Ending(EXIT.asked, words.is_folder(path));
  try {
    // Some editors begin a text with a mark of its byte order.
    const asked: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
    if (typeof asked === "object" && asked !== null && !Array.isArray(asked)) return asked as Record<string, unknown>;
    throw new Ending(EXIT.asked, words.not_sweep(path, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Ending(EXIT.asked, words.not_sweep(path, error.message));
  }
}

const idOf = (sweep: Sweep) => createHash("sha256").update(JSON.stringify(sweep)).digest("hex").slice(0, 16);

/** "3/40": of forty shares the third. */
function shardOf(text: string | undefined, words: Words): (run: Planned, index: number) => boolean {
  if (text === undefined) return () => true;
  const [share, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (share === undefined || of === undefined || share < 1 || share > of)
    throw new Ending(EXIT.asked, words.not_shard(text));
  return (_, index) => index % of === share - 1;
}

function* filtered<T>(all: Iterable<T>, wanted: (each: T, index: number) => boolean): Generator<T> {
  let index = 0;
  for (const each of all) if (wanted(each, index++)) yield each;
}

function* written(runs: Iterable<Planned>): Generator<string> {
  for (const run of runs) yield JSON.stringify(run);
}

function count(all: Iterable<unknown>): number {
  let found = 0;
  for (const _ of all) found++;
  return found;
}
