/** What the charts show: the losses, and a score with its error and its floor. Fetched with what draws them. */
import type { Metric } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { robustRange } from "../state/history.ts";
import type { ChartSpec } from "../views/chart-spec.ts";
import { onLog } from "../views/log-axis.ts";
import { logSwitch, overChoice, scoreChoice } from "./chart-tools.ts";
import { chartView } from "./chart-view.ts";
import { chartWords } from "./chart-words.ts";
import type { ChartSpecs } from "./charts.ts";
import { headlines } from "./scores.ts";

export { chartView };

/** More points than a chart has pixels say nothing. */
const POINTS = 300;

export function chartSpecs(store: Store, dark: boolean): ChartSpecs {
  const metric = scoreDrawn(store);
  return {
    loss: lossSpec(store, dark),
    score: scoreSpec(store, dark, metric),
    lossTools: [logSwitch(store, "loss"), overChoice(store)],
    scoreTools: [logSwitch(store, "score")],
    scoreName: scoreChoice(store, metric),
  };
}

/** Of the measured ones the chosen score; the one that says most where this model has no such. */
function scoreDrawn(store: Store): Metric | undefined {
  return store.metrics.find(({ id, value }) => id === chartView.score && Number.isFinite(value)) ?? headlines(store)[0];
}

function lossSpec(store: Store, dark: boolean): ChartSpec {
  const { model, lang, history } = store;
  const columns = history.curves(model!.losses.length, POINTS, chartView.over);
  const spec: ChartSpec = {
    ...common(store, dark),
    labels: model!.losses.map((loss) => loss.label[lang]),
    columns,
    kind: "lines",
    range: robustRange(columns.slice(1)),
  };
  return chartView.isLog("loss") ? onLog(spec, chartWords[lang].refused) : spec;
}

/** A score with its error as a band, and the floor that a perfect model would reach. */
function scoreSpec(store: Store, dark: boolean, metric: Metric | undefined): ChartSpec {
  const { text, lang, history } = store;
  const [steps, values, errors, floors] = history.metric(metric?.id ?? "", chartView.over);
  const edge = (sign: number) => values.map((value, i) => value + sign * (errors[i] || 0));
  const unit = metric ? (text.unit[metric.unit] ?? metric.unit) : text.nats;
  const spec: ChartSpec = {
    ...common(store, dark),
    labels: [unit || (metric?.label[lang] ?? ""), text.perfect, "−", "+"],
    columns: [steps, values, floors, edge(-1), edge(1)],
    kind: "score",
    range: withFloor(robustRange([values]), floors.at(-1)),
  };
  return chartView.isLog("score") ? onLog(spec, chartWords[lang].refused) : spec;
}

function common({ history, lang, text }: Store, dark: boolean) {
  const { over, along } = chartView;
  const steps = over === "steps";
  return {
    at: history.at !== undefined && !steps ? history.seconds : history.at,
    dark,
    lang,
    step: steps ? text.steps : chartWords[lang].axis.seconds,
    seconds: !steps,
    along,
    beyond: text.beyond,
  };
}

/** The distance to the floor is what the curve is about. */
function withFloor(range: [number, number] | undefined, floor: number | undefined): [number, number] | undefined {
  if (!range || floor === undefined || !Number.isFinite(floor)) return range;
  return [Math.min(range[0], floor), Math.max(range[1], floor)];
}
