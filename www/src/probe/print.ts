/** A row of small pictures of digits. */
import type { Numbers } from "../engine/types.ts";
import { CanvasStack } from "../views/canvas.ts";
import type { Pen } from "../views/pen.ts";
import { printSheet } from "../views/prints.ts";

export class PrintRow extends CanvasStack {
  protected readonly depth = 1;
  #pictures: Numbers = new Float32Array();
  #most = 1;
  #dim = 64;
  #ink: "data" | "samples" = "data";

  /** Pictures of `dim` pixels side by side, `most` the value of full ink. */
  set row({ pictures, dim, most, ink }: { pictures: Numbers; dim: number; most: number; ink: "data" | "samples" }) {
    [this.#pictures, this.#dim, this.#most, this.#ink] = [pictures, dim, most, ink];
    this.invalidate();
  }

  protected override paint(_layer: number, pen: Pen): void {
    const columns = Math.max(1, this.#pictures.length / this.#dim);
    const cell = Math.min(this.height, this.width / columns);
    printSheet(
      pen,
      this.#pictures,
      this.#dim,
      this.#most,
      { x: 0, y: 0, cell, columns, rows: 1 },
      () => this.colours[this.#ink],
    );
  }
}

customElements.define("dgm-print-row", PrintRow);
