/** The classes under the picture: what each looks like, which are drawn, and which one a model that knows them is asked for. */
import { css, html, LitElement, nothing, svg } from "lit";
import type { Store } from "../lab/store.ts";
import { ALL } from "../state/classes.ts";
import { colourOf, shapeOf } from "../views/class-marks.ts";
import type { Classes } from "../views/plane-stage.ts";
import { classWords, JOINS } from "./class-words.ts";

/** A class as it is drawn. */
export function mark(label: number, dark: boolean) {
  return html`<svg viewBox="-8 -8 16 16" aria-hidden="true">${svg`<path d=${shapeOf(label, 4.6)} fill=${colourOf(label, dark)} />`}</svg>`;
}

export const markStyles = css`
  button {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    font: inherit;
    color: inherit;
    min-height: 26px;
    min-width: 26px;
    justify-content: center;
    padding: 0 7px 0 4px;
    border: 1px solid var(--hair);
    border-radius: 13px;
    background: none;
    cursor: pointer;
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  button svg {
    width: 14px;
    height: 14px;
  }
  @media (pointer: coarse) {
    button {
      min-height: 44px;
      min-width: 44px;
    }
  }
`;

export class ClassKeys extends LitElement {
  static override properties = {
    store: { attribute: false },
    classes: { attribute: false },
    names: { attribute: false },
    language: { attribute: false },
    dark: { attribute: false },
  };
  static override styles = [
    markStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 4px 14px;
        margin-top: 4px;
        font-size: 13px;
        color: var(--quiet);
      }
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
        min-width: 0;
      }
      span {
        margin-right: 2px;
      }
      .word {
        padding: 0 8px;
      }
      p {
        flex-basis: 100%;
        margin: 0;
        text-align: center;
      }
      [aria-pressed="false"] {
        opacity: 0.5;
        text-decoration: line-through;
      }
      [aria-checked="true"] {
        border-color: var(--accent);
        color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
    `,
  ];
  declare store: Store;
  declare classes: Classes;
  declare names: string[];
  declare language: "en" | "zh";
  declare dark: boolean;

  protected override render() {
    const say = classWords[this.language];
    const { hidden } = this.classes;
    return html`
      ${this.#asked()}${this.#joined()}
      <div role="group" aria-label=${say.title} data-testid="classes"><span>${say.title}</span>
        ${this.names.map(
          (
            name,
            label,
          ) => html`<button type="button" data-testid="class-${label}" aria-pressed=${!hidden.has(label)} title=${say.toggle(name)}
            @click=${() => this.store.toggleClass(label)}>${mark(label, this.dark)}${name}</button>`,
        )}
        ${hidden.size > 0 ? html`<button type="button" data-testid="class-all" title=${say.all_help} @click=${() => this.store.showAllClasses()}>${say.all}</button>` : nothing}
      </div>`;
  }

  /** Which class the model is to make, where it has learned them. */
  #asked() {
    const params = this.store.config?.params ?? {};
    if (!params.conditional) return nothing;
    const say = classWords[this.language];
    const condition = params.condition ?? ALL;
    const choices = [ALL, ...this.names.keys()];
    const label = (each: number) => (each === ALL ? say.make_all : html`${mark(each, this.dark)}${this.names[each]}`);
    const choose = (each: number) => this.store.setParam("condition", each);
    return html`
      <div role="radiogroup" aria-label=${say.make} title=${say.make_help} data-testid="condition" @keydown=${this.#arrows}><span>${say.make}</span>
        ${choices.map(
          (
            each,
          ) => html`<button type="button" role="radio" data-testid="condition-${each === ALL ? "all" : each}" aria-checked=${each === condition}
            tabindex=${each === condition ? 0 : -1} @click=${() => choose(each)}>${label(each)}</button>`,
        )}
      </div>`;
  }

  /** How the class that is asked for is joined with another, where the model puts classes together. */
  #joined() {
    const { conditional, condition = ALL, compose = 0, other = 1 } = this.store.config?.params ?? {};
    const { model } = this.store;
    if (!conditional || condition === ALL || !model?.params.some(({ id }) => id === "compose")) return nothing;
    const say = classWords[this.language];
    const join = JOINS[compose]!;
    // Another class than the one asked for, to begin with.
    const choose = (each: number) => {
      if (each > 0 && compose === 0 && other === condition)
        this.store.setParam("other", (condition + 1) % this.names.length);
      this.store.setParam("compose", each);
    };
    const kind = join === "or" ? "mixture" : model.family === "energy" ? "exact" : "near";
    return html`
      <div role="radiogroup" aria-label=${say.join} title=${say.join_help} data-testid="compose" @keydown=${this.#arrows}><span>${say.join}</span>
        ${JOINS.map(
          (
            each,
            k,
          ) => html`<button type="button" role="radio" class="word" data-testid="compose-${each}" aria-checked=${k === compose}
            tabindex=${k === compose ? 0 : -1} @click=${() => choose(k)}>${say.joins[each]}</button>`,
        )}
      </div>
      ${
        join === "off"
          ? nothing
          : html`
      <div role="radiogroup" aria-label=${say.other(say.joins[join])} data-testid="other" @keydown=${this.#arrows}>
        ${this.names.map(
          (
            name,
            each,
          ) => html`<button type="button" role="radio" data-testid="other-${each}" aria-checked=${each === other}
            tabindex=${each === other ? 0 : -1} @click=${() => this.store.setParam("other", each)}>${mark(each, this.dark)}${name}</button>`,
        )}
      </div>
      <p data-testid="joined">${say.joined[kind]}</p>`
      }`;
  }

  /** As in any group of which one is chosen. */
  #arrows = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(event.currentTarget as Element).querySelectorAll("button")];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const next = buttons[(at + step + buttons.length) % buttons.length]!;
    next.focus();
    next.click();
  };
}

customElements.define("dgm-class-keys", ClassKeys);
