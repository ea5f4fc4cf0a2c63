/** Axes along the inner edges of a picture: quiet enough to be looked past, with numbers, units and names to read a place by. */
import type { Bounds } from "../engine/types.ts";
import type { Lang } from "../state/config.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";
import type { Scale } from "./scale.ts";
import { type Tick, ticksOf } from "./ticks.ts";

type Context = Pen;

/** What the axes are called, with their units, and the language of their numbers. */
export interface Axes {
  names: readonly string[];
  lang: Lang;
}

/** In CSS pixels: a tick, the room between it and its number, a line of type, the least gap between two numbers side by side. */
const TICK = 4;
const GAP = 4;
const LINE = 13;
const APART = 12;
/** Ticks stand at least about this far from each other. */
const ROOM = { across: 56, up: 44 };
const FONT = "system-ui, sans-serif";

export function planeAxes(pen: Context, bounds: Bounds, scale: Scale, { names, lang }: Axes, colours: Palette): void {
  const [left, right] = [scale.x(bounds.x[0]), scale.x(bounds.x[1])];
  const [top, bottom] = [scale.y(bounds.y[1]), scale.y(bounds.y[0])];
  dress(pen, colours);
  const row = bottom - TICK - GAP;
  const across = spread(pen, bounds.x, scale.x, [left, right], lang);
  for (const { at, label } of across) {
    pen.fillRect(Math.round(scale.x(at)), bottom - TICK, 1, TICK);
    write(pen, label, scale.x(at), row, "center", "alphabetic");
  }
  // The name of what goes across stands over its numbers, that of what goes up over its own.
  write(pen, names[0] ?? "", right - GAP - TICK, row - LINE, "right", "alphabetic");
  write(pen, names[1] ?? "", left + TICK + GAP, top + GAP, "left", "top");
  const [highest, lowest] = [top + GAP + (names[1] ? 2 : 1) * LINE, row - 1.5 * LINE];
  const fits = (ticks: Tick[]) => gaps(ticks, scale.y).every((gap) => gap > 1.5 * LINE);
  for (const { at, label } of ticksOf(bounds.y, Math.max(2, Math.round((bottom - top) / ROOM.up)), lang, fits)) {
    const y = scale.y(at);
    pen.fillRect(left, Math.round(y), TICK, 1);
    if (y > highest && y < lowest) write(pen, label, left + TICK + GAP, y, "left", "middle");
  }
}

/** A name this short closes the row of numbers; a longer one has a row of its own. */
const SHORT = 3;

/** What the line's axis needs under its base. */
export function lineAxisHeight({ names }: Axes): number {
  const rows = (names[0]?.length ?? 0) > SHORT ? 2 : 1;
  return TICK + GAP + rows * LINE + GAP;
}

/** The axis of the line, under its base. */
export function lineAxis(
  pen: Context,
  range: readonly [number, number],
  x: (value: number) => number,
  base: number,
  { names, lang }: Axes,
  colours: Palette,
): void {
  dress(pen, colours);
  const name = names[0] ?? "";
  const right = x(range[1]);
  const beside = name.length <= SHORT;
  const room = beside && name ? pen.measureText(name).width + APART : 0;
  for (const { at, label } of spread(pen, range, x, [x(range[0]), right - room], lang)) {
    pen.fillRect(Math.round(x(at)), base, 1, TICK);
    write(pen, label, x(at), base + TICK + GAP, "center", "top");
  }
  write(pen, name, right, base + TICK + GAP + (beside ? 0 : LINE), "right", "top");
}

/** Ticks whose numbers have room side by side and do not reach over the ends. */
function spread(
  pen: Context,
  range: readonly [number, number],
  x: (value: number) => number,
  [left, right]: readonly [number, number],
  lang: Lang,
): Tick[] {
  const half = ({ label }: Tick) => pen.measureText(label).width / 2;
  const inside = (tick: Tick) => x(tick.at) - half(tick) > left + GAP && x(tick.at) + half(tick) < right - GAP;
  const fits = (ticks: Tick[]) => {
    const shown = ticks.filter(inside);
    return gaps(shown, x).every((gap, i) => gap > half(shown[i]!) + half(shown[i + 1]!) + APART);
  };
  return ticksOf(range, Math.max(2, Math.round((right - left) / ROOM.across)), lang, fits).filter(inside);
}

function gaps(ticks: Tick[], place: (value: number) => number): number[] {
  return ticks.slice(1).map(({ at }, i) => Math.abs(place(at) - place(ticks[i]!.at)));
}

function dress(pen: Context, colours: Palette): void {
  pen.font = `11px ${FONT}`;
  pen.fillStyle = colours.quiet;
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 3;
  pen.lineJoin = "round";
}

/** Over a field of any shade: a thin rim of the paper keeps it readable. */
function write(
  pen: Context,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  base: CanvasTextBaseline,
): void {
  pen.textAlign = align;
  pen.textBaseline = base;
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}
