/** A data set as a small picture of its own points. */
import type { DataPicture } from "../engine/types.ts";
import { CanvasStack } from "../views/canvas.ts";
import { bars, histogram } from "../views/curves.ts";
import { drawPoints } from "../views/layers.ts";
import { linear, planeScale } from "../views/scale.ts";

export class Thumbnail extends CanvasStack {
  protected readonly depth = 1;
  #picture: DataPicture | undefined;

  set picture(picture: DataPicture | undefined) {
    if (picture === this.#picture) return;
    this.#picture = picture;
    this.invalidate();
  }

  protected override paint(_layer: number, context: CanvasRenderingContext2D): void {
    if (!this.#picture) return;
    const { dim, points, bounds } = this.#picture;
    if (dim === 2) {
      drawPoints(context, points, planeScale(bounds, this.width, this.height), this.colours.data, 1, 0.75);
      return;
    }
    const heights = histogram(points, bounds.x[0], bounds.x[1], 24);
    const x = linear(bounds.x, [2, this.width - 2]);
    const y = linear([0, Math.max(...heights)], [this.height, 4]);
    bars(context, heights, x, y, ...bounds.x, this.colours.data, 0.75);
  }
}

customElements.define("dgm-thumbnail", Thumbnail);
