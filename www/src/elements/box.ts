/** How a figure lies in the box that its host gives it: the picture as large as it can be, and what does not fit behind one button. */

/** Around everything, in pixels. */
const EDGE = 16;
/** The picture of a figure whose host sets no height is at most this wide. */
const MOST = 560;
/** Beside the picture at least this much room is needed for the transport and the legend. */
const COLUMN = 230;
/** From this width on charts stand beside the picture, and have this share of it; the style sheet has the same two numbers. */
const ABREAST = 600;
const SHARE = 0.36;
/** Under the picture this much is needed for everything: in rows, or one below the other. */
const ROWS = 250;
const STACK = 390;
/** A place narrower than this has no room for rows. */
const NARROW = 440;
/** Area that everything needs beside the picture, in square pixels. */
const AREA = 125_000;

/** A box lower than this has no room for the keys of classes under its picture. */
const KEYS = 300;

export interface Plan {
  /** Transport, legend and the rest stand beside the picture; else under it. */
  beside: boolean;
  /** The rest is behind a button. */
  folded: boolean;
  /** The keys of classes are so too. */
  keysFolded: boolean;
}

/** `extra` is how much higher than usual everything is; with charts the picture leaves them room beside it where there is some. */
export function planFor(width: number, height: number, extra = 0, charts = false): Plan {
  const column = Math.max(width - (height - EDGE), charts && width >= ABREAST ? SHARE * width : 0);
  const beside = column >= COLUMN;
  const folded = beside
    ? (column - EDGE) * (height - EDGE) < AREA + extra * COLUMN
    : height < naturalHeight(width, extra);
  return { beside, folded, keysFolded: folded && height < KEYS };
}

/** The least height at which a figure of this width shows everything. */
export function naturalHeight(width: number, extra = 0): number {
  return Math.min(width - EDGE, MOST) + (width < NARROW ? STACK : ROWS) + extra;
}
