/**
 * Over a picture: the pointer or the arrow keys choose a point, a click pins it, and what the model says there is drawn. Pictures of one lab
 * share the point.
 */
import { css, html, type PropertyValues } from "lit";
import type { Bounds, Frame } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { CanvasStack } from "../views/canvas.ts";
import { LINE_MARGIN } from "../views/line-stage.ts";
import { ARROWS, overStyles } from "../views/over.ts";
import type { Pen } from "../views/pen.ts";
import { sheets } from "../views/picture-stage.ts";
import { linear, planeScale, type Scale } from "../views/scale.ts";
import { drawConditional, drawCross, drawMark, drawPin, drawSlope, drawStops, drawWay } from "./marks.ts";
import { type Point, probeOf, type SharedProbe } from "./shared.ts";
import { lineOf } from "./values.ts";
import { placeOf } from "./ways.ts";
import { probeWords } from "./words.ts";

/** Shares of the picture that an arrow key moves the point by, and with the shift key. */
const STEP = 0.02;
const SMALL = 0.004;

export class ProbeOver extends CanvasStack {
  static override properties = {
    store: { attribute: false },
    lead: { attribute: false },
    frame: { attribute: false },
    data: { attribute: false },
    box: { attribute: false },
  };

  static override styles = [
    CanvasStack.styles,
    overStyles,
    css`
      button {
        touch-action: pinch-zoom;
      }
    `,
  ];

