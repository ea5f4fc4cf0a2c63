/**
 * A hand in the latent plane: drag it, or move it by the arrow keys, and what the model makes of that code moves with it, a point among the data or
 * a picture. Latents beyond the first two are 0. Fetched with the charts.
 */
import { type CSSResultGroup, css, html, type PropertyValues } from "lit";
import { errorFrom } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import type { Frame } from "../engine/types.ts";
import { number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import { CanvasStack } from "../views/canvas.ts";
import { ARROWS, overStyles } from "../views/over.ts";
import type { Pen } from "../views/pen.ts";
import { print } from "../views/prints.ts";
import { priorBox } from "../views/prior.ts";
import { planeScale, type Scale } from "../views/scale.ts";
import { Gesture } from "./gesture.ts";

/** What one press of an arrow key moves a latent by, and with the shift key. */
const STEP = 0.1;
const SMALL = 0.02;
const RADIUS = 6;
/** Side of a decoded picture, as a share of the latent one. */
const PRINT = 0.26;

const WORDS = {
  en: {
    label: "A code in the latent plane: drag it, or move it with the arrow keys",
    said: (z: string, x: string) => `code ${z} becomes ${x}`,
    picture: "a picture",
  },
  zh: {
    label: "潜平面上的一个编码：拖动它，或用方向键移动",
    said: (z: string, x: string) => `编码 ${z} 变成 ${x}`,
    picture: "一张图",
  },
};

/** A picture's place within this element. */
interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

export class LatentHand extends CanvasStack {
  static override properties = { store: { attribute: false }, frame: { attribute: false } };

  static override styles: CSSResultGroup = [
    CanvasStack.styles,
    overStyles,
    css`
      button {
        border-radius: 8px;
        touch-action: none;
      }
      :host(.two) button {
        width: 50%;
      }
      output {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  declare store: Store;
  declare frame: Frame | undefined;
  protected readonly depth = 1;
  /** The code under the hand; none before it was touched. */
  #z: [number, number] | undefined;
  /** What the model makes of it, in the reader's units. */
  #made: Float64Array | undefined;
  readonly #drag = new Gesture();
  readonly #turns = new Newest();

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("frame")) this.#ask();
  }

  protected override render() {
    const words = WORDS[this.store.lang];
    const hands = html`<button data-testid="latent-hand" aria-label=${words.label} title=${words.label}
      @pointerdown=${this.#hold} @keydown=${this.#key}></button><output aria-live="polite" data-testid="latent-said">${this.#said()}</output>`;
    return [...super.render(), hands];
  }

  #said(): string {
    const words = WORDS[this.store.lang];
    if (!this.#z || !this.#made) return "";
    const list = (values: ArrayLike<number>) => `(${Array.from(values, (value) => number(value, 2)).join(", ")})`;
    return words.said(list(this.#z), this.#made.length > 2 ? words.picture : list(this.#made));
  }

  /** Pictures of this figure, the last of which is that of the latents. */
  get #places(): Place[] {
    const { left, top } = this.getBoundingClientRect();
    const pictures = [...(this.parentElement?.querySelectorAll("dgm-side-picture") ?? [])];
    return pictures.map((picture) => {
      const box = picture.getBoundingClientRect();
      return { left: box.left - left, top: box.top - top, width: box.width, height: box.height };
    });
  }

  get #latents(): (Scale & { place: Place }) | undefined {
    const place = this.#places.at(-1);
    const latent = this.frame?.latent;
    return place && latent && { ...planeScale(priorBox(latent), place.width, place.height), place };
  }

  readonly #hold = (event: PointerEvent): void => {
    const move = ({ clientX, clientY }: PointerEvent) => {
      const scale = this.#latents;
      if (!scale) return;
      const { left, top } = this.getBoundingClientRect();
      this.#take([scale.worldX(clientX - left - scale.place.left), scale.worldY(clientY - top - scale.place.top)]);
    };
    if (this.#drag.begin(event, event.currentTarget as Element, { move, end: () => undefined })) move(event);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && this.#z) {
      this.#z = this.#made = undefined;
      this.invalidate();
    } else if (by) {
      const size = event.shiftKey ? SMALL : STEP;
      const [x, y] = this.#z ?? [0, 0];
      this.#take([x + size * by[0], y + size * by[1]]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #take(z: [number, number]): void {
    this.#z = z;
    this.invalidate();
    this.#ask();
  }

  #ask(): void {
    const { store } = this;
    const latent = this.frame?.latent;
    const z = this.#z;
    if (!z || !latent) return;
    const code = Float64Array.from({ length: latent.dim }, (_, i) => z[i] ?? 0);
    const work = async () => {
      const { states, dim, shift, scale, stops } = await store.session.ask("path", code, "data");
      const last = states.subarray((stops.length - 1) * dim, stops.length * dim);
      this.#made = Float64Array.from(last, (u, i) => shift[i]! + scale[i]! * u);
      this.invalidate();
      this.requestUpdate();
    };
    void this.#turns.run(work).catch((error) => store.fail(errorFrom(error)));
  }

  protected override paint(_layer: number, pen: Pen): void {
    const scale = this.#latents;
    if (!scale || !this.#z) return;
    const { place } = scale;
    const [x, y] = [place.left + scale.x(this.#z[0]), place.top + scale.y(this.#z[1])];
    const { colours, frame } = this;
    if (this.#made && this.#made.length > 2) {
      const size = PRINT * place.width;
      // Beside the hand, on the side that has room.
      const left = x + RADIUS + 4 + size < place.left + place.width ? x + RADIUS + 4 : x - RADIUS - 4 - size;
      const top = Math.min(place.top + place.height - size, Math.max(place.top, y - size / 2));
      pen.fillStyle = colours.paper;
      pen.fillRect(left - 2, top - 2, size + 4, size + 4);
      print(pen, this.#made, frame!.bounds.x[1], { left, top, size }, colours.samples);
    } else if (this.#made) {
      const beside = this.#places[0]!;
      const data = planeScale(frame!.bounds, beside.width, beside.height);
      this.#mark(pen, beside.left + data.x(this.#made[0]!), beside.top + data.y(this.#made[1]!), colours.samples);
    }
    this.#mark(pen, x, y, colours.ink);
  }

  #mark(pen: Pen, x: number, y: number, colour: string): void {
    for (const [width, stroke] of [
      [5, this.colours.halo],
      [2.4, colour],
    ] as const) {
      pen.lineWidth = width;
      pen.strokeStyle = stroke;
      pen.beginPath();
      pen.arc(x, y, RADIUS, 0, 2 * Math.PI);
      pen.stroke();
    }
  }
}

customElements.define("dgm-latent-hand", LatentHand);
