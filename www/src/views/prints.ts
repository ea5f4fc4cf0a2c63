/** Small square pictures laid out in rows, each in one ink on the paper. */
import type { Numbers } from "../engine/types.ts";
import type { Pen } from "./pen.ts";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where prints go: so many columns and rows of square cells. */
export interface Sheet {
  x: number;
  y: number;
  cell: number;
  columns: number;
  rows: number;
}

/** Prints of a sheet: ten by five fill half a square. */
export const PRINTS = 50;

/** Share of a cell that stays empty beside its print. */
const GAP = 0.14;

/** The largest square cells with which `count` prints fill a box, as many columns as it takes, in the middle of it. */
export function fit(box: Box, count: number): Sheet {
  let best: Sheet = { x: box.x, y: box.y, cell: 0, columns: 1, rows: count };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = Math.min(box.width / columns, box.height / rows);
    if (cell > best.cell) best = { x: box.x, y: box.y, cell, columns, rows };
  }
  best.x += (box.width - best.cell * best.columns) / 2;
  best.y += (box.height - best.cell * best.rows) / 2;
  return best;
}

/** Prints as many pictures of `dim` pixels as there are and have room; `most` is the value of full ink, which may be another for each. */
export function printSheet(
  context: Pen,
  pixels: Numbers,
  dim: number,
  most: number,
  sheet: Sheet,
  inkOf: (k: number) => string,
): void {
  const size = sheet.cell * (1 - GAP);
  const count = Math.min(pixels.length / dim, sheet.columns * sheet.rows);
  for (let k = 0; k < count; k++) {
    const ink = inkOf(k);
    const left = sheet.x + (k % sheet.columns) * sheet.cell + (sheet.cell - size) / 2;
    const top = sheet.y + Math.floor(k / sheet.columns) * sheet.cell + (sheet.cell - size) / 2;
    // Every print stands on a breath of ink, so that an empty one is seen to be one.
    context.globalAlpha = 0.06;
    context.fillStyle = ink;
    context.fillRect(left, top, size, size);
    print(context, pixels.subarray(k * dim, (k + 1) * dim), most, { left, top, size }, ink);
  }
}

/** One square picture, its first row on top. */
export function print(
  context: Pen,
  pixels: Numbers,
  most: number,
  { left, top, size }: { left: number; top: number; size: number },
  ink: string,
): void {
  const side = Math.round(Math.sqrt(pixels.length));
  const pixel = size / side;
  context.fillStyle = ink;
  for (const [i, value] of pixels.entries()) {
    const shade = Math.min(1, Math.max(0, value / most));
    if (shade < 0.01) continue;
    context.globalAlpha = shade;
    // A hair of overlap hides the seams between pixels.
    context.fillRect(left + (i % side) * pixel, top + Math.floor(i / side) * pixel, pixel + 0.4, pixel + 0.4);
  }
  context.globalAlpha = 1;
}
