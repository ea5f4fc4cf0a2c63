/** Whether an element stands on a page, told with patience: frameworks take nodes out and put them elsewhere. */

/** What stays away this long is taken to be gone for good; it may still come back. */
const GONE_MS = 1000;

export interface Guest {
  came(): void;
  left(): void;
  /** It has been away for a while. */
  gone(): void;
}

export class Presence {
  readonly #element: Element;
  readonly #guest: Guest;
  #here = false;
  #timer = 0;

  constructor(element: Element, guest: Guest) {
    this.#element = element;
    this.#guest = guest;
  }

  get here(): boolean {
    return this.#here;
  }

  /** For both callbacks of a custom element. What goes and comes within one task was never away. */
  look(): void {
    queueMicrotask(() => this.#look());
  }

  /** Something was asked of an element that is away: its time runs anew. */
  linger(): void {
    if (this.#here) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#guest.gone(), GONE_MS);
  }

  #look(): void {
    const here = this.#element.isConnected;
    if (here === this.#here) return;
    this.#here = here;
    clearTimeout(this.#timer);
    if (here) {
      this.#guest.came();
      return;
    }
    this.#guest.left();
    this.linger();
  }
}
