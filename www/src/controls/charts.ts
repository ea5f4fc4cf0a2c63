/** The losses over the steps, and beside them the score that says most about this model. */
import { html, nothing } from "lit";
import { headlineName } from "../lab/headline.ts";
import type { Store } from "../lab/store.ts";
import { robustRange } from "../state/history.ts";
import type { ChartSpec } from "../views/chart.ts";
import { late } from "./late.ts";
import { headlines } from "./scores.ts";

/** More points than a chart has pixels say nothing. */
const POINTS = 300;

export interface ChartSpecs {
  loss: ChartSpec;
  score: ChartSpec;
}

export function chartSpecs(store: Store, dark: boolean): ChartSpecs {
  return { loss: lossSpec(store, dark), score: scoreSpec(store, dark) };
}

function lossSpec(store: Store, dark: boolean): ChartSpec {
  const { model, lang, text, history } = store;
  const columns = history.curves(model!.losses.length, POINTS);
  return {
    labels: model!.losses.map((loss) => loss.label[lang]),
    columns,
    kind: "lines",
    range: robustRange(columns.slice(1)),
    at: history.at,
    dark,
    lang,
    step: text.steps,
    beyond: text.beyond,
  };
}

/** A score with its error as a band, and the floor that a perfect model would reach. */
function scoreSpec(store: Store, dark: boolean): ChartSpec {
  const { text, lang, history } = store;
  const metric = headlines(store)[0];
  const [steps, values, errors, floors] = history.metric(metric?.id ?? "");
  const edge = (sign: number) => values.map((value, i) => value + sign * (errors[i] || 0));
  const unit = metric ? (text.unit[metric.unit] ?? metric.unit) : text.nats;
  return {
    labels: [unit || title(store), text.perfect, "−", "+"],
    columns: [steps, values, floors, edge(-1), edge(1)],
    kind: "score",
    range: withFloor(robustRange([values]), floors.at(-1)),
    at: history.at,
    dark,
    lang,
    step: text.steps,
    beyond: text.beyond,
  };
}

/** Name of the score that is drawn, or that will be. */
function title(store: Store): string {
  const { text, lang, model } = store;
  return headlines(store)[0]?.label[lang] ?? (model!.density === "none" ? text.scores : headlineName(store));
}

/** The distance to the floor is what the curve is about. */
function withFloor(range: [number, number] | undefined, floor: number | undefined): [number, number] | undefined {
  if (!range || floor === undefined || !Number.isFinite(floor)) return range;
  return [Math.min(range[0], floor), Math.max(range[1], floor)];
}

/** Fetched with what it draws; its room is kept for it until then. */
export function chart(store: Store, id: string, spec: ChartSpec | undefined) {
  const empty = html`<dgm-chart data-testid=${id}></dgm-chart>`;
  if (!spec) return empty;
  const drawn = () => html`<dgm-chart data-testid=${id} .spec=${spec}></dgm-chart>`;
  return late(store, "dgm-chart", () => import("../views/chart.ts"), drawn, empty);
}

export function lossChart(store: Store, specs: ChartSpecs | undefined) {
  const { text, model, negative } = store;
  if (!model) return nothing;
  const note = negative === "loss" ? html`<small data-testid="negative">${text.negative}</small>` : nothing;
  return html`<figure class="chart"><figcaption title=${text.losses_help}>${text.losses}</figcaption>${chart(store, "loss-chart", specs?.loss)}${note}</figure>`;
}

export function scoreChart(store: Store, specs: ChartSpecs | undefined) {
  const { text, model } = store;
  if (!model) return nothing;
  const help = model.density === "none" ? text.kind_samples : text.kind[model.density];
  return html`<figure class="chart"><figcaption title=${help}>${title(store)}</figcaption>${chart(store, "kl-chart", specs?.score)}</figure>`;
}
