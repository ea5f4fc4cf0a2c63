/**
 * The stage for data on the line: above, histograms of data and samples with the learned and the true density; below, what
 * the family learns instead (energy with walkers rolling on it, or the discriminator).
 */
import type { Bounds, DataPicture, Frame } from "../engine/types.ts";
import { type Axes, lineAxis, lineAxisHeight } from "./axes.ts";
import { CanvasStack } from "./canvas.ts";
import { bars, curve, type Fit, histogram } from "./curves.ts";
import type { Pen } from "./pen.ts";
import { type Classes, EVERY_LAYER, type Shown } from "./plane-stage.ts";
import { linear, within } from "./scale.ts";

enum Layer {
  Curves,
  Axis,
}

const BINS = 60;
/** Room at either end of the line, in CSS pixels. */
export const LINE_MARGIN = 14;
const MARGIN = { left: LINE_MARGIN, right: LINE_MARGIN, top: 14 };

export class LineStage extends CanvasStack {
  protected readonly depth = 2;
  #data: DataPicture | undefined;
  #frame: Frame | undefined;
  #shown: Shown = EVERY_LAYER;
  #axes: Axes | undefined;
  #classes: Classes | undefined;
  #box: Bounds | undefined;

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

  set data(data: DataPicture | undefined) {
    if (data === this.#data) return;
    this.#data = data;
    this.invalidate();
  }

  set axes(axes: Axes) {
    if (JSON.stringify(axes) === JSON.stringify(this.#axes)) return;
    this.#axes = axes;
    this.invalidate();
  }

  set shown(shown: Shown) {
    if (JSON.stringify(shown) === JSON.stringify(this.#shown)) return;
    this.#shown = { ...shown };
    this.invalidate();
  }

  set frame(frame: Frame | undefined) {
    if (frame === this.#frame) return;
    this.#frame = frame;
    this.invalidate(Layer.Curves);
  }

  protected override paint(layer: number, context: Pen): void {
    const bounds = this.#box ?? this.#data?.bounds ?? this.#frame?.bounds;
    if (!bounds) return;
    const drawn = () => this.#layer(layer, context, bounds);
    if (this.#box && layer !== Layer.Axis) {
      const x = linear(bounds.x, [MARGIN.left, this.width - MARGIN.right]);
      within(context, { ...bounds, y: [0, 1] }, { x, y: linear([0, 1], [this.height, 0]) }, drawn);
    } else drawn();
  }

  #layer(layer: number, context: Pen, bounds: Bounds): void {
    const frame = this.#frame;
    const logits = frame?.field?.kind === "discriminator" ? frame.field.values : undefined;
    const lower = frame?.energy ?? logits;
    const x = linear(bounds.x, [MARGIN.left, this.width - MARGIN.right]);
    const floor = this.height - (this.#axes ? lineAxisHeight(this.#axes) : 0);
    if (layer === Layer.Axis) {
      if (this.#axes && this.#shown.axes) lineAxis(context, bounds.x, x, floor, this.#axes, this.colours);
      return;
    }
    const split = lower ? Math.round(this.height * 0.62) : floor;
    this.#densities(context, x, bounds.x, split, frame);
    if (lower && this.#shown.field) {
      const area = { top: split + 26, bottom: floor };
      const there = frame?.field?.bounds.x ?? bounds.x;
      if (logits) this.#judge(context, x, there, area, logits);
      else this.#landscape(context, x, there, area, lower, frame?.walkers);
    }
  }

  #densities(context: Pen, x: Fit, [low, high]: [number, number], base: number, frame?: Frame) {
    const data = this.#data && histogram(this.#data.points, low, high, BINS);
    const samples = frame && frame.samples.length > 0 ? histogram(frame.samples, low, high, BINS) : undefined;
    const field = frame?.field;
    const learned =
      field && field.kind !== "discriminator" && field.kind !== "energy"
        ? Float64Array.from(field.values, Math.exp)
        : undefined;
    // Only the data set the height, in whatever unit they are: a model that still is far off must not squeeze the picture.
    const peak = Math.max(...[data, frame?.truth].flatMap((part) => (part ? [Math.max(...part)] : [])), 0) || 1;
    const y = linear([0, peak * 1.25], [base, MARGIN.top]);
    const { colours } = this;
    const drawn = (
      points: ArrayLike<number>,
      labels: Uint8Array | undefined,
      all: Float64Array,
      colour: string,
      opacity: number,
    ) => {
      const { hidden, drawClassBars } = this.#classes ?? {};
      if (!labels || !hidden || !drawClassBars) bars(context, all, x, y, low, high, colour, opacity);
      else drawClassBars(context, { points, labels, hidden }, x, y, [low, high], BINS, colours.dark, opacity);
    };
    if (data && this.#shown.data) drawn(this.#data!.points, this.#data!.labels, data, colours.data, 0.35);
    if (samples && this.#shown.samples) drawn(frame!.samples, frame!.labels, samples, colours.samples, 0.4);
    // Until it is drawn anew a curve stands where it was drawn for.
    if (learned && this.#shown.field) curve(context, learned, x, y, ...field!.bounds.x, colours.samples, 2.4, []);
    if (frame?.truth && this.#shown.truth)
      curve(context, frame.truth, x, y, ...frame.bounds.x, colours.truth, 1.4, [5, 4]);
    context.fillStyle = colours.hair;
    context.fillRect(MARGIN.left, base, this.width - MARGIN.left - MARGIN.right, 1);
  }

  #landscape(
    context: Pen,
    x: Fit,
    [low, high]: [number, number],
    area: Area,
    energy: Float32Array,
    walkers?: ArrayLike<number>,
  ) {
    const least = energy.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = energy.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const y = linear([least, Math.min(most, least + 14) + 0.5], [area.bottom - 6, area.top]);
    curve(context, energy, x, (value) => Math.max(area.top, y(value)), low, high, this.colours.ink, 2, []);
    if (!walkers || !this.#shown.walkers) return;
    context.fillStyle = this.colours.walkers;
    for (const walker of Array.from(walkers)) {
      const cell = Math.floor(((walker - low) / (high - low)) * energy.length);
      const height = energy[Math.min(energy.length - 1, Math.max(0, cell))]!;
      context.beginPath();
      context.arc(x(walker), Math.max(area.top, y(height)) - 4, 3, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #judge(context: Pen, x: Fit, [low, high]: [number, number], area: Area, logits: Float32Array) {
    const y = linear([0, 1], [area.bottom - 4, area.top]);
    context.fillStyle = this.colours.hair;
    context.fillRect(MARGIN.left, y(0.5), this.width - MARGIN.left - MARGIN.right, 1);
    const real = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    curve(context, real, x, y, low, high, this.colours.data, 2.2, []);
  }
}

interface Area {
  top: number;
  bottom: number;
}

customElements.define("dgm-line-stage", LineStage);
