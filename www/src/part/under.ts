/** Beneath a picture: the curves of a slice, or a digit with its missing half filled in; and always whether that is exact. */
import { css, html, LitElement, nothing } from "lit";
import type { Fill, Slice } from "../engine/types.ts";
import { fixed, number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { DRAWS, type FilledIn, HALVES, type Half, partOf, type SharedPart } from "./shared.ts";
import { type PartWords, partWords } from "./words.ts";
import "./curves.ts";
import "./prints.ts";

export class PartUnder extends LitElement {
  static override properties = {
    store: { attribute: false },
    lead: { attribute: false },
    dark: { attribute: false },
    lang: { attribute: false },
    step: { attribute: false },
  };

  static override styles = css`
    :host {
      display: block;
      margin-top: 6px;
      font-size: 12px;
      container-type: inline-size;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      justify-content: space-between;
    }
    b {
      font-variant-numeric: tabular-nums;
      font-weight: 600;
    }
    small,
    p {
      color: var(--quiet);
      font-size: 11px;
    }
    p {
      margin: 4px 0 0;
      overflow-wrap: anywhere;
    }
    dgm-slice-curves {
      height: 92px;
      margin-top: 4px;
      border-bottom: 1px solid var(--hair);
    }
    .key {
      display: inline-flex;
      gap: 5px;
      align-items: center;
      margin-right: 10px;
    }
    .key i {
      width: 16px;
      border-top: 2px solid var(--samples);
    }
    .key.truth i {
      border-top: 2px dashed var(--data);
    }
    .prints {
      display: grid;
      grid-template-columns: auto auto minmax(0, 1fr);
      gap: 2px 14px;
      align-items: start;
      margin-top: 6px;
    }
    dgm-part-prints {
      height: 52px;
    }
    .one {
      width: 52px;
    }
    .row {
      max-width: ${52 * DRAWS}px;
    }
    .above {
      display: grid;
      grid-template-columns: repeat(${DRAWS}, minmax(0, 1fr));
      max-width: ${52 * DRAWS}px;
      font-variant-numeric: tabular-nums;
      text-align: center;
    }
    @container (max-width: 440px) {
      .prints {
        grid-template-columns: auto minmax(0, 1fr);
      }
      .prints .wide {
        grid-column: 1 / -1;
      }
    }
    select,
    button {
      min-height: 32px;
      padding: 2px 10px;
      border: 1px solid var(--hair);
      border-radius: 8px;
      background: var(--paper);
      color: inherit;
      font: inherit;
    }
    button {
      cursor: pointer;
    }
    :is(select, button):focus-visible {
      outline: 2px solid var(--accent);
    }
    label {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      color: var(--quiet);
    }
    .hands {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      align-items: center;
    }
    @media (pointer: coarse) {
      select,
      button {
        min-height: 44px;
      }
    }
    @media print {
      .hands {
        display: none;
      }
    }
  `;

  declare store: Store;
  declare lead: Store;
  declare dark: boolean;
  /** Other words, or another step of learning, are reasons to be drawn anew. */
  declare lang: string;
  declare step: number;
  readonly #watching = new Watching<SharedPart>(this);

  protected override willUpdate(): void {
    this.#watching.at(partOf(this.lead)).refresh(this.store);
  }

  protected override render() {
    const words = partWords[this.store.lang];
    const seen = this.#watching.now!.seen(this.store);
    if (this.store.dim === 2) return this.#slice(words, seen.slice);
    return this.#digit(words, seen.fill);
  }

  /** Pictures side by side have one set of hands, the first's. */
  get #first(): boolean {
    return this.store === this.lead;
  }

  #slice(words: PartWords, slice: Slice | undefined) {
    const part = this.#watching.now!;
    const { names } = this.store.axes;
    const [given, of] = [names[part.given]!, names[1 - part.given]!];
    const turn = (event: Event) => part.turn(Number((event.target as HTMLSelectElement).value) as 0 | 1);
    const choice = html`
      <label class="hands">${words.which} <select data-testid="slice-given" @change=${turn}>
        ${[0, 1].map((axis) => html`<option value=${axis} ?selected=${axis === part.given}>${words.option(names[1 - axis]!, names[axis]!)}</option>`)}
      </select></label>`;
    const old = !slice || slice.given !== part.given;
    const { x, y } = this.store.box ?? this.store.data!.bounds;
    const shown = old ? nothing : this.#curves(words, slice, part.given === 0 ? y : x, words.curves(of, given));
    return html`
      <div role="group" aria-label=${words.option(of, given)} data-testid="slice-said">
        <div class="head"><b>${words.title(of, given, number(part.at(this.store)))}</b>${this.#first ? choice : nothing}</div>
        ${shown}
        <p>${old ? words.waiting : html`<span data-testid="slice-kind" data-kind=${slice.kind}>${words.slice[slice.kind]}</span> ${this.#kl(words, slice)}`}</p>
      </div>`;
  }

  #curves(words: PartWords, slice: Slice, ends: readonly [number, number], label: string) {
    const model = slice.kind === "none" ? nothing : html`<span class="key"><i></i>${words.model}</span>`;
    const truth = slice.truth ? html`<span class="key truth"><i></i>${words.truth}</span>` : nothing;
    return html`<dgm-slice-curves role="img" aria-label=${label} .shown=${{ slice, ends }} .dark=${this.dark}></dgm-slice-curves><small>${model}${truth}</small>`;
  }

  #kl(words: PartWords, { kl, truth, kind }: Slice) {
    if (kl !== undefined)
      return html`${words.kl}: <b data-testid="slice-kl">${number(kl)}</b> ${words.nats}${this.store.lang === "zh" ? "。" : "."}`;
    return !this.store.truth || truth || kind === "none" ? nothing : words.nothing;
  }

  #digit(words: PartWords, seen: FilledIn | undefined) {
    const part = this.#watching.now!;
    const hide = (event: Event) => part.hide((event.target as HTMLSelectElement).value as Half);
    const hands = html`
      <div class="hands">
        <label>${words.hide} <select data-testid="part-half" @change=${hide}>
          ${HALVES.map((half) => html`<option value=${half} ?selected=${half === part.half}>${words.half[half]}</option>`)}
        </select></label>
        <button data-testid="part-another" @click=${() => part.pick(1)}>${words.another}</button>
        <button data-testid="part-again" @click=${() => part.redraw()}>${words.again}</button>
      </div>`;
    return html`<div role="group" aria-label=${words.missing} data-testid="part-said">${this.#first ? hands : nothing}${seen ? this.#prints(words, seen) : html`<p>${words.waiting}</p>`}</div>`;
  }

  #prints(words: PartWords, { digit, mask, most, filled }: FilledIn) {
    const picture = (show: "all" | "known") =>
      html`<dgm-part-prints class="one" .row=${{ pictures: digit, mask, most, show }} .dark=${this.dark}></dgm-part-prints>`;
    const drawn = filled
      ? html`<dgm-part-prints class="row wide" role="img" aria-label=${words.filled(DRAWS)} data-testid="part-filled" .row=${{ pictures: filled.points, mask, most, show: "filled" }} .dark=${this.dark}></dgm-part-prints>`
      : html`<p class="wide">${words.cannot}</p>`;
    return html`
      <div class="prints">
        <div><small>${words.kept}</small>${picture("all")}</div>
        <div><small>${words.hidden}</small>${picture("known")}</div>
        <div class="wide"><small>${filled ? words.filled(DRAWS) : nothing}</small>${drawn}${filled ? this.#above(words, filled) : nothing}</div>
      </div>
      ${filled ? this.#said(words, filled) : nothing}`;
  }

  /** How much likelier than the true half each draw is. */
  #above(words: PartWords, { logProb, given }: Fill) {
    if (given === undefined || logProb.length === 0) return nothing;
    const each = Array.from(logProb, (log) => log - given);
    return html`<small class="above" title=${words.above}>${each.map((by) => html`<span>${by > 0 ? "+" : ""}${fixed(by, 1)}</span>`)}</small><small>${words.above}</small>`;
  }

  #said(words: PartWords, { way, exact, effective, logProb, given, logConditional }: Fill) {
    const count = given === undefined ? 0 : logProb.filter((log) => log >= given).length;
    return html`<p><span data-testid="part-way" data-exact=${exact}>${words.way[way]}</span>
      ${effective === undefined ? nothing : words.effective(number(effective, 2))}
      ${logConditional === undefined ? nothing : words.half_costs(fixed(-logConditional, 1))}
      ${given === undefined ? nothing : words.likelier(count, logProb.length)}</p>`;
  }
}

customElements.define("dgm-part", PartUnder);
