/**
 * `<dgm-unusual score="80" temperature="1">`: an energy learns the exam scores of 1000 students, and says how unusual a score is.
 *
 *   P(x) = exp(−E(x) / T) / Z      −ln P(x) = E(x) / T + ln Z      low energy is typical, high is unusual
 */
import { html, nothing, svg } from "lit";
import { gridOf } from "../controls/slider.ts";
import { fixed } from "../i18n/index.ts";
import { numberIn, stepsOf } from "../state/numbers.ts";
import { histogram } from "../views/curves.ts";
import { linear } from "../views/scale.ts";
import { ticksOf } from "../views/ticks.ts";
import { type Exam, ExamModel, LEARNED } from "./exam.ts";
import { Figure } from "./figure.ts";
import { knob } from "./knob.ts";
import { pathOf } from "./shapes.ts";
import { words } from "./unusual-words.ts";

const SCORE = { min: 0, max: 100 };
const SCORES = stepsOf(SCORE, 1);
/** As the core has it. */
const TEMPERATURE = { min: 0.2, max: 4, default: 1, scale: "log", kind: "float" } as const;
/** Scores a bin, and what is shown of a density: students in a hundred for each point. */
const BIN = 2;
const HIGHEST = 0.062;
/** What is shown of the energy, from its lowest up. */
const DEEP = 9;
/** In pixels: over the pictures, between them, and for the axis. */
const TOP = 16;
const BETWEEN = 24;
const AXIS = 20;

type Fit = (value: number) => number;

export class Unusual extends Figure<Exam> {
  static override properties = { score: {}, temperature: {} };
  declare score: string | undefined;
  declare temperature: string | undefined;

  #score = 80;
  #t = 1;
  #learning = false;
  readonly #model = new ExamModel();

  get values() {
    const { scores: _, ...said } = this.answer ?? ({} as Exam);
    return { score: this.#score, temperature: this.#t, ...said };
  }

  protected override get name(): string {
    return words[this.language].name;
  }

  protected override get outcome(): string {
    return this.#sentence;
  }

  protected override read(): void {
    this.#score = this.take("score", numberIn(SCORE), this.#score);
    this.#t = this.take("temperature", numberIn(TEMPERATURE), this.#t);
  }

  protected override question() {
    return this.#model.ask(this.#score, this.#t);
  }

  protected override seen(): void {
    void this.#learn();
  }

  protected override placed(distance: number): void {
    super.placed(distance);
    this.#model.session.distance = distance;
  }

  protected override forgotten(): void {
    void this.#model.session.rest(() => this.inView);
  }

  /** While somebody looks, and until it is learned. */
  async #learn(): Promise<void> {
    if (this.#learning) return;
    this.#learning = true;
    // Who asked for less motion sees what comes of it.
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    try {
      while (this.inView && !this.#model.learned) {
        await this.#model.learn();
        if (!calm || this.#model.learned) await this.changed();
      }
    } catch (error) {
      await this.fail(error);
    } finally {
      this.#learning = false;
    }
  }

  async #restart(): Promise<void> {
    await this.#model.restart().catch((error) => this.fail(error));
    await this.#learn();
  }

  #set(score: number): void {
    this.#score = Math.round(Math.min(SCORE.max, Math.max(SCORE.min, score)));
    this.moved();
  }

