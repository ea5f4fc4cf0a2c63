/** Over a picture: the points, ways and arrows of the deed that is told, or its pictures. */
import { css, type PropertyValues } from "lit";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { CanvasStack } from "../views/canvas.ts";
import { LINE_MARGIN } from "../views/line-stage.ts";
import type { Pen } from "../views/pen.ts";
import { linear, planeScale, type Scale } from "../views/scale.ts";
import { drawStep, drawVeil } from "./draw.ts";
import { type Motion, motionOf } from "./motion.ts";
import { drawSheets } from "./sheets.ts";

/** Radius of a point, and the side of a picture from which on it is that large. */
const POINT = 2.6;
const LARGE = 360;

export class SlowPicture extends CanvasStack {
  static override properties = { store: { attribute: false }, moment: { attribute: false } };

  static override styles = [
    CanvasStack.styles,
    css`
      :host {
        position: absolute;
        inset: 0;
        pointer-events: none;
      }
    `,
  ];

  declare store: Store;
  /** What the page shows; another one is a reason to look again. */
  declare moment: unknown;
  protected readonly depth = 1;
  readonly #watching = new Watching<Motion>(this, () => this.#move());
  #frame = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#watching.at(motionOf(this.store)).refresh();
    this.invalidate();
  }

  /** Until what moves has come. */
  #move(): void {
    cancelAnimationFrame(this.#frame);
    this.invalidate();
    if ((this.#watching.now?.share ?? 1) < 1) this.#frame = requestAnimationFrame(() => this.#move());
  }

  protected override paint(_layer: number, pen: Pen): void {
    const { width, height, colours } = this;
    const { slow, at, share } = this.#watching.now ?? {};
    const bounds = this.store.box ?? this.store.data?.bounds;
    if (!slow || at === undefined || share === undefined || !bounds || slow.dim !== this.store.dim) return;
    const pictures = slow.dim > 2;
    drawVeil(pen, width, height, colours, pictures);
    if (pictures) {
      drawSheets(pen, slow, at, share, { width, height, most: bounds.x[1] }, colours);
      return;
    }
    const flat = (): Scale => {
      const across = [LINE_MARGIN, width - LINE_MARGIN] as const;
      const none = () => 0;
      return { x: linear(bounds.x, across), y: none, worldX: none, worldY: none };
    };
    const scale = slow.dim === 1 ? flat() : planeScale(bounds, width, height);
    const radius = POINT * Math.min(1, Math.max(0.6, Math.min(width, height) / LARGE));
    drawStep(pen, slow, at, share, { scale, height, radius }, colours);
  }
}

customElements.define("dgm-slow-picture", SlowPicture);
