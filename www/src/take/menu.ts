/** The menu of what can be taken away: a dialog over the page, whose code comes when it is first opened. */

import { html, LitElement, nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import { download } from "../lab/download.ts";
import { errorMessage } from "../lab/messages.ts";
import type { Store } from "../lab/store.ts";
import { exported, fileName, type Kind, type Place } from "./exports.ts";
import { canFilm, film } from "./film.ts";
import { TOO_LONG, whole } from "./link.ts";
import { menuStyles } from "./menu-styles.ts";
import { openSession } from "./open-session.ts";
import { ENDING } from "./session-file.ts";
import { takeWords, type Words } from "./words.ts";

export class TakeMenu extends LitElement {
  static override styles = menuStyles;
  static override properties = {
    store: { attribute: false },
    place: { attribute: false },
    hash: { attribute: false },
    said: { state: true },
    link: { state: true },
    recording: { state: true },
  };
  declare store: Store;
  declare place: Place;
  /** Asks for what the address says of the settings. */
  declare hash: () => string;
  declare said: string;
  /** The link, where it has to be copied by hand. */
  declare link: string;
  declare recording: ReturnType<typeof film> | undefined;

  constructor() {
    super();
    this.said = this.link = "";
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal();
  }

  protected override render() {
    const { say } = this;
    const { group } = say;
    return html`
      <dialog data-testid="take-menu" aria-labelledby="title" lang=${this.store.lang === "zh" ? "zh-Hans" : "en"} @close=${() => this.remove()} @click=${this.#outside}>
        <header>
          <div><h2 id="title">${say.title}</h2><p>${say.line}</p></div>
          <button class="close" data-testid="take-close" @click=${() => this.renderRoot.querySelector("dialog")!.close()}>${say.close}</button>
        </header>
        ${this.#section(group.link, say.link_help, html`<button data-testid="take-link" autofocus @click=${this.#copy}>${say.link}</button>`)}
        ${this.#section(group.picture, say.film_help, html`${this.#file("png", say.png)}${this.#file("svg", say.svg)}${this.#filmButton()}`, canFilm() ? nothing : html`<small data-testid="no-film">${say.no_film}</small>`)}
        ${this.#section(
          group.numbers,
          say.numbers_help,
          ["history", "scores", "json", "samples", "npy"].map((kind) => this.#file(kind, say[kind as "npy"])),
        )}
        ${this.#section(
          group.model,
          say.weights_help,
          ["weights", "python", "bibtex"].map((kind) => this.#file(kind, say[kind as "weights"])),
        )}
        ${this.#section(group.session, say.session_help, html`${this.#file("session", say.save)}<label class="file"><input type="file" data-testid="take-open" accept=${ENDING} @change=${this.#opened} />${say.open}</label>`)}
        <p class="said" role="status" data-testid="take-said">${this.said}${this.link ? html`<textarea readonly rows="3" .value=${this.link} data-testid="take-address" aria-label=${say.link}></textarea>` : nothing}</p>
      </dialog>`;
  }

  get say(): Words {
    return takeWords[this.store.lang];
  }

  #section(title: string, help: string, buttons: unknown, more: unknown = nothing) {
    return html`<section><h3>${title}</h3><div class="row">${buttons}</div>${more}<small>${help}</small></section>`;
  }

  #file(kind: Kind, label: string) {
    const save = () =>
      this.#attempt(async () => this.#keep(await exported(this.store, this.place, kind), fileName(this.store, kind)));
    return html`<button data-testid="take-${kind}" @click=${save}>${label}</button>`;
  }

  #filmButton() {
    const { recording, say } = this;
    return html`<button data-testid="take-film" class=${recording ? "recording" : ""} ?disabled=${!canFilm()} @click=${this.#record}>${recording ? say.film_stop : say.film}</button>`;
  }

  #record = () =>
    this.#attempt(async () => {
      const { recording, store } = this;
      this.recording = undefined;
      if (recording) this.#keep(await recording.stop(), fileName(store, "png").replace(/png$/, "webm"));
      else this.recording = film(store, this.place);
    });

  #copy = () =>
    this.#attempt(async () => {
      const { href } = new URL(await whole(this.store, this.hash()), location.href);
      const copied = await (navigator.clipboard?.writeText(href) ?? Promise.reject()).then(
        () => true,
        () => false,
      );
      this.said = copied ? this.say.copied : this.say.not_copied;
      if (!copied) this.link = href;
    });

  #opened = (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    // What came of it stands on the page.
    this.renderRoot.querySelector("dialog")!.close();
    void openSession(this.store, file);
  };

  #outside = (event: Event) => {
    if (event.target === event.currentTarget && !this.recording) (event.target as HTMLDialogElement).close();
  };

  #keep(blob: Blob, name: string): void {
    download(blob, name);
    this.said = this.say.saved(name);
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.said = this.link = "";
    try {
      await work();
    } catch (cause) {
      const error = errorFrom(cause);
      const { length, most } = error.details;
      this.said =
        error.code === TOO_LONG
          ? this.say.too_long(Number(length).toLocaleString("en"), Number(most).toLocaleString("en"))
          : errorMessage(error, this.store)(this.store.text);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A film nobody waits for is not kept.
    void this.recording?.stop();
  }
}

customElements.define("dgm-take", TakeMenu);

/** Opens it in a lab; the browser brings who closes it back to where they were. */
export function openMenu(store: Store, place: Place, hash: () => string): void {
  const menu = Object.assign(new TakeMenu(), { store, place, hash });
  place.renderRoot.append(menu);
}
