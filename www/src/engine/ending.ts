/**
 * What ends every wait at once. Many waits beside one promise that seldom settles, as by `Promise.race`, would each stay with it for good, and
 * keep their answers.
 */
import { ENGINE_LOST, LabError } from "./errors.ts";

export class Ending {
  readonly #waiting = new Set<(error: LabError) => void>();
  #error: LabError | undefined;

  /** What ended it, if anything did. */
  get error(): LabError | undefined {
    return this.#error;
  }

  /** Settles as the job does, unless the end comes first. */
  before<T>(job: Promise<T> | T): Promise<T> {
    return new Promise((done, fail) => {
      if (this.#error) return fail(this.#error);
      this.#waiting.add(fail);
      const over = () => this.#waiting.delete(fail);
      Promise.resolve(job).then(done, fail).finally(over);
    });
  }

  /** The first end is the one that counts. */
  come(error: LabError): void {
    this.#error ??= error;
    for (const fail of this.#waiting) fail(this.#error);
    this.#waiting.clear();
  }
}

/** Of a worker: a panic inside an asynchronous Rust call never settles its promise, and surfaces as an uncaught trap. */
export function endOfEngine(): Ending {
  const ending = new Ending();
  self.addEventListener("error", (event) => ending.come(new LabError(ENGINE_LOST, event.message)));
  self.addEventListener("unhandledrejection", (event) => ending.come(new LabError(ENGINE_LOST, String(event.reason))));
  return ending;
}
