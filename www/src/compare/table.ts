/** Scores of all panels, one column each: with errors, what a perfect model scores, and who is ahead. */
import { html, nothing } from "lit";
import type { Metric } from "../engine/types.ts";
import { measured, number } from "../i18n/index.ts";
import { nameOf } from "./card.ts";
import type { Panels } from "./panels.ts";
import { ahead } from "./verdict.ts";
import { wordsIn } from "./words.ts";

/** These stand first; the others follow as the core lists them. */
const FIRST = ["kl", "nll", "bits_per_dim", "reverse_kl", "modes", "high_quality", "mode_kl"];

/** `all` shows every score, `toggle` the first ones or all. */
export function table({ list, lead }: Panels, all: boolean, toggle: () => void) {
  const { lang, text } = lead;
  const words = wordsIn(lang);
  const stores = list.map(({ store }) => store);
  const every = rowsOf(stores.map(({ metrics }) => metrics));
  const rows = all ? every : every.filter((row) => FIRST.includes(row.find((metric) => metric)!.id));
  const cost = stores.map(({ step, history }) => [step, history.seconds] as const);
  return html`
    <figure class="versus" data-testid="versus">
      <figcaption title=${words.ahead_help}>${words.table}</figcaption>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.table}>
        <table>
          <thead><tr><th scope="col">${words.score}</th>${list.map((panel, i) => html`<th scope="col"><i class="dot d${i}"></i>${nameOf(panel, list)}</th>`)}<th scope="col">${words.perfect}</th></tr></thead>
          <tbody>
            ${rows.map((row) => scoreRow(row, text.unit, lang))}
            <tr><th scope="row">${words.cost}</th>${cost.map(([step, seconds]) => html`<td>${step > 0 && seconds > 0 ? html`${number((1000 * seconds) / step)} <small>ms</small>` : "–"}</td>`)}<td></td></tr>
            <tr><th scope="row">${words.seconds}</th>${cost.map(([, seconds]) => html`<td>${number(seconds)} <small>s</small></td>`)}<td></td></tr>
            <tr><th scope="row">${words.steps}</th>${cost.map(([step]) => html`<td>${step.toLocaleString("en")}</td>`)}<td></td></tr>
          </tbody>
        </table>
      </div>
      ${every.length > 0 ? html`<button class="plain more" aria-expanded=${all} @click=${toggle} data-testid="all-scores">${all ? words.few_scores : words.all_scores}</button>` : nothing}
      <small>${rows.length > 0 ? words.ahead_help : words.none_yet}</small>
    </figure>`;
}

type Row = readonly (Metric | undefined)[];

function rowsOf(metrics: readonly (readonly Metric[])[]): Row[] {
  const ids = new Set(metrics.flat().map(({ id }) => id));
  const order = [...FIRST.filter((id) => ids.has(id)), ...[...ids].filter((id) => !FIRST.includes(id))];
  const row = (id: string) =>
    metrics.map((own) => own.find((metric) => metric.id === id && !Number.isNaN(metric.value)));
  return order.map(row).filter((found) => found.some((metric) => metric));
}

function scoreRow(row: Row, units: Record<string, string>, lang: "en" | "zh") {
  const words = wordsIn(lang);
  const some = row.find((metric) => metric)!;
  const best = ahead(row);
  const unit = units[some.unit] ?? some.unit;
  const cell = (metric: Metric | undefined, i: number) => {
    if (!metric) return html`<td>–</td>`;
    const value = html`${measured(metric.value, metric.stderr)}${metric.kind === "bound" ? html` <small>${words.bound}</small>` : nothing}`;
    return i === best
      ? html`<td class="ahead" title=${words.ahead}><strong>${value}</strong></td>`
      : html`<td>${value}</td>`;
  };
  const floor = Number.isFinite(some.floor) ? measured(some.floor, some.floor_stderr) : "–";
  return html`<tr data-testid="versus-${some.id}"><th scope="row">${some.label[lang]}${unit ? html` <small>${unit}</small>` : nothing}</th>${row.map(cell)}<td class="floor">${floor}</td></tr>`;
}
