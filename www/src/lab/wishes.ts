/** A slider moves more often than the engine can follow: the newest value replaces one that still waits. */
export class Wishes {
  #waiting: Record<string, number> = {};
  #busy = false;
  readonly #apply: (params: Record<string, number>) => Promise<void>;

  constructor(apply: (params: Record<string, number>) => Promise<void>) {
    this.#apply = apply;
  }

  /** What has been asked for and is not yet with the engine. */
  get waiting(): Readonly<Record<string, number>> {
    return this.#waiting;
  }

  set(id: string, value: number): void {
    this.#waiting[id] = value;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (Object.keys(this.#waiting).length > 0) {
      const params = this.#waiting;
      this.#waiting = {};
      await this.#apply(params);
    }
    this.#busy = false;
  }
}
