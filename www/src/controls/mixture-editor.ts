/** Handles over the stage: drag a centre, pull an axis, turn the wheel for the weight; arrow keys move what has the focus. */
import { css, html, LitElement, nothing, svg } from "lit";
import type { Bounds, Ellipse } from "../engine/types.ts";
import type { Strings } from "../i18n/index.ts";
import { moved, turned, weighted, widened } from "../state/mixture-edits.ts";
import { planeScale, type Scale } from "../views/scale.ts";
import { Gesture } from "./gesture.ts";

/** The ellipse that is drawn and pulled lies at this many standard deviations. */
const RING = 2;
const STEP = 0.1;
const LONG_STEP = 0.5;
const WHEEL_STEP = 0.02;
/** Keys and wheel are applied when they have rested this long. */
const REST_MS = 350;

type Grip = "centre" | 0 | 1;

export class MixtureEditor extends LitElement {
  static override properties = {
    parts: { attribute: false },
    picked: { attribute: false },
    bounds: { attribute: false },
    text: { attribute: false },
  };
  declare parts: readonly Ellipse[];
  declare picked: number;
  declare bounds: Bounds;
  declare text: Strings;
  readonly #gesture = new Gesture();
  #rest = 0;
  #observer = new ResizeObserver(() => requestAnimationFrame(() => this.requestUpdate()));

  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      overflow: hidden;
    }
    /* Inline shapes have no touch-action: as blocks they keep a finger's drag from scrolling the page. */
    ellipse,
    .reach {
      display: block;
      touch-action: none;
    }
    ellipse {
      fill: var(--data);
      fill-opacity: 0.06;
      stroke: var(--data);
      stroke-opacity: 0.65;
      stroke-width: 1.5;
      cursor: move;
    }
    line {
      stroke: var(--data);
      stroke-width: 1;
      stroke-dasharray: 3 3;
    }
    /* What a finger can hit is larger than what is seen. */
    .reach {
      fill: transparent;
      cursor: move;
    }
    .dot {
      fill: var(--paper);
      stroke: var(--data);
      stroke-width: 2.5;
      pointer-events: none;
    }
    .picked .dot,
    ellipse.picked {
      stroke-opacity: 1;
      stroke-width: 3;
    }
    text {
      font: 600 11px system-ui, sans-serif;
      fill: var(--ink);
      text-anchor: middle;
      pointer-events: none;
      paint-order: stroke;
      stroke: var(--paper);
      stroke-width: 3px;
    }
    g:focus {
      outline: none;
    }
    g:focus-visible .dot {
      stroke: var(--accent);
      stroke-width: 5;
    }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.addEventListener("wheel", this.#wheel, { passive: false });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#gesture.stop(true);
    // What a key or the wheel did last is not lost with the handles.
    if (this.#rest) this.#apply();
  }

  protected override render() {
    const scale = this.#scale();
    return html`
      <svg role="group" aria-label=${this.text.mixture.title}>
        ${this.parts.map((part, i) => this.#body(part, i, scale))}${this.parts.map((part, i) => this.#handles(part, i, scale))}
      </svg>`;
  }

  /** All ellipses lie below all handles, so that none hides another's. */
  #body({ mean, sigma, angle }: Ellipse, i: number, scale: Scale) {
    const [rx, ry] = radii(sigma, scale);
    return svg`<ellipse class=${i === this.picked ? "picked" : ""} transform=${place(mean, angle, scale)} rx=${rx} ry=${ry} @pointerdown=${this.#down("centre", i)} />`;
  }

  #handles(part: Ellipse, i: number, scale: Scale) {
    const { text, parts, picked } = this;
    const [x, y] = [scale.x(part.mean[0]), scale.y(part.mean[1])];
    const [rx, ry] = radii(part.sigma, scale);
    const name = text.mixture.component(i + 1, parts.length, part);
    const grip = (kind: Grip, cx: number, cy: number, r: number) => svg`
      <circle class="dot" cx=${cx} cy=${cy} r=${r} />
      <circle class="reach" data-testid=${`mixture-${i}-${kind === "centre" ? "centre" : `axis-${kind}`}`} cx=${cx} cy=${cy} r="16" @pointerdown=${this.#down(kind, i)} />`;
    const axes = () => svg`
      <g transform=${place(part.mean, part.angle, scale)}>
        <line x2=${rx} /><line y2=${-ry} />${grip(0, rx, 0, 5)}${grip(1, 0, -ry, 5)}
      </g>`;
    return svg`
      <g class=${i === picked ? "picked" : ""} tabindex="0" role="button" aria-label=${name} aria-pressed=${i === picked} data-testid="mixture-${i}"
        @focus=${() => this.#pick(i)} @keydown=${this.#key(i)}>
        ${i === picked ? axes() : nothing}
        ${grip("centre", x, y, 7)}
        <text x=${x} y=${y - 12}>${Math.round(100 * part.weight)}%</text>
      </g>`;
  }

  #scale(): Scale {
    return planeScale(this.bounds, this.clientWidth || 1, this.clientHeight || 1);
  }

  #pick(at: number): void {
    if (at !== this.picked) this.dispatchEvent(new CustomEvent("pick", { detail: at }));
  }

  /** At once here: the next key may come before the page is drawn anew. */
  #edit(parts: Ellipse[]): void {
    this.parts = parts;
    this.dispatchEvent(new CustomEvent("edit", { detail: parts }));
  }

  #apply(): void {
    clearTimeout(this.#rest);
    this.#rest = 0;
    this.dispatchEvent(new Event("apply"));
  }

  #later(): void {
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#apply(), REST_MS);
  }

  #down = (grip: Grip, at: number) => (event: PointerEvent) => {
    const before = [...this.parts];
    // The picture may be drawn anew under the pointer; the canvas of handles stays.
    const canvas = this.renderRoot.querySelector("svg")!;
    const begun = this.#gesture.begin(event, canvas, {
      move: (each) => this.#drag(grip, at, each),
      end: (kept) => (kept ? this.#apply() : this.#edit(before)),
    });
    if (!begun) return;
    event.preventDefault();
    this.#pick(at);
  };

  #drag(grip: Grip, at: number, event: PointerEvent): void {
    const box = this.getBoundingClientRect();
    const scale = this.#scale();
    const to = [scale.worldX(event.clientX - box.left), scale.worldY(event.clientY - box.top)] as const;
    if (grip === "centre") {
      this.#edit(moved(this.parts, at, to));
      return;
    }
    const { mean } = this.parts[at]!;
    const [dx, dy] = [to[0] - mean[0], to[1] - mean[1]];
    const wider = widened(this.parts, at, grip, Math.hypot(dx, dy) / RING);
    // The second axis stands upright on the first.
    this.#edit(turned(wider, at, Math.atan2(dy, dx) - (grip === 1 ? Math.PI / 2 : 0)));
  }

  #key = (at: number) => (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      this.#pick(at);
      return;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LONG_STEP : STEP;
    const { mean } = this.parts[at]!;
    this.#edit(moved(this.parts, at, [mean[0] + step * way[0]!, mean[1] + step * way[1]!]));
    this.#later();
  };

  #wheel = (event: WheelEvent): void => {
    const over = event.composedPath().some((node) => node instanceof SVGElement && node.matches(".reach, ellipse"));
    // Over the empty stage the wheel scrolls the page, as everywhere.
    if (!over || this.#gesture.active) return;
    event.preventDefault();
    const { picked, parts } = this;
    this.#edit(weighted(parts, picked, parts[picked]!.weight - Math.sign(event.deltaY) * WHEEL_STEP));
    this.#later();
  };
}

function radii(sigma: readonly number[], scale: Scale): [number, number] {
  const zoom = scale.x(1) - scale.x(0);
  return [RING * sigma[0]! * zoom, RING * sigma[1]! * zoom];
}

/** World angles run against the clock, those of the screen with it. */
function place([x, y]: readonly [number, number], angle: number, scale: Scale): string {
  return `translate(${scale.x(x)} ${scale.y(y)}) rotate(${(-180 * angle) / Math.PI})`;
}

customElements.define("dgm-mixture-editor", MixtureEditor);
