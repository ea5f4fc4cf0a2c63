/** A pad over the stage on which mouse, finger or pen leave sprays of points. */
import { css, html, LitElement } from "lit";
import type { Strings } from "../i18n/index.ts";
import { drawMarks } from "../views/class-marks.ts";
import { palette } from "../views/palette.ts";
import { Ratio } from "../views/ratio.ts";
import { mark, markStyles } from "./class-keys.ts";
import { classWords } from "./class-words.ts";
import { Gesture } from "./gesture.ts";

/** Half the side of the pad in world units; where the data sets of the plane live. */
const HALF = 4;
const SPRAY = 0.13;
/** Points left for each unit of length drawn. */
const DENSITY = 26;
/** Classes that can be drawn. */
const CLASSES = 8;
const NONE: ReadonlySet<number> = new Set();

/** What one movement of the hand left. */
interface Stroke {
  label: number;
  points: number[];
}

/** What was drawn: points row by row, and the class of each. */
export interface Drawn {
  points: Float32Array;
  labels: number[];
}

export class DrawPad extends LitElement {
  static override properties = { text: { attribute: false }, dark: { attribute: false } };
  declare text: Strings;
  declare dark: boolean;
  #strokes: Stroke[] = [];
  /** The class that is drawn with. */
  #label = 0;
  readonly #gesture = new Gesture();
  #scheduled = 0;
  #ratio = new Ratio(() => this.#schedule());
  /** A turned phone gives the pad another shape; what is on it keeps its place. */
  #size = new ResizeObserver(() => this.#schedule());

  static override styles = [
    markStyles,
    css`
    :host {
      position: absolute;
      inset: 0;
      display: grid;
      grid-template-rows: 1fr auto;
      background: var(--paper);
      border-radius: inherit;
      overflow: hidden;
    }
    canvas {
      width: 100%;
      height: 100%;
      min-height: 0;
      touch-action: none;
      cursor: crosshair;
    }
    p {
      position: absolute;
      inset: 12px 12px auto;
      margin: 0;
      text-align: center;
      color: var(--quiet);
      pointer-events: none;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
      justify-content: center;
      padding: 8px;
      border-top: 1px solid var(--hair);
    }
    button {
      font: inherit;
      color: inherit;
      min-height: 34px;
      padding: 4px 12px;
      border: 1px solid var(--hair);
      border-radius: 8px;
      background: none;
      cursor: pointer;
    }
    button.main {
      background: var(--accent);
      border-color: var(--accent);
      color: var(--on-accent);
    }
    output {
      font-variant-numeric: tabular-nums;
      color: var(--quiet);
    }
    div.palette {
      position: absolute;
      inset: auto 0 100%;
      padding: 4px;
      gap: 4px;
      border: 0;
      pointer-events: none;
    }
    .palette button {
      padding: 0;
      border-radius: 17px;
      min-width: 34px;
      background: var(--paper);
      pointer-events: auto;
    }
    .palette [aria-checked="true"] {
      border-color: var(--accent);
      box-shadow: inset 0 0 0 2px var(--accent);
    }
    footer {
      position: relative;
    }
    @media (pointer: coarse) {
      .palette button {
        min-width: 44px;
      }
    }
  `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ratio.watch();
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ratio.leave();
    this.#size.disconnect();
    this.#gesture.stop(true);
  }

  protected override render() {
    const { text } = this;
    const count = this.#strokes.reduce((sum, { points }) => sum + points.length / 2, 0);
    return html`
      <canvas data-testid="draw-canvas" aria-label=${text.draw_hint} @pointerdown=${this.#down}></canvas>
      ${count === 0 ? html`<p>${text.draw_hint}</p>` : ""}
      <footer>
      ${this.#palette()}
      <div>
        <output aria-live="off">${text.points(count)}</output>
        <button data-testid="draw-undo" title=${text.undo_help} @click=${() => this.#keep(this.#strokes.slice(0, -1))}>${text.undo}</button>
        <button data-testid="draw-clear" title=${text.clear_help} @click=${() => this.#keep([])}>${text.clear}</button>
        <button data-testid="draw-cancel" title=${text.draw_cancel_help} @click=${() => this.dispatchEvent(new Event("cancel"))}>${text.draw_cancel}</button>
        <button class="main" data-testid="draw-use" title=${text.draw_use_help} @click=${this.#use}>${text.draw_use}</button>
      </div></footer>`;
  }

