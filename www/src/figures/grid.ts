/**
 * `<dgm-grid dim="2" points="100" speed="1e9">`: what it takes to add Z up on a grid, from a line to a picture of a thousand pixels.
 *
 *   cells = points^d      4 bytes each      `speed` of them a second
 */
import { html, nothing, svg } from "lit";
import type { SumResult } from "../engine/contract.ts";
import type { SumDesk } from "../engine/sums.ts";
import { numberIn, wholeIn } from "../state/numbers.ts";
import { linear } from "../views/scale.ts";
import { powerOfTen } from "../views/ticks.ts";
import { Figure } from "./figure.ts";
import { words } from "./grid-words.ts";
import { knob } from "./knob.ts";
import { bytes, duration, magnitude } from "./magnitude.ts";
import { pathOf } from "./shapes.ts";

type Cost = SumResult<"explainGrid">;

const DIM = { min: 1, max: 1000 };
const POINTS = { min: 2, max: 1000 };
/** Cells a second: a billion are those of one good processor. */
const SPEED = { min: 1, max: 1e30 };
/** What the sliders stand on: about even ways for even factors, and every whole number while there are few. */
const STEPS = [
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  ...[10, 100].flatMap((ten) => [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9].map((x) => x * ten)),
  1000,
];
/** What is shown of the number of cells, as powers of ten. */
const MOST = 90;
/** Dimensions that mean something: a line, the plane, a picture of 8 × 8 pixels, one of 28 × 28. */
const KNOWN = [1, 2, 64, 784];
/**
 * Powers of ten of what the costs can be held against: the memory of a laptop (16 GB); all disks on Earth (some 10 zettabytes, IDC's Global
 * StorageSphere); the age of the universe (Planck, 2018); the atoms in what can be seen of it, to the nearest power.
 */
const AGAINST = [
  ["laptop", "log10_bytes", 10.2],
  ["disks", "log10_bytes", 22],
  ["age", "log10_years", 10.14],
  ["atoms", "log10_cells", 80],
] as const;

/** In pixels: over the curve, under its axis, and beside it for the powers of ten. */
const TOP = 16;
const AXIS = 20;
const LEFT = 34;

export class Grid extends Figure<Cost> {
  static override properties = { dim: {}, points: {}, speed: {} };
  declare dim: string | undefined;
  declare points: string | undefined;
  declare speed: string | undefined;

  #dim = 2;
  #points = 100;
  #speed = 1e9;

