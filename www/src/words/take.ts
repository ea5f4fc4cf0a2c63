/** What can be taken away of a text that is learned, by its kind. */

import { plainNumbers } from "../state/plain.ts";
import type { Said } from "../state/setting.ts";
import { writeCsv } from "../take/csv.ts";
import { type About, comments } from "../take/run.ts";
import { ENDING, writeSession } from "../take/session-file.ts";
import { unknown } from "./asked.ts";
import type { WordsLab } from "./lab.ts";
import { metricsOf } from "./metrics.ts";

/** Version and commit, written in by the build. */
declare const __BUILD__: string;

const WRITTEN = 1000;

type Settings = Record<string, Said>;

const text = (content: string, type: string) => new Blob([content], { type: `${type};charset=utf-8` });

function about({ step }: WordsLab, settings: Settings): About {
  return { program: "DGM Playground", version: __BUILD__, engine: "cpu", step, settings };
}

function historyCsv(lab: WordsLab, settings: Settings): string {
  const rows = lab.history.map(({ step, seconds, losses }) => [step, seconds, losses[0]]);
  return writeCsv(comments(about(lab, settings)), ["step", "seconds", "nll"], rows);
}

function scoresCsv(lab: WordsLab, settings: Settings): string {
  const rows = metricsOf(lab).map(({ id, value, stderr, kind, unit }) => [id, value, stderr, kind, unit]);
  return writeCsv(comments(about(lab, settings)), ["id", "value", "stderr", "kind", "unit"], rows);
}

function runJson(lab: WordsLab, settings: Settings): string {
  const scores = metricsOf(lab).map(({ id, value, stderr, kind, unit }) => ({ id, value, stderr, kind, unit }));
  const all = { ...about(lab, settings), losses: ["nll"], history: lab.history, scores };
  return `${JSON.stringify(all, plainNumbers, 1)}\n`;
}

/** What each kind is made of, and how a file of it ends. */
export const KINDS: Record<string, { ending: string; make(lab: WordsLab, settings: Settings): Blob | Promise<Blob> }> =
  {
    history: { ending: "-history.csv", make: (...run) => text(historyCsv(...run), "text/csv") },
    scores: { ending: "-scores.csv", make: (...run) => text(scoresCsv(...run), "text/csv") },
    json: { ending: ".json", make: (...run) => text(runJson(...run), "application/json") },
    samples: {
      ending: ".txt",
      make: async (lab) => text(lab.prompt + (await lab.ask("write", lab.prompt, WRITTEN, {})), "text/plain"),
    },
    session: {
      ending: ENDING,
      make: async (lab, settings) => new Blob([writeSession(about(lab, settings), await lab.ask("snapshot"))]),
    },
  };

export async function exported(lab: WordsLab, kind: string, settings: Settings): Promise<Blob> {
  const found = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!found) throw unknown("export", kind, Object.keys(KINDS));
  return found.make(lab, settings);
}
