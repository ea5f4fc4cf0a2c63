/** Runs asynchronous jobs one after another: what one of them holds must not be touched by the next. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(job);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

/** Jobs of which only the newest counts: a wish replaces one that still waits while another is carried out. */
export class Newest {
  #next: (() => Promise<void>) | undefined;
  #busy = false;

  get waiting(): boolean {
    return this.#next !== undefined;
  }

  async run(job: () => Promise<void>): Promise<void> {
    this.#next = job;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#next) await this.#take(this.#next);
    } finally {
      this.#busy = false;
    }
  }

  async #take(job: () => Promise<void>): Promise<void> {
    this.#next = undefined;
    try {
      await job();
    } catch (error) {
      // What came of an older wish is of no interest once there is a newer one.
      if (!this.#next) throw error;
    }
  }
}
