/** A button that films the picture while it learns: a press begins, another one saves. It and what it needs are fetched with the charts. */
import { css, html, LitElement, nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import { download } from "../lab/download.ts";
import type { Store } from "../lab/store.ts";
import { fileName } from "../take/exports.ts";
import { canFilm, film } from "../take/film.ts";
import { plainButton } from "./plain-button.ts";

const WORDS = {
  en: {
    begin: "Film it",
    end: "Stop and save the film",
    help: "Records the picture as a WebM film while the model learns, until you press again.",
    saved: (name: string) => `Saved: ${name}`,
  },
  zh: {
    begin: "录成影片",
    end: "停止并保存影片",
    help: "把学习过程中的图录成 WebM 影片，再按一次结束。",
    saved: (name: string) => `已保存：${name}`,
  },
};

export class FilmButton extends LitElement {
  static override properties = {
    store: { attribute: false },
    moment: { attribute: false },
    dark: { attribute: false },
  };

  static override styles = [
    plainButton,
    css`
    button {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    i {
      width: 9px;
      height: 9px;
      border-radius: 50%;
      background: var(--warn);
    }
    [aria-pressed="true"] {
      border-color: var(--warn);
    }
    [aria-pressed="true"] i {
      border-radius: 1px;
    }
    span {
      margin-left: 8px;
      color: var(--quiet);
      font-size: 12px;
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
  ];

  declare store: Store;
  /** What the page shows; another one is a reason to look again. */
  declare moment: unknown;
  declare dark: boolean;
  #recording: ReturnType<typeof film> | undefined;
  #saved = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A film nobody waits for is not kept.
    void this.#recording?.stop();
    this.#recording = undefined;
  }

  protected override render() {
    if (!canFilm()) return nothing;
    const words = WORDS[this.store.lang];
    const on = this.#recording !== undefined;
    return html`<button data-testid="film" title=${words.help} aria-pressed=${on} ?disabled=${!this.store.config} @click=${this.press}><i></i>${on ? words.end : words.begin}</button><span role="status" data-testid="film-said">${this.#saved && words.saved(this.#saved)}</span>`;
  }

  readonly press = async (): Promise<void> => {
    const { store } = this;
    const recording = this.#recording;
    this.#saved = "";
    try {
      if (recording) {
        this.#recording = undefined;
        const name = fileName(store, "png").replace(/png$/, "webm");
        download(await recording.stop(), name);
        this.#saved = name;
      } else {
        const renderRoot = this.getRootNode() as ShadowRoot;
        this.#recording = film(store, { renderRoot, dark: () => this.dark });
      }
    } catch (error) {
      store.fail(errorFrom(error));
    }
    this.requestUpdate();
  };
}

customElements.define("dgm-film", FilmButton);
