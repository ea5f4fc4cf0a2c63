/** Something that is made anew only every so often, at once when what it depends on is another, and never left behind for good. */
export class Paced<T> {
  readonly #ms: number;
  readonly #again: () => void;
  #made: T | undefined;
  #key: readonly unknown[] = [];
  #at = Number.NEGATIVE_INFINITY;
  #timer = 0;

  /** `again` is called when something older than the newest was given and may be made anew. */
  constructor(ms: number, again: () => void) {
    this.#ms = ms;
    this.#again = again;
  }

  get(key: readonly unknown[], make: () => T): T {
    const same = key.length === this.#key.length && key.every((part, i) => part === this.#key[i]);
    const wait = this.#at + this.#ms - performance.now();
    if (same && wait > 0) {
      this.#timer ||= window.setTimeout(() => {
        this.#timer = 0;
        this.#again();
      }, wait);
      return this.#made as T;
    }
    this.#key = key;
    this.#at = performance.now();
    this.#made = make();
    return this.#made;
  }
}
