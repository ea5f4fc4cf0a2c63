/**
 * `<dgm-curve heights="…" temperature="1">`: any curve that the reader draws, made a density in two steps.
 *
 *   f(x)   →   exp(f(x) / T), never negative   →   exp(f(x) / T) / Z, of area one        Z = ∫ exp(f(x) / T) dx on a grid
 */
import { html, nothing, svg } from "lit";
import { gridOf } from "../controls/slider.ts";
import type { SumResult } from "../engine/contract.ts";
import type { SumDesk } from "../engine/sums.ts";
import { fixed, number } from "../i18n/index.ts";
import { listOf, numberIn } from "../state/numbers.ts";
import { smooth } from "../state/spline.ts";
import { linear } from "../views/scale.ts";
import { words } from "./curve-words.ts";
import { Figure } from "./figure.ts";
import { sliderKey } from "./keys.ts";
import { knob } from "./knob.ts";
import { pathOf } from "./shapes.ts";

/** Heights of f that can be drawn, by tenths. */
const F = { min: -3, max: 3, step: 0.1, page: 1 };
const FIRST = [-2.2, -1.2, 1.2, 0.2, -1.6, -0.6, 1.8, 0.6, -2.2];
/** Handles that a figure has room for. */
const HANDLES = { least: 3, most: 15 };
const X = [0, 8] as const;
/** Cells of the grid between two handles. */
const CELLS = 40;
const TEMPERATURE = { min: 0.2, max: 5, default: 1, scale: "log", kind: "float" } as const;
/** From this width on the stages stand side by side. In pixels, as all the rest. */
const ABREAST = 600;
const HEAD = 20;
const FOOT = 14;
const BETWEEN = 34;

interface Panel {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Curve extends Figure<SumResult<"explainCurve">> {
  static override properties = { heights: {}, temperature: {} };
  declare heights: string | undefined;
  declare temperature: string | undefined;

  #f: number[] = FIRST;
  #t: number = TEMPERATURE.default;
  /** The handle that the keys move. */
  #picked = 0;

  get values() {
    return { f: this.#curve, from: X[0], to: X[1], temperature: this.#t, ...this.answer };
  }

  protected override get name(): string {
    return words[this.language].name;
  }

  protected override get outcome(): string {
    return words[this.language].outcome(this.#z);
  }

  protected override question(desk: SumDesk) {
    return desk.ask("explainCurve", this.#curve, X[0], X[1], this.#t);
  }

  protected override read(): void {
    const inside = ({ length }: number[]) => length >= HANDLES.least && length <= HANDLES.most;
    const drawn = (text: string) => {
      const f = listOf(text);
      return inside(f) && f.every((y) => y >= F.min && y <= F.max) ? f : undefined;
    };
    this.#f = this.take("heights", drawn, this.#f);
    this.#t = this.take("temperature", numberIn(TEMPERATURE), this.#t);
  }

  /** f on the grid. */
  get #curve(): number[] {
    return smooth(this.#f, CELLS);
  }

  get #z(): string {
    return this.answer ? number(Math.exp(this.answer.log_z)) : "…";
  }

  /** Of what the core gave, added up here once more. */
  get #area(): string {
    const { density } = this.answer ?? {};
    if (!density) return "…";
    const ends = (density[0]! + density.at(-1)!) / 2;
    const step = (X[1] - X[0]) / (density.length - 1);
    return fixed(step * (density.reduce((sum, height) => sum + height, 0) - ends), 3);
  }

  #become(f: number[]): void {
    this.#f = f.map((y) => Math.round(Math.min(F.max, Math.max(F.min, y)) / F.step) * F.step);
    this.moved();
  }