  get values() {
    return { dim: this.#dim, points: this.#points, speed: this.#speed, ...this.answer };
  }

  protected override get name(): string {
    return words[this.language].name;
  }

  protected override get outcome(): string {
    const { answer, language } = this;
    if (!answer) return "";
    return words[language].outcome(String(this.#dim), magnitude(answer.log10_cells, language), this.#verdict);
  }

  protected override question(desk: SumDesk) {
    return desk.ask("explainGrid", this.#dim, this.#points, this.#speed);
  }

  protected override read(): void {
    this.#dim = this.take("dim", wholeIn(DIM), this.#dim);
    this.#points = this.take("points", wholeIn(POINTS), this.#points);
    this.#speed = this.take("speed", numberIn(SPEED), this.#speed);
  }

  #set(dim: number, points = this.#points): void {
    [this.#dim, this.#points] = [dim, points];
    this.moved();
  }

  /** The last of what it is held against that it exceeds. */
  get #verdict(): string {
    const text = words[this.language].verdict;
    const { answer } = this;
    const beyond = answer && AGAINST.findLast(([, what, limit]) => answer[what] > limit);
    return text[beyond?.[0] ?? "held"];
  }

  protected override content() {
    const { answer, language } = this;
    const text = words[language];
    const row = (id: string, name: string, value: string | undefined) =>
      html`<div><dt>${name}</dt><dd data-testid=${id}>${value ?? "…"}</dd></div>`;
    const known = (dim: number) => html`
      <button class="plain" data-testid="dim-${dim}" aria-pressed=${this.#dim === dim} @click=${() => this.#set(dim)}>${text.known[dim]}</button>`;
    return html`
      <div class="picture cells" data-testid="picture">${this.#picture()}</div>
      <dl class="costs">
        ${row("cells", text.cells, answer && magnitude(answer.log10_cells, language))}
        ${row("bytes", text.bytes, answer && bytes(answer.log10_bytes, language))}
        ${row("years", text.time(magnitude(Math.log10(this.#speed), language)), answer && duration(answer.log10_years, language))}
      </dl>
      <p class="tell" data-testid="verdict">${answer ? this.#verdict : nothing}</p>
      <div class="hands">
        ${knob("dim", text.dim, STEPS, this.#dim, (value) => this.#set(value), String)}
        ${knob("points", text.points, STEPS.slice(1), this.#points, (value) => this.#set(this.#dim, value), String)}
      </div>
      <div class="hands" role="group" aria-label=${text.dim}>${KNOWN.map(known)}</div>`;
  }

  #picture() {
    const { width, height, answer } = this;
    if (width === 0) return nothing;
    const text = words[this.language];
    const [base, right] = [height - AXIS, width - 12];
    const x = linear([0, Math.log10(DIM.max)], [LEFT, right]);
    const y = linear([0, MOST], [base, TOP]);
    return svg`
      <svg viewBox="0 0 ${width} ${height}">
        ${[0, 20, 40, 60, 80].map((power) => svg`<text class="quiet end" x=${LEFT - 6} y=${y(power) + 4}>${power === 0 ? "1" : powerOfTen(power)}</text>`)}
        <text class="quiet" x=${LEFT + 4} y=${TOP - 4}>${text.cells}</text>
        <path class="base" d="M${LEFT} ${TOP - 8}V${base}H${right}" />
        ${[1, 2, 10, 100].map((dim) => svg`<text class="quiet middle" x=${x(Math.log10(dim))} y=${base + 15}>${dim}</text>`)}
        <text class="quiet end" x=${right + 10} y=${base + 15}>d = ${DIM.max}</text>
        ${answer ? this.#costs(answer, x, y, right) : nothing}
        <rect class="reach across" data-testid="paper" x=${LEFT} y=${TOP} width=${right - LEFT} height=${base - TOP} @pointerdown=${this.#down(x)} />
      </svg>`;
  }

  /** The number of cells over all dimensions as far as it can be shown, with this one on it, and what it is held against. */
  #costs(answer: Cost, x: (value: number) => number, y: (value: number) => number, right: number) {
    const text = words[this.language];
    // Every axis multiplies by the same number.
    const each = answer.log10_cells / this.#dim;
    const last = Math.min(DIM.max, MOST / each);
    const dims = Array.from({ length: 81 }, (_, i) => last ** (i / 80));
    const lines = AGAINST.map(([id, what, limit]) => {
      const at = y(limit + answer.log10_cells - answer[what]);
      return svg`<path class="hair dashed" d="M${LEFT} ${at}H${right}" /><text class="quiet end" x=${right} y=${at - 3}>${text.against[id]}</text>`;
    });
    const beyond = answer.log10_cells > MOST;
    const [cx, cy] = [x(Math.log10(this.#dim)), y(Math.min(MOST, answer.log10_cells))];
    // The curve rises to the right: what is left of it is free, where there is room.
    const left = cx > LEFT + 54;
    return svg`
      <path class="line p" d=${pathOf(dims.map((dim) => [x(Math.log10(dim)), y(dim * each)] as const))} />
      <path class="base dashed" d="M${cx} ${y(0)}V${cy}" />
      ${lines}
      ${beyond ? svg`<path class="line p" d="M${cx} ${cy + 12}v-18m-6 7l6 -7l6 7" />` : svg`<circle class="dot" cx=${cx} cy=${cy} r="6" />`}
      <text class="strong ${left ? "end" : ""}" x=${cx + (left ? -10 : 10)} y=${Math.max(TOP, cy - 8)}>${powerOfTen(Math.round(answer.log10_cells))}</text>`;
  }

  #down = (x: (value: number) => number) => (event: PointerEvent) => {
    const before = this.#dim;
    const take = ({ clientX }: PointerEvent) => {
      const at = clientX - this.renderRoot.querySelector("svg")!.getBoundingClientRect().left;
      const distance = (dim: number) => Math.abs(x(Math.log10(dim)) - at);
      this.#set(STEPS.reduce((best, dim) => (distance(dim) < distance(best) ? dim : best)));
    };
    const begun = this.gesture.begin(event, this.renderRoot.querySelector("svg")!, {
      move: take,
      end: (kept) => kept || this.#set(before),
    });
    if (!begun) return;
    event.preventDefault();
    take(event);
  };
}

customElements.define("dgm-grid", Grid);
