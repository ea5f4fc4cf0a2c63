/** The stage for data on the plane: field, contours, data, samples and walkers, one canvas each where it pays. */
import type { Bounds, DataPicture, Frame } from "../engine/types.ts";
import { type Axes, planeAxes } from "./axes.ts";
import { CanvasStack } from "./canvas.ts";
import { drawContours, drawField, drawPoints, drawWalkers } from "./layers.ts";
import type { Pen } from "./pen.ts";
import { planeScale, type Scale, within } from "./scale.ts";
import { type Look, type Shades, shades } from "./shade.ts";

enum Layer {
  Field,
  Data,
  Samples,
  Walkers,
  Axes,
}

export interface Shown {
  field: boolean;
  contours: boolean;
  data: boolean;
  samples: boolean;
  walkers: boolean;
  /** Only on the line. */
  truth: boolean;
  axes: boolean;
  /** Each point in the colour and the shape of its class. */
  classes: boolean;
}

/** What draws classes, once it is fetched, and which are not drawn; undefined while they are not told apart. */
export type Classes = typeof import("./class-marks.ts") & { hidden: ReadonlySet<number> };

export const EVERY_LAYER: Shown = {
  field: true,
  contours: true,
  data: true,
  samples: true,
  walkers: true,
  truth: true,
  axes: true,
  classes: false,
};

/** Radius of a point and of a walker in pixels, and the side of a stage from which on they are that large. */
const POINT = 1.9;
const WALKER = 3;
const MARK = 3;
const LARGE = 360;

/** How many past positions of a walker are drawn. */
const TRAIL = 9;

export class PlaneStage extends CanvasStack {
  protected readonly depth = 5;
  #data: DataPicture | undefined;
  #frame: Frame | undefined;
  #shades: Shades | undefined;
  #look: Look = "density";
  #peak: number | undefined;
  #shown: Shown = EVERY_LAYER;
  #axes: Axes | undefined;
  #classes: Classes | undefined;
  #box: Bounds | undefined;
  #trail: ArrayLike<number>[] = [];

  set data(data: DataPicture | undefined) {
    if (data === this.#data) return;
    this.#data = data;
    this.invalidate();
  }

  set shown(shown: Shown) {
    if (JSON.stringify(shown) === JSON.stringify(this.#shown)) return;
    this.#shown = { ...shown };
    this.invalidate();
  }

  set axes(axes: Axes) {
    if (JSON.stringify(axes) === JSON.stringify(this.#axes)) return;
    this.#axes = axes;
    this.invalidate(Layer.Axes);
  }

  set classes(classes: Classes | undefined) {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.invalidate();
  }

  /** The part of the world to show, where it is not all of it. */
  set box(box: Bounds | undefined) {
    if (box === this.#box) return;
    this.#box = box;
    this.invalidate();
  }

  /** How the field is to be read. */
  set look(look: Look) {
    if (look === this.#look) return;
    this.#look = look;
    this.#reshade();
  }

  /** The level of a density that is darkest, in nats; its own where none is given. */
  set peak(peak: number | undefined) {
    if (peak === this.#peak) return;
    this.#peak = peak;
    this.#reshade();
  }

  set frame(frame: Frame | undefined) {
    const old = this.#frame;
    if (frame === old) return;
    this.#frame = frame;
    if (!frame) {
      this.#trail = [];
      this.#reshade();
      this.invalidate();
      return;
    }
    if (frame.field !== old?.field) this.#reshade();
    if (frame.samples !== old?.samples) this.invalidate(Layer.Samples);
    if (this.#classes && !frame.labels !== !old?.labels) this.invalidate(Layer.Data);
    if (frame.walkers && frame.walkers !== old?.walkers) this.#walk(frame.walkers);
  }

  protected override blank(layer: number): boolean {
    return layer === Layer.Walkers && this.#trail.length === 0;
  }

  protected override paint(layer: number, context: Pen): void {
    const bounds = this.#box ?? this.#data?.bounds ?? this.#frame?.bounds;
    if (!bounds) return;
    const scale: Scale = planeScale(bounds, this.width, this.height);
    const drawn = () => this.#layer(layer, context, bounds, scale);
    if (this.#box && layer !== Layer.Axes) within(context, bounds, scale, drawn);
    else drawn();
  }

  #layer(layer: number, context: Pen, bounds: Bounds, scale: Scale): void {
    // Until it is drawn anew a field lies where it was drawn for.
    const there = this.#frame?.field?.bounds ?? bounds;
    const size = Math.min(1, Math.max(0.5, Math.min(this.width, this.height) / LARGE));
    if (layer === Layer.Field && this.#shades) {
      if (this.#shown.field) drawField(context, this.#shades, this.#look, there, scale, this.colours, this.paper);
      if (this.#shown.contours) drawContours(context, this.#shades, there, scale, this.colours);
    } else if (layer === Layer.Data && this.#data && this.#shown.data) {
      // Outlines, where the samples have classes too.
      this.#points(
        context,
        this.#data.points,
        this.#data.labels,
        scale,
        size,
        this.colours.data,
        0.6,
        !this.#frame?.labels,
      );
    } else if (layer === Layer.Samples && this.#frame && this.#shown.samples) {
      this.#points(context, this.#frame.samples, this.#frame.labels, scale, size, this.colours.samples, 0.8, true);
    } else if (layer === Layer.Walkers && this.#shown.walkers) {
      drawWalkers(context, this.#trail, scale, this.colours, size * WALKER);
    } else if (layer === Layer.Axes && this.#axes && this.#shown.axes) {
      planeAxes(context, bounds, scale, this.#axes, this.colours);
    }
  }

  #points(
    context: Pen,
    points: ArrayLike<number>,
    labels: Uint8Array | undefined,
    scale: Scale,
    size: number,
    colour: string,
    opacity: number,
    filled: boolean,
  ): void {
    const { hidden, drawMarks } = this.#classes ?? {};
    if (!labels || !hidden || !drawMarks) drawPoints(context, points, scale, colour, size * POINT, opacity);
    else drawMarks(context, { points, labels, hidden }, scale, size * MARK, this.colours.dark, filled);
  }

  #reshade(): void {
    const field = this.#frame?.field;
    this.#shades = field && shades(field, this.#look, this.#look === "density" ? this.#peak : undefined);
    this.invalidate(Layer.Field);
  }

  #walk(walkers: ArrayLike<number>): void {
    // Another number of walkers is another set of walkers.
    if (this.#trail[0]?.length !== walkers.length) this.#trail = [];
    this.#trail = [...this.#trail.slice(1 - TRAIL), walkers];
    this.invalidate(Layer.Walkers);
  }
}

customElements.define("dgm-plane-stage", PlaneStage);
