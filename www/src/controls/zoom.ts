/**
 * Looks closer at the picture, or at all pictures of a lab at once: by buttons, by the wheel with Ctrl (which a trackpad's pinch is too), by
 * two fingers, by dragging what is magnified. One finger and the plain wheel move the page, as everywhere.
 */
import { css, html, LitElement, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { panned, type Share, zoomed } from "../views/box.ts";
import { Gesture } from "./gesture.ts";
import { zoomWords } from "./zoom-words.ts";

/** Of one press, and of one unit of the wheel. */
const PRESS = 1.5;
const WHEEL = 0.01;
/** A hand that shakes this many pixels means a click. */
const SHAKE = 4;

const ICONS = {
  in: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  out: "M5 11h14v2H5z",
  whole: "M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4zM9 9h6v6H9z",
  full: "M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z",
};

export class Zoom extends LitElement {
  static override properties = { store: { attribute: false }, moment: { attribute: false } };

  static override styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 2px;
    }
    /* Over a small picture only what has room. */
    :host(.aloft) {
      flex-wrap: wrap;
      max-width: calc(100% - 12px);
      max-height: min(30px, 100% - 12px);
      overflow: hidden;
    }
    button {
      display: grid;
      place-content: center;
      flex: none;
      width: 30px;
      height: 30px;
      padding: 0;
      border: 0;
      border-radius: 8px;
      background: none;
      color: inherit;
      cursor: pointer;
    }
    button:hover:not(:disabled) {
      background: var(--tint);
    }
    button:disabled {
      opacity: 0.35;
      cursor: default;
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    svg {
      width: 18px;
      height: 18px;
      fill: currentColor;
    }
    output {
      min-width: 34px;
      font-size: 12px;
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
    /* For fingers large, and along the edge, where they cover least. */
    @media (pointer: coarse) {
      :host(.aloft) {
        flex-flow: column nowrap;
        max-height: calc(100% - 12px);
      }
      button {
        width: 44px;
        height: 44px;
      }
      :host(.aloft) output {
        min-height: 18px;
      }
    }
  `;

  declare store: Store;
  /** What stands on the page; another one is a reason to look again. */
  declare moment: unknown;
  #over: AbortController | undefined;
  readonly #drag = new Gesture();
  #fingers: { apart: number; at: Share } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#over = new AbortController();
    const { signal } = this.#over;
    const root = this.getRootNode() as ShadowRoot;
    const on = (name: string, act: (event: never, picture: HTMLElement) => void) =>
      root.addEventListener(
        name,
        (event) => {
          const picture = event.composedPath().find((part) => part instanceof HTMLElement && part.matches(".picture"));
          if (picture && this.#able && !reserved(event)) act(event as never, picture as HTMLElement);
        },
        { signal, passive: false },
      );
    on("wheel", this.#wheel);
    // Where clicks pin points two of them are two pins.
    on("dblclick", (_event: MouseEvent) => this.store.probing || this.whole());
    on("pointerdown", this.#hold);
    on("touchstart", this.#touch);
    on("touchmove", this.#pinch);
    for (const name of ["touchend", "touchcancel"]) root.addEventListener(name, () => this.#rest(), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#over?.abort();
    this.#drag.stop(false);
  }

  /** Magnifies, the place at `at` staying where it is. */
  zoom(by: number, at?: Share): void {
    const { data, box } = this.store;
    if (data && this.#able) this.store.lookInto(zoomed(box, data.bounds, by, at));
  }

  press(way: 1 | -1): void {
    this.zoom(PRESS ** way);
  }

  whole(): void {
    this.store.lookInto(undefined);
  }

  /** Moves the view by shares of itself. */
  pan(by: Share): void {
    const { data, box } = this.store;
    if (data && this.#able) this.store.lookInto(panned(box, data.bounds, by));
  }

  /** The picture on all of the screen, and back. */
  async full(): Promise<void> {
    const { fullScreen } = await import("./full-screen.ts");
    // Meanwhile it may be gone.
    if (this.isConnected) await fullScreen((this.getRootNode() as ShadowRoot).host);
  }

  /** Whether this is a picture of places. */
  get #able(): boolean {
    const { data, dim, solid, drawing } = this.store;
    return data !== undefined && dim <= 2 && !solid && !drawing;
  }

  protected override render() {
    const { box, data, lang, drawing } = this.store;
    if (drawing) return nothing;
    const words = zoomWords[lang];
    const button = (id: keyof typeof ICONS, act: () => void, off = false) => html`
      <button data-testid="zoom-${id}" aria-label=${words[id]} title=${words[id]} ?disabled=${off} @click=${act}><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[id]} /></svg></button>`;
    const times = box && data ? (data.bounds.x[1] - data.bounds.x[0]) / (box.x[1] - box.x[0]) : 1;
    return html`
      ${
        this.#able
          ? html`${button("out", () => this.press(-1))}<output data-testid="zoom-value" aria-label=${words.title}>${words.times(times)}</output>${button("in", () => this.press(1))}${button("whole", () => this.whole(), !box)}`
          : nothing
      }
      ${document.fullscreenEnabled ? button("full", () => void this.full()) : nothing}`;
  }

  readonly #wheel = (event: WheelEvent, picture: HTMLElement): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    // Lines of a wheel are about as tall as this many pixels.
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 * event.deltaY : event.deltaY;
    this.zoom(Math.exp(-WHEEL * Math.max(-60, Math.min(60, pixels))), shareOf(picture, event));
  };

  readonly #hold = (event: PointerEvent, picture: HTMLElement): void => {
    // A point that is looked at is dragged itself, and pinned by the click after.
    if (event.pointerType === "touch" || !this.store.box || this.store.probing) return;
    let at: { clientX: number; clientY: number } = event;
    let moved = false;
    this.#drag.begin(event, picture, {
      move: (each) => {
        moved ||= Math.hypot(each.clientX - at.clientX, each.clientY - at.clientY) > SHAKE;
        if (!moved) return;
        const [from, to] = [shareOf(picture, at), shareOf(picture, each)];
        at = { clientX: each.clientX, clientY: each.clientY };
        this.pan([from[0] - to[0], from[1] - to[1]]);
      },
      end: () => {
        if (!moved) return;
        // What is let go after a drag was not pressed; where nothing is told of it, the next press is one.
        const lost = (each: Event) => each.stopPropagation();
        window.addEventListener("click", lost, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", lost, true));
      },
    });
  };

  readonly #touch = ({ touches }: TouchEvent, picture: HTMLElement): void => {
    this.#fingers = touches.length === 2 ? between(touches, picture) : undefined;
  };

  readonly #pinch = (event: TouchEvent, picture: HTMLElement): void => {
    const before = this.#fingers;
    // What scrolls already goes on scrolling.
    if (!before || event.touches.length !== 2 || !event.cancelable) return;
    event.preventDefault();
    this.#fingers = between(event.touches, picture);
    const { apart, at } = this.#fingers;
    this.pan([before.at[0] - at[0], before.at[1] - at[1]]);
    this.zoom(apart / before.apart, at);
  };

  #rest(): void {
    this.#fingers = undefined;
  }
}

/** What else the hand may work on over a picture. */
function reserved(event: Event): boolean {
  return event
    .composedPath()
    .some((part) => part instanceof HTMLElement && part.matches("dgm-mixture-editor, dgm-draw-pad, dgm-zoom"));
}

/** Where a pointer is, as shares of the square that the world fills. */
function shareOf(picture: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Share {
  const { left, top, width, height } = picture.getBoundingClientRect();
  const side = Math.min(width, height);
  // The line is as wide as its picture.
  const [across, up] = picture.matches(".flat") ? [width, height] : [side, side];
  return [0.5 + (clientX - left - width / 2) / across, 0.5 - (clientY - top - height / 2) / up];
}

function between([one, other]: TouchList, picture: HTMLElement) {
  const [a, b] = [one!, other!];
  const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
  return { apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1, at: shareOf(picture, middle) };
}

customElements.define("dgm-zoom", Zoom);
