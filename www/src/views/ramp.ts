/** A colour scale as a strip. */
import { CanvasStack } from "./canvas.ts";
import { css, type Rgb } from "./palette.ts";

export class Ramp extends CanvasStack {
  protected readonly depth = 1;
  #ramp: Rgb[] = [];

  set ramp(ramp: Rgb[]) {
    if (ramp === this.#ramp) return;
    this.#ramp = ramp;
    this.invalidate();
  }

  protected override paint(_layer: number, context: CanvasRenderingContext2D): void {
    const gradient = context.createLinearGradient(0, 0, this.width, 0);
    for (let i = 0; i <= 16; i++) {
      gradient.addColorStop(i / 16, css(this.#ramp[Math.round((i / 16) * (this.#ramp.length - 1))] ?? [0, 0, 0]));
    }
    context.fillStyle = gradient;
    context.fillRect(0, 0, this.width, this.height);
  }
}

customElements.define("dgm-ramp", Ramp);
