/** Beneath a picture: what its model says of the point, in numbers with units, and its way to the latents. */
import { css, html, LitElement, nothing } from "lit";
import { number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { probeOf, type Seen, type SharedProbe } from "./shared.ts";
import { placeText, type Row, rows, sentence } from "./values.ts";
import { placeOf } from "./ways.ts";
import { type ProbeWords, probeWords } from "./words.ts";
import "./digit-pad.ts";
import "./print.ts";
import "./way-picture.ts";

/** Who listens hears of a point when it has rested for so long. */
const SPOKEN_MS = 900;
/** Pictures on the way from one pin to the other. */
const STRIP = 7;

export class ProbeUnder extends LitElement {
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
      /* On a small page the stage stays on top, and takes this much of it. */
      scroll-margin: min(62vh, 420px) 0 12px;
    }
    .both {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 4px 12px;
      align-items: start;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 1px 8px;
      margin: 0;
    }
    dt {
      color: var(--quiet);
    }
    dd {
      margin: 0;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    /* In a card there is room for the numbers alone; the words are in their titles. */
    @container (max-width: 440px) {
      .plain {
        display: none;
      }
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
    }
    figure {
      --side: min(176px, 38cqi);
      margin: 0;
      width: var(--side);
    }
    dgm-probe-way {
      width: var(--side);
      height: var(--side);
      border: 1px solid var(--hair);
      border-radius: 8px;
    }
    dgm-print-row {
      height: 44px;
    }
    .prints {
      display: grid;
      grid-template-columns: auto auto minmax(0, 1fr);
      gap: 2px 10px;
      margin-bottom: 6px;
    }
    .prints .one {
      width: 44px;
    }
    .prints .row {
      max-width: 230px;
    }
    .strip {
      max-width: 320px;
      margin-top: 6px;
    }
    button {
      min-height: 32px;
      padding: 2px 10px;
      border: 1px solid var(--hair);
      border-radius: 8px;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
    }
    @media (pointer: coarse) {
      button {
        min-height: 44px;
      }
    }
    .spoken {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  declare store: Store;
  declare lead: Store;
  declare dark: boolean;
  /** Other words, or another step of learning, are reasons to be drawn anew. */
  declare lang: string;
  declare step: number;
  readonly #watching = new Watching<SharedProbe>(this);
  #said = "";
  #saidOf = "";
  #saying = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#saying);
  }

  protected override willUpdate(): void {
    this.#watching.at(probeOf(this.lead));
  }

  /** On a small page the switch is far from it. */
  protected override firstUpdated(): void {
    if (this.store === this.lead) this.scrollIntoView({ block: "nearest" });
  }

  protected override render() {
    const { store, lead } = this;
    const words = probeWords[store.lang];
    const probe = probeOf(lead);
    const seen = probe.seen(store);
    if (!seen) return html`<p>${words.none}</p>`;
    const { at } = seen;
    const found = rows(store, seen.probe, at);
    this.#say(sentence(store, found, at), JSON.stringify([at, probe.pins.length]));
    const pinned = this.#pins(words, seen, probe.pins.length, () => probe.clear());
    return html`
      <div data-testid="probe-values" role="group" aria-label=${words.title}>
        <div class="both">
          <div>
          ${store.dim > 2 ? this.#prints(words, seen) : nothing}
          <dl>
            ${store.dim <= 2 ? html`<dt>${words.row.place}</dt><dd><b data-testid="probe-place">${placeText(store, at)}</b></dd>` : nothing}
            ${found.map((row) => valueRow(row))}
          </dl>
          ${store.dim > 2 ? this.#strip(words, seen) : nothing}
          ${pinned}
          ${store.dim > 2 && store === lead ? this.#pad() : nothing}
          </div>
          ${this.#way(words, seen)}
        </div>
      </div>
      <span class="spoken" aria-live="polite" data-testid="probe-spoken">${store === lead ? this.#said : nothing}</span>`;
  }

  /** What is drawn between two pins, or that there may be some; all pictures have the same pins, and one of them the button. */
  #pins(words: ProbeWords, { way }: Seen, count: number, clear: () => void) {
    const first = this.store === this.lead;
    const joined = way && this.store.dim === 2 ? (way.latents.length > 0 ? words.between : words.apart) : undefined;
    const note = joined ?? (first && count < 2 ? words.hint : undefined);
    const button =
      first && count > 0 ? html`<button data-testid="probe-clear" @click=${clear}>${words.clear}</button>` : nothing;
    return html`${note ? html`<p>${note}</p>` : nothing}${button}`;
  }

  /** The small picture of the latents, or of a conditional. */
  #way(words: ProbeWords, seen: Seen) {
    const { conditional, path } = seen.probe;
    const { names } = this.store.axes;
    const caption = conditional
      ? words.way.conditional(names[conditional.axis]!, names[1 - conditional.axis]!)
      : path.code
        ? words.way.code
        : path.stops[0]?.at === "time"
          ? words.way.time
          : path.stops.length > 0
            ? words.way.layers(path.stops.length - 1)
            : undefined;
    if (!caption) return nothing;
    return html`<figure role="img" aria-label=${caption} data-testid="probe-way"><dgm-probe-way .seen=${seen} .dark=${this.dark}></dgm-probe-way><small>${caption}</small></figure>`;
  }

  /** The picture, what the model restores of it, and the training pictures that are nearest. */
  #prints(words: ProbeWords, { probe, at }: Seen) {
    const { dim, path, nearest } = probe;
    const restored = path.code && path.stops.length > 0 ? placeOf(path, path.stops.length - 1, 0) : undefined;
    const row = (pictures: ArrayLike<number>, ink: "data" | "samples") => ({
      pictures: Float32Array.from(pictures),
      dim,
      most: this.#most,
      ink,
    });
    const near = nearest?.points;
    const [first, second] = nearest?.distances ?? [];
    return html`
      <div class="prints">
        <small>${words.given}</small><small>${restored ? words.rebuilt : nothing}</small>
        <small>${near ? html`${words.nearest}, ${first === 0 ? words.itself(number(second!)) : words.differ(number(first!))}` : nothing}</small>
        <dgm-print-row class="one" data-testid="probe-picture" .row=${row(at, "data")} .dark=${this.dark}></dgm-print-row>
        ${restored ? html`<dgm-print-row class="one" data-testid="probe-restored" .row=${row(restored, "samples")} .dark=${this.dark}></dgm-print-row>` : html`<span></span>`}
        ${near ? html`<dgm-print-row class="row" data-testid="probe-nearest" .row=${row(near, "data")} .dark=${this.dark}></dgm-print-row>` : nothing}
      </div>`;
  }

  #strip(words: ProbeWords, { way }: Seen) {
    const pictures = way?.latentsData;
    if (!pictures || pictures.length === 0) return nothing;
    const some = Array.from(
      { length: STRIP },
      (_, k) => pictures[Math.round((k * (pictures.length - 1)) / (STRIP - 1))]!,
    );
    const row = { pictures: Float32Array.from(some.flat()), dim: this.store.dim, most: this.#most, ink: "samples" };
    return html`<dgm-print-row class="strip" role="img" aria-label=${words.strip} data-testid="probe-strip" .row=${row} .dark=${this.dark}></dgm-print-row><small>${words.strip}</small>`;
  }

  #pad() {
    const { store } = this;
    // Dequantised pictures lie in the middle of their steps.
    const half = store.model?.discrete ? 0 : 0.5;
    const most = this.#most - 2 * half;
    const drawn = ({ detail }: CustomEvent<number[]>) => probeOf(this.lead).pin(detail.map((value) => value + half));
    return html`<dgm-digit-pad .side=${Math.round(Math.sqrt(store.dim))} .most=${most} .lang=${store.lang} .dark=${this.dark} @drawn=${drawn}></dgm-digit-pad>`;
  }

  /** The value of full ink. */
  get #most(): number {
    return this.store.data!.bounds.x[1];
  }

  /** Says it when the point has rested, and once for each point: numbers that change while it learns are not read out. */
  #say(words: string, of: string): void {
    if (of === this.#saidOf) return;
    this.#saidOf = of;
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => {
      this.#said = words;
      this.requestUpdate();
    }, SPOKEN_MS);
  }
}

function valueRow({ id, name, value, unit, plain }: Row) {
  return html`<dt title=${plain}>${name}</dt><dd><b data-testid="probe-${id}">${value}</b>${unit ? html` ${unit}` : nothing} <small class="plain">${plain}</small></dd>`;
}

customElements.define("dgm-probe-values", ProbeUnder);
