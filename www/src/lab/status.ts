/** One sentence or three that say what the picture shows, for those who cannot see it and those who want it in words. */
import { measured, number } from "../i18n/index.ts";
import type { HistoryRow } from "../state/history.ts";
import { headline, headlineName, kindOf } from "./headline.ts";
import type { Store } from "./store.ts";

export function statusLine(store: Store): string {
  const { text, catalogue, config, model, lang, step, trainer } = store;
  if (!catalogue || !config || !model) return text.message.loading;
  // In a sentence the reader's own points are no name.
  const data = config.data === "custom" ? text.status.own : store.dataName;
  if (step === 0) return text.status.data_only(data, pointsOf(store));
  const name = model.label[lang];
  const at = step.toLocaleString("en");
  const parts = [(trainer.playing ? text.status.training : text.status.paused)(name, data, at)];
  const loss = store.report?.losses[0];
  if (loss !== undefined) {
    parts.push(text.status.loss(model.losses[0]!.label[lang], number(loss), trend(store.history.past)));
  }
  const score = headline(store);
  if (score) {
    const amount = measured(score.value, score.stderr);
    parts.push(text.status.score(headlineName(store).replaceAll(" ", "\u00a0"), amount, kindOf(store, score)));
  }
  return parts.join(lang === "zh" ? "" : " ");
}

/** Own points as the reader counts them; of a distribution, which has no number of them, those in the picture. */
function pointsOf({ config, own, data, dim }: Store): number {
  const given = config?.data === "custom" ? own.learned?.columns[0]?.values.length : undefined;
  return given ?? (data?.points.length ?? 0) / dim;
}

/** Compares the last tenth of the run with the tenth before it; what the noise of the batches can explain is no trend. */
function trend(rows: HistoryRow[]): "down" | "up" | "flat" {
  const tenth = Math.max(3, Math.floor(rows.length / 10));
  if (rows.length < 2 * tenth) return "flat";
  const part = (from: number, to: number) => {
    const losses = rows.slice(from, to).map((row) => row.losses[0]!);
    const n = losses.length || 1;
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / n;
    return { mean, variance: losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / n ** 2 };
  };
  const now = part(-tenth, rows.length);
  const before = part(-2 * tenth, -tenth);
  const change = now.mean - before.mean;
  const clear = Math.max(0.003 * Math.abs(before.mean), 3 * Math.sqrt(now.variance + before.variance));
  return change < -clear ? "down" : change > clear ? "up" : "flat";
}