  get #sentence(): string {
    const { answer, language } = this;
    return answer ? words[language].rarer(String(this.#score), fixed(100 * answer.rarer, 0)) : "";
  }

  protected override content() {
    const { answer, language } = this;
    const text = words[language];
    const step = answer?.step ?? 0;
    const score = String(this.#score);
    return html`
      <div class="key"><span><i class="p"></i>${text.students}</span><span><i class="q"></i>${text.density}</span></div>
      <div class="picture exam" data-testid="picture">${this.#picture()}</div>
      <p class="tell large" data-testid="rarer">${this.#sentence || "…"}</p>
      <div class="reading">
        <span data-testid="sum">−ln P(${score}) = E/T + ln Z = ${answer ? this.#sum(answer) : "…"}</span>
        <small data-testid="step">${step < LEARNED ? text.learning(step, LEARNED) : text.learned(step)}</small>
      </div>
      <div class="hands">
        ${knob("score", text.score, SCORES, this.#score, (value) => this.#set(value), String)}
        ${knob("temperature", text.temperature, gridOf(TEMPERATURE), this.#t, (value) => {
          this.#t = value;
          this.moved();
        })}
        <button class="plain" data-testid="again" title=${text.again_help} @click=${() => void this.#restart()}>${text.again}</button>
      </div>`;
  }

  #sum({ logProb, logZ }: Exam) {
    return html`${fixed(-logProb - logZ, 2)} + ${fixed(logZ, 2)} = <b>${fixed(-logProb, 2)}</b>`;
  }

  #picture() {
    const { width, height, answer } = this;
    if (width === 0) return nothing;
    const base = height - AXIS;
    const middle = TOP + 0.58 * (base - TOP - BETWEEN);
    const range = answer?.range ?? [0, 110];
    const x = linear(range, [0, width]);
    const marks = ticksOf(range, Math.max(3, Math.round(width / 60)), this.language, () => true);
    return svg`
      <svg viewBox="0 0 ${width} ${height}">
        <path class="base" d="M0 ${middle}H${width}M0 ${base}H${width}" />
        ${marks.map(({ at, label }) => svg`<text class="quiet middle" x=${x(at)} y=${base + 15}>${label}</text>`)}
        ${answer ? this.#curves(answer, x, linear([0, HIGHEST], [middle, TOP]), linear([0, DEEP], [base - 6, middle + BETWEEN])) : nothing}
        <rect class="reach across" data-testid="paper" x="0" y=${TOP} width=${width} height=${base - TOP} @pointerdown=${this.#down(x)} />
      </svg>`;
  }

  /** Above the histogram and the density, below the energy; what is rarer than the score stands out. */
  #curves({ scores, range, logDensity, energy, logProb }: Exam, x: Fit, up: Fit, deep: Fit) {
    const text = words[this.language];
    const bins = histogram(scores, range[0], range[1], Math.round((range[1] - range[0]) / BIN));
    const cell = (range[1] - range[0]) / logDensity.length;
    const cellAt = (score: number) =>
      Math.min(logDensity.length - 1, Math.max(0, Math.floor((score - range[0]) / cell)));
    const along = (heights: ArrayLike<number>, of: (height: number) => number) =>
      pathOf(Array.from(heights, (height, i) => [x(range[0] + (i + 0.5) * cell), of(height)] as const));
    const least = Array.from(energy).reduce((least, height) => Math.min(least, height));
    const fall = (height: number) => deep(height - least);
    const at = x(this.#score);
    const bars = Array.from(bins, (height, i) => {
      const from = range[0] + i * BIN;
      const rare = logDensity[cellAt(from + BIN / 2)]! < logProb ? "rare" : "";
      return height > 0
        ? svg`<rect class="bin ${rare}" x=${x(from) + 0.5} y=${up(height)} width=${x(BIN) - x(0) - 1} height=${up(0) - up(height)} />`
        : nothing;
    });
    const high = up(Math.exp(logProb));
    return svg`
      ${bars}
      <clipPath id="above"><rect y="0" width=${this.width} height=${up(0) + 2} /></clipPath>
      <clipPath id="below"><rect y=${deep(DEEP)} width=${this.width} height=${deep(0) - deep(DEEP) + 8} /></clipPath>
      <path class="line forward" clip-path="url(#above)" d=${along(logDensity, (value) => up(Math.exp(value)))} />
      <path class="base dashed" d="M0 ${Math.max(0, high)}H${this.width}M${at} ${TOP}V${deep(-1)}" />
      <text class="quiet" x="0" y=${up(0) + 16}>${text.energy}</text>
      <path class="line ink" clip-path="url(#below)" d=${along(energy, fall)} />
      ${high < TOP ? nothing : svg`<circle class="dot ask" cx=${at} cy=${high} r="6" />`}
      <circle class="ball" clip-path="url(#below)" cx=${at} cy=${fall(energy[cellAt(this.#score)]!) - 6} r="5.5" />
      <text class="strong middle" x=${Math.min(this.width - 12, Math.max(12, at))} y=${TOP - 4}>${this.#score}</text>`;
  }

  #down = (x: Fit) => (event: PointerEvent) => {
    const before = this.#score;
    const svg = this.renderRoot.querySelector("svg")!;
    const take = ({ clientX }: PointerEvent) => this.#set((clientX - svg.getBoundingClientRect().left) / (x(1) - x(0)));
    const begun = this.gesture.begin(event, svg, { move: take, end: (kept) => kept || this.#set(before) });
    if (!begun) return;
    event.preventDefault();
    take(event);
  };
}

customElements.define("dgm-unusual", Unusual);