  declare store: Store;
  declare lead: Store;
  /** Another picture is a reason to ask again. */
  declare frame: Frame | undefined;
  declare data: unknown;
  /** So is another part of the world. */
  declare box: unknown;
  protected readonly depth = 1;
  readonly #watching = new Watching<SharedProbe>(this, (probe) => {
    probe.refresh(this.store);
    this.invalidate();
  });

  get #probe(): SharedProbe {
    return this.#watching.now!;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const { store } = this;
    const probe = this.#watching.at(probeOf(this.lead));
    probe.suit(store.dim, () => store.data && Array.from(store.data.points.subarray(0, store.dim)));
    probe.refresh(store);
    this.invalidate();
  }

  protected override render() {
    const words = probeWords[this.store.lang];
    const hands = html`<button
      data-testid="probe"
      aria-label=${this.store.dim > 2 ? words.prints : words.label}
      @pointermove=${this.#move}
      @pointerdown=${this.#move}
      @click=${this.#click}
      @keydown=${this.#key}
    ></button>`;
    return [...super.render(), hands];
  }

  get #bounds(): Bounds {
    return this.store.box ?? this.store.data!.bounds;
  }

  get #scale(): Scale {
    const { width, height } = this;
    if (this.store.dim === 2) return planeScale(this.#bounds, width, height);
    const across = [LINE_MARGIN, width - LINE_MARGIN] as const;
    const up = () => 0;
    return { x: linear(this.#bounds.x, across), y: up, worldX: linear(across, this.#bounds.x), worldY: up };
  }

  /** What the pointer is at; of pictures the one under it. */
  #at({ clientX, clientY }: MouseEvent): Point | undefined {
    const { store } = this;
    if (!store.data) return undefined;
    const { left, top, width } = this.getBoundingClientRect();
    const unit = this.width / (width || 1);
    const [x, y] = [unit * (clientX - left), unit * (clientY - top)];
    if (store.dim > 2) return this.#print(x, y);
    const scale = this.#scale;
    return [scale.worldX(x), scale.worldY(y)].slice(0, store.dim);
  }

  #print(x: number, y: number): Point | undefined {
    const { data, frame, shown, dim } = this.store;
    const [ofData, ofSamples] = sheets(this.width, this.height, shown);
    for (const [sheet, values] of [
      [ofData, shown.data && data!.points],
      [ofSamples, shown.samples && frame?.samples],
    ] as const) {
      const [column, row] = [Math.floor((x - sheet.x) / sheet.cell), Math.floor((y - sheet.y) / sheet.cell)];
      if (!values || column < 0 || column >= sheet.columns || row < 0 || row >= sheet.rows) continue;
      const from = (row * sheet.columns + column) * dim;
      if (from + dim <= values.length) return Array.from(values.subarray(from, from + dim));
    }
    return undefined;
  }

  /** A pointer that hovers chooses; so does a finger that is drawn over the picture. Pictures are chosen by a click. */
  #move = (event: PointerEvent): void => {
    if (this.store.dim > 2) return;
    const at = this.#at(event);
    if (at) this.#probe.look(at);
  };

  /** Enter and Space come as clicks that were made nowhere. */
  #click = (event: MouseEvent): void => {
    const at = event.detail === 0 ? this.#probe.at : this.#at(event);
    if (at) this.#probe.pin(at);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.#probe.pins.length > 0) {
      event.stopPropagation();
      this.#probe.clear();
      return;
    }
    const by = ARROWS[event.key];
    const { at } = this.#probe;
    if (!by || !at || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.store.dim > 2) this.#nextPrint(by[0] - by[1] * 10);
    else this.#nextPoint(at, by, event.shiftKey ? SMALL : STEP);
  };

  #nextPoint(at: Point, by: readonly [number, number], size: number): void {
    const { x, y } = this.#bounds;
    const moved = [at[0]! + by[0] * size * (x[1] - x[0]), (at[1] ?? 0) + by[1] * size * (y[1] - y[0])];
    this.#probe.look(moved.slice(0, at.length));
  }

  /** From one of the data's pictures to another. */
  #nextPrint(by: number): void {
    const { data, dim } = this.store;
    const count = data!.points.length / dim;
    const now = this.#place(data!.points);
    const next = Math.min(count - 1, Math.max(0, (now ?? 0) + by));
    this.#probe.look(Array.from(data!.points.subarray(next * dim, (next + 1) * dim)));
  }

  /** Which of the pictures is looked at. */
  #place(points: ArrayLike<number>): number | undefined {
    const { at } = this.#probe;
    if (!at) return undefined;
    for (let k = 0; k < points.length / at.length; k++) {
      if (at.every((value, i) => value === points[k * at.length + i])) return k;
    }
    return undefined;
  }

  protected override paint(_layer: number, pen: Pen): void {
    if (!this.store.data) return;
    if (this.store.dim > 2) this.#frames(pen);
    else if (this.store.dim === 1) this.#onLine(pen);
    else this.#onPlane(pen);
  }

  #onPlane(pen: Pen): void {
    const { colours, store } = this;
    const { at, pins } = this.#probe;
    const scale = this.#scale;
    const seen = this.#probe.seen(store);
    if (seen?.way && pins.length === 2) {
      drawWay(pen, seen.way.data, scale, colours, colours.ink, [5, 5]);
      drawWay(pen, seen.way.latentsData, scale, colours, colours.samples);
    }
    if (at && seen) {
      const { probe, at: there } = seen;
      // What is drawn is of the point that was asked about, which may lag behind the hand.
      const line = lineOf(probe);
      if (line) drawConditional(pen, there, probe.conditional!, line, scale, this.size, colours);
      if (probe.path.stops[0]?.at === "time") {
        const way = probe.path.stops.map((_, stop) => placeOf(probe.path, stop, 0));
        drawWay(pen, way, scale, colours, colours.samples);
        drawStops(pen, way, scale, colours.samples);
      }
      if (probe.score) drawSlope(pen, there, probe.score.subarray(0, 2), scale, colours);
    }
    if (at) drawCross(pen, at, scale, colours);
    for (const [i, pin] of pins.entries()) drawPin(pen, pin, i, scale, colours);
  }

  #onLine(pen: Pen): void {
    const { at, pins } = this.#probe;
    const scale = this.#scale;
    if (at) drawMark(pen, scale.x(at[0]!), this.height, this.colours);
    for (const [i, pin] of pins.entries()) {
      drawMark(pen, scale.x(pin[0]!), this.height, this.colours, "pin");
      drawPin(pen, pin, i, { ...scale, y: () => 12 }, this.colours);
    }
  }

  /** Pictures that are looked at or pinned stand in a frame. */
  #frames(pen: Pen): void {
    const { data, shown } = this.store;
    const [sheet] = sheets(this.width, this.height, shown);
    if (!shown.data) return;
    const place = this.#place(data!.points);
    if (place === undefined || place >= sheet.columns * sheet.rows) return;
    pen.strokeStyle = this.colours.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    const [column, row] = [place % sheet.columns, Math.floor(place / sheet.columns)];
    pen.rect(sheet.x + column * sheet.cell + 1, sheet.y + row * sheet.cell + 1, sheet.cell - 2, sheet.cell - 2);
    pen.stroke();
  }
}

customElements.define("dgm-probe", ProbeOver);
