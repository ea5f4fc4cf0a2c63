/**
 * `<dgm-bars p="0.9 0.1" q="0.1 0.9" labels="heads tails">`: P and Q over a few outcomes as bars that are dragged, and under each outcome
 * what it adds to the divergence.
 *
 *   KL(P ‖ Q) = Σ P ln(P / Q)      a term may be negative, the sum never is
 */
import { html, nothing, svg } from "lit";
import type { SumResult } from "../engine/contract.ts";
import type { SumDesk } from "../engine/sums.ts";
import { fixed } from "../i18n/index.ts";
import { readShares, withShare } from "../state/shares.ts";
import { linear } from "../views/scale.ts";
import { words } from "./bars-words.ts";
import { Figure } from "./figure.ts";
import { shareKey } from "./keys.ts";

type Which = "p" | "q";

const FIRST = { p: [0.9, 0.1], q: [0.1, 0.9] };
/** Terms beyond these are drawn with a torn edge: a scale that followed them would hide how they grow. In nats. */
const TERMS = [-0.45, 2.4] as const;
/** In pixels: over the bars, between them and the terms, and the least width of an outcome with numbers on its bars. */
const TOP = 18;
const MIDDLE = 50;
const BOTTOM = 16;
const ROOMY = 62;
/** Below this the terms have no room beside each other in their usual size. */
const TIGHT = 46;
/** More would set two outcomes too far apart to be compared. */
const WIDEST = 190;
/** How far beside its bar a finger may be. */
const REACH = 22;
/** Shares that a preset sets. */
const MUCH = 0.9;
const LITTLE = 0.1;

export class Bars extends Figure<SumResult<"explainBars">> {
  static override properties = { p: {}, q: {}, labels: {} };
  declare p: string | undefined;
  declare q: string | undefined;
  declare labels: string | undefined;

  #bars = { ...FIRST };
  /** The outcome that was touched last. */
  #picked = 0;

  get values() {
    return { ...this.answer, ...this.#bars };
  }

  protected override get name(): string {
    return words[this.language].name;
  }

  protected override get outcome(): string {
    return words[this.language].outcome(fixed(this.answer?.kl ?? 0, 2));
  }

  protected override question(desk: SumDesk) {
    return desk.ask("explainBars", this.#bars.p, this.#bars.q);
  }

  protected override read(): void {
    if (!this.p && !this.q) return;
    const given = { p: readShares(this.p ?? ""), q: readShares(this.q ?? "") };
    const count = given.p?.length ?? given.q?.length ?? FIRST.p.length;
    const bars = (which: Which) => {
      // Who is not told begins alike for all, or goes on as it was.
      const goesOn = this.hasUpdated && this.#bars[which].length === count;
      const old = goesOn ? this.#bars[which] : Array.from({ length: count }, () => 1 / count);
      return this.take(which, () => (given[which]?.length === count ? given[which] : undefined), old);
    };
    this.#bars = { p: bars("p"), q: bars("q") };
    this.#picked = Math.min(this.#picked, count - 1);
  }

  #label(i: number): string {
    const given = this.labels?.trim().split(this.labels.includes(",") ? /\s*,\s*/ : /\s+/) ?? [];
    return given[i] || String.fromCharCode(65 + i);
  }

  #set(which: Which, i: number, value: number, like = this.#bars[which]): void {
    this.#picked = i;
    this.#bars = { ...this.#bars, [which]: withShare(like, i, value) };
    this.moved();
  }

