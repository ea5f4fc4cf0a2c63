/** The losses over the steps, and beside them the score that says most about this model. */
import { html, nothing } from "lit";
import { headlineName } from "../lab/headline.ts";
import type { Store } from "../lab/store.ts";
import type { ChartSpec } from "../views/chart-spec.ts";
import { late } from "./late.ts";
import { headlines } from "./scores.ts";

export interface ChartSpecs {
  loss: ChartSpec;
  score: ChartSpec;
  /** What changes how they are drawn. */
  lossTools: unknown;
  scoreTools: unknown;
  /** A choice in place of the score's name. */
  scoreName: unknown;
}

/** Name of the score that is drawn, or that will be. */
function title(store: Store): string {
  const { text, lang, model } = store;
  return headlines(store)[0]?.label[lang] ?? (model!.density === "none" ? text.scores : headlineName(store));
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
  return html`<figure class="chart"><figcaption title=${text.losses_help}><span>${text.losses}</span>${specs?.lossTools}</figcaption>${chart(store, "loss-chart", specs?.loss)}${note}${ownScale(store)}</figure>`;
}

/** A density's score beside its loss: what a reader brings may be in any unit, and the two then differ by whatever that is. */
function ownScale({ text, model, config, dim }: Store) {
  if (config?.data !== "custom" || model!.density === "none" || dim > 2) return nothing;
  return html`<small data-testid="losses-scale">${text.losses_scale}</small>`;
}

export function scoreChart(store: Store, specs: ChartSpecs | undefined) {
  const { text, model } = store;
  if (!model) return nothing;
  const help = model.density === "none" ? text.kind_samples : text.kind[model.density];
  return html`<figure class="chart"><figcaption title=${help}>${specs?.scoreName || nothing}${specs && specs.scoreName !== nothing ? nothing : html`<span>${title(store)}</span>`}${specs?.scoreTools}</figcaption>${chart(store, "kl-chart", specs?.score)}</figure>`;
}
