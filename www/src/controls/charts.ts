/** The losses and the KL over the steps. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import type { ChartSpec } from "../views/chart.ts";
import "../views/chart.ts";

/** More points than a chart has pixels say nothing. */
const POINTS = 300;

export function lossSpec(store: Store, dark: boolean): ChartSpec {
  const { model, lang, text, history } = store;
  return {
    labels: model!.losses.map((loss) => loss.label[lang]),
    columns: history.curves(model!.losses.length, POINTS),
    band: false,
    dark,
    step: text.steps,
  };
}

export function klSpec(store: Store, dark: boolean): ChartSpec {
  const { text, history } = store;
  const [steps, values, errors] = history.metric("kl");
  const edge = (sign: number) => values.map((value, i) => value + sign * errors[i]!);
  return {
    labels: [`KL (${text.nats})`, "−", "+"],
    columns: [steps, values, edge(-1), edge(1)],
    band: true,
    dark,
    step: text.steps,
  };
}

export function charts(store: Store, specs: { loss: ChartSpec; kl: ChartSpec } | undefined) {
  const { text, model } = store;
  if (!model) return nothing;
  return html`
    <figure class="chart"><figcaption>${text.losses}</figcaption><dgm-chart data-testid="loss-chart" .spec=${specs?.loss}></dgm-chart></figure>
    ${
      model.density === "none"
        ? nothing
        : html`<figure class="chart"><figcaption title=${text.kind[model.density]}>${text.kl}</figcaption><dgm-chart data-testid="kl-chart" .spec=${specs?.kl}></dgm-chart></figure>`
    }`;
}