  #become(p: number[], q: number[]): void {
    this.#bars = { p, q };
    this.moved();
  }

  protected override content() {
    const text = words[this.language];
    const { p, q } = this.#bars;
    const at = this.#picked;
    const preset = (id: string, name: string, help: string, bars: () => [number[], number[]]) =>
      html`<button class="plain" data-testid="preset-${id}" title=${help} @click=${() => this.#become(...bars())}>${name}</button>`;
    return html`
      <div class="key"><span><i class="p"></i>${text.p}</span><span><i class="q"></i>${text.q}</span></div>
      <div class="picture bars" data-testid="picture">${this.#picture()}</div>
      ${this.#sums()}
      <div class="hands" role="group" aria-label=${text.presets}>
        ${preset("missed", `P = ${MUCH}, Q = ${LITTLE}`, text.missed, () => [withShare(p, at, MUCH), withShare(q, at, LITTLE)])}
        ${preset("exaggerated", `P = ${LITTLE}, Q = ${MUCH}`, text.exaggerated, () => [withShare(p, at, LITTLE), withShare(q, at, MUCH)])}
        ${preset("equal", "P = Q", text.equal, () => [p, p])}
        ${preset("excluded", "Q = 0", text.excluded, () => [p[at] === 0 ? withShare(p, at, 0.5) : p, withShare(q, at, 0)])}
      </div>`;
  }

  /** The sum, large; the term of the outcome that was touched last, written out; and what plain differences would say. */
  #sums() {
    const { answer, language } = this;
    const text = words[language];
    const { p, q } = this.#bars;
    const i = this.#picked;
    const term = answer?.terms[i];
    const shares = `${fixed(p[i]!, 2)} × ln(${fixed(p[i]!, 2)} ÷ ${fixed(q[i]!, 2)})`;
    return html`
      <div class="reading">
        <span class="large">KL(P‖Q) = <output aria-live="off" data-testid="kl">${answer ? fixed(answer.kl, 2) : "…"}</output> <small>${text.nats}</small></span>
        <span data-testid="worked">${this.#label(i)}${text.colon}${shares} = <b>${term === undefined ? "…" : signed(term)}</b></span>
        <small>Σ|P − Q| = <output aria-live="off" data-testid="absolute">${answer ? fixed(2 * answer.total_variation, 2) : "…"}</output>${text.absolute}</small>
      </div>`;
  }

  #picture() {
    const { width, height } = this;
    if (width === 0) return nothing;
    const count = this.#bars.p.length;
    const floor = TOP + 0.52 * (height - TOP - MIDDLE - BOTTOM);
    const up = linear([0, 1], [floor, TOP]);
    const pay = linear(TERMS, [height - BOTTOM, floor + MIDDLE]);
    const slot = Math.min(WIDEST, width / count);
    const left = (width - count * slot) / 2;
    const outcomes = Array.from({ length: count }, (_, i) => this.#outcome(i, left + (i + 0.5) * slot, slot, up, pay));
    return svg`
      <svg viewBox="0 0 ${width} ${height}">
        <path class="base" d="M0 ${floor}H${width}M0 ${pay(0)}H${width}" />
        <text class="quiet" x="0" y=${floor + MIDDLE - 14}>${words[this.language].term}</text>
        ${outcomes}
      </svg>`;
  }

  #outcome(i: number, middle: number, slot: number, up: (value: number) => number, pay: (value: number) => number) {
    const wide = Math.min(46, 0.36 * slot);
    const term = this.answer?.terms[i];
    const picked = i === this.#picked ? "strong" : "";
    return svg`
      ${term === undefined ? nothing : this.#term(term, middle, wide, pay)}
      <text class="middle ${picked}" x=${middle} y=${up(0) + 16}>${this.#label(i)}</text>
      ${this.#number(i, middle, slot, pay)}
      ${this.#bar("p", i, middle - wide - 1, wide, up)}${this.#bar("q", i, middle + 1, wide, up)}`;
  }

  /** Beyond the end of its column. */
  #number(i: number, middle: number, slot: number, pay: (value: number) => number) {
    const term = this.answer?.terms[i];
    if (term === undefined) return nothing;
    const y = pay(Math.min(Math.max(term, TERMS[0]), TERMS[1])) + (term < 0 ? 14 : -5);
    const size = slot < TIGHT ? "tight" : "strong";
    return svg`<text class="middle ${size}" data-testid="term-${i}" x=${middle} y=${y}>${signed(term)}</text>`;
  }

  /** What one outcome adds: upwards it costs, downwards it gives back. */
  #term(term: number, middle: number, wide: number, pay: (value: number) => number) {
    const [zero, end] = [pay(0), pay(Math.min(Math.max(term, TERMS[0]), TERMS[1]))];
    const [left, right] = [middle - wide / 2, middle + wide / 2];
    const torn = term > TERMS[1] ? `L${right} ${end + 5}L${middle} ${end - 3}L${left} ${end + 5}` : `V${end}H${left}`;
    return svg`<path class=${term < 0 ? "gain" : "cost"} d="M${left} ${zero}H${right}${torn}Z" />`;
  }

  #bar(which: Which, i: number, left: number, wide: number, up: (value: number) => number) {
    const value = this.#bars[which][i]!;
    const [top, base] = [up(value), up(0)];
    const roomy = this.width / this.#bars.p.length >= ROOMY;
    const said = fixed(value, 2);
    return svg`
      <g role="slider" tabindex="0" data-testid="${which}-${i}" aria-orientation="vertical" aria-label="${which.toUpperCase()}(${this.#label(i)})"
        aria-valuemin="0" aria-valuemax="1" aria-valuenow=${value} aria-valuetext=${said}
        @keydown=${this.#key(which, i)} @focus=${() => this.#pick(i)}>
        <rect class=${which} x=${left} y=${top} width=${wide} height=${base - top} />
        <path class="grip ${which}" d="M${left} ${top}h${wide}" />
        ${roomy ? svg`<text class="quiet middle" x=${left + wide / 2} y=${top - 7}>${said}</text>` : nothing}
        <rect class="reach" x=${left} y=${Math.min(top, base - REACH) - REACH} width=${wide} height=${Math.max(base - top, REACH) + REACH}
          @pointerdown=${this.#down(which, i)} />
      </g>`;
  }

  #pick(i: number): void {
    this.#picked = i;
    this.requestUpdate();
  }

  #down = (which: Which, i: number) => (event: PointerEvent) => {
    const before = this.#bars;
    const like = before[which];
    const scale = 0.52 * (this.height - TOP - MIDDLE - BOTTOM);
    const begun = this.gesture.begin(event, this.renderRoot.querySelector("svg")!, {
      move: ({ clientY }) => this.#set(which, i, like[i]! + (event.clientY - clientY) / scale, like),
      end: (kept) => kept || this.#become(before.p, before.q),
    });
    if (!begun) return;
    event.preventDefault();
    (event.currentTarget as Element).closest("g")!.focus({ focusVisible: false } as FocusOptions);
    this.#pick(i);
  };

  #key = (which: Which, i: number) => (event: KeyboardEvent) => {
    const value = shareKey(event, this.#bars[which][i]!);
    if (value === undefined) return;
    event.preventDefault();
    this.#set(which, i, value);
  };
}

/** A term with its sign; nothing has none. */
function signed(term: number): string {
  const text = fixed(term, 2);
  return term > 0 && Number(text) !== 0 ? `+${text}` : text;
}

customElements.define("dgm-bars", Bars);
