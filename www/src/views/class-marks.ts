/**
 * Classes in pictures: each has a colour and a shape of its own, so that who cannot tell two colours apart tells the shapes. Eight colours and
 * seven shapes come round at different times: 56 classes differ. Fetched when classes are first shown.
 */
import { bars, type Fit, histogram } from "./curves.ts";
import type { Pen } from "./pen.ts";
import type { Scale } from "./scale.ts";

/**
 * Three to one against the paper, none near the hue of samples, and the first ones apart for every kind of colour vision: blue, green, pink, grey,
 * violet, cyan, gold, red.
 */
const COLOURS = {
  light: ["#1f6fb2", "#0b7d5b", "#b2417f", "#525f66", "#6a4fc0", "#0e7490", "#8f6400", "#a1262e"],
  dark: ["#6bb3f0", "#4fd1a5", "#f08fc4", "#c3ced3", "#b39dff", "#5fd0e6", "#e5b84a", "#ff8a8a"],
} as const;

/** Corners of shapes of about the same area, y upwards, in radii of the round one, which has none. */
const SHAPES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  turned(3, 1.45, Math.PI / 2),
  turned(4, 1.3, Math.PI / 2),
  plus(1.25, 0.45),
  turned(3, 1.45, -Math.PI / 2),
  star(1.5, 0.6),
];

/** In these a shape still has corners. */
const LEAST_RADIUS = 2.6;

export function colourOf(label: number, dark: boolean): string {
  const colours = COLOURS[dark ? "dark" : "light"];
  return colours[label % colours.length]!;
}

/** The shape of a class as a path of a picture whose middle is 0, y downwards. */
export function shapeOf(label: number, radius: number): string {
  const corners = SHAPES[label % SHAPES.length]!;
  if (corners.length === 0)
    return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  return `M${corners.map(([x, y]) => `${(radius * x).toFixed(2)} ${(-radius * y).toFixed(2)}`).join("L")}z`;
}

export interface Marked {
  points: ArrayLike<number>;
  labels: Uint8Array;
  hidden: ReadonlySet<number>;
}

/** Points of the plane, class by class; an outline where something else is told by filled ones. */
export function drawMarks(
  context: Pen,
  { points, labels, hidden }: Marked,
  scale: Pick<Scale, "x" | "y">,
  radius: number,
  dark: boolean,
  filled: boolean,
): void {
  const size = Math.max(LEAST_RADIUS, radius);
  for (const label of new Set(labels)) {
    if (hidden.has(label)) continue;
    const corners = SHAPES[label % SHAPES.length]!;
    context.beginPath();
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] === label) trace(context, corners, scale.x(points[2 * i]!), scale.y(points[2 * i + 1]!), size);
    }
    const colour = colourOf(label, dark);
    context.globalAlpha = filled ? 0.8 : 0.7;
    if (filled) {
      context.fillStyle = colour;
      context.fill();
    } else {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

function trace(
  context: Pen,
  corners: readonly (readonly [number, number])[],
  x: number,
  y: number,
  size: number,
): void {
  if (corners.length === 0) {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  const [first] = corners;
  for (const [i, [dx, dy]] of corners.entries()) {
    if (i === 0) context.moveTo(x + size * dx, y - size * dy);
    else context.lineTo(x + size * dx, y - size * dy);
  }
  context.lineTo(x + size * first![0], y - size * first![1]);
}

/** Points of the line: a histogram for each class, as high as its share. */
export function drawClassBars(
  context: Pen,
  { points, labels, hidden }: Marked,
  x: Fit,
  y: Fit,
  [low, high]: [number, number],
  bins: number,
  dark: boolean,
  opacity: number,
): void {
  for (const label of new Set(labels)) {
    if (hidden.has(label)) continue;
    const own = Array.from(points).filter((_, i) => labels[i] === label);
    const share = own.length / labels.length;
    const heights = histogram(own, low, high, bins).map((height) => height * share);
    bars(context, heights, x, y, low, high, colourOf(label, dark), opacity);
  }
}

/** Those that are not hidden, of rows of `dim` numbers. */
export function notHidden<T extends Float32Array | Float64Array>(
  points: T,
  labels: Uint8Array,
  hidden: ReadonlySet<number>,
  dim: number,
): { points: T; labels: Uint8Array } {
  const kept = [...labels.keys()].filter((i) => !hidden.has(labels[i]!));
  const out = points.slice(0, kept.length * dim) as T;
  for (const [to, i] of kept.entries()) out.set(points.subarray(i * dim, (i + 1) * dim), to * dim);
  return { points: out, labels: Uint8Array.from(kept, (i) => labels[i]!) };
}

function turned(corners: number, radius: number, from: number): [number, number][] {
  return Array.from({ length: corners }, (_, k) => {
    const angle = from + (2 * Math.PI * k) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function plus(long: number, thin: number): [number, number][] {
  const quarter: [number, number][] = [
    [long, -thin],
    [long, thin],
    [thin, thin],
  ];
  return [0, 1, 2, 3].flatMap((k) => quarter.map(([x, y]) => quarterTurns(k, x, y)));
}

function quarterTurns(k: number, x: number, y: number): [number, number] {
  return k === 0 ? [x, y] : quarterTurns(k - 1, -y, x);
}

function star(outer: number, inner: number): [number, number][] {
  const [points, dents] = [turned(5, outer, Math.PI / 2), turned(5, inner, 0.7 * Math.PI)];
  return points.flatMap((point, k) => [point, dents[k]!]);
}
