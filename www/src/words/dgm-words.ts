/** `<dgm-words>`: a model that predicts the next character, learning live; what is in view where a lab learns a text. */
import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { baseStyles } from "../elements/base-styles.ts";
import { settingStyles } from "../elements/setting-styles.ts";
import { SITE } from "../engine/source.ts";
import { measured, strings } from "../i18n/index.ts";
import type { Controls, Lang } from "../state/config.ts";
import { OWN } from "./asked.ts";
import type { Bits } from "./contract.ts";
import { SHOWN, type WordsLab } from "./lab.ts";
import { likely } from "./likely.ts";
import { passage, SHADES, shadeOfBits, shadesOfLook } from "./passage.ts";
import { wordsSettings } from "./settings.ts";
import { shareCard } from "./share.ts";
import { wordsStyles } from "./styles.ts";
import { said } from "./text.ts";
import { type Boldness, writeCard } from "./write.ts";

/** Characters of what came before that are repeated over the bars. */
const RECALLED = 12;

export class DgmWords extends LitElement {
  static override styles = [baseStyles, settingStyles, wordsStyles];
  static override properties: PropertyDeclarations = {
    lang: {},
    controls: {},
    caption: {},
    lab: { attribute: false },
    version: { attribute: false },
    figure: { attribute: false },
  };
  declare lang: Lang;
  declare controls: Controls;
  declare caption: string;
  declare lab: WordsLab;
  /** Another one each time that something in the lab changed. */
  declare version: number;
  /** The element of the contract, whose code can be copied. */
  declare figure: Element;
  #own = false;
  #byLook = false;
  #saidOfShare = "";
  readonly #bold: Boldness = { temperature: 0.8, top_k: 0, top_p: 1 };

