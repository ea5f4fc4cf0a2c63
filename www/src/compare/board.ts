/** How models side by side lie on the page: what all share beside them, one card each, and what they scored below. */
import { html, type LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { logSwitch, overChoice } from "../controls/chart-tools.ts";
import { chartView } from "../controls/chart-view.ts";
import { chart } from "../controls/charts.ts";
import { dataChooser } from "../controls/data-chooser.ts";
import { diagnosisStrip } from "../controls/diagnosis.ts";
import { layerSwitches } from "../controls/legend.ts";
import { ownPreview } from "../controls/own-data.ts";
import { settingsPanel } from "../controls/params.ts";
import { closer } from "../controls/picture.ts";
import { transport } from "../controls/transport.ts";
import { peakOf } from "../views/shade.ts";
import type { Around } from "./around.ts";
import { card, nameOf } from "./card.ts";
import type { Pace } from "./clock.ts";
import { curveSpec, drawable } from "./curve.ts";
import type { Panels } from "./panels.ts";
import { table } from "./table.ts";
import { fetchWords, wordsIn } from "./words.ts";

/** Levels of fields by the field, so that each is sorted once. */
const peaks = new WeakMap<object, number>();

export class Board {
  readonly #panels: Panels;
  readonly #host: LitElement;
  readonly #leave: (key: number) => void;
  #score = "kl";
  #all = false;

  /** `leave` shows one panel alone. */
  constructor(panels: Panels, host: LitElement, leave: (key: number) => void) {
    this.#panels = panels;
    this.#host = host;
    this.#leave = leave;
  }

  render({ head, dark, lang, wide, charts }: Around) {
    const panels = this.#panels;
    const { lead, list } = panels;
    panels.dress();
    fetchWords(lead.lang, () => this.#host.requestUpdate());
    const whole = lead.controls === "all";
    const hands = lead.controls !== "none";
    const words = wordsIn(lead.lang);
    const scene = { panels, dark, peak: this.#peak(), hands: whole, open: this.#leave };
    return html`
      <div class="lab all compare ${wide ? "wide" : "narrow"} ${whole ? "" : "bare"}" lang=${lang}>
        ${head}
        ${hands ? html`<div class="bar">${transport(lead, { run: panels })}${this.#pace()}${closer(lead, charts)}${whole ? this.#ways() : nothing}</div>` : nothing}
        ${whole ? html`<p class="intro">${words.intro.join(lead.lang === "zh" ? "" : " ")}</p>` : nothing}
        <p class="message" data-testid="message" role="alert" ?hidden=${!lead.message}>${lead.message?.(lead.text) ?? ""}</p>
        ${ownPreview(lead, dark)}
        <section class="cards n${list.length}">${repeat(
          list,
          ({ key }) => key,
          (panel, i) => card(panel, i, scene),
        )}</section>
        ${whole || lead.course.lesson.show.charts ? html`<section class="under">${this.#curve(dark, charts)}${table(panels, this.#all, () => this.#toggle())}</section>` : nothing}
        ${whole ? this.#side(dark, wide) : nothing}
      </div>`;
  }

  #toggle(): void {
    this.#all = !this.#all;
    this.#host.requestUpdate();
  }

  #pace() {
    const { lead, clock } = this.#panels;
    const words = wordsIn(lead.lang);
    const choose = (event: Event) => {
      const pace = (event.target as HTMLSelectElement).value as Pace;
      chartView.setOver(pace, chartView.along);
      this.#panels.pace = pace;
    };
    return html`
      <label class="pace" title=${words.pace_help[clock.pace]}><span>${words.together}</span>
        <select data-testid="pace" @change=${choose}>
          ${(["steps", "seconds"] as const).map((pace) => html`<option value=${pace} ?selected=${pace === clock.pace}>${words.pace[pace]}</option>`)}
        </select>
      </label>`;
  }

  #ways() {
    const panels = this.#panels;
    const words = wordsIn(panels.lead.lang);
    const add = () => void panels.add().catch((error) => panels.failed(error));
    return html`
      <span class="ways">
        <button class="plain" data-testid="add-panel" title=${panels.full ? words.full : words.add_help} ?disabled=${panels.full} @click=${add}>${words.add}</button>
        <button class="plain" data-testid="one-model" title=${words.one_help} @click=${() => this.#leave(panels.chosen.key)}>${words.one}</button>
      </span>`;
  }

  #curve(dark: boolean, charts: boolean) {
    const panels = this.#panels;
    const { lead, list } = panels;
    const words = wordsIn(lead.lang);
    const ids = drawable(panels);
    const score = ids.includes(this.#score) ? this.#score : ids[0];
    const all = list.flatMap(({ store }) => store.metrics);
    const label = (id: string) => all.find((metric) => metric.id === id)!.label[lead.lang];
    const choose = (event: Event) => {
      this.#score = (event.target as HTMLSelectElement).value;
      this.#host.requestUpdate();
    };
    return html`
      <figure class="chart" data-testid="curve">
        <figcaption><span>${words.curve}</span> ${overChoice(lead)}${ids.length > 0 ? html` <select aria-label=${words.score} data-testid="curve-score" @change=${choose}>${ids.map((id) => html`<option value=${id} ?selected=${id === score}>${label(id)}</option>`)}</select>` : nothing}${logSwitch(lead, "score")}</figcaption>
        ${chart(lead, "curve-chart", charts && score ? curveSpec(panels, score, dark) : undefined)}
      </figure>`;
  }

  /** What all learn, and the settings of one. */
  #side(dark: boolean, wide: boolean) {
    const { lead, chosen, list } = this.#panels;
    const words = wordsIn(lead.lang);
    const fold = (id: string, title: string, content: unknown) =>
      wide
        ? html`<section class="panel ${id}"><h2>${title}</h2>${content}</section>`
        : html`<details class="panel ${id}"><summary data-testid="fold-${id}">${title}</summary>${content}</details>`;
    return html`
      <aside class="aside">
        ${fold("data", lead.text.data, dataChooser(lead, dark))}
        ${fold("settings", words.settings(nameOf(chosen, list)), html`${diagnosisStrip(chosen.store)}${settingsPanel(chosen.store)}${layerSwitches(lead)}`)}
      </aside>`;
  }

  /** The middle of the panels' darkest levels: one that is all spikes does not leave the others blank. */
  #peak(): number | undefined {
    const found = this.#panels.list.flatMap(({ store }) => {
      const field = store.look === "density" ? store.frame?.field : undefined;
      if (!field) return [];
      const peak = peaks.get(field) ?? peakOf(field);
      peaks.set(field, peak);
      return Number.isFinite(peak) ? [peak] : [];
    });
    return found.sort((a, b) => a - b)[Math.floor(found.length / 2)];
  }
}
