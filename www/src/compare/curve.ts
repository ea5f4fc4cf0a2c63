/** One score of all panels in one chart, over steps or over seconds of training. */
import { robustRange } from "../state/history.ts";
import type { ChartSpec } from "../views/chart.ts";
import { palette } from "../views/palette.ts";
import { nameOf } from "./card.ts";
import type { Pace } from "./clock.ts";
import type { Panels } from "./panels.ts";
import { wordsIn } from "./words.ts";

/** Scores that can be drawn: those that every panel has, else those that any has. */
export function drawable({ list }: Panels): string[] {
  const each = list.map(({ store }) => store.metrics.filter(({ value }) => Number.isFinite(value)).map(({ id }) => id));
  const all = [...new Set(each.flat())];
  const common = all.filter((id) => each.every((ids) => ids.includes(id)));
  return [...common, ...all.filter((id) => !common.includes(id))];
}

export function curveSpec(panels: Panels, id: string, over: Pace, dark: boolean): ChartSpec {
  const { list, lead } = panels;
  const curves = list.map(({ store }) =>
    store.history.past.flatMap(({ step, seconds, metrics }) => {
      const value = metrics?.find((metric) => metric.id === id)?.value;
      return value !== undefined && Number.isFinite(value) ? [{ at: over === "steps" ? step : seconds, value }] : [];
    }),
  );
  const places = [...new Set(curves.flat().map(({ at }) => at))].sort((a, b) => a - b);
  const columns = curves.map((curve) => {
    const values = new Map(curve.map(({ at, value }) => [at, value]));
    return places.map((at) => values.get(at) ?? null);
  });
  return {
    labels: list.map((panel) => nameOf(panel, list)),
    // A gap is what uPlot takes a null for.
    columns: [places, ...columns] as number[][],
    kind: "lines",
    colours: palette(dark).panels,
    range: robustRange(columns.map((column) => column.filter((value) => value !== null))),
    dark,
    lang: lead.lang,
    step: wordsIn(lead.lang).axis[over],
    beyond: lead.text.beyond,
  };
}