  protected override content() {
    const text = words[this.language];
    const shift = (id: string, name: string, help: string, by: number) => {
      const within = this.#f.every((y) => y + by >= F.min - 1e-9 && y + by <= F.max + 1e-9);
      return html`<button class="plain" data-testid=${id} title=${help} ?disabled=${!within} @click=${() => this.#become(this.#f.map((y) => y + by))}>${name}</button>`;
    };
    return html`
      <div class="picture stages" data-testid="picture">${this.#picture()}</div>
      <div class="reading">
        <span class="large">Z = <output aria-live="off" data-testid="z">${this.#z}</output></span>
        <span>${text.area} = <output aria-live="off" data-testid="area"><b>${this.#area}</b></output></span>
      </div>
      <p class="tell">${text.tell}</p>
      <div class="hands">
        ${knob("temperature", text.temperature, gridOf(TEMPERATURE), this.#t, (value) => {
          this.#t = value;
          this.moved();
        })}
        ${shift("raise", text.raise, text.shift_help, 0.5)}${shift("lower", text.lower, text.shift_help, -0.5)}
        <button class="plain" data-testid="again" title=${text.again_help} @click=${() => this.#become(FIRST)}>${text.again}</button>
      </div>`;
  }

  #panel(stage: number): Panel {
    const { width, height } = this;
    if (width >= ABREAST) {
      const wide = (width - 2 * BETWEEN) / 3;
      const left = stage * (wide + BETWEEN);
      return { left, top: HEAD, right: left + wide, bottom: height - FOOT };
    }
    const high = (height - 2 * BETWEEN - HEAD - FOOT) / 3;
    const top = HEAD + stage * (high + BETWEEN);
    return { left: 0, top, right: width, bottom: top + high };
  }

  #picture() {
    if (this.width === 0) return nothing;
    const text = words[this.language];
    const { positive, density, log_z } = this.answer ?? {};
    const top = Math.max(...this.#f) / this.#t;
    const highest = density ? Math.max(...density) : 1;
    return svg`
      <svg viewBox="0 0 ${this.width} ${this.height}">
        ${this.#drawn()}
        ${this.#arrow(1, "exp", text.positive)}
        ${this.#stage(1, positive, number(Math.exp(top)), log_z === undefined ? "" : `${text.area} = Z = ${this.#z}`)}
        ${this.#arrow(2, "÷ Z", text.one)}
        ${this.#stage(
          2,
          density?.map((height) => height / highest),
          number(highest),
          density ? `${text.area} = ${this.#area}` : "",
        )}
      </svg>`;
  }

  /** f with its handles; a drag across it draws. */
  #drawn() {
    const panel = this.#panel(0);
    const { left, top, right, bottom } = panel;
    const [x, y] = this.#scales(panel);
    const f = this.#curve;
    const line = f.map((height, i) => [x(X[0] + ((X[1] - X[0]) * i) / (f.length - 1)), y(height)] as const);
    return svg`
      <text class="strong" x=${left} y=${top - 7}>f(x)</text>
      <text class="quiet end" x=${right} y=${top - 7}>${words[this.language].draw}</text>
      <path class="hair" d="M${left} ${top}H${right}M${left} ${bottom}H${right}" />
      <path class="base dashed" d="M${left} ${y(0)}H${right}" />
      <path class="line p" d=${pathOf(line)} />
      <rect class="reach pencil" data-testid="paper" x=${left} y=${top} width=${right - left} height=${bottom - top} @pointerdown=${this.#down} />
      ${this.#f.map((height, i) => this.#handle(i, x(this.#place(i)), y(height)))}`;
  }

  #scales({ left, top, right, bottom }: Panel) {
    return [linear(X, [left, right]), linear([F.min, F.max], [bottom, top])] as const;
  }

  /** Where on the axis a handle stands. */
  #place(i: number): number {
    return X[0] + ((X[1] - X[0]) * i) / (this.#f.length - 1);
  }

  #handle(i: number, cx: number, cy: number) {
    const value = fixed(this.#f[i]!, 1);
    return svg`
      <g role="slider" tabindex=${i === this.#picked ? 0 : -1} data-testid="handle-${i}" aria-orientation="vertical"
        aria-label=${words[this.language].handle(fixed(this.#place(i), 1))} aria-valuemin=${F.min} aria-valuemax=${F.max}
        aria-valuenow=${this.#f[i]!} aria-valuetext=${value} @keydown=${this.#key(i)} @focus=${() => this.#pick(i)}>
        <circle class="dot" cx=${cx} cy=${cy} r="5.5" />
      </g>`;
  }

  /** A stage that the core computed, its heights as shares of the highest. */
  #stage(stage: number, heights: readonly number[] | undefined, most: string, area: string) {
    const { left, top, right, bottom } = this.#panel(stage);
    if (!heights) return svg`<path class="base" d="M${left} ${bottom}H${right}" />`;
    const x = linear([0, heights.length - 1], [left, right]);
    const y = linear([0, 1], [bottom, top + 8]);
    const line = pathOf(heights.map((height, i) => [x(i), y(height)] as const));
    return svg`
      <path class="area" d="${line}V${bottom}H${left}Z" />
      <path class="line p" d=${line} />
      <path class="base" d="M${left} ${bottom}H${right}" />
      <path class="hair dashed" d="M${left} ${y(1)}H${right}" />
      <text class="quiet" x=${left + 2} y=${y(1) + 13}>${most}</text>
      <text class="middle strong" x=${(left + right) / 2} y=${bottom - 8}>${area}</text>`;
  }

  #arrow(stage: number, sign: string, what: string) {
    const { left, top, bottom, right } = this.#panel(stage);
    const abreast = this.width >= ABREAST;
    const [x, y] = abreast ? [left - BETWEEN / 2, (top + bottom) / 2] : [(left + right) / 2, top - BETWEEN / 2];
    const arrow = abreast ? `M${x - 11} ${y}h22m-6 -5l6 5l-6 5` : `M${right - 12} ${y - 9}v18m-5 -6l5 6l5 -6`;
    return svg`
      <path class="base" d=${arrow} />
      <text class="quiet ${abreast ? "middle" : "end"}" x=${abreast ? x : right - 24} y=${abreast ? y - 10 : y + 4}>${sign}</text>
      <text class="strong" x=${left} y=${top - 7}>${stage === 1 ? "exp(f(x)/T)" : "exp(f(x)/T) / Z"}</text>
      ${abreast ? svg`<text class="quiet end" x=${right} y=${top - 7}>${what}</text>` : nothing}`;
  }

