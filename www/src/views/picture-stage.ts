/** The stage for pictures: those of the data and those of the model, as two sheets of small prints. */
import type { DataPicture, Frame, Numbers } from "../engine/types.ts";
import { CanvasStack } from "./canvas.ts";
import type { Pen } from "./pen.ts";
import type { Classes } from "./plane-stage.ts";
import { fit, PRINTS, printSheet, type Sheet } from "./prints.ts";

enum Layer {
  Data,
  Samples,
}

/** Room around and between the sheets, in CSS pixels. */
const MARGIN = 14;

export class PictureStage extends CanvasStack {
  protected readonly depth = 2;
  #data: DataPicture | undefined;
  #frame: Frame | undefined;
  #shown = { data: true, samples: true };
  #classes: Classes | undefined;

  set classes(classes: Classes | undefined) {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.invalidate();
  }

  set data(data: DataPicture | undefined) {
    if (data === this.#data) return;
    this.#data = data;
    this.invalidate(Layer.Data);
  }

  set frame(frame: Frame | undefined) {
    if (frame?.samples !== this.#frame?.samples) this.invalidate(Layer.Samples);
    this.#frame = frame;
  }

  set shown({ data, samples }: { data: boolean; samples: boolean }) {
    if (data === this.#shown.data && samples === this.#shown.samples) return;
    this.#shown = { data, samples };
    this.invalidate();
  }

  protected override paint(layer: number, context: Pen): void {
    if (!this.#data) return;
    const { points, labels } = this.#data;
    if (layer === Layer.Data && this.#shown.data) this.#prints(context, points, labels, 0, this.colours.data);
    else if (layer === Layer.Samples && this.#shown.samples && this.#frame) {
      this.#prints(context, this.#frame.samples, this.#frame.labels, 1, this.colours.samples);
    }
  }

  #prints(context: Pen, pixels: Numbers, labels: Uint8Array | undefined, half: 0 | 1, ink: string): void {
    const { dim, bounds } = this.#data!;
    const classes = this.#classes;
    const sheet = this.#sheet(half);
    if (!classes || !labels) {
      printSheet(context, pixels, dim, bounds.x[1], sheet, () => ink);
      return;
    }
    const kept = classes.notHidden(pixels, labels, classes.hidden, dim);
    const inkOf = (k: number) => classes.colourOf(kept.labels[k]!, this.colours.dark);
    printSheet(context, kept.points, dim, bounds.x[1], sheet, inkOf);
  }

  #sheet(half: 0 | 1): Sheet {
    return sheets(this.width, this.height, this.#shown)[half];
  }
}

/** The data's half of a stage and the samples'; each all of it where only one of them is shown. */
export function sheets(width: number, height: number, shown: { data: boolean; samples: boolean }): [Sheet, Sheet] {
  const whole = { x: MARGIN, y: MARGIN, width: width - 2 * MARGIN, height: height - 2 * MARGIN };
  if (!(shown.data && shown.samples)) return [fit(whole, PRINTS), fit(whole, PRINTS)];
  const half = (whole.height - MARGIN) / 2;
  return [fit({ ...whole, height: half }, PRINTS), fit({ ...whole, y: whole.y + half + MARGIN, height: half }, PRINTS)];
}

customElements.define("dgm-picture-stage", PictureStage);
