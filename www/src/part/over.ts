/** Over a picture of the plane: the line of a slice, with a handle that a finger, the pointer or the arrow keys move, and its curves beside it. */
import { css, html, type PropertyValues } from "lit";
import { Gesture } from "../controls/gesture.ts";
import type { Bounds, Frame, Slice } from "../engine/types.ts";
import { number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { CanvasStack } from "../views/canvas.ts";
import type { Pen } from "../views/pen.ts";
import { planeScale, type Scale, within } from "../views/scale.ts";
import { densities } from "./curves.ts";
import { partOf, type SharedPart } from "./shared.ts";
import { partWords } from "./words.ts";

/** Shares of the picture that an arrow key moves the line by, and with the shift key. */
const STEP = 0.02;
const SMALL = 0.004;
const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
/** Width of what can be taken hold of, in pixels: a finger's. */
const HOLD = 44;
/** Share of the picture that the curves reach across. */
const ACROSS = 0.22;

export class SliceOver extends CanvasStack {
  static override properties = {
    store: { attribute: false },
    lead: { attribute: false },
    frame: { attribute: false },
    box: { attribute: false },
  };

  static override styles = [
    CanvasStack.styles,
    css`
      :host {
        position: absolute;
        inset: 0;
        pointer-events: none;
      }
      [role="slider"] {
        position: absolute;
        padding: 0;
        border-radius: 8px;
        cursor: ew-resize;
        pointer-events: auto;
        touch-action: none;
      }
      .row {
        cursor: ns-resize;
      }
      [role="slider"]:focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: -3px;
      }
      @media print {
        [role="slider"] {
          display: none;
        }
      }
    `,
  ];

  declare store: Store;
  declare lead: Store;
  /** Another picture, or another part of the world, is a reason to ask again. */
  declare frame: Frame | undefined;
  declare box: unknown;
  protected readonly depth = 1;
  readonly #drag = new Gesture();
  /** Where the handle is: an attribute of style would be against the page's policy. */
  readonly #place = new CSSStyleSheet();
  readonly #watching = new Watching<SharedPart>(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drag.stop(false);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#watching.at(partOf(this.lead)).refresh(this.store);
    this.invalidate();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#place];
  }

  get #part(): SharedPart | undefined {
    return this.#watching.now;
  }

  /** With the picture, which knows how large it is. */
  #put(part: SharedPart): void {
    const at = part.given === 0 ? this.#scale.x(part.at(this.store)) : this.#scale.y(part.at(this.store));
    const from = `${at - HOLD / 2}px`;
    this.#place.replaceSync(
      part.given === 0
        ? `[role="slider"] { inset: 0 auto 0 ${from}; width: ${HOLD}px }`
        : `[role="slider"] { inset: ${from} 0 auto; height: ${HOLD}px }`,
    );
  }

  get #bounds(): Bounds {
    return this.store.box ?? this.store.data!.bounds;
  }

  get #scale(): Scale {
    return planeScale(this.#bounds, this.width, this.height);
  }

  protected override render() {
    return [...super.render(), this.#handle()];
  }

  #handle() {
    const { store } = this;
    const part = this.#part!;
    const name = store.axes.names[part.given]!;
    const [low, high] = part.ends(store);
    const at = part.at(store);
    const across = part.given === 0;
    return html`<div class=${across ? "column" : "row"} role="slider" tabindex="0" data-testid="slice"
      aria-label=${partWords[store.lang].handle(name)} aria-orientation=${across ? "horizontal" : "vertical"}
      aria-valuemin=${low} aria-valuemax=${high} aria-valuenow=${at} aria-valuetext="${name} = ${number(at)}"
      @pointerdown=${this.#hold} @keydown=${this.#key}></div>`;
  }

  readonly #hold = (event: PointerEvent): void => {
    const move = ({ clientX, clientY }: PointerEvent) => {
      const { left, top, width } = this.getBoundingClientRect();
      const unit = this.width / (width || 1);
      const scale = this.#scale;
      this.#take(
        this.#part!.given === 0 ? scale.worldX(unit * (clientX - left)) : scale.worldY(unit * (clientY - top)),
      );
    };
    event.stopPropagation();
    if (this.#drag.begin(event, event.currentTarget as Element, { move, end: () => undefined })) {
      (event.currentTarget as HTMLElement).focus({ preventScroll: true });
      event.preventDefault();
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const [low, high] = this.#part!.ends(this.store);
    this.#take(this.#part!.at(this.store) + by * (event.shiftKey ? SMALL : STEP) * (high - low));
  };

  #take(at: number): void {
    const [low, high] = this.#part!.ends(this.store);
    this.#part!.slice(Math.min(high, Math.max(low, at)));
  }

  protected override paint(_layer: number, pen: Pen): void {
    const { store, colours } = this;
    const part = this.#part;
    if (!part || !store.data) return;
    this.#put(part);
    const scale = this.#scale;
    const bounds = this.#bounds;
    within(pen, bounds, scale, () => {
      this.#line(pen, scale, bounds, part.at(store));
      const { slice } = part.seen(store);
      // what is drawn is of the line that was asked about, which may lag behind the hand
      if (slice && slice.given === part.given) this.#curves(pen, slice, scale, bounds);
    });
    this.#grip(pen, scale, part.at(store), colours.ink);
  }

  #line(pen: Pen, scale: Scale, { x, y }: Bounds, at: number): void {
    const across = this.#part!.given === 0;
    for (const [width, colour] of [
      [4, this.colours.halo],
      [1.6, this.colours.ink],
    ] as const) {
      pen.beginPath();
      pen.moveTo(across ? scale.x(at) : scale.x(x[0]), across ? scale.y(y[0]) : scale.y(at));
      pen.lineTo(across ? scale.x(at) : scale.x(x[1]), across ? scale.y(y[1]) : scale.y(at));
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.stroke();
    }
  }

  /** What shows that the line can be moved. */
  #grip(pen: Pen, scale: Scale, at: number, ink: string): void {
    const across = this.#part!.given === 0;
    const side = Math.min(this.width, this.height);
    const [x, y] = across ? [scale.x(at), (this.height + side) / 2 - 16] : [(this.width - side) / 2 + 16, scale.y(at)];
    pen.beginPath();
    pen.arc(x, y, 9, 0, 2 * Math.PI);
    pen.fillStyle = ink;
    pen.fill();
    pen.strokeStyle = this.colours.halo;
    pen.lineWidth = 2;
    pen.stroke();
    pen.strokeStyle = this.colours.paper;
    pen.lineWidth = 1.6;
    pen.beginPath();
    for (const way of [-1, 1]) {
      const tip = (dx: number, dy: number) =>
        across ? ([x + way * dx, y + dy] as const) : ([x + dy, y + way * dx] as const);
      pen.moveTo(...tip(2.5, -3));
      pen.lineTo(...tip(5.5, 0));
      pen.lineTo(...tip(2.5, 3));
    }
    pen.stroke();
  }

  /** To the side on which there is more room. */
  #curves(pen: Pen, slice: Slice, scale: Scale, { x, y }: Bounds): void {
    const across = slice.given === 0;
    const side = Math.min(this.width, this.height);
    const from = across ? scale.x(slice.at) : scale.y(slice.at);
    const middle = across ? (scale.x(x[0]) + scale.x(x[1])) / 2 : (scale.y(y[0]) + scale.y(y[1])) / 2;
    const { model, truth, top } = densities(slice);
    const reach = ((from < middle ? 1 : -1) * ACROSS * side) / top;
    const [low, high] = [slice.range[0]!, slice.range[1]!];
    const draw = (density: number[], colour: string, dash: number[]) => {
      const step = (high - low) / density.length;
      for (const [width, style, pattern] of [
        [4.5, this.colours.halo, []],
        [2, colour, dash],
      ] as const) {
        pen.beginPath();
        for (const [i, value] of density.entries()) {
          const along = low + (i + 0.5) * step;
          if (across) pen.lineTo(from + reach * value, scale.y(along));
          else pen.lineTo(scale.x(along), from + reach * value);
        }
        pen.strokeStyle = style;
        pen.lineWidth = width;
        pen.setLineDash([...pattern]);
        pen.stroke();
      }
      pen.setLineDash([]);
    };
    if (truth.length > 0) draw(truth, this.colours.data, [5, 4]);
    if (model.length > 0) draw(model, this.colours.samples, []);
  }
}

customElements.define("dgm-slice", SliceOver);
