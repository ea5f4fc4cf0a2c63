/** Something that is made anew only every so often, and at once when what it depends on is another. */
export class Paced<T> {
  readonly #ms: number;
  #made: T | undefined;
  #key: readonly unknown[] = [];
  #at = Number.NEGATIVE_INFINITY;

  constructor(ms: number) {
    this.#ms = ms;
  }

  get(key: readonly unknown[], make: () => T): T {
    const same = key.length === this.#key.length && key.every((part, i) => part === this.#key[i]);
    if (!same || performance.now() - this.#at > this.#ms) {
      this.#key = key;
      this.#at = performance.now();
      this.#made = make();
    }
    return this.#made as T;
  }
}
