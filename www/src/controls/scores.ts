/** How good the model is: each score with its error, what a perfect model gets, and what kind of number it is. */
import { html, nothing } from "lit";
import { measured, number } from "../i18n/index.ts";
import { whyText } from "../lab/open-engine.ts";
import type { Store } from "../lab/store.ts";

/** Scores of the density; every other one compares samples with data. */
const OF_DENSITY = new Set(["kl", "nll"]);

export function scores(store: Store) {
  const { text, metrics, lang, model } = store;
  if (!model) return nothing;
  const noDensity = model.density === "none" ? html`<p class="quiet">${text.no_kl}</p>` : nothing;
  if (metrics.length === 0) return html`${noDensity}<p class="quiet">${text.not_yet}</p>`;
  return html`
    ${noDensity}
    <dl class="scores">
      ${metrics
        .filter((metric) => Number.isFinite(metric.value))
        .map(
          (metric) => html`
            <div title=${OF_DENSITY.has(metric.id) ? text.kind[metric.kind] : text.kind_samples}>
              <dt>${metric.label[lang]}</dt>
              <dd data-testid="score-${metric.id}">${measured(metric.value, metric.stderr)} <small>${text.unit[metric.unit] ?? metric.unit}</small></dd>
              ${Number.isFinite(metric.floor) ? html`<dd class="floor">${text.floor(number(metric.floor))}</dd>` : nothing}
            </div>`,
        )}
    </dl>`;
}

/** The one number that compares families, wherever there is no room for the rest. */
export function klLine(store: Store) {
  const { text, metrics, model } = store;
  if (!model) return nothing;
  const kl = metrics.find((metric) => metric.id === "kl");
  const shown = kl && Number.isFinite(kl.value) && model.density !== "none";
  return html`
    <div class="kl" data-testid="kl">
      <span>${text.kl}</span>
      ${
        shown
          ? html`<b>${measured(kl.value, kl.stderr)}</b> <span>${text.nats}</span><small>${text.kind[kl.kind]}</small>`
          : html`<b>–</b><small>${model.density === "none" ? text.kind.none : text.not_yet}</small>`
      }
    </div>`;
}

export function engineBadge(store: Store) {
  const { text, session } = store;
  const name = session.backend === "webgpu" ? text.webgpu(session.adapter) : text.cpu;
  const why = session.backend ? whyText(text, store.why) : text.message.loading;
  return html`<span class="badge" data-testid="engine" title=${why}><b>${session.backend ? name : text.engine}</b> <small>${why}</small></span>`;
}
