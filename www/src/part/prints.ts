/** Pictures of digits side by side, their missing pixels marked or told by their colour. */
import type { Numbers } from "../engine/types.ts";
import { CanvasStack } from "../views/canvas.ts";
import type { Pen } from "../views/pen.ts";
import { print, printSheet } from "../views/prints.ts";

export interface Row {
  /** Pictures one after another. */
  pictures: Numbers;
  /** 1 for each pixel that is known; the others are the model's, or hidden. */
  mask: Uint8Array;
  most: number;
  show: "all" | "known" | "filled";
}

export class PartPrints extends CanvasStack {
  protected readonly depth = 1;
  #row: Row | undefined;

  set row(row: Row) {
    this.#row = row;
    this.invalidate();
  }

  protected override paint(_layer: number, pen: Pen): void {
    const row = this.#row;
    if (!row) return;
    const { pictures, mask, most, show } = row;
    const dim = mask.length;
    const count = Math.max(1, Math.round(pictures.length / dim));
    const cell = Math.min(this.height, this.width / count);
    const sheet = { x: 0, y: 0, cell, columns: count, rows: 1 };
    const masked = (keep: number) => Float32Array.from(pictures, (value, i) => (mask[i % dim] === keep ? value : 0));
    printSheet(pen, show === "all" ? pictures : masked(1), dim, most, sheet, () => this.colours.data);
    if (show === "all") return;
    // what is not known: in the samples' ink, or under a grey veil
    const side = Math.round(Math.sqrt(dim));
    const size = cell * 0.86;
    const pixel = size / side;
    for (let k = 0; k < count; k++) {
      const [left, top] = [k * cell + (cell - size) / 2, (cell - size) / 2];
      pen.fillStyle = show === "filled" ? this.colours.samples : this.colours.quiet;
      pen.globalAlpha = show === "filled" ? 0.1 : 0.3;
      // in one go: no seam is seen where pixels touch
      pen.beginPath();
      for (let i = 0; i < dim; i++) {
        if (mask[i]) continue;
        pen.rect(left + (i % side) * pixel, top + Math.floor(i / side) * pixel, pixel + 0.4, pixel + 0.4);
      }
      pen.fill();
      pen.globalAlpha = 1;
      if (show !== "filled") continue;
      const drawn = masked(0).subarray(k * dim, (k + 1) * dim);
      print(pen, drawn, most, { left, top, size }, this.colours.samples);
    }
  }
}

customElements.define("dgm-part-prints", PartPrints);
