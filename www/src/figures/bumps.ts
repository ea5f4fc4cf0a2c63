/**
 * `<dgm-bumps gap="3" direction="forward">`: one Gaussian Q fitted to P, two bumps of width ½ that are dragged apart and made heavier or
 * lighter, by either direction of the divergence.
 *
 *   forward   least KL(P ‖ Q)   Q has to be wherever P is: it covers
 *   reverse   least KL(Q ‖ P)   Q must not be where P is not: it seeks one bump
 */
import { html, nothing, svg } from "lit";
import type { SumResult } from "../engine/contract.ts";
import type { SumDesk } from "../engine/sums.ts";
import { fixed } from "../i18n/index.ts";
import { numberIn, stepsOf } from "../state/numbers.ts";
import { linear } from "../views/scale.ts";
import { ticksOf } from "../views/ticks.ts";
import { type Direction, words } from "./bumps-words.ts";
import { Figure } from "./figure.ts";
import { knob } from "./knob.ts";
import { type Gaussian, graph, peakOf, shapeOf } from "./shapes.ts";

type Fits = SumResult<"explainBumps">;

const DIRECTIONS = ["forward", "reverse", "both"] as const satisfies Direction[];
const GAP = { min: 0, max: 8 };
const SHARE = { min: 0.05, max: 0.95 };
/** What hand and keys stand on. */
const GAPS = stepsOf(GAP, 0.1);
const SHARES = stepsOf(SHARE, 0.01);
/** Of both bumps. */
const WIDTH = 0.5;
/** What is shown, whatever is dragged: pictures that hold still can be compared. */
const X = [-6, 6] as const;
const HIGHEST = 0.86;
/** A fit this much narrower than the one that covers keeps to a bump. */
const NARROW = 0.75;
/** In pixels: over the curves, and for the axis under them. */
const TOP = 14;
const AXIS = 20;
const REACH = 24;

export class Bumps extends Figure<Fits> {
  static override properties = { gap: {}, share: {}, direction: {} };
  declare gap: string | undefined;
  declare share: string | undefined;
  declare direction: string | undefined;

  #gap = 3;
  #share = 0.5;
  #direction: Direction = "forward";

