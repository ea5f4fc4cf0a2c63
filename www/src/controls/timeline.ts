/** A slider over the steps that a run can go back to. Fetched with the charts, under which it lies. */
import { css, html, LitElement, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { errorFrom } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import { timeWords } from "../i18n/time.ts";
import { halfStep } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";
import { plainButton } from "./plain-button.ts";

/** While a model learns, its steps become more all the time. */
const ANEW_MS = 1000;

export class TimelineSlider extends LitElement {
  static override properties = { store: { attribute: false }, moment: { attribute: false } };

  static override styles = [
    plainButton,
    css`
    label {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 0 8px;
      align-items: baseline;
      font-size: 12px;
    }
    output {
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    input {
      grid-column: 1 / -1;
      width: 100%;
      min-height: 28px;
      margin: 0;
      touch-action: pan-y;
      accent-color: var(--accent);
    }
    input:focus-visible {
      border-radius: 8px;
      outline: 2px solid var(--accent);
    }
  `,
  ];

  declare store: Store;
  /** What the page shows; another one is a reason to look again. */
  declare moment: unknown;
  #steps: readonly number[] = [];
  /** The step under the reader's hand, until the page stands there. */
  #wish: number | undefined;
  readonly #turns = new Newest();
  #key = "";
  #askedAt = 0;
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  protected override render() {
    const { lang, step } = this.store;
    const words = timeWords[lang];
    const last = Math.max(0, this.#steps.length - 1);
    const at = this.#wish ?? step;
    const place = Math.max(
      0,
      this.#steps.findLastIndex((kept) => kept <= at),
    );
    const value = words.value(at.toLocaleString("en"), Math.max(at, this.#steps[last] ?? 0).toLocaleString("en"));
    return html`<label title=${words.help}><span>${words.title}</span><output aria-live="off" data-testid="timeline-value">${value}</output>
      <input type="range" data-testid="timeline" min="0" max=${last} step="1" .value=${live(String(place))} aria-valuetext=${value} aria-label=${words.title}
        ?disabled=${last === 0 || this.store.drawing} @input=${this.#go} /></label>
      ${this.store.model?.family === "gan" ? this.#halves() : nothing}`;
  }

  /** Two players learn in turn. */
  #halves() {
    const { lang, half, drawing } = this.store;
    const words = timeWords[lang];
    return html`<button data-testid="half" title=${words.half_help} ?disabled=${drawing} @click=${() => halfStep(this.store)}>${words.half[half ? "generator" : "discriminator"]}</button>`;
  }

  protected override updated(): void {
    const { session, step, trainer } = this.store;
    const key = [session.run, step, trainer.playing].join();
    if (key === this.#key || this.#timer) return;
    const wait = trainer.playing ? this.#askedAt + ANEW_MS - performance.now() : 0;
    this.#timer = window.setTimeout(() => void this.#look(key), Math.max(0, wait));
  }

  async #look(key: string): Promise<void> {
    this.#askedAt = performance.now();
    this.#key = key;
    // Where the engine has no answer, the page says so elsewhere.
    this.#steps = await this.store.session.ask("timeline").catch(() => this.#steps);
    this.#timer = 0;
    this.requestUpdate();
  }

  readonly #go = (event: Event): void => {
    const { store } = this;
    const wish = this.#steps[Number((event.target as HTMLInputElement).value)];
    if (wish === undefined) return;
    this.#wish = wish;
    this.requestUpdate();
    const work = async () => {
      await store.go(wish);
      if (this.#wish === wish) this.#wish = undefined;
      this.requestUpdate();
    };
    void this.#turns.run(work).catch((error) => {
      this.#wish = undefined;
      store.fail(errorFrom(error));
    });
  };
}

customElements.define("dgm-timeline", TimelineSlider);
