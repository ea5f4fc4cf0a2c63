/** Beneath a picture: what is being done, and how to rest, to go on and back, and to go faster. */
import { css, html, LitElement, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { Watching } from "../lab/watched.ts";
import { type Motion, motionOf } from "./motion.ts";
import { said, slowWords } from "./words.ts";

const ICONS = {
  back: "M18 5v14L7 12zM4 5h2.5v14H4z",
  play: "M7 5v14l12-7z",
  pause: "M7 5h4v14H7zm6 0h4v14h-4z",
  next: "M6 5v14l11-7zm11.5 0H20v14h-2.5z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12 5 6.4z",
};

export class SlowBar extends LitElement {
  static override properties = { store: { attribute: false }, moment: { attribute: false } };

  static override styles = css`
    :host {
      display: block;
      width: 100%;
      container-type: inline-size;
      font-size: 13px;
    }
    .bar {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 2px 10px;
      align-items: center;
      max-width: 660px;
      margin: 4px auto 0;
    }
    .hands {
      display: flex;
      gap: 4px;
    }
    /* As high whatever is said, so that nothing below moves. */
    p {
      display: grid;
      align-content: center;
      min-height: 2.8em;
      margin: 0;
      line-height: 1.4;
      text-wrap: pretty;
    }
    b {
      color: var(--quiet);
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    button {
      width: 32px;
      height: 32px;
      padding: 7px;
      border: 1px solid var(--hair);
      border-radius: 50%;
      background: none;
      color: inherit;
      font: 600 11px/1 inherit;
      cursor: pointer;
    }
    button:hover:not(:disabled) {
      border-color: var(--accent);
    }
    button:disabled {
      opacity: 0.4;
      cursor: default;
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    .pace {
      padding: 0;
      font-size: 11px;
      font-weight: 600;
    }
    svg {
      display: block;
      fill: currentColor;
    }
    @container (max-width: 460px) {
      .bar {
        grid-template-columns: auto 1fr;
      }
      p {
        grid-column: 1 / -1;
        grid-row: 1;
      }
      .close {
        justify-self: end;
      }
    }
    @media (pointer: coarse) {
      button {
        width: 44px;
        height: 44px;
        padding: 12px;
      }
    }
  `;

  declare store: Store;
  /** What the page shows; another one is a reason to look again. */
  declare moment: unknown;
  readonly #watching = new Watching<Motion>(this);

  protected override willUpdate(): void {
    this.#watching.at(motionOf(this.store));
  }

  /** To the deed after this one, or before it. */
  go(by: 1 | -1): void {
    if (by > 0) this.#watching.now?.next();
    else this.#watching.now?.back();
  }

  /** Rests at a deed, or goes on by itself. */
  toggle(): void {
    this.#watching.now?.toggle();
  }

  protected override render() {
    const { store } = this;
    const motion = this.#watching.now!;
    const words = slowWords[store.lang];
    const { slow, at, playing, pace, still } = motion;
    const button = (id: keyof typeof ICONS, name: string, act: () => void, off = false) => html`
      <button class=${id} data-testid="slow-${id}" aria-label=${name} title=${name} ?disabled=${off} @click=${act}><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[id]} /></svg></button>`;
    const rest = playing
      ? button("pause", words.pause, () => motion.toggle())
      : button("play", words.play, () => motion.toggle());
    const paced = html`<button class="pace" data-testid="slow-pace" aria-label=${words.pace(pace)} title=${words.pace(pace)} @click=${() => motion.hurry()}>${pace === 0.5 ? "½" : pace}×</button>`;
    return html`
      <div class="bar" role="group" aria-label=${words.title} lang=${store.lang === "zh" ? "zh-Hans" : "en"}>
        <span class="hands">
          ${button("back", words.back, () => motion.back(), !slow || at === 0)}${still ? nothing : rest}${button("next", words.next, () => motion.next(), !slow)}${still ? nothing : paced}
        </span>
        <p role="status" data-testid="slow-said" data-deed=${motion.act?.deed ?? ""}>${slow ? html`<span><b>${at + 1}/${slow.acts.length}</b> ${said(store, slow, at)}</span>` : nothing}</p>
        ${button("close", words.close, () => store.slowDown(false))}
      </div>`;
  }
}

customElements.define("dgm-slow", SlowBar);
