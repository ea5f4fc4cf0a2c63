/** The part that is given, the same for all panels: where the plane is sliced, or which digit is hidden by half. */
import { Newest } from "../engine/queue.ts";
import type { DataPicture, Fill, Slice } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { perStore, Watched } from "../lab/watched.ts";

export const HALVES = ["lower", "upper", "left", "right"] as const;
export type Half = (typeof HALVES)[number];

/** Draws that stand side by side. */
export const DRAWS = 6;
/** Digits that can be picked. */
const DIGITS = 40;
/** While a model learns it is asked anew this often at most, and never for more than a sixth of its time. */
const ANEW_MS = 400;
const SHARE = 6;
/** What takes longer waits until the model rests: pictures and steps wait for it. */
const LONG_MS = 600;

/** What one model said, and of what. */
export interface Seen {
  slice?: Slice;
  fill?: FilledIn;
}

/** A digit of the data, what is known of it, its brightest pixel, and what the model makes of the rest, if it can. */
export interface FilledIn {
  digit: Float32Array;
  mask: Uint8Array;
  most: number;
  filled: Fill | undefined;
}

interface Asking {
  seen: Seen;
  key: string;
  /** When it may be asked again, and how long it took. */
  next: number;
  took: number;
  later: number;
  turns: Newest;
}

/** What is given in all panels around the leading one. */
export const partOf = perStore(() => new SharedPart());

export class SharedPart extends Watched {
  /** The coordinate of the plane that is given. */
  given: 0 | 1 = 0;
  #at: number | undefined;
  half: Half = "lower";
  digit = 0;
  #seed = 1;
  readonly #asking = new WeakMap<Store, Asking>();
  readonly #kept = new Map<string, Promise<DataPicture>>();

  /** What the coordinate is, within the picture; at first a little beside its middle, where most data have more than one mode. */
  at(store: Store): number {
    const [low, high] = this.ends(store);
    return Math.min(high, Math.max(low, this.#at ?? low + 0.56 * (high - low)));
  }

  ends(store: Store): [number, number] {
    const { x, y } = store.box ?? store.data!.bounds;
    return this.given === 0 ? x : y;
  }

  slice(at: number): void {
    this.#at = at;
    this.tell();
  }

  turn(given: 0 | 1): void {
    this.given = given;
    this.#at = undefined;
    this.tell();
  }

  hide(half: Half): void {
    this.half = half;
    this.tell();
  }

  pick(by: number): void {
    this.digit = (this.digit + by + DIGITS) % DIGITS;
    this.tell();
  }

  redraw(): void {
    this.#seed++;
    this.tell();
  }

  /** What the model of `store` said last; nothing of other data. */
  seen(store: Store): Seen {
    const seen = this.#asking.get(store)?.seen ?? {};
    return store.dim === 2 ? { ...(seen.slice && { slice: seen.slice }) } : { ...(seen.fill && { fill: seen.fill }) };
  }

  /** Asks for what has become old. */
  refresh(store: Store): void {
    const { model, step, config, dim } = store;
    if (!config || !store.data || dim < 2) return;
    const asking = this.#asked(store);
    const what = dim === 2 ? [this.given, this.at(store)] : [this.half, this.digit, this.#seed];
    const where = JSON.stringify([model?.id, config.data, what, config.params]);
    const key = `${where} ${step} ${store.session.run}`;
    if (key === asking.key) return;
    const moved = !asking.key.startsWith(`${where} `);
    const wait = moved && dim === 2 ? 0 : asking.next - performance.now();
    clearTimeout(asking.later);
    if (!moved && store.trainer.playing && asking.took > LONG_MS) return;
    if (wait > 0) {
      asking.later = window.setTimeout(() => this.refresh(store), wait);
      return;
    }
    asking.key = key;
    void asking.turns
      .run(async () => {
        const began = performance.now();
        asking.seen = dim === 2 ? await this.#slice(store) : await this.#fill(store);
        asking.took = performance.now() - began;
        asking.next = store.trainer.playing ? began + Math.max(ANEW_MS, SHARE * asking.took) : 0;
        this.tell();
      })
      // An engine that is lost says so where it trains, and the next picture asks again.
      .catch(() => {
        asking.key = "";
      });
  }

  async #slice(store: Store): Promise<Seen> {
    return { slice: await store.session.ask("slice", this.at(store), this.given) };
  }

  async #fill(store: Store): Promise<Seen> {
    const { points, dim, bounds } = await this.#digits(store);
    const digit = Float32Array.from(points.subarray(this.digit * dim, (this.digit + 1) * dim));
    const mask = maskOf(this.half, Math.round(Math.sqrt(dim)));
    // dequantised pixels reach up to the end of their last step
    const most = store.model?.discrete ? bounds.x[1] : bounds.x[1] - 1;
    const asked = store.session.ask("fill", Float64Array.from(digit), mask, DRAWS, this.#seed);
    const filled = await asked.catch((error) => {
      if (error.code !== "cannot_fill") throw error;
      return undefined;
    });
    return { fill: { digit, mask, most, filled } };
  }

  #digits(store: Store): Promise<DataPicture> {
    const key = `${store.config!.data} ${store.model?.discrete}`;
    let found = this.#kept.get(key);
    if (!found) {
      found = store.session.ask("heldOut", DIGITS);
      found.catch(() => this.#kept.delete(key));
      this.#kept.set(key, found);
    }
    return found;
  }

  #asked(store: Store): Asking {
    let found = this.#asking.get(store);
    if (!found) {
      found = { seen: {}, key: "", next: 0, took: 0, later: 0, turns: new Newest() };
      this.#asking.set(store, found);
    }
    return found;
  }
}

/** 1 for each pixel that is known. */
export function maskOf(half: Half, side: number): Uint8Array {
  const middle = Math.floor(side / 2);
  const known = (row: number, column: number) =>
    ({ lower: row < middle, upper: row >= middle, left: column >= middle, right: column < middle })[half];
  return Uint8Array.from({ length: side * side }, (_, i) => Number(known(Math.floor(i / side), i % side)));
}
