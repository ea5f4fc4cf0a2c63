/**
 * Who goes next at a worker. One call runs at a time; of those who wait, the one that has had the least of the worker's time
 * is next, where time is counted several times over for a figure that nobody sees. So figures in view share alike, those
 * further away get less, and nobody waits for ever (start-time fair queueing: Goyal, Vin and Cheng, 1997). Only whose reader has
 * just changed something goes before all others, and pays for it later.
 */

/** Whoever wants a worker's time. */
export interface Guest {
  /** Pixels between it and what the reader sees; 0 in view. */
  readonly distance: number;
  /** Its reader waits for something, for a moment. */
  readonly hurried?: boolean;
}

/** How many times a call counts for a guest out of view. */
const UNSEEN = 4;

interface Waiting {
  guest: Guest;
  /** Where its call begins, in the time of the line. */
  tag: number;
  go(): Promise<void>;
}

export class Line {
  #waiting: Waiting[] = [];
  #busy = false;
  /** The tag of the call that was begun last. */
  #now = 0;
  /** Where each guest's next call begins. */
  readonly #used = new WeakMap<Guest, number>();

  run<T>(guest: Guest, job: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // Who comes back after a while has no claim on the time that it did not ask for.
      const tag = Math.max(this.#now, this.#used.get(guest) ?? 0);
      const go = () => job().then(resolve, reject);
      this.#waiting.push({ guest, tag, go });
      if (!this.#busy) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const { guest, tag, go } = this.#next();
      this.#now = tag;
      const started = performance.now();
      await go();
      const ms = performance.now() - started;
      this.#used.set(guest, tag + ms * (guest.distance > 0 ? UNSEEN : 1));
      // Who is in a hurry may ask for the next thing as soon as it has the answer.
      if (guest.hurried && this.#waiting.length > 0) await new Promise((done) => setTimeout(done));
    }
    this.#busy = false;
  }

  /** Who is in a hurry, then the least tag; among equals the nearest, then the one that came first. */
  #next(): Waiting {
    const late = ({ guest }: Waiting) => (guest.hurried ? 0 : 1);
    const before = (a: Waiting, b: Waiting) =>
      late(a) - late(b) || a.tag - b.tag || a.guest.distance - b.guest.distance;
    const next = this.#waiting.reduce((best, each) => (before(each, best) < 0 ? each : best));
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    return next;
  }
}
