/** One score of all panels in one chart, over steps or over seconds of training. */
import { chartView } from "../controls/chart-view.ts";
import { chartWords } from "../controls/chart-words.ts";
import { robustRange } from "../state/history.ts";
import type { ChartSpec } from "../views/chart-spec.ts";
import { onLog } from "../views/log-axis.ts";
import { palette } from "../views/palette.ts";
import { nameOf } from "./card.ts";
import type { Panels } from "./panels.ts";
import { wordsIn } from "./words.ts";

/** Scores that can be drawn: those that every panel has, else those that any has. */
export function drawable({ list }: Panels): string[] {
  const each = list.map(({ store }) => store.metrics.filter(({ value }) => Number.isFinite(value)).map(({ id }) => id));
  const all = [...new Set(each.flat())];
  const common = all.filter((id) => each.every((ids) => ids.includes(id)));
  return [...common, ...all.filter((id) => !common.includes(id))];
}

export function curveSpec(panels: Panels, id: string, dark: boolean): ChartSpec {
  const { list, lead } = panels;
  const { over, along } = chartView;
  let floor: number | undefined;
  const curves = list.map(({ store }) =>
    store.history.past.flatMap(({ step, seconds, metrics }) => {
      const metric = metrics?.find((metric) => metric.id === id);
      if (!metric || !Number.isFinite(metric.value)) return [];
      floor ??= Number.isFinite(metric.floor) ? metric.floor : undefined;
      return [{ at: over === "steps" ? step : seconds, value: metric.value, error: metric.stderr || 0 }];
    }),
  );
  const places = [...new Set(curves.flat().map(({ at }) => at))].sort((a, b) => a - b);
  // A gap is what uPlot takes a null for.
  const column = (curve: (typeof curves)[number], errors: number) => {
    const values = new Map(curve.map(({ at, value, error }) => [at, value + errors * error]));
    return places.map((at) => values.get(at) ?? null) as number[];
  };
  const columns = curves.map((curve) => column(curve, 0));
  const values = columns.map((values) => values.filter((value) => value !== null));
  const spec: ChartSpec = {
    labels: list.map((panel) => nameOf(panel, list)),
    columns: [places, ...columns],
    edges: curves.map((curve) => [column(curve, -1), column(curve, 1)]),
    ...(floor !== undefined && { floor: places.map(() => floor!) }),
    kind: "lines",
    colours: palette(dark).panels,
    range: robustRange(floor === undefined ? values : [...values, ...values.map(() => floor!).map((value) => [value])]),
    dark,
    lang: lead.lang,
    step: wordsIn(lead.lang).axis[over],
    seconds: over === "seconds",
    along,
    beyond: lead.text.beyond,
  };
  return chartView.isLog("score") ? onLog(spec, chartWords[lead.lang].refused) : spec;
}
