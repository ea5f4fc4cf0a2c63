/** A small pad on which a digit is drawn: with the pointer, or with arrow keys that move a cursor and Space that puts ink. */
import { css, html, LitElement } from "lit";
import { plainButton } from "../controls/plain-button.ts";
import type { Lang } from "../state/config.ts";
import { palette } from "../views/palette.ts";
import { probeWords } from "./words.ts";

/** What a stroke leaves on the pixels beside it, as a share of full ink. */
const BESIDE = 0.35;

export class DigitPad extends LitElement {
  static override properties = {
    side: { attribute: false },
    most: { attribute: false },
    lang: { attribute: false },
    dark: { attribute: false },
  };

  static override styles = [
    plainButton,
    css`
    :host {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 8px;
      align-items: end;
    }
    canvas {
      width: 128px;
      height: 128px;
      border: 1px solid var(--hair);
      border-radius: 8px;
      touch-action: none;
      cursor: crosshair;
      image-rendering: pixelated;
    }
    canvas:focus-visible {
      outline: 2px solid var(--accent);
    }
    button {
      display: block;
      margin-top: 6px;
      min-height: 34px;
    }
    @media (pointer: coarse) {
      button {
        min-height: 44px;
      }
    }
  `,
  ];

  declare side: number;
  declare most: number;
  declare lang: Lang;
  declare dark: boolean;
  #pixels = new Float64Array();
  #cursor: readonly [number, number] = [3, 3];
  #keyed = false;

  protected override willUpdate(): void {
    if (this.#pixels.length !== this.side ** 2) this.#pixels = new Float64Array(this.side ** 2);
  }

  protected override render() {
    const words = probeWords[this.lang];
    return html`
      <canvas width="128" height="128" tabindex="0" role="application" aria-label=${words.pad} title=${words.pad} data-testid="digit-pad"
        @pointerdown=${this.#down} @pointermove=${this.#draw} @keydown=${this.#key} @blur=${() => this.#show(false)}></canvas>
      <div>
        <button data-testid="digit-clear" @click=${() => this.#clear()}>${words.pad_clear}</button>
        <button data-testid="digit-use" @click=${() => this.#use()}>${words.pad_use}</button>
      </div>`;
  }

  protected override updated(): void {
    this.#paint();
  }

  #clear(): void {
    this.#pixels.fill(0);
    this.#paint();
  }

  #use(): void {
    this.dispatchEvent(new CustomEvent("drawn", { detail: Array.from(this.#pixels) }));
  }

  #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#draw(event);
  };

  #draw = (event: PointerEvent): void => {
    if (event.buttons === 0) return;
    const { left, top, width } = (event.currentTarget as Element).getBoundingClientRect();
    const each = event.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY } of each.length > 0 ? each : [event]) {
      this.#ink([clientX - left, clientY - top].map((at) => Math.floor((at / width) * this.side)) as [number, number]);
    }
    this.#show(false);
  };

  #key = (event: KeyboardEvent): void => {
    const [x, y] = this.#cursor;
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [x - 1, y],
      ArrowRight: [x + 1, y],
      ArrowUp: [x, y - 1],
      ArrowDown: [x, y + 1],
    };
    const to = moves[event.key];
    if (to) this.#cursor = to.map((at) => Math.min(this.side - 1, Math.max(0, at))) as [number, number];
    else if (event.key === " ") this.#ink(this.#cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(true);
  };

  #show(keyed: boolean): void {
    this.#keyed = keyed;
    this.#paint();
  }

  /** Full ink on a pixel, and where there are greys a breath of it beside. */
  #ink([column, row]: readonly [number, number]): void {
    const put = (x: number, y: number, share: number) => {
      if (x < 0 || y < 0 || x >= this.side || y >= this.side) return;
      const at = y * this.side + x;
      this.#pixels[at] = Math.max(this.#pixels[at]!, Math.round(share * this.most));
    };
    put(column, row, 1);
    if (this.most === 1) return;
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      put(column + dx, row + dy, BESIDE);
    }
  }

  #paint(): void {
    const pen = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (!pen) return;
    const colours = palette(this.dark);
    const cell = 128 / this.side;
    pen.clearRect(0, 0, 128, 128);
    pen.fillStyle = colours.data;
    for (const [i, value] of this.#pixels.entries()) {
      pen.globalAlpha = value / this.most;
      pen.fillRect((i % this.side) * cell, Math.floor(i / this.side) * cell, cell, cell);
    }
    pen.globalAlpha = 1;
    if (!this.#keyed) return;
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2;
    pen.strokeRect(this.#cursor[0] * cell + 1, this.#cursor[1] * cell + 1, cell - 2, cell - 2);
  }
}

customElements.define("dgm-digit-pad", DigitPad);
