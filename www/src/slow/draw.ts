/** What is seen of a step up to one of its deeds: points where they stand, ways that they take, arrows at them. Of many every so-manieth has one. */
import type { Act, Slow } from "../engine/types.ts";
import type { Palette } from "../views/palette.ts";
import type { Pen } from "../views/pen.ts";
import type { Scale } from "../views/scale.ts";

type Deed = Act["deed"];

/** Ways and arrows at most. */
const MOST = 72;
/** How long the long ones among arrows are, in a model's units, and a change that is drawn larger than it is. */
const LONG = 0.4;
const SEEN = 0.3;
const TIMES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
/** What lies under it shows through. */
const VEIL = 0.66;
const FAINT = 0.3;

/** Arrows that are drawn together and are as long as each other. */
const TOGETHER: readonly (readonly Deed[])[] = [
  ["pull", "push"],
  ["target_velocity", "target_noise", "target_v", "way_back", "answer"],
];
/** From here on the points before are of no more interest; the batch always is. */
const AFRESH: readonly Deed[] = ["attempts", "update"];

export interface Place {
  scale: Scale;
  /** Height in CSS pixels: on the line points lie at heights of their own. */
  height: number;
  /** Radius of a point in CSS pixels. */
  radius: number;
}

/** How many times as long as it is a change is drawn. */
export function times({ dim }: Slow, { points, from }: Act): number {
  if (!points || !from) return 1;
  const length = long(
    points.map((u, i) => u - from[i]!),
    dim,
  );
  return TIMES.findLast((times) => times * length <= SEEN) ?? 1;
}

/** The length that nine in ten do not pass. */
function long(vectors: Float32Array, dim: number): number {
  const lengths = Array.from({ length: vectors.length / dim }, (_, i) =>
    Math.hypot(...vectors.subarray(i * dim, (i + 1) * dim)),
  );
  return lengths.sort((a, b) => a - b)[Math.floor(0.9 * (lengths.length - 1))] ?? 0;
}

/** Draws deed number `at`, whose points have come `share` of their way, over what came before it. */
export function drawStep(pen: Pen, slow: Slow, at: number, share: number, place: Place, colours: Palette): void {
  const { acts } = slow;
  const first = Math.max(
    0,
    acts.slice(0, at + 1).findLastIndex(({ deed }) => AFRESH.includes(deed)),
  );
  for (const [i, act] of acts.slice(0, at + 1).entries()) {
    const now = i === at || (act.arrows !== undefined && alike(act.deed, acts[at]!.deed));
    if (act.arrows ? !now : i < first && act.deed !== "batch") continue;
    const { colour, dash } = look(act.deed, colours);
    pen.globalAlpha = now || act.deed === "batch" ? 1 : FAINT;
    pen.fillStyle = pen.strokeStyle = colour;
    if (act.arrows) drawArrows(pen, slow, act, scaleOf(slow, act), place, colours, dash);
    else drawPoints(pen, slow, act, i === at ? share : 1, i === at, place);
  }
  pen.globalAlpha = 1;
}

/** What lies under it recedes, or is covered. */
export function drawVeil(pen: Pen, width: number, height: number, colours: Palette, covers: boolean): void {
  pen.globalAlpha = covers ? 1 : VEIL;
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 1;
}

/** Whether arrows are drawn together and to one length. */
export const alike = (a: Deed, b: Deed) => TOGETHER.some((deeds) => deeds.includes(a) && deeds.includes(b));

function look(deed: Deed, colours: Palette): { colour: string; dash: number[] } {
  switch (deed) {
    case "batch":
    case "pull":
    case "score":
      return { colour: colours.data, dash: [] };
    case "target_velocity":
    case "target_noise":
    case "target_v":
    case "way_back":
      return { colour: colours.ink, dash: [3, 3] };
    case "noise":
    case "chains":
    case "shaken":
    case "lattice":
    case "lines":
      return { colour: colours.walkers, dash: [] };
    default:
      return { colour: colours.samples, dash: [] };
  }
}

