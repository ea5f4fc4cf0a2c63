/** What was run, in words that another program reads: every file that leaves the page carries it. */
import type { Store } from "../lab/store.ts";
import type { Score } from "../state/history.ts";
import { plainNumbers } from "../state/plain.ts";
import type { Said } from "../state/setting.ts";
import { writeCsv } from "./csv.ts";

/** Version and commit, written in by the build. */
declare const __BUILD__: string;

export interface About {
  program: string;
  version: string;
  engine: string;
  step: number;
  settings: Record<string, Said>;
}

export function aboutRun(store: Store): About {
  const { backend, adapter } = store.session;
  return {
    program: "DGM Playground",
    version: __BUILD__,
    engine: backend === "webgpu" ? `webgpu (${adapter})` : backend,
    step: store.step,
    settings: store.said,
  };
}

/** The same as lines above a table. */
export function comments({ program, version, engine, step, settings }: About): string[] {
  return [`${program} ${version}, engine ${engine}, step ${step}`, `settings ${JSON.stringify(settings)}`];
}

/** Every logged turn; of each score its value, its error and what a perfect model gets. */
export function historyCsv(store: Store): string {
  const { history, model } = store;
  const losses = model!.losses.map(({ id }) => id);
  const scores = [...new Set(history.rows.flatMap(({ metrics = [] }) => metrics.map(({ id }) => id)))];
  // Of some models one is called as the other: then the loss, which is of the batches, says that it is one.
  const ofLosses = losses.map((id) => (scores.includes(id) ? `loss_${id}` : id));
  const names = ["step", "seconds", ...ofLosses, ...scores.flatMap((id) => [id, `${id}_stderr`, `${id}_floor`])];
  const rows = history.rows.map(({ step, seconds, losses: values, metrics = [] }) => {
    const of = (id: string) => metrics.find((metric) => metric.id === id);
    return [
      step,
      seconds,
      ...losses.map((_, k) => values[k]),
      ...scores.flatMap((id) => [of(id)?.value, of(id)?.stderr, of(id)?.floor]),
    ];
  });
  return writeCsv(comments(aboutRun(store)), names, rows);
}

/** The newest scores. */
export function scoresCsv(store: Store): string {
  const names = ["id", "value", "stderr", "floor", "floor_stderr", "kind", "unit"];
  const rows = store.metrics.map(({ id, value, stderr, floor, floor_stderr, kind, unit }) => {
    return [id, value, stderr, floor, floor_stderr, kind, unit];
  });
  return writeCsv(comments(aboutRun(store)), names, rows);
}

/** Both, and what the losses are called. */
export function runJson(store: Store): string {
  const { history, metrics, model } = store;
  const scores = metrics.map(({ label: _, note: __, ...score }) => score);
  const rows = history.rows.map(({ metrics: measured, ...row }) => ({ ...row, ...(measured && { scores: measured }) }));
  const losses = model!.losses.map(({ id }) => id);
  const all = { ...aboutRun(store), losses, history: rows as (object & { scores?: Score[] })[], scores };
  return `${JSON.stringify(all, plainNumbers, 1)}\n`;
}
