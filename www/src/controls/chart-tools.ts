/** What stands beside the name of a chart: its scale, what it is drawn over, which score it shows. */
import { html, nothing } from "lit";
import type { Metric } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { type Chart, chartView, OVER, type Over } from "./chart-view.ts";
import { chartWords } from "./chart-words.ts";

export function logSwitch(store: Store, chart: Chart) {
  const words = chartWords[store.lang];
  const on = chartView.isLog(chart);
  const toggle = () => {
    chartView.setLog(chart, !on);
    store.changed();
  };
  return html`<button class="log" data-testid="log-${chart}" title=${words.log_help} aria-pressed=${on} @click=${toggle}>${words.log}</button>`;
}

export function overChoice(store: Store) {
  const words = chartWords[store.lang];
  const now = `${chartView.over} ${chartView.along}`;
  const choose = (event: Event) => {
    const [over, along] = (event.target as HTMLSelectElement).value.split(" ");
    chartView.setOver(over as Over, along === "true");
    store.changed();
  };
  const option = (over: Over, along: boolean) =>
    html`<option value="${over} ${along}" ?selected=${now === `${over} ${along}`}>${(along ? words.axis_log : words.axis)[over]}</option>`;
  return html`<select class="abscissa" data-testid="over" aria-label=${words.over} title=${words.over} @change=${choose}>${[false, true].map((along) => OVER.map((over) => option(over, along)))}</select>`;
}

/** The name of the score that is drawn, as a choice among all that were measured. */
export function scoreChoice(store: Store, drawn: Metric | undefined) {
  const { metrics, lang } = store;
  const able = metrics.filter(({ value }) => Number.isFinite(value));
  if (!drawn || able.length < 2) return nothing;
  const choose = (event: Event) => {
    chartView.choose((event.target as HTMLSelectElement).value);
    store.changed();
  };
  return html`<select class="drawn" data-testid="score-drawn" aria-label=${chartWords[lang].score} @change=${choose}>${able.map(({ id, label }) => html`<option value=${id} ?selected=${id === drawn.id}>${label[lang]}</option>`)}</select>`;
}
