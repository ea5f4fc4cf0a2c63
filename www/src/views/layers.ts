/** The layers of a picture of the plane, each a function that draws on a context and knows nothing of the others. */
import { contours } from "d3-contour";
import type { Bounds } from "../engine/types.ts";
import { hueOf, type Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";
import type { Scale } from "./scale.ts";
import type { Look, Shades } from "./shade.ts";

type Context = Pen;

const stamp = document.createElement("canvas");
/** Pixels along each side of a picture on paper: a printer's dots on half a page. */
const FINE = 1000;

/** A small picture, one pixel a cell, stretched by the browser, which smooths it. */
export function drawField(
  context: Context,
  shades: Shades,
  look: Look,
  bounds: Bounds,
  scale: Scale,
  colours: Palette,
  paper = false,
) {
  const { side, values } = shades;
  const ramp = look === "discriminator" ? colours.diverging : colours.field;
  stamp.width = stamp.height = side;
  const pen = stamp.getContext("2d")!;
  const image = pen.createImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      // Row 0 of the field lies lowest, row 0 of an image highest.
      const value = values[(side - 1 - row) * side + column]!;
      image.data.set(ramp[Math.round(value * (ramp.length - 1))]!, 4 * (row * side + column));
      image.data[4 * (row * side + column) + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
  const [left, right] = [scale.x(bounds.x[0]), scale.x(bounds.x[1])];
  const [above, below] = [scale.y(bounds.y[1]), scale.y(bounds.y[0])];
  stretch(context, paper ? enlarged(stamp) : stamp, left, above, right - left, below - above);
}

/** Paper takes a picture with the pixels that it has, and whoever looks at it sees the cells: it gets more of them. */
function enlarged(picture: HTMLCanvasElement): HTMLCanvasElement {
  const large = document.createElement("canvas");
  const times = Math.ceil(FINE / picture.width);
  large.width = times * picture.width;
  large.height = times * picture.height;
  stretch(large.getContext("2d")!, picture, 0, 0, large.width, large.height);
  return large;
}

function stretch(context: Context, picture: HTMLCanvasElement, x: number, y: number, width: number, height: number) {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, x, y, width, height);
}

export function drawContours(context: Context, shades: Shades, bounds: Bounds, scale: Scale, colours: Palette) {
  const { side, values } = shades;
  const levels = [0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92];
  const unit = [(bounds.x[1] - bounds.x[0]) / side, (bounds.y[1] - bounds.y[0]) / side] as const;
  const lines = contours().size([side, side]).thresholds(levels)(values as unknown as number[]);
  const edge = (cell: number) => cell <= 0.5 || cell >= side - 0.5;
  context.beginPath();
  for (const line of lines) {
    for (const ring of line.coordinates.flat() as [number, number][][]) {
      let wasOnEdge = false;
      for (const [i, [column, row]] of ring.entries()) {
        const x = scale.x(bounds.x[0] + column * unit[0]);
        const y = scale.y(bounds.y[0] + row * unit[1]);
        // A ring that leaves the picture comes back along its edge, where there is no level to show.
        const onEdge = edge(column) || edge(row);
        if (i === 0 || (onEdge && wasOnEdge)) context.moveTo(x, y);
        else context.lineTo(x, y);
        wasOnEdge = onEdge;
      }
    }
  }
  context.strokeStyle = colours.contour;
  context.lineWidth = 1;
  context.stroke();
}

export function drawPoints(
  context: Context,
  points: ArrayLike<number>,
  scale: Scale,
  colour: string,
  radius: number,
  opacity: number,
) {
  context.fillStyle = colour;
  context.globalAlpha = opacity;
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = scale.x(points[i]!);
    const y = scale.y(points[i + 1]!);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

/** Walkers with the way they came, oldest first in `trail`. */
export function drawWalkers(
  context: Context,
  trail: ArrayLike<number>[],
  scale: Scale,
  colours: Palette,
  radius: number,
) {
  const now = trail.at(-1);
  if (!now) return;
  context.strokeStyle = colours.walkers;
  context.lineWidth = 1.2;
  context.globalAlpha = 0.45;
  context.beginPath();
  for (let i = 0; i + 1 < now.length; i += 2) {
    for (const [age, points] of trail.entries()) {
      const x = scale.x(points[i]!);
      const y = scale.y(points[i + 1]!);
      if (age === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  drawPoints(context, now, scale, colours.halo, 1.4 * radius, 1);
  drawPoints(context, now, scale, colours.walkers, radius, 1);
}

/** A grid of latents where the model carries it: lines along both directions. */
export function drawGrid(context: Context, points: ArrayLike<number>, side: number, scale: Scale, colours: Palette) {
  const trace = (start: number, stride: number) => {
    for (let k = 0; k < side; k++) {
      const i = 2 * (start + k * stride);
      const x = scale.x(points[i]!);
      const y = scale.y(points[i + 1]!);
      if (k === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  };
  context.lineWidth = 1;
  context.strokeStyle = colours.samples;
  context.globalAlpha = 0.75;
  context.beginPath();
  for (let k = 0; k < side; k++) {
    trace(k * side, 1);
    trace(k, side);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Points coloured by the direction of `keys`, so that the same point has the same colour in another picture. */
export function drawKeyed(
  context: Context,
  points: ArrayLike<number>,
  stride: number,
  keys: ArrayLike<number>,
  keyStride: number,
  scale: Scale,
) {
  const n = Math.min(points.length / stride, keys.length / keyStride);
  for (let i = 0; i < n; i++) {
    const key = i * keyStride;
    context.fillStyle =
      keyStride === 1 ? hueOf(Math.cos(keys[key]!), Math.sin(keys[key]!)) : hueOf(keys[key]!, keys[key + 1]!);
    context.beginPath();
    context.arc(scale.x(points[i * stride]!), scale.y(stride > 1 ? points[i * stride + 1]! : 0), 2, 0, 2 * Math.PI);
    context.fill();
  }
}
