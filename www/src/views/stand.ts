/** Points that stand on a landscape for three.js: all alike, or each in the colour and the shape of its class. */
import { Group } from "three";
import type { Bounds } from "../engine/types.ts";
import { type Landscape, standing } from "./landscape.ts";
import type { Classes } from "./plane-stage.ts";
import { type Dots, disc, dots, outline, place } from "./terrain.ts";

/** Diameter in pixels of a mark's picture, in which its corners have room. */
const MARK = 9;

/** What is drawn: points `[n, 2]`, the class of each where there are some, and the colour of those that have none. */
export interface Standing {
  points: ArrayLike<number>;
  labels: Uint8Array | undefined;
  colour: string;
  /** An outline where something else is told by filled marks. */
  filled: boolean;
}

export class Stand extends Group {
  readonly #size: number;
  /** By what their marks look like. */
  readonly #dots = new Map<string, Dots>();

  /** `size` is the diameter in pixels of a point without a class. */
  constructor(size: number) {
    super();
    this.#size = size;
  }

  put(
    { points, labels, colour, filled }: Standing,
    classes: Classes | undefined,
    dark: boolean,
    land: Landscape,
    bounds: Bounds,
  ): void {
    for (const dots of this.#dots.values()) dots.visible = false;
    const show = (key: string, make: () => Dots, points: ArrayLike<number>, colour: string) => {
      const dots = this.#dots.get(key) ?? make();
      if (!this.#dots.has(key)) this.add(dots);
      this.#dots.set(key, dots);
      dots.visible = true;
      place(dots, standing(points, land, bounds), colour);
    };
    if (!classes || !labels) {
      show("", () => dots(this.#size, disc), points, colour);
      return;
    }
    for (const label of new Set(labels)) {
      if (classes.hidden.has(label)) continue;
      const own = Array.from(points).filter((_, i) => labels[i >> 1] === label);
      const shape = (radius: number) => classes.shapeOf(label, radius);
      const make = () => dots(MARK, filled ? disc : outline, shape);
      show(`${label} ${filled}`, make, own, classes.colourOf(label, dark));
    }
  }
}
