/** Tells when a screen shows another number of device pixels a CSS pixel: another screen, or the browser's zoom. */
export class Ratio {
  readonly #changed: () => void;
  #query: MediaQueryList | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  watch(): void {
    this.leave();
    // A query names one ratio: it speaks once, and the next one is asked for.
    this.#query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#query.addEventListener("change", this.#told);
  }

  leave(): void {
    this.#query?.removeEventListener("change", this.#told);
  }

  #told = (): void => {
    this.watch();
    this.#changed();
  };
}
