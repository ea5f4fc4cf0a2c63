/** The small picture beside the stage: the other view of the same model, of the kind its family has. */
import type { Bounds, Frame, Numbers } from "../engine/types.ts";
import { type Along, drawAlong } from "./along.ts";
import { CanvasStack } from "./canvas.ts";
import { drawContours, drawField, drawGrid, drawKeyed } from "./layers.ts";
import type { Classes } from "./plane-stage.ts";
import { print } from "./prints.ts";
import { drawPrior, priorBox } from "./prior.ts";
import { boxAround, linear, planeScale, type Scale } from "./scale.ts";
import { type Look, shades } from "./shade.ts";

/** More prints than this hide each other. */
const PICTURES = 70;

export type Side = "energy" | "density" | "grid" | "latent" | "latent_data";

export class SidePicture extends CanvasStack {
  protected readonly depth = 1;
  #frame: Frame | undefined;
  #side: Side = "grid";
  #along: Along | undefined;
  #classes: Classes | undefined;

  set classes(classes: Classes | undefined) {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.invalidate();
  }

  set side(side: Side) {
    if (side === this.#side) return;
    this.#side = side;
    this.invalidate();
  }

  /** Latents on their way, in place of where they come to. */
  set along(along: Along | undefined) {
    if (along === this.#along) return;
    this.#along = along;
    this.invalidate();
  }

  set frame(frame: Frame | undefined) {
    const old = this.#frame;
    this.#frame = frame;
    // Samples and walkers change most often and are no part of this picture.
    if (frame?.field !== old?.field || frame?.grid !== old?.grid || frame?.latent !== old?.latent) this.invalidate();
  }

  protected override paint(_layer: number, context: CanvasRenderingContext2D): void {
    const frame = this.#frame;
    if (!frame) return;
    if (this.#side === "grid" && this.#along) drawAlong(context, this.#along, this.size, this.colours);
    else if (this.#side === "grid") this.#grid(context, frame);
    else if (this.#side === "latent") this.#latent(context, frame);
    else if (this.#side === "latent_data") this.#latentData(context, frame);
    else this.#field(context, frame, this.#side);
  }

  #field(context: CanvasRenderingContext2D, { field }: Frame, look: Look): void {
    if (!field) return;
    const { bounds } = field;
    const scale = planeScale(bounds, this.width, this.height);
    const shaded = shades(field, look);
    drawField(context, shaded, look, bounds, scale, this.colours, this.paper);
    drawContours(context, shaded, bounds, scale, this.colours);
  }

  #grid(context: CanvasRenderingContext2D, { grid, bounds, dim }: Frame): void {
    if (!grid) return;
    if (dim === 2) {
      drawGrid(context, grid.points, grid.side, planeScale(bounds, this.width, this.height), this.colours);
      return;
    }
    // On the line: each latent above, joined to where it goes below.
    const above = linear([0, grid.side - 1], [8, this.width - 8]);
    const below = linear(bounds.x, [8, this.width - 8]);
    context.strokeStyle = this.colours.samples;
    context.globalAlpha = 0.6;
    context.beginPath();
    for (const [i, point] of grid.points.entries()) {
      context.moveTo(above(i), 10);
      context.lineTo(below(point), this.height - 10);
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  #latent(context: CanvasRenderingContext2D, { latent, dim, bounds }: Frame): void {
    if (!latent) return;
    if (dim > 2) {
      this.#pictures(context, latent, dim, bounds.x[1]);
      return;
    }
    const stride = latent.data.length / (latent.points.length / latent.dim);
    const keys = centred(latent.data, stride, bounds);
    if (latent.dim === 1) {
      // One latent: its value across, the data's own order up.
      const flat = new Float64Array(latent.points.length * 2);
      for (const [i, z] of latent.points.entries()) flat.set([z, latent.data[i * stride]!], 2 * i);
      const box = boxAround(flat, undefined, true);
      this.#keyed(context, flat, latent.labels, 2, keys, stride, planeScale(box, this.width, this.height));
      return;
    }
    const scale = planeScale(priorBox(latent), this.width, this.height);
    this.#keyed(context, latent.points, latent.labels, latent.dim, keys, stride, scale);
    drawPrior(context, latent, scale, this.colours.ink);
  }

  /** Pictures where the encoder puts them, by the first two latents. */
  #pictures(context: CanvasRenderingContext2D, latent: NonNullable<Frame["latent"]>, dim: number, most: number): void {
    const scale = planeScale(priorBox(latent), this.width, this.height);
    // Under the prints, and quieter than they are.
    drawPrior(context, latent, scale, this.colours.quiet);
    const size = this.width / 18;
    const second = Math.min(1, latent.dim - 1);
    const count = Math.min(PICTURES, latent.points.length / latent.dim);
    const labels = this.#classes && latent.labels;
    for (let k = 0; k < count; k++) {
      if (labels && this.#classes!.hidden.has(labels[k]!)) continue;
      const ink = labels ? this.#classes!.colourOf(labels[k]!, this.colours.dark) : this.colours.data;
      const [x, y] = [latent.points[k * latent.dim]!, latent.points[k * latent.dim + second]!];
      const place = { left: scale.x(x) - size / 2, top: scale.y(y) - size / 2, size };
      print(context, latent.data.subarray(k * dim, (k + 1) * dim), most, place, ink);
    }
  }

  #latentData(context: CanvasRenderingContext2D, { latent, bounds, dim }: Frame): void {
    if (!latent || dim !== 2) return;
    const scale = planeScale(bounds, this.width, this.height);
    this.#keyed(context, latent.data, latent.labels, 2, centred(latent.data, 2, bounds), 2, scale);
  }

  /** By their classes where these are shown, else by the directions of their keys. */
  #keyed(
    context: CanvasRenderingContext2D,
    points: Numbers,
    labels: Uint8Array | undefined,
    stride: number,
    keys: ArrayLike<number>,
    keyStride: number,
    scale: Scale,
  ): void {
    const classes = this.#classes;
    if (!classes || !labels) {
      drawKeyed(context, points, stride, keys, keyStride, scale);
      return;
    }
    const plane = Float64Array.from({ length: 2 * labels.length }, (_, i) => points[(i >> 1) * stride + (i & 1)]!);
    classes.drawMarks(context, { points: plane, labels, hidden: classes.hidden }, scale, 0, this.colours.dark, true);
  }
}

/** Data about their mean as shares of the picture, so that directions tell them apart. On the line: half a turn for the whole spread. */
function centred(data: ArrayLike<number>, stride: number, bounds: Bounds): Float64Array {
  const out = Float64Array.from(data);
  const n = data.length / stride;
  for (let axis = 0; axis < stride; axis++) {
    let mean = 0;
    let spread = 0;
    for (let i = 0; i < n; i++) mean += data[i * stride + axis]! / n;
    for (let i = 0; i < n; i++) spread = Math.max(spread, Math.abs(data[i * stride + axis]! - mean));
    const [low, high] = axis === 0 ? bounds.x : bounds.y;
    const unit = stride === 1 ? (2 * spread) / Math.PI || 1 : high - low || 1;
    for (let i = 0; i < n; i++) out[i * stride + axis] = (data[i * stride + axis]! - mean) / unit;
  }
  return out;
}

customElements.define("dgm-side-picture", SidePicture);
