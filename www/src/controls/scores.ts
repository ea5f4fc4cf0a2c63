/** How good the model is: each score with its error, what a perfect model gets, and what kind of number it is. */
import { html, nothing } from "lit";
import type { Metric } from "../engine/types.ts";
import { measured } from "../i18n/index.ts";
import { headline, headlineName, kindOf } from "../lab/headline.ts";
import { whyText } from "../lab/open-engine.ts";
import type { Store } from "../lab/store.ts";

/** Scores that show most at once, for models with a density and for those without; the first three there are stand on top. */
const FIRST = {
  density: ["kl", "nll", "bits_per_dim", "sliced_wasserstein", "mmd"],
  none: ["modes", "high_quality", "mode_kl", "sliced_wasserstein", "mmd"],
};
const ON_TOP = 3;
/** Scores of the density itself; every other one compares samples with data. */
const OF_DENSITY = /^(kl|nll|bits|reverse_kl|js|ess|log_z|elbo|iw_bound|bound_gap)/;
/** log Z by more than one way: they are to be seen beside each other. */
const LOG_Z = /^log_z/;

export function scores(store: Store) {
  const { text, metrics, model } = store;
  if (!model) return nothing;
  const noDensity = model.density === "none" ? html`<p class="quiet">${text.no_kl}</p>` : nothing;
  // What is not defined here is left out; what is infinite is said.
  const shown = metrics.filter(({ value }) => !Number.isNaN(value));
  if (shown.length === 0) return html`${noDensity}<p class="quiet">${text.not_yet}</p>`;
  const first = headlines(store);
  const rest = shown.filter((metric) => !first.includes(metric));
  const groups = [...new Set(rest.map(({ group }) => group))];
  return html`
    ${noDensity}
    <dl class="scores">${first.map((metric) => row(store, metric))}</dl>
    ${groups.map((group) => {
      const members = rest.filter((metric) => metric.group === group);
      return html`
        <details class="group" data-testid="scores-${group}">
          <summary>${text.metric_group[group]} <small>${members.length}</small></summary>
          <dl class="scores">${logZ(store, members)}${members.filter(({ id }) => !LOG_Z.test(id)).map((metric) => row(store, metric))}</dl>
        </details>`;
    })}`;
}

/** Those that are asked for, as far as they are known. */
export function scoreList(store: Store, ids: readonly string[]) {
  const known = ids.flatMap((id) => store.metrics.filter((metric) => metric.id === id && !Number.isNaN(metric.value)));
  if (known.length === 0) return html`<p class="quiet">${store.text.not_yet}</p>`;
  return html`<dl class="scores">${known.map((metric) => row(store, metric))}</dl>`;
}

/** The scores on top, the best known first. */
export function headlines({ metrics, model }: Store): Metric[] {
  const ids = model?.density === "none" ? FIRST.none : FIRST.density;
  const known = ids.flatMap((id) => metrics.filter((metric) => metric.id === id && !Number.isNaN(metric.value)));
  return (known.length > 0 ? known : metrics).slice(0, ON_TOP);
}

function row(store: Store, metric: Metric) {
  const { text, lang } = store;
  const { id, label, floor, floor_stderr } = metric;
  return html`
    <div title=${kindText(store, metric)}>
      <dt>${label[lang]}</dt>
      <dd data-testid="score-${id}">${amount(store, metric)}</dd>
      ${Number.isFinite(floor) ? html`<dd class="floor">${text.floor(measured(floor, floor_stderr))}</dd>` : nothing}
      ${id === "kl" && store.model?.family === "diffusion" ? html`<dd class="why">${text.of_density}</dd>` : nothing}
      ${metric.kind === "bound" && metric.k ? html`<dd class="why">${text.bound_k(metric.k)}</dd>` : nothing}
      ${id === "nll" && store.negative === "score" ? html`<dd class="why">${belowZero(store)}</dd>` : nothing}
      ${metric.note ? html`<dd class="why">${metric.note[lang]}</dd>` : nothing}
      ${Number.isFinite(metric.value) ? nothing : html`<dd class="why">${text.infinite[id] ?? text.infinite.any}</dd>`}
    </div>`;
}

function logZ(store: Store, members: Metric[]) {
  const both = members.filter(({ id }) => LOG_Z.test(id));
  if (both.length < 2) return both.map((metric) => row(store, metric));
  return html`
    <div class="both">
      ${both.map((metric) => html`<span><dt>${metric.label[store.lang]}</dt><dd data-testid="score-${metric.id}">${amount(store, metric)}</dd></span>`)}
    </div>`;
}

function amount({ text }: Store, { value, stderr, unit }: Metric) {
  return html`${measured(value, stderr)} <small>${text.unit[unit] ?? unit}</small>`;
}

/** What kind of number it is, or what it compares. */
export function kindText(store: Store, metric: Metric): string {
  const { text } = store;
  if (!OF_DENSITY.test(metric.id)) return text.kind_samples;
  const kind = kindOf(store, metric);
  return metric.kind === "bound" && metric.k ? `${kind}${text.comma}${text.bound_k(metric.k)}` : kind;
}

/** The headline with its error and its kind. */
export function klLine(store: Store) {
  const { text, metrics, model } = store;
  if (!model) return nothing;
  const score = headline(store);
  const kind = score && kindText(store, score);
  const missing = metrics.length === 0 ? text.not_yet : text.no_truth;
  return html`
    <div class="kl" data-testid="kl">
      <span>${headlineName(store)}</span>
      ${
        score
          ? html`<b>${measured(score.value, score.stderr)}</b> <span>${text.nats}</span><small title=${kind}>${kind}</small>`
          : html`<b>–</b><small>${model.density === "none" ? text.kind.none : missing}</small>`
      }
      ${score?.id === "nll" && store.controls === "basic" ? belowZero(store) : nothing}
    </div>`;
}

/** Said once, beside the number that first went below zero. */
function belowZero({ text, negative }: Store) {
  return negative ? html`<small class="why" data-testid="negative">${text.negative}</small>` : nothing;
}

export function engineBadge(store: Store) {
  const { text, session } = store;
  const name = session.backend === "webgpu" ? text.webgpu(session.adapter) : text.cpu;
  const why = session.backend ? whyText(text, store.engine.why) : text.message.loading;
  return html`<span class="badge" data-testid="engine" title=${why}><b>${session.backend ? name : text.engine}</b> <small>${why}</small></span>`;
}
