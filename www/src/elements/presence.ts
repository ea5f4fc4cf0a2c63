/**
 * Whether a figure is seen: on a page, scrolled into view, in a tab that shows. Told with patience: frameworks take nodes out
 * and put them elsewhere, and readers scroll back.
 */

/** What stays out of every page this long is taken to be gone for good; it may still come back. */
const GONE_MS = 1000;
/** What is unseen this long costs more by staying ready than by coming back. */
const FORGOTTEN_MS = 60_000;
/** Figures this close to the view, as a share of its size, are made ready. */
const NEAR = 0.5;

export interface Watcher {
  /** On a page and close to the view, for the first time. */
  near(): void;
  seen(): void;
  unseen(): void;
  /** It has not been seen for a while, and nothing was asked of it. */
  forgotten(): void;
  /** Pixels between it and the view. */
  moved(distance: number): void;
}

export class Presence {
  readonly #element: Element;
  readonly #watcher: Watcher;
  readonly #view = new IntersectionObserver((entries) => this.#scrolled(entries.at(-1)!));
  readonly #surroundings = new IntersectionObserver(
    (entries) => {
      const entry = entries.at(-1)!;
      this.#measured(entry);
      if (entry.isIntersecting) this.hurry();
    },
    { rootMargin: `${100 * NEAR}%` },
  );
  #here = false;
  #inView = false;
  #seen = false;
  #hurried = false;
  #wasNear = false;
  #timer = 0;

  constructor(element: Element, watcher: Watcher) {
    this.#element = element;
    this.#watcher = watcher;
  }

  get seen(): boolean {
    return this.#seen;
  }

  /** For both callbacks of a custom element. What goes and comes within one task was never away. */
  look(): void {
    queueMicrotask(() => this.#look());
  }

  /** Something was asked of an element that is not seen: its time runs anew. */
  linger(): void {
    clearTimeout(this.#timer);
    if (this.#seen) return;
    this.#timer = window.setTimeout(() => this.#watcher.forgotten(), this.#here ? FORGOTTEN_MS : GONE_MS);
  }

  /** It is wanted, wherever on a page it stands. */
  hurry(): void {
    this.#hurried = true;
    if (this.#wasNear || !this.#here) return;
    this.#wasNear = true;
    this.linger();
    this.#watcher.near();
  }

  #look(): void {
    const here = this.#element.isConnected;
    if (here === this.#here) return;
    this.#here = here;
    for (const observer of [this.#view, this.#surroundings]) {
      if (here) observer.observe(this.#element);
      else observer.disconnect();
    }
    if (here) document.addEventListener("visibilitychange", this.#update);
    else document.removeEventListener("visibilitychange", this.#update);
    this.#inView = false;
    this.#update();
    this.linger();
    if (this.#hurried) this.hurry();
  }

  #scrolled(entry: IntersectionObserverEntry): void {
    this.#inView = entry.isIntersecting;
    this.#measured(entry);
    this.#update();
  }

  #measured(entry: IntersectionObserverEntry): void {
    this.#watcher.moved(this.#inView ? 0 : distanceOf(entry));
  }

  readonly #update = (): void => {
    const seen = this.#here && this.#inView && document.visibilityState === "visible";
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.linger();
    if (seen) this.#watcher.seen();
    else this.#watcher.unseen();
  };
}

/** From the window's edge; in a frame that is out of view itself, where nobody may know how far, the least that is not in view. */
function distanceOf({ boundingClientRect: box }: IntersectionObserverEntry): number {
  return Math.max(1, box.top - innerHeight, -box.bottom, box.left - innerWidth, -box.right);
}
