/**
 * A slider from the latents to the data: through the layers of a flow, or through the time of a diffusion. The grid and the particles are where
 * the model carries them by then, with the weights that it has. Fetched with the charts.
 */
import { css, html, LitElement, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { errorFrom } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import type { Path } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import type { Along } from "../views/along.ts";
import { alongWords } from "./along-words.ts";

/** While a model learns, its way is asked for this often at most. */
const ANEW_MS = 500;
/** All of the way, when it is played. */
const PLAY_MS = 4000;
const LINES = 19;
const HALF = 2.5;
const PARTICLES = 400;
/** How far the picture reaches, in deviations of the latents; where data lie farther, as far as they. */
const REACH = 2.7;

export class AlongSlider extends LitElement {
  static override properties = {
    store: { attribute: false },
    moment: { attribute: false },
  };

  static override styles = css`
    :host {
      display: block;
    }
    .way {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 0 8px;
      align-items: center;
      margin-top: 6px;
      font-size: 12px;
    }
    label {
      display: contents;
    }
    .said {
      display: flex;
      justify-content: space-between;
      grid-column: 1 / -1;
      gap: 8px;
    }
    output {
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    input {
      width: 100%;
      min-height: 28px;
      margin: 0;
      touch-action: pan-y;
      accent-color: var(--accent);
    }
    button {
      width: 28px;
      height: 28px;
      padding: 5px;
      border: 1px solid var(--hair);
      border-radius: 50%;
      background: none;
      color: inherit;
      cursor: pointer;
    }
    svg {
      display: block;
      fill: currentColor;
    }
    :is(button, input):focus-visible {
      border-radius: 99px;
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    @media (pointer: coarse) {
      button {
        width: 44px;
        height: 44px;
        padding: 12px;
      }
      input {
        min-height: 44px;
      }
    }
  `;

  declare store: Store;
  /** What the page shows; another one is a reason to look again. */
  declare moment: unknown;
  #path: Path | undefined;
  #shown: { path?: Path | undefined; at?: number | undefined } = {};
  #key = "";
  #timer = 0;
  #askedAt = 0;
  #playing = 0;
  readonly #turns = new Newest();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.store.stop = undefined;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  protected override render() {
    const { store } = this;
    const words = alongWords[store.lang];
    const stops = this.#path?.stops ?? [];
    const last = Math.max(0, stops.length - 1);
    const at = Math.round(store.along * last);
    const value = words.value(stops, at);
    const move = (event: Event) => {
      this.#stop();
      store.goAlong(Number((event.target as HTMLInputElement).value) / (last || 1));
    };
    if (last === 0) return nothing;
    return html`
      <div class="way"><label><span class="said"><span>${words.title(stops)}</span><output aria-live="off" data-testid="along-value">${value}</output></span>
        <button data-testid="along-play" aria-label=${words.play} title=${words.play} aria-pressed=${this.#playing !== 0} @click=${this.#play}><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${this.#playing ? "M7 5h4v14H7zm6 0h4v14h-4z" : "M7 5v14l12-7z"} /></svg></button>
        <input type="range" data-testid="along" min="0" max=${last} step="1" .value=${live(String(at))} aria-label=${words.title(stops)} aria-valuetext=${value} @input=${move} /></label></div>`;
  }

  protected override updated(): void {
    const { session, step, trainer, model, along, dim, data } = this.store;
    if (!data || dim !== 2) return;
    this.#show();
    // At its end the way is not needed, but how many stops it has.
    const key = [session.run, model?.id, along < 1 ? step : "", JSON.stringify(session.config.params)].join();
    if (key === this.#key || this.#timer) return;
    const wait = trainer.playing ? this.#askedAt + ANEW_MS - performance.now() : 0;
    this.#timer = window.setTimeout(() => this.#ask(key), Math.max(0, wait));
  }

  #ask(key: string): void {
    const { store } = this;
    this.#askedAt = performance.now();
    this.#key = key;
    this.#timer = 0;
    const work = async () => {
      const path = await store.session.ask("path", START, "data");
      this.#path = path;
      this.#show();
      this.requestUpdate();
    };
    void this.#turns.run(work).catch((error) => store.fail(errorFrom(error)));
  }

  /** The side picture shows the stop; at the end what it shows anyway. */
  #show(): void {
    const { store } = this;
    const last = Math.max(0, (this.#path?.stops.length ?? 0) - 1);
    const at = Math.round(store.along * last);
    const key = at < last ? at : undefined;
    if (this.#shown.path === this.#path && this.#shown.at === key) return;
    this.#shown = { path: this.#path, at: key };
    store.stop = key === undefined ? undefined : this.#along(key);
    store.changed();
  }

  /** What stands where at a stop. */
  #along(stop: number): Along {
    const { states, n, dim, shift, scale } = this.#path!;
    const from = stop * n * dim;
    const points = Float64Array.from(
      states.subarray(from, from + n * dim),
      (u, i) => shift[i % 2]! + scale[i % 2]! * u,
    );
    const { x, y } = this.store.data!.bounds;
    const wide = ([low, high]: [number, number], axis: number): [number, number] => {
      const [middle, half] = [shift[axis]!, REACH * scale[axis]!];
      return [Math.min(low, middle - half), Math.max(high, middle + half)];
    };
    const bounds = { x: wide(x, 0), y: wide(y, 1) };
    return { bounds, points, side: LINES, keys: START.subarray(2 * LINES * LINES) };
  }

  readonly #play = (): void => {
    if (this.#playing) {
      this.#stop();
      return;
    }
    const last = Math.max(1, (this.#path?.stops.length ?? 2) - 1);
    const { store } = this;
    store.goAlong(0);
    let at = 0;
    this.#playing = window.setInterval(() => {
      at++;
      store.goAlong(at / last);
      if (at >= last) this.#stop();
    }, PLAY_MS / last);
    this.requestUpdate();
  };

  #stop(): void {
    clearInterval(this.#playing);
    this.#playing = 0;
    this.requestUpdate();
  }
}

/** A grid of latents and a draw of them, the same at every look, so that each can be followed. */
const START = start();

function start(): Float64Array {
  const out = new Float64Array(2 * (LINES * LINES + PARTICLES));
  const at = (i: number) => ((2 * i) / (LINES - 1) - 1) * HALF;
  for (let k = 0; k < LINES * LINES; k++) out.set([at(k % LINES), at(Math.floor(k / LINES))], 2 * k);
  // Turned by the golden angle they are spread evenly; their distances are those of a Gaussian (Box and Muller, 1958).
  for (let k = 0; k < PARTICLES; k++) {
    const radius = Math.sqrt(-2 * Math.log((k + 0.5) / PARTICLES));
    const angle = k * Math.PI * (3 - Math.sqrt(5));
    out.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * (LINES * LINES + k));
  }
  return out;
}

customElements.define("dgm-along", AlongSlider);
