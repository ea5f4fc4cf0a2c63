/** What pictures are drawn with: as much of a canvas as they use, so that other things than a canvas can take them down. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineJoin"
  | "globalAlpha"
  | "imageSmoothingEnabled"
  | "imageSmoothingQuality"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "arc"
  | "fill"
  | "stroke"
  | "setLineDash"
  | "fillRect"
  | "fillText"
  | "strokeText"
  | "measureText"
  | "translate"
  | "save"
  | "restore"
  | "rect"
> & {
  /** To the path that was begun, until what was saved is restored. */
  clip(): void;
  /** Canvases only, scaled to a box. */
  drawImage(picture: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
};

/** A picture that other pens can draw as well. */
export interface Drawable {
  /** How large it is, in CSS pixels. */
  readonly size: readonly [number, number];
  /** Draws all of it, as it is now, with a pen whose unit is the CSS pixel; for paper, or as the screen has it. */
  drawWith(pen: Pen, as: { dark?: boolean; paper?: boolean }): void;
}
