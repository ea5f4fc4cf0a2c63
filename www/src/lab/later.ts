/** Does something once, a while after the last time it was asked for. */
export class Later {
  readonly #ms: number;
  readonly #work: () => void;
  #timer = 0;

  constructor(ms: number, work: () => void) {
    this.#ms = ms;
    this.#work = work;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#work, this.#ms);
  }
}