  get values() {
    return { gap: this.#gap, share: this.#share, direction: this.#direction, ...this.answer };
  }

  protected override get name(): string {
    return words[this.language].name;
  }

  protected override get outcome(): string {
    const { answer } = this;
    if (!answer) return "";
    const said = words[this.language].outcome;
    const told = { forward: answer.forward, reverse: answer.reverse[0]! };
    return this.#shown
      .map((way) => said(way, fixed(told[way].fit.mean, 2), fixed(told[way].fit.deviation, 2)))
      .join(" ");
  }

  protected override question(desk: SumDesk) {
    const [left, right] = this.#bumps;
    return desk.ask("explainBumps", [left.mean, right.mean], [left.deviation, right.deviation], this.#share);
  }

  protected override read(): void {
    this.#gap = this.take("gap", numberIn(GAP), this.#gap);
    this.#share = this.take("share", numberIn(SHARE), this.#share);
    this.#direction = this.take("direction", (text) => DIRECTIONS.find((known) => known === text), this.#direction);
  }

  get #bumps(): [Gaussian, Gaussian] {
    return [-1, 1].map((side) => ({ mean: (side * this.#gap) / 2, deviation: WIDTH })) as [Gaussian, Gaussian];
  }

  /** Of each bump, as heavy as it is. */
  get #weights(): [number, number] {
    return [this.#share, 1 - this.#share];
  }

  get #shown(): ("forward" | "reverse")[] {
    return this.#direction === "both" ? ["forward", "reverse"] : [this.#direction];
  }

  #set(gap: number, share: number): void {
    this.#gap = Math.round(10 * Math.min(GAP.max, Math.max(GAP.min, gap))) / 10;
    this.#share = Math.round(100 * Math.min(SHARE.max, Math.max(SHARE.min, share))) / 100;
    this.moved();
  }

  protected override content() {
    const { language } = this;
    const text = words[language];
    const way = (direction: Direction) => html`
      <button data-testid="direction-${direction}" aria-pressed=${this.#direction === direction} title=${text.help[direction]}
        @click=${() => {
          this.#direction = direction;
          this.moved();
        }}>${text.direction[direction]}</button>`;
    return html`
      <div class="hands"><span class="switch" role="group" aria-label=${text.directions}>${DIRECTIONS.map(way)}</span></div>
      <div class="picture bumps" data-testid="picture">${this.#picture()}</div>
      <div class="key">
        <span><i class="p"></i>${text.p}</span>
        ${this.#shown.map((way) => html`<span><i class=${way}></i>${text.q[way]}</span>`)}
      </div>
      ${this.#table()}
      <p class="tell" data-testid="tell">${this.#sentence()}</p>
      <div class="hands">
        ${knob("gap", text.gap, GAPS, this.#gap, (value) => this.#set(value, this.#share))}
        ${knob("share", text.share, SHARES, this.#share, (value) => this.#set(this.#gap, value))}
      </div>`;
  }

  #sentence(): string {
    const { answer } = this;
    const text = words[this.language];
    const direction = this.#direction;
    if (!answer || direction === "forward") return text.tell.forward;
    const { reverse, forward } = answer;
    // Where the bumps are near, one Gaussian over both is the best by either measure.
    if (reverse[0]!.fit.deviation > NARROW * forward.fit.deviation) return text.tell.near;
    return `${text.tell[direction]}${reverse.length > 1 ? text.tell.valleys : ""}`;
  }

  /** Each fit is the best by its own measure, and the other one is better by the other. */
  #table() {
    const { answer, language } = this;
    const text = words[language];
    const row = (way: "forward" | "reverse") => {
      const fit = way === "forward" ? answer?.forward : answer?.reverse[0];
      const cell = (id: string, value: number | undefined) =>
        html`<td data-testid="${way}-${id}">${value === undefined ? "…" : fixed(value, 2)}</td>`;
      return html`
        <tr class=${this.#shown.includes(way) ? "shown" : "quiet"}>
          <th scope="row">${text.row[way]}</th>
          ${cell("mean", fit?.fit.mean)}${cell("deviation", fit?.fit.deviation)}${cell("kl", fit?.forward)}${cell("back", fit?.reverse)}
        </tr>`;
    };
    return html`
      <table>
        <thead><tr><th scope="col">${text.fit}</th><th scope="col">${text.mean}</th><th scope="col">${text.width}</th>
          <th scope="col">KL(P‖Q)</th><th scope="col">KL(Q‖P)</th></tr></thead>
        <tbody>${row("forward")}${row("reverse")}</tbody>
      </table>`;
  }

  #picture() {
    const { width, height, answer } = this;
    if (width === 0) return nothing;
    const base = height - AXIS;
    const x = linear(X, [0, width]);
    const y = linear([0, HIGHEST], [base, TOP]);
    const bumps = this.#bumps;
    const weights = this.#weights;
    const p = (at: number) => bumps.reduce((sum, bump, i) => sum + weights[i]! * shapeOf(bump, at), 0);
    const curve = (of: (at: number) => number) => graph(of, X, x, y);
    const fits = this.#shown.flatMap((way) => {
      const found = way === "forward" ? [answer?.forward] : (answer?.reverse ?? []);
      return found.map(
        (fit, i) =>
          fit && svg`<path class="line ${way} ${i > 0 ? "other" : ""}" d=${curve((at) => shapeOf(fit.fit, at))} />`,
      );
    });
    const marks = ticksOf(X, Math.max(4, Math.round(width / 70)), this.language, () => true);
    return svg`
      <svg viewBox="0 0 ${width} ${height}">
        <path class="area" d="${curve(p)}V${base}H0Z" />
        <path class="line p" d=${curve(p)} />
        ${fits}
        <path class="base" d="M0 ${base}H${width}" />
        ${marks.map(({ at, label }) => svg`<text class="quiet middle" x=${x(at)} y=${base + 15}>${label}</text>`)}
        ${bumps.map((bump, i) => this.#handle(i, x(bump.mean), y(weights[i]! * peakOf(bump)), x, y))}
      </svg>`;
  }

  /** What can be done by it, the sliders can do too: those are for keys and for who hears the page. */
  #handle(i: number, cx: number, cy: number, x: (value: number) => number, y: (value: number) => number) {
    return svg`
      <g aria-hidden="true">
        <circle class="dot" cx=${cx} cy=${cy} r="7" />
        <circle class="reach" data-testid="bump-${i}" cx=${cx} cy=${cy} r=${REACH} @pointerdown=${this.#down(i, [cx, cy], [x(1) - x(0), y(0) - y(1)])} />
      </g>`;
  }

  #down =
    (i: number, [cx, cy]: readonly [number, number], [across, up]: readonly [number, number]) =>
    (event: PointerEvent) => {
      const [gap, share] = [this.#gap, this.#share];
      const side = i === 0 ? -1 : 1;
      const peak = peakOf({ mean: 0, deviation: WIDTH });
      const middle = this.width / 2;
      const begun = this.gesture.begin(event, this.renderRoot.querySelector("svg")!, {
        move: ({ clientX, clientY }) => {
          const reached = [cx + clientX - event.clientX - middle, this.height - AXIS - (cy + clientY - event.clientY)];
          const weight = reached[1]! / up / peak;
          this.#set((2 * side * reached[0]!) / across, i === 0 ? weight : 1 - weight);
        },
        end: (kept) => kept || this.#set(gap, share),
      });
      if (begun) event.preventDefault();
    };
}

customElements.define("dgm-bumps", Bumps);
