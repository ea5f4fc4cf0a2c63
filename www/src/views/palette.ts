/**
 * The one colour table. Data are blue and samples orange everywhere (a pair that every kind of colour vision tells apart);
 * fields run from the paper to teal in even steps of OKLab, so equal steps in value look equal; the discriminator runs
 * from the samples' hue to the data's, because that is what it says.
 */

export interface Palette {
  dark: boolean;
  paper: string;
  ink: string;
  quiet: string;
  hair: string;
  data: string;
  samples: string;
  walkers: string;
  truth: string;
  contour: string;
  halo: string;
  field: Rgb[];
  diverging: Rgb[];
  series: string[];
  /** Models side by side, each in a colour of its own. */
  panels: readonly string[];
}

export type Rgb = readonly [number, number, number];
type Oklab = readonly [number, number, number];

const LEVELS = 256;

/** Stops of the field scale in OKLCH: lightness, chroma, hue in degrees. */
const FIELD = {
  light: [
    [0.985, 0.004, 190],
    [0.62, 0.085, 194],
  ],
  dark: [
    [0.205, 0.012, 240],
    [0.58, 0.09, 192],
  ],
} as const;

const COLOURS = {
  light: {
    paper: "#fbfcfc",
    ink: "#1b2326",
    quiet: "#66737a",
    hair: "#dfe5e7",
    data: "#1f5fc4",
    samples: "#e0670a",
    walkers: "#8a1c7c",
    truth: "#1b2326",
    contour: "rgba(20, 70, 78, 0.38)",
    halo: "rgba(255, 255, 255, 0.85)",
  },
  dark: {
    paper: "#12181c",
    ink: "#e7edef",
    quiet: "#93a1a8",
    hair: "#2b353b",
    data: "#7db1ff",
    samples: "#ffa14a",
    walkers: "#f3a5e6",
    truth: "#e7edef",
    contour: "rgba(200, 240, 240, 0.3)",
    halo: "rgba(10, 14, 17, 0.85)",
  },
} as const;

/** Six hues that differ in lightness too, each at least three to one against the paper. */
const PANELS = {
  light: ["#1f6fb2", "#c4510a", "#0b7d5b", "#b2417f", "#8f6400", "#6a4fc0"],
  dark: ["#6bb3f0", "#ff9a5c", "#4fd1a5", "#f08fc4", "#e5b84a", "#b39dff"],
} as const;

/** ColorBrewer's RdBu in eleven classes (C. Brewer, 2002). A library that carries it weighs four times as much as this file. */
const RED_TO_BLUE = "67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061".split(" ");

const cache = new Map<boolean, Palette>();

export function palette(dark: boolean): Palette {
  let found = cache.get(dark);
  if (!found) {
    const colours = COLOURS[dark ? "dark" : "light"];
    found = {
      dark,
      ...colours,
      field: ramp(dark),
      diverging: divergingRamp(dark),
      panels: PANELS[dark ? "dark" : "light"],
      series: [colours.ink, colours.samples, colours.data, colours.walkers],
    };
    cache.set(dark, found);
  }
  return found;
}

/** A hue for a direction, the same in two pictures, so that a point can be found again in the other: three sines, a third of a turn apart. */
export function hueOf(x: number, y: number): string {
  const turn = Math.PI / 2 - Math.atan2(y, x) / 2;
  return css([0, 1, 2].map((third) => Math.round(255 * Math.sin(turn + (third * Math.PI) / 3) ** 2)) as unknown as Rgb);
}

export function css([r, g, b]: Rgb): string {
  return `rgb(${r}, ${g}, ${b})`;
}

function ramp(dark: boolean): Rgb[] {
  const [low, high] = FIELD[dark ? "dark" : "light"].map(([l, c, h]) => {
    const angle = (h * Math.PI) / 180;
    return [l, c * Math.cos(angle), c * Math.sin(angle)] as Oklab;
  }) as [Oklab, Oklab];
  return Array.from({ length: LEVELS }, (_, i) => toRgb(mix(low, high, i / (LEVELS - 1))));
}

/** Red to blue with the middle on the paper: on a dark page the pale middle of the printed scale would glare. */
function divergingRamp(dark: boolean): Rgb[] {
  return Array.from({ length: LEVELS }, (_, i) => {
    const t = i / (LEVELS - 1);
    const [l, a, b] = redToBlue(0.12 + 0.76 * t);
    if (!dark) return toRgb([0.35 + 0.65 * l, 0.8 * a, 0.8 * b]);
    return toRgb([0.21 + 0.75 * (1 - l), a, b]);
  });
}

function mix(from: Oklab, to: Oklab, t: number): Oklab {
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t];
}

/** Between the classes evenly in OKLab. */
function redToBlue(t: number): Oklab {
  const at = t * (RED_TO_BLUE.length - 1);
  const low = Math.min(RED_TO_BLUE.length - 2, Math.floor(at));
  const [from, to] = [low, low + 1].map((i) => toOklab(parse(RED_TO_BLUE[i]!))) as [Oklab, Oklab];
  return mix(from, to, at - low);
}

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

// OKLab: Björn Ottosson, "A perceptual color space for image processing", 2020.
function toOklab([r, g, b]: Rgb): Oklab {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function toRgb([L, a, b]: Oklab): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function linear(byte: number): number {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function gamma(c: number): number {
  const v = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, v)));
}