  get #said() {
    return said[this.lang];
  }

  protected override render() {
    const { lab, controls } = this;
    const text = this.#said;
    return html`<div class="page" lang=${this.lang === "zh" ? "zh-Hans" : "en"}>
      ${controls === "all" ? this.#header() : nothing}
      ${lab.error ? html`<p class="error" role="alert">${text.failed[lab.error.code] ?? text.failure(lab.error.message)}</p>` : nothing}
      ${lab.passage && lab.applied ? this.#opened() : lab.error ? nothing : html`<p class="quiet">${text.opening}</p>`}
      ${this.caption ? html`<p class="caption" part="caption">${this.caption}</p>` : nothing}
    </div>`;
  }

  #header() {
    const text = this.#said;
    const to = (path: string) => new URL(path, SITE).href;
    return html`<div class="bar">
      <h1>${text.title}</h1>
      <nav>
        <a data-testid="all" href=${to("./")}>${text.lab}</a>
        <a href=${to(`lessons/${this.lang}/autoregressive.html`)}>${text.lesson}</a>
        <slot name="tools"></slot>
      </nav>
    </div>`;
  }

  #opened() {
    const { lab, controls } = this;
    const text = this.#said;
    const changed = () => this.requestUpdate();
    const tell = (said: string) => {
      this.#saidOfShare = said;
      this.requestUpdate();
    };
    return html`${controls === "none" ? nothing : this.#controls()} ${this.#own ? this.#ownText() : nothing}
      <div class="columns">
        <div>${this.#passageCard()} ${controls === "none" ? nothing : writeCard(lab, text, this.#bold, changed)}</div>
        <div>
          <section class="card">
            <h2>${text.next}</h2>
            ${this.#next()}
          </section>
          <section class="card">
            <h2>${text.bits}</h2>
            <p class="quiet">${text.bits_help}</p>
            ${this.#scores()}
          </section>
          ${
            controls === "all"
              ? html`<section class="card"><h2>${strings(this.lang).settings}</h2>${wordsSettings(lab, this.lang)}</section>
                ${shareCard(lab, text, this.figure, this.#saidOfShare, tell)}`
              : nothing
          }
        </div>
      </div>`;
  }

  #controls() {
    const { lab, lang } = this;
    const text = this.#said;
    const { config, characters, vocabulary } = lab.applied!;
    const chosen = this.#own ? OWN : config.text;
    const count = (n: number) => n.toLocaleString("en");
    const model = (event: Event) => lab.try({ model: (event.target as HTMLSelectElement).value });
    return html`<div class="bar">
        <button class="main" data-testid=${lab.playing ? "pause" : "play"} @click=${() => (lab.playing ? lab.pause() : lab.play())}>
          ${lab.playing ? text.pause : text.play}
        </button>
        <button data-testid="step" ?disabled=${lab.playing} @click=${() => lab.guarded(async () => void (await lab.steps(1)))}>${text.step}</button>
        <button data-testid="reset" @click=${() => lab.guarded(() => lab.reset())}>${text.reset}</button>
        <label>
          ${text.text}
          <select data-testid="data" @change=${this.#chooseText}>
            ${lab.catalogue!.passages.map(({ id, label }) => html`<option value=${id} .selected=${id === chosen}>${label[lang]}</option>`)}
            <option value=${OWN} .selected=${chosen === OWN}>${text.own}</option>
          </select>
        </label>
        <label>
          ${text.model}
          <select data-testid="model" @change=${model}>
            ${lab.catalogue!.models.map(
              ({ id, label }) => html`<option value=${id} .selected=${id === config.model}>${label[lang]}</option>`,
            )}
          </select>
        </label>
      </div>
      <p class="quiet" role="status">${text.state(lab.step, count(characters), count(vocabulary))}</p>`;
  }

  readonly #chooseText = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.#own = value === OWN;
    if (!this.#own) this.lab.try({ text: value });
    this.requestUpdate();
  };

  #ownText() {
    const text = this.#said;
    const learn = () =>
      this.lab.guarded(() => this.lab.setText(this.renderRoot.querySelector<HTMLTextAreaElement>("#own")!.value));
    return html`<section class="card">
      <label for="own">${text.own_help}</label>
      <textarea id="own" dir="auto" rows="5"></textarea>
      <div class="bar"><button @click=${learn}>${text.learn_own}</button></div>
    </section>`;
  }

  #passageCard() {
    const { lab } = this;
    const text = this.#said;
    const characters = [...(lab.passage?.text ?? "")];
    const attends = (lab.cursor?.attention.length ?? 0) > 0;
    const shades =
      this.#byLook && attends
        ? shadesOfLook(lab.cursor!.attention, lab.cursorAt, characters.length)
        : Array.from(lab.passage?.bits ?? [], (bits) => shadeOfBits(bits, lab.applied!.vocabulary));
    const steps = Array.from({ length: SHADES }, (_, i) => i);
    const colour = (event: Event) => {
      this.#byLook = (event.target as HTMLSelectElement).value === "attention";
      this.requestUpdate();
    };
    return html`<section class="card">
      <h2>${text.passage}</h2>
      <p class="quiet">${text.passage_help}</p>
      <div @click=${this.#point} @keydown=${this.#move}>
        ${passage(characters, shades, lab.cursorAt, text.passage)}
      </div>
      <div class="bar">
        <button @click=${() => lab.turn(-SHOWN)}>${text.earlier}</button>
        <button @click=${() => lab.turn(SHOWN)}>${text.later}</button>
        ${
          attends
            ? html`<label>${text.colour}
                <select @change=${colour}>
                  <option value="surprise" .selected=${!this.#byLook}>${text.surprise}</option>
                  <option value="attention" .selected=${this.#byLook}>${text.attention}</option>
                </select>
              </label>`
            : nothing
        }
        <span class="key">${text.few} ${steps.map((i) => html`<i class="s${i}"></i>`)} ${text.many}</span>
      </div>
    </section>`;
  }

  readonly #point = (event: Event) => {
    const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at;
    if (at !== undefined) this.lab.point(Math.max(1, Number(at)));
  };

  readonly #move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const most = (this.lab.passage?.bits.length ?? 2) - 1;
    this.lab.point(Math.max(1, Math.min(most, this.lab.cursorAt + by)));
  };

  #next() {
    const { lab } = this;
    const text = this.#said;
    if (!lab.cursor) return nothing;
    const { entropy } = lab.cursor;
    const actual = [...lab.passage!.text][lab.cursorAt];
    const before = [...lab.before].slice(-RECALLED).join("").replaceAll("\n", "↵");
    return html`<p class="quiet">${text.next_help(before)}</p>
      ${likely(lab.cursor, actual, text)}
      <p class="quiet">${text.entropy(entropy.toFixed(1), (2 ** entropy).toFixed(entropy < 3 ? 1 : 0))}</p>`;
  }

  #scores() {
    const { lab } = this;
    const text = this.#said;
    const label = lab.catalogue!.models.find(({ id }) => id === lab.applied!.config.model)!.label[this.lang];
    const row = ({ value, stderr }: Bits, name: string, kind: string) =>
      html`<tr class=${kind}><th scope="row">${name}</th><td>${measured(value, stderr)} ${text.unit}</td></tr>`;
    return html`<table class="scores">
      <tbody>
        ${lab.bits ? row(lab.bits, label, "model") : nothing}
        ${lab.floors.map((floor) => row(floor, text.ngram(Number(floor.id.slice(-1))), ""))}
      </tbody>
    </table>`;
  }
}

customElements.define("dgm-words", DgmWords);
