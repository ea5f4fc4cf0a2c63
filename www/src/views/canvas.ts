/** A stack of canvases as one element: sharp on any screen, drawn at most once per animation frame, and only where it is seen. */
import { type CSSResultGroup, css, html, LitElement } from "lit";
import { never, soon } from "./frames.ts";
import { type Palette, palette } from "./palette.ts";
import { magnified, onPaper } from "./paper.ts";
import type { Drawable, Pen } from "./pen.ts";
import { Ratio } from "./ratio.ts";

/** Drawn this far outside of the view, so that what is scrolled in has its picture. */
const AHEAD = "25%";

export abstract class CanvasStack extends LitElement implements Drawable {
  static override styles: CSSResultGroup = css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
      contain: strict;
    }
    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
  `;

  /** How many canvases lie on each other; a layer that rarely changes is worth its own. */
  protected abstract readonly depth: number;
  protected width = 0;
  protected height = 0;
  /** How many CSS pixels stand for one: seen from afar, strokes and type are to be larger. */
  #magnified = 1;
  /** Whether what is drawn goes on paper. */
  protected paper = false;
  #dark = false;
  #dirty = new Set<number>();
  #observer = new ResizeObserver(() => this.#resize());
  #ratio = new Ratio(() => this.invalidate());
  #inView = false;
  #view = new IntersectionObserver(
    (entries) => {
      // Between the page and the full screen there is a moment without a view.
      this.#inView = entries.at(-1)!.isIntersecting || document.fullscreenElement !== null;
      if (this.#inView) this.invalidate();
      else this.#release();
    },
    { rootMargin: AHEAD },
  );

  set dark(dark: boolean) {
    if (dark === this.#dark) return;
    this.#dark = dark;
    this.invalidate();
  }

  protected get colours(): Palette {
    return palette(this.#dark);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#view.observe(this);
    this.#ratio.watch();
    for (const name of ["beforeprint", "afterprint"]) window.addEventListener(name, this.#print);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#view.disconnect();
    this.#ratio.leave();
    for (const name of ["beforeprint", "afterprint"]) window.removeEventListener(name, this.#print);
    never(this.#draw);
  }

  protected override render(): unknown[] {
    return Array.from({ length: this.depth }, (_, i) => html`<canvas data-layer=${i} aria-hidden="true"></canvas>`);
  }

  /** Marks layers to be drawn again; all of them where none is named. */
  protected invalidate(...layers: number[]): void {
    for (const layer of layers.length > 0 ? layers : Array(this.depth).keys()) this.#dirty.add(layer);
    if (this.#inView) soon(this.#draw);
  }

  /** Whether there is nothing to draw on a layer. */
  protected blank(_layer: number): boolean {
    return false;
  }

  get size(): readonly [number, number] {
    return [this.width, this.height];
  }

  drawWith(pen: Pen, { dark = this.#dark, paper = false } = {}): void {
    const before = [this.#dark, this.paper] as const;
    [this.#dark, this.paper] = [dark, paper];
    for (const layer of Array(this.depth).keys()) if (!this.blank(layer)) this.paint(layer, pen);
    [this.#dark, this.paper] = before;
  }

  /** Draws one layer on a context whose unit is the CSS pixel. */
  protected abstract paint(layer: number, context: Pen): void;

  #canvas(layer: number): HTMLCanvasElement | null {
    return this.renderRoot.querySelector(`canvas[data-layer="${layer}"]`);
  }

  #resize(): void {
    // Paper has its size before the browser has laid it out.
    const zoom = ((this.paper && onPaper(this)) || this.clientWidth) / (this.clientWidth || 1);
    this.#magnified = this.paper ? 1 : magnified(this);
    this.width = (zoom * this.clientWidth) / this.#magnified;
    this.height = (zoom * this.clientHeight) / this.#magnified;
    this.invalidate();
  }

  /**
   * Paper waits for no frame, shows also what is out of view, and takes drawings as they were drawn, on which a cleared rectangle is
   * white: layers begin anew for it.
   */
  readonly #print = ({ type }: Event): void => {
    this.paper = type === "beforeprint";
    this.#release();
    this.#resize();
    if (this.#inView || type === "beforeprint") this.#draw();
  };

  /** Gives the memory of the drawings back: each is four bytes a pixel, several times over in the browser's processes. */
  #release(): void {
    never(this.#draw);
    for (const layer of Array(this.depth).keys()) {
      this.#dirty.add(layer);
      const canvas = this.#canvas(layer);
      if (!canvas) continue;
      canvas.hidden = true;
      canvas.width = 0;
    }
  }

  readonly #draw = (): void => {
    if (this.width === 0 || this.height === 0) return;
    for (const layer of this.#dirty) {
      const canvas = this.#canvas(layer);
      if (!canvas) continue;
      canvas.hidden = this.blank(layer);
      if (canvas.hidden) canvas.width = 0;
      else this.#paintOn(canvas, layer);
    }
    this.#dirty.clear();
  };

  #paintOn(canvas: HTMLCanvasElement, layer: number): void {
    const context = canvas.getContext("2d");
    if (!context) return;
    // Beyond two device pixels a CSS pixel nothing more is seen, and it is paid for in every frame.
    const ratio = this.#magnified * Math.min(2, devicePixelRatio || 1);
    const [width, height] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paint(layer, context);
  }
}
