/** A slider moves more often than the engine can follow: the newest values go to it together. */
import { Newest } from "../engine/queue.ts";

export class Wishes {
  #waiting: Record<string, number> = {};
  readonly #turns = new Newest();
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
    void this.#turns.run(async () => {
      const params = this.#waiting;
      this.#waiting = {};
      await this.#apply(params);
    });
  }
}