  /** The colour that is drawn with is the class of what is drawn. */
  #palette() {
    const say = classWords[this.text.code];
    const choose = (label: number) => {
      this.#label = label;
      this.requestUpdate();
    };
    return html`
      <div class="palette" role="radiogroup" aria-label=${say.draw} title=${say.draw_help}>
        ${Array.from(
          { length: CLASSES },
          (
            _,
            label,
          ) => html`<button type="button" role="radio" data-testid="draw-class-${label}" aria-checked=${label === this.#label}
            aria-label=${say.drawn(label + 1)} @click=${() => choose(label)}>${mark(label, this.dark)}</button>`,
        )}
      </div>`;
  }

  /** The way to the pad is far from it on a small page. */
  protected override firstUpdated(): void {
    this.scrollIntoView({ block: "nearest" });
  }

  protected override updated(): void {
    this.#schedule();
  }

  #keep(strokes: Stroke[]): void {
    this.#strokes = strokes;
    this.requestUpdate();
  }

  #use = (): void => {
    const points = Float32Array.from(this.#strokes.flatMap(({ points }) => points));
    const labels = this.#strokes.flatMap(({ label, points }) => Array<number>(points.length / 2).fill(label));
    this.dispatchEvent(new CustomEvent<Drawn>("use", { detail: { points, labels } }));
  };

  #down = (event: PointerEvent): void => {
    const before = this.#strokes;
    let last = this.#world(event);
    const begun = this.#gesture.begin(event, event.currentTarget as Element, {
      move: (each) => (last = this.#stroke(last, each)),
      end: (kept) => kept || this.#keep(before),
    });
    if (!begun) return;
    this.#strokes = [...before, { label: this.#label, points: [] }];
    this.#spray(last, 3);
  };

  /** Sprays from `last` to where the pointer is now. */
  #stroke(last: [number, number], event: PointerEvent): [number, number] {
    // A fast pen reports several positions at once; each counts.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) {
      const to = this.#world(each);
      const length = Math.hypot(to[0] - last[0], to[1] - last[1]);
      const count = Math.ceil(length * DENSITY);
      for (let i = 1; i <= count; i++) {
        const t = i / count;
        this.#spray([last[0] + t * (to[0] - last[0]), last[1] + t * (to[1] - last[1])], 1);
      }
      last = to;
    }
    return last;
  }

  #spray([x, y]: [number, number], count: number): void {
    const { points } = this.#strokes.at(-1)!;
    for (let i = 0; i < count; i++) {
      // Box and Muller's normal deviates: the hand draws the centre of a soft brush.
      const radius = SPRAY * Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      points.push(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    this.requestUpdate();
  }

  #zoom(canvas: HTMLCanvasElement): number {
    return Math.min(canvas.clientWidth, canvas.clientHeight) / (2 * HALF);
  }

  #world(event: PointerEvent): [number, number] {
    const canvas = this.renderRoot.querySelector("canvas")!;
    const box = canvas.getBoundingClientRect();
    const zoom = this.#zoom(canvas);
    return [(event.clientX - box.left - box.width / 2) / zoom, (box.top + box.height / 2 - event.clientY) / zoom];
  }

  #schedule(): void {
    this.#scheduled ||= requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const zoom = ratio * this.#zoom(canvas);
    context.translate(canvas.width / 2, canvas.height / 2);
    // As one class they are plain points, as data are.
    if (this.#strokes.every(({ label }) => label === 0)) this.#plain(context, zoom, ratio);
    else {
      const all = { x: (x: number) => zoom * x, y: (y: number) => -zoom * y };
      for (const { label, points } of this.#strokes) {
        const labels = new Uint8Array(points.length / 2).fill(label);
        drawMarks(context, { points, labels, hidden: NONE }, all, 3 * ratio, this.dark, true);
      }
    }
  }

  #plain(context: CanvasRenderingContext2D, zoom: number, ratio: number): void {
    context.fillStyle = palette(this.dark).data;
    for (const { points } of this.#strokes) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        context.fillRect(zoom * points[i]! - ratio, -zoom * points[i + 1]! - ratio, 2 * ratio, 2 * ratio);
      }
    }
  }
}

customElements.define("dgm-draw-pad", DrawPad);
