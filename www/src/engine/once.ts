/** Makes the value of each key once; what failed is made anew when it is asked for again. */
export class Once<K, T> {
  readonly #coming = new Map<K, Promise<T>>();

  get(key: K, make: () => Promise<T>): Promise<T> {
    const known = this.#coming.get(key);
    if (known) return known;
    const coming = make();
    this.#coming.set(key, coming);
    coming.catch(() => this.#coming.delete(key));
    return coming;
  }
}