/** How long the long ones are among arrows of `dim` numbers that are drawn as this one's are. */
export function longest({ acts }: Slow, act: Act, dim: number): number {
  const same = acts.filter(({ deed }) => deed === act.deed || alike(deed, act.deed));
  return Math.max(...same.map(({ arrows }) => (arrows ? long(arrows, dim) : 0)));
}

/** Model units for one unit of an arrow. */
function scaleOf(slow: Slow, act: Act): number {
  const most = longest(slow, act, slow.dim);
  return most > 0 ? LONG / most : 0;
}

function chosen(n: number): number[] {
  const shown = Math.min(n, MOST);
  return Array.from({ length: shown }, (_, k) => Math.floor((k * n) / shown));
}

/** A point's place on the picture; on the line a height of its own keeps it apart from others. */
function pixel(
  { dim, shift, scale }: Slow,
  u: readonly number[],
  i: number,
  { scale: to, height }: Place,
): [number, number] {
  const [x, y] = u.map((value, axis) => shift[axis]! + scale[axis]! * value);
  if (dim > 1) return [to.x(x!), to.y(y!)];
  return [to.x(x!), height * (0.12 + 0.7 * ((i * 0.618034) % 1))];
}

const row = (values: Float32Array, i: number, dim: number) => Array.from(values.subarray(i * dim, (i + 1) * dim));

function drawPoints(pen: Pen, slow: Slow, act: Act, share: number, now: boolean, place: Place): void {
  const { points, from } = act;
  if (!points) return;
  const { dim } = slow;
  const n = points.length / dim;
  const start = from ?? points;
  const update = act.deed === "update";
  const reach = update ? times(slow, act) : 1;
  const shown = from ? chosen(n) : Array.from({ length: n }, (_, i) => i);
  const stands = (i: number, share: number) => {
    const begin = row(start, i, dim);
    return pixel(
      slow,
      begin.map((u, axis) => u + reach * share * (points[i * dim + axis]! - u)),
      i,
      place,
    );
  };
  if (from && now) {
    pen.lineWidth = update ? 1.6 : 1;
    pen.beginPath();
    for (const i of shown) {
      pen.moveTo(...stands(i, 0));
      pen.lineTo(...stands(i, share));
    }
    pen.stroke();
  }
  const radius = act.deed === "lattice" ? 0.6 * place.radius : place.radius;
  pen.beginPath();
  for (const i of shown) {
    const [x, y] = stands(i, share);
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.fill();
}

function drawArrows(
  pen: Pen,
  slow: Slow,
  { points, arrows }: Act,
  unit: number,
  place: Place,
  colours: Palette,
  dash: number[],
): void {
  const { dim } = slow;
  const shown = chosen(points!.length / dim).map((i) => {
    const at = row(points!, i, dim);
    const along = row(arrows!, i, dim).map((value) => value * unit);
    // A wild one among them would cross the picture.
    const cut = Math.min(1, (2 * LONG) / (Math.hypot(...along) || 1));
    return [
      pixel(slow, at, i, place),
      pixel(
        slow,
        at.map((u, axis) => u + cut * along[axis]!),
        i,
        place,
      ),
    ] as const;
  });
  const colour = pen.strokeStyle;
  for (const [style, width, pattern] of [
    [colours.halo, 3.6, []],
    [colour, 1.7, dash],
  ] as const) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.setLineDash([...pattern]);
    pen.beginPath();
    for (const [[x, y], [tipX, tipY]] of shown) {
      pen.moveTo(x, y);
      pen.lineTo(tipX, tipY);
    }
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    for (const [from, tip] of shown) head(pen, from, tip);
    pen.stroke();
  }
}

function head(pen: Pen, [x, y]: readonly [number, number], [tipX, tipY]: readonly [number, number]): void {
  const length = Math.hypot(tipX - x, tipY - y);
  if (length < 2) return;
  const size = Math.min(6, 0.5 * length);
  const [ux, uy] = [(tipX - x) / length, (tipY - y) / length];
  for (const side of [1, -1]) {
    pen.moveTo(tipX, tipY);
    pen.lineTo(tipX - size * (ux - 0.55 * side * uy), tipY - size * (uy + 0.55 * side * ux));
  }
}
