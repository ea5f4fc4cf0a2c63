/** The curve of a slice, of the model and of the data, and where on the line it is largest. */
import type { Slice } from "../engine/types.ts";
import { CanvasStack } from "../views/canvas.ts";
import { curve } from "../views/curves.ts";
import type { Pen } from "../views/pen.ts";
import { linear } from "../views/scale.ts";

/** Of a narrow peak in the truth no more is shown than so many times the model's highest. */
const HIGHEST = 3;

/** Densities along the line, and the value at the top of a picture of them. */
export function densities({ logProb, truth }: Slice): { model: number[]; truth: number[]; top: number } {
  const [model, exact] = [Array.from(logProb, Math.exp), Array.from(truth ?? [], Math.exp)];
  const [most, least] = [Math.max(0, ...model), Math.max(0, ...exact)];
  const top = most > 0 ? Math.min(Math.max(most, least), HIGHEST * most) : least;
  return { model, truth: exact, top: top || 1 };
}

export class SliceCurves extends CanvasStack {
  protected readonly depth = 1;
  #slice: Slice | undefined;
  #ends: readonly [number, number] = [0, 1];

  /** A slice, and the part of its line that is shown. */
  set shown({ slice, ends }: { slice: Slice; ends: readonly [number, number] }) {
    [this.#slice, this.#ends] = [slice, ends];
    this.invalidate();
  }

  protected override paint(_layer: number, pen: Pen): void {
    const slice = this.#slice;
    if (!slice) return;
    const { model, truth, top } = densities(slice);
    const x = linear(this.#ends, [0, this.width]);
    const y = linear([0, top], [this.height - 2, 6]);
    const [low, high] = [slice.range[0]!, slice.range[1]!];
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, this.width, this.height);
    pen.clip();
    pen.fillStyle = this.colours.hair;
    pen.fillRect(0, y(0), this.width, 1);
    if (model.length > 0) curve(pen, model, x, y, low, high, this.colours.samples, 2.2, []);
    if (truth.length > 0) curve(pen, truth, x, y, low, high, this.colours.data, 1.8, [5, 4]);
    pen.restore();
  }
}

customElements.define("dgm-slice-curves", SliceCurves);
