/** A pad over the stage on which mouse, finger or pen leave sprays of points. */
import { css, html, LitElement } from "lit";
import type { Strings } from "../i18n/index.ts";
import { palette } from "../views/palette.ts";
import { Ratio } from "../views/ratio.ts";
import { Gesture } from "./gesture.ts";

/** Half the side of the pad in world units; where the data sets of the plane live. */
const HALF = 4;
const SPRAY = 0.13;
/** Points left for each unit of length drawn. */
const DENSITY = 26;

export class DrawPad extends LitElement {
  static override properties = { text: { attribute: false }, dark: { attribute: false } };
  declare text: Strings;
  declare dark: boolean;
  #strokes: number[][] = [];
  readonly #gesture = new Gesture();
  #scheduled = 0;
  #ratio = new Ratio(() => this.#schedule());
  /** A turned phone gives the pad another shape; what is on it keeps its place. */
  #size = new ResizeObserver(() => this.#schedule());

  static override styles = css`
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
  `;

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
    const count = this.#strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
    return html`
      <canvas data-testid="draw-canvas" aria-label=${text.draw_hint} @pointerdown=${this.#down}></canvas>
      ${count === 0 ? html`<p>${text.draw_hint}</p>` : ""}
      <div>
        <output aria-live="off">${text.points(count)}</output>
        <button data-testid="draw-undo" title=${text.undo_help} @click=${() => this.#keep(this.#strokes.slice(0, -1))}>${text.undo}</button>
        <button data-testid="draw-clear" title=${text.clear_help} @click=${() => this.#keep([])}>${text.clear}</button>
        <button data-testid="draw-cancel" title=${text.draw_cancel_help} @click=${() => this.dispatchEvent(new Event("cancel"))}>${text.draw_cancel}</button>
        <button class="main" data-testid="draw-use" title=${text.draw_use_help} @click=${this.#use}>${text.draw_use}</button>
      </div>`;
  }

  /** The way to the pad is far from it on a small page. */
  protected override firstUpdated(): void {
    this.scrollIntoView({ block: "nearest" });
  }

  protected override updated(): void {
    this.#schedule();
  }

  #keep(strokes: number[][]): void {
    this.#strokes = strokes;
    this.requestUpdate();
  }

  #use = (): void => {
    this.dispatchEvent(new CustomEvent("use", { detail: Float32Array.from(this.#strokes.flat()) }));
  };

  #down = (event: PointerEvent): void => {
    const before = this.#strokes;
    let last = this.#world(event);
    const begun = this.#gesture.begin(event, event.currentTarget as Element, {
      move: (each) => (last = this.#stroke(last, each)),
      end: (kept) => kept || this.#keep(before),
    });
    if (!begun) return;
    this.#strokes = [...before, []];
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
    const stroke = this.#strokes.at(-1)!;
    for (let i = 0; i < count; i++) {
      // Box and Muller's normal deviates: the hand draws the centre of a soft brush.
      const radius = SPRAY * Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      stroke.push(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
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
    context.fillStyle = palette(this.dark).data;
    for (const stroke of this.#strokes) {
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        context.fillRect(zoom * stroke[i]! - ratio, -zoom * stroke[i + 1]! - ratio, 2 * ratio, 2 * ratio);
      }
    }
  }
}

customElements.define("dgm-draw-pad", DrawPad);