  #pick(i: number): void {
    this.#picked = i;
    this.requestUpdate();
  }

  /** Handles that the pointer passes come to its line, as under a pencil. */
  #down = (event: PointerEvent): void => {
    const before = this.#f;
    let last = this.#world(event);
    const begun = this.gesture.begin(event, this.renderRoot.querySelector("svg")!, {
      move: (each) => {
        const to = this.#world(each);
        this.#draw(last, to);
        last = to;
      },
      end: (kept) => kept || this.#become(before),
    });
    if (!begun) return;
    event.preventDefault();
    this.#draw(last, last);
    this.#focus();
  };

  #world(event: PointerEvent): readonly [number, number] {
    const box = this.renderRoot.querySelector("svg")!.getBoundingClientRect();
    const { left, top, right, bottom } = this.#panel(0);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const index = linear([left, right], [0, this.#f.length - 1])(x);
    return [index, linear([bottom, top], [F.min, F.max])(y)];
  }

  #draw(from: readonly [number, number], to: readonly [number, number]): void {
    const [low, high] = from[0] < to[0] ? [from, to] : [to, from];
    const nearest = Math.min(this.#f.length - 1, Math.max(0, Math.round(to[0])));
    const passed = (i: number) => i >= low[0] && i <= high[0];
    this.#picked = nearest;
    const f = this.#f.map((y, i) =>
      i === nearest ? to[1] : passed(i) ? linear([low[0], high[0]], [low[1], high[1]])(i) : y,
    );
    this.#become(f);
  }

  #key = (i: number) => (event: KeyboardEvent) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way) {
      event.preventDefault();
      this.#picked = Math.min(this.#f.length - 1, Math.max(0, i + way));
      this.#focus();
      return;
    }
    const value = sliderKey(event, this.#f[i]!, F);
    if (value === undefined) return;
    event.preventDefault();
    this.#become(this.#f.map((y, k) => (k === i ? value : y)));
  };

  #focus(): void {
    this.renderRoot.querySelector<SVGElement>(`[data-testid="handle-${this.#picked}"]`)?.focus();
  }
}

customElements.define("dgm-curve", Curve);
