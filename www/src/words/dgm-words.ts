/** `<dgm-words>`: a model that predicts the next character, learning live. */
import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { baseStyles } from "../elements/base-styles.ts";
import { measured } from "../i18n/index.ts";
import type { Lang } from "../state/config.ts";
import type { Bits } from "./contract.ts";
import { SHOWN, WordsLab } from "./lab.ts";
import { likely } from "./likely.ts";
import { passage, SHADES, shadeOfBits, shadesOfLook } from "./passage.ts";
import { wordsStyles } from "./styles.ts";
import { said } from "./text.ts";

/** Most that one press writes. */
const MOST_WRITTEN = 1200;
/** Characters of what came before that are repeated over the bars. */
const RECALLED = 12;

export class DgmWords extends LitElement {
  static override styles = [baseStyles, wordsStyles];
  static override properties: PropertyDeclarations = { lang: {}, text: {}, model: {} };
  declare lang: string;
  /** What it opens with: ids of a text and of a model. */
  declare text: string | undefined;
  declare model: string | undefined;
  readonly lab = new WordsLab(() => this.requestUpdate());
  #own = false;
  #prompt = "";
  #byLook = false;
  #temperature = 0.8;
  #topK = 0;
  #topP = 1;

  override connectedCallback(): void {
    super.connectedCallback();
    const wish = { ...(this.text && { text: this.text }), ...(this.model && { model: this.model }) };
    if (!this.lab.catalogue) void this.lab.open(wish);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lab.close();
  }

  get #lang(): Lang {
    return this.lang === "zh" ? "zh" : "en";
  }

  get #said() {
    return said[this.#lang];
  }

  protected override render() {
    const { lab } = this;
    const text = this.#said;
    return html`<div class="page">
      <div class="bar">
        <h1>${text.title}</h1>
        <nav><a href="./">${text.lab}</a> <a href="lessons/${this.#lang}/autoregressive.html">${text.lesson}</a> <a href="#lang=${this.#lang === "zh" ? "en" : "zh"}" lang=${this.#lang === "zh" ? "en" : "zh-Hans"}>${text.other}</a></nav>
      </div>
      ${lab.error ? html`<p class="error" role="alert">${text.failed[lab.error.code] ?? text.failure(lab.error.message)}</p>` : nothing}
      ${lab.catalogue && lab.applied ? this.#opened() : lab.error ? nothing : html`<p class="quiet">${text.opening}</p>`}
    </div>`;
  }

  #opened() {
    const text = this.#said;
    return html`${this.#controls()} ${this.#own ? this.#ownText() : nothing}
      <div class="columns">
        <div>${this.#passageCard()} ${this.#writeCard()}</div>
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
        </div>
      </div>`;
  }

  #controls() {
    const { lab } = this;
    const text = this.#said;
    const { config, characters, vocabulary } = lab.applied!;
    const lang = this.#lang;
    const chosen = this.#own ? "own-text" : config.text;
    const count = (n: number) => n.toLocaleString("en");
    return html`<div class="bar">
        <button class="main" @click=${() => (lab.playing ? lab.pause() : lab.play())}>
          ${lab.playing ? text.pause : text.play}
        </button>
        <button @click=${() => void lab.reset()}>${text.reset}</button>
        <label>
          ${text.text}
          <select @change=${this.#chooseText}>
            ${lab.catalogue!.passages.map(({ id, label }) => html`<option value=${id} .selected=${id === chosen}>${label[lang]}</option>`)}
            <option value="own-text" .selected=${chosen === "own-text"}>${text.own}</option>
          </select>
        </label>
        <label>
          ${text.model}
          <select @change=${(event: Event) => void lab.configure({ model: (event.target as HTMLSelectElement).value })}>
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
    this.#own = value === "own-text";
    if (!this.#own) void this.lab.configure({ text: value });
    this.requestUpdate();
  };

  #ownText() {
    const text = this.#said;
    const learn = () => void this.lab.setText(this.renderRoot.querySelector<HTMLTextAreaElement>("#own")!.value);
    return html`<section class="card">
      <label for="own">${text.own_help}</label>
      <textarea id="own" rows="5"></textarea>
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
    const label = lab.catalogue!.models.find(({ id }) => id === lab.applied!.config.model)!.label[this.#lang];
    const row = ({ value, stderr }: Bits, name: string, kind: string) =>
      html`<tr class=${kind}><th scope="row">${name}</th><td>${measured(value, stderr)} ${text.unit}</td></tr>`;
    return html`<table class="scores">
      <tbody>
        ${lab.bits ? row(lab.bits, label, "model") : nothing}
        ${lab.floors.map((floor) => row(floor, text.ngram(Number(floor.id.slice(-1))), ""))}
      </tbody>
    </table>`;
  }

  #writeCard() {
    const { lab } = this;
    const text = this.#said;
    const go = () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const taste = { temperature: this.#temperature, top_k: this.#topK, top_p: this.#topP, seed };
      void lab.write(this.#prompt, taste, MOST_WRITTEN);
    };
    const stop = () => {
      lab.writing = false;
    };
    const slider = (
      name: string,
      shown: string,
      value: number,
      [min, max, step]: number[],
      set: (value: number) => void,
    ) =>
      html`<label>${name}
        <input type="range" min=${min} max=${max} step=${step} .value=${String(value)} @input=${(event: Event) => {
          set(Number((event.target as HTMLInputElement).value));
          this.requestUpdate();
        }} />
        ${shown}
      </label>`;
    return html`<section class="card">
      <h2>${text.write}</h2>
      <p class="quiet">${text.write_help}</p>
      <textarea aria-label=${text.prompt} placeholder=${text.prompt} rows="2" .value=${this.#prompt} @input=${(
        event: Event,
      ) => {
        this.#prompt = (event.target as HTMLTextAreaElement).value;
      }}></textarea>
      <div class="bar">
        <button class="main" @click=${lab.writing ? stop : go}>${lab.writing ? text.stop : text.go}</button>
        ${slider(text.temperature, this.#temperature.toFixed(1), this.#temperature, [0, 1.5, 0.1], (value) => {
          this.#temperature = value;
        })}
        ${slider(text.top_k, this.#topK === 0 ? text.all : String(this.#topK), this.#topK, [0, 50, 1], (value) => {
          this.#topK = value;
        })}
        ${slider(text.top_p, this.#topP.toFixed(2), this.#topP, [0.05, 1, 0.05], (value) => {
          this.#topP = value;
        })}
      </div>
      <p class="passage written" aria-live="off">${this.#prompt}<b>${lab.written}</b></p>
    </section>`;
  }
}

customElements.define("dgm-words", DgmWords);
