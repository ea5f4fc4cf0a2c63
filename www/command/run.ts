/** One run: trained as the page trains it, scored, and taken away. */
import "./dom.ts";
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { headlines, kindText } from "../src/controls/scores.ts";
import { Session } from "../src/engine/session.ts";
import { Trainer } from "../src/engine/trainer.ts";
import type { Metric, StepReport } from "../src/engine/types.ts";
import { measured, number } from "../src/i18n/index.ts";
import { whyText } from "../src/lab/open-engine.ts";
import { Store } from "../src/lab/store.ts";
import { type Lang, strictPatch } from "../src/state/config.ts";
import { plainNumbers } from "../src/state/plain.ts";
import { exported, fileName, KINDS, type Kind } from "../src/take/exports.ts";
import { aboutRun } from "../src/take/run.ts";
import { type Asked, readAsked, wholeSteps } from "./asked.ts";
import { drawing } from "./dom.ts";
import { Ending, EXIT } from "./exit.ts";
import { drawn } from "./picture.ts";
import { Bar, endWhenStopped, say, tell } from "./say.ts";
import { type EngineName, threads } from "./threads.ts";
import type { Words } from "./words.ts";

/** Where nothing is said; as many as an experiment has. */
const STEPS = 1000;

export interface RunOptions {
  engine: EngineName;
  steps?: string;
  out?: string;
  json?: boolean;
  scores: boolean;
}

export async function runOne(what: string, options: RunOptions, words: Words, lang: Lang): Promise<void> {
  const asked = readAsked(what, words);
  if (options.out !== undefined) prepare(options.out, words);
  endWhenStopped(words.stopped_run);
  const steps = options.steps === undefined ? (asked.steps ?? STEPS) : wholeSteps(options.steps, words);
  const bar = new Bar(words.bar.steps, steps);
  const session = new Session(threads(1, options.engine, words));
  const dropped: string[] = [];
  const store = new Store(session, (host) => new Trainer(session, host), {
    changed: () => undefined,
    emit: (name, detail) => {
      const { code, message } = detail as { code?: string; message: string };
      if (name === "step") stepped(store, bar, detail as StepReport);
      else if (name === "warning" && code === "dropped") dropped.push(message);
      else if (name === "warning") tell(message);
    },
  });
  try {
    await store.speak(lang);
    await begin(store, asked, options.engine);
    // A page goes on with what it can use, for there is somebody to see it.
    if (dropped.length > 0) throw new Ending(EXIT.asked, dropped.join(" "));
    bar.start(store.step);
    if (steps > 1) await store.trainer.step(steps - 1);
    // The last step alone: its losses are told.
    if (steps > 0) await store.trainer.step(1);
    bar.stop();
    if (options.scores) await store.trainer.evaluate();
    say(scoreLines(store, words).join("\n"));
    if (options.out !== undefined) await takeAway(store, options.out, words);
    if (options.json) say(json(store));
  } finally {
    bar.stop();
    session.leave();
  }
}

async function begin(store: Store, asked: Asked, engine: EngineName): Promise<void> {
  store.backend = engine;
  await store.start(asked.raw);
  const { catalogue, session } = store;
  if (session.backend !== engine) throw new Ending(EXIT.missing, whyText(store.text, store.engine.why));
  if (asked.settings) {
    const { patch, preset } = strictPatch(catalogue!, store.config!, session.ownDim, asked.settings);
    await store.configure(patch, preset);
  }
  if (asked.snapshot) await store.restore(asked.snapshot);
  tell([session.backend, session.adapter].filter(Boolean).join(": "));
}

function stepped(store: Store, bar: Bar, { step, losses }: StepReport): void {
  const name = store.model!.losses[0]!.id;
  bar.at(step, `${name} ${number(losses[0]!)}`);
}

/** As the page has them: what tells most on top. */
function scoreLines(store: Store, words: Words): string[] {
  const { model, metrics, config, lang } = store;
  const shown = metrics.filter(({ value }) => !Number.isNaN(value));
  const first = headlines(store).filter((metric) => shown.includes(metric));
  const rest = shown.filter((metric) => !first.includes(metric));
  const title = words.title(model!.label[lang], store.dataName, config!.seed, store.step);
  return [title, ...[...first, ...rest].map((metric) => scoreLine(store, metric))];
}

function scoreLine(store: Store, metric: Metric): string {
  const { text, lang } = store;
  const { label, value, stderr, floor, floor_stderr, unit } = metric;
  const amount = `${measured(value, stderr)} ${text.unit[unit] ?? unit}`.trim();
  const perfect = Number.isFinite(floor) ? text.floor(measured(floor, floor_stderr)) : "";
  return `  ${[`${label[lang]}  ${amount}`, perfect, kindText(store, metric)].filter(Boolean).join(" · ")}`;
}

function json(store: Store): string {
  const { said, step, report, metrics } = store;
  const scores = metrics.map(({ label: _, note: __, ...score }) => score);
  const { engine, version } = aboutRun(store);
  return JSON.stringify({ config: said, step, losses: report?.losses ?? [], scores, engine, version }, plainNumbers);
}

/** Before a run that may take hours. */
function prepare(folder: string, words: Words): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTDIR") throw new Ending(EXIT.asked, words.no_folder(folder));
    throw new Ending(EXIT.output, words.no_place(message));
  }
}

/** What the page's own button writes, but for the one kind that needs a library that is not there. */
async function takeAway(store: Store, folder: string, words: Words): Promise<void> {
  const place = await drawn(store);
  const kinds = Object.keys(KINDS) as Kind[];
  if (!drawing) tell(words.no_png);
  for (const kind of kinds) {
    if (kind === "png" && !drawing) continue;
    const blob = await exported(store, place, kind);
    writeFileSync(join(folder, fileName(store, kind)), new Uint8Array(await blob.arrayBuffer()));
  }
  say(words.written(folder));
}
