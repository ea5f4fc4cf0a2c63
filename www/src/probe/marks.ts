/** What a probe draws over a picture: the point, its slope, the line of a conditional, its way to noise, pins and the way between them. */
import type { Palette } from "../views/palette.ts";
import type { Pen } from "../views/pen.ts";
import type { Scale } from "../views/scale.ts";

type Place = readonly number[];

/** Longest arrow, and what an arrow of one unit of the logarithm is, in pixels. */
const LONGEST = 80;
const GROWTH = 22;
/** Share of the picture that the highest place of a conditional reaches across. */
const ACROSS = 0.22;
const NAMES = ["A", "B"];

/** A line in ink on a rim of paper, to be seen over any field. */
function traced(pen: Pen, draw: () => void, colour: string, colours: Palette, width = 2, dash: number[] = []): void {
  for (const [style, wide, pattern] of [
    [colours.halo, width + 2.5, []],
    [colour, width, dash],
  ] as const) {
    pen.beginPath();
    draw();
    pen.strokeStyle = style;
    pen.lineWidth = wide;
    pen.setLineDash([...pattern]);
    pen.stroke();
  }
  pen.setLineDash([]);
}

export function drawWay(
  pen: Pen,
  way: readonly Place[],
  scale: Scale,
  colours: Palette,
  colour: string,
  dash: number[] = [],
): void {
  if (way.length < 2) return;
  const line = () => {
    for (const [i, [x, y]] of way.entries()) {
      if (i === 0) pen.moveTo(scale.x(x!), scale.y(y ?? 0));
      else pen.lineTo(scale.x(x!), scale.y(y ?? 0));
    }
  };
  traced(pen, line, colour, colours, 2, dash);
}

export function drawStops(pen: Pen, way: readonly Place[], scale: Scale, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  for (const [x, y] of way) {
    pen.moveTo(scale.x(x!) + 2.4, scale.y(y ?? 0));
    pen.arc(scale.x(x!), scale.y(y ?? 0), 2.4, 0, 2 * Math.PI);
  }
  pen.fill();
}

/** A cross with a ring, which hides little of what it points at. */
export function drawCross(pen: Pen, [x, y]: Place, scale: Scale, colours: Palette): void {
  const [left, top] = [scale.x(x!), scale.y(y!)];
  const cross = () => {
    pen.moveTo(left + 7, top);
    pen.arc(left, top, 7, 0, 2 * Math.PI);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      pen.moveTo(left + 7 * dx, top + 7 * dy);
      pen.lineTo(left + 14 * dx, top + 14 * dy);
    }
  };
  traced(pen, cross, colours.ink, colours, 1.6);
}

/** Where a slope points, longer for a steeper one, by the logarithm. */
export function drawSlope(pen: Pen, [x, y]: Place, slope: ArrayLike<number>, scale: Scale, colours: Palette): void {
  const [left, top] = [scale.x(x!), scale.y(y!)];
  const [dx, dy] = [scale.x(x! + slope[0]!) - left, scale.y(y! + slope[1]!) - top];
  const steep = Math.hypot(slope[0]!, slope[1]!);
  const pixels = Math.hypot(dx, dy);
  if (!(steep > 1e-3) || !(pixels > 0)) return;
  const length = Math.min(LONGEST, 10 + GROWTH * Math.log1p(steep));
  const [ux, uy] = [dx / pixels, dy / pixels];
  const [tipX, tipY] = [left + length * ux, top + length * uy];
  const arrow = () => {
    pen.moveTo(left + 7 * ux, top + 7 * uy);
    pen.lineTo(tipX, tipY);
    for (const side of [1, -1]) {
      pen.moveTo(tipX, tipY);
      pen.lineTo(tipX - 8 * ux + side * 4 * uy, tipY - 8 * uy - side * 4 * ux);
    }
  };
  traced(pen, arrow, colours.walkers, colours, 2.2);
}

export function drawPin(pen: Pen, [x, y]: Place, i: number, scale: Scale, colours: Palette): void {
  const [left, top] = [scale.x(x!), scale.y(y ?? 0)];
  pen.beginPath();
  pen.arc(left, top, 8, 0, 2 * Math.PI);
  pen.fillStyle = colours.ink;
  pen.fill();
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 2;
  pen.stroke();
  pen.fillStyle = colours.paper;
  pen.font = "600 11px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(NAMES[i]!, left, top + 0.5);
}

/** The density along the line through a point, to the side on which there is more room. */
export function drawConditional(
  pen: Pen,
  at: Place,
  { axis, range }: { axis: number; range: ArrayLike<number> },
  logProb: Float32Array,
  scale: Scale,
  [width, height]: readonly [number, number],
  colours: Palette,
): void {
  const density = Array.from(logProb, Math.exp);
  const most = Math.max(...density);
  if (!(most > 0)) return;
  const along = (i: number) => range[0]! + ((i + 0.5) / density.length) * (range[1]! - range[0]!);
  const [x, y] = [scale.x(at[0]!), scale.y(at[1]!)];
  const side = axis === 1 ? (x < width / 2 ? 1 : -1) : y < height / 2 ? 1 : -1;
  const reach = side * ACROSS * Math.min(width, height);
  const base = () => {
    if (axis === 1) {
      pen.moveTo(x, scale.y(range[0]!));
      pen.lineTo(x, scale.y(range[1]!));
    } else {
      pen.moveTo(scale.x(range[0]!), y);
      pen.lineTo(scale.x(range[1]!), y);
    }
  };
  traced(pen, base, colours.samples, colours, 1, [4, 4]);
  const curve = () => {
    for (const [i, value] of density.entries()) {
      const out = (reach * value) / most;
      const [px, py] = axis === 1 ? [x + out, scale.y(along(i))] : [scale.x(along(i)), y + out];
      if (i === 0) pen.moveTo(px, py);
      else pen.lineTo(px, py);
    }
  };
  traced(pen, curve, colours.samples, colours, 2);
}

/** On the line a point is a mark over the whole height. */
export function drawMark(pen: Pen, x: number, height: number, colours: Palette, name = ""): void {
  const mark = () => {
    pen.moveTo(x, 0);
    pen.lineTo(x, height);
  };
  traced(pen, mark, colours.ink, colours, 1.4, name ? [] : [3, 3]);
}
