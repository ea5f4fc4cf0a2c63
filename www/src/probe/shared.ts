/** One point for all panels: where it is, what is pinned, and what each model says there. */
import { Newest } from "../engine/queue.ts";
import type { Path, Probe } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { perStore, Watched } from "../lab/watched.ts";
import { type Between, between } from "./between.ts";

export type Point = readonly number[];

/** What one model said of the point that is looked at, alone: noise in a bound depends on how many points there are. */
export interface Seen {
  at: Point;
  probe: Probe;
  /** The ways of the pins to the latents. */
  pinned: Path | undefined;
  /** The way from the first pin to the second. */
  way: Between | undefined;
}

/** Pins that there may be. */
const PINS = 2;
/** While a model learns, what it says is asked for anew this often at most. */
const ANEW_MS = 250;

/** The probe of all panels around the leading one. */
export const probeOf = perStore(() => new SharedProbe());

interface Asking {
  seen: Seen | undefined;
  /** What was asked for last: of another model, other points or another step something else is to be said. */
  key: string;
  at: number;
  later: number;
  turns: Newest;
}

export class SharedProbe extends Watched {
  at: Point | undefined;
  pins: readonly Point[] = [];
  readonly #asking = new WeakMap<Store, Asking>();

  look(at: Point): void {
    this.at = at;
    this.tell();
  }

  /** Pins the point; a third pin begins anew. */
  pin(at: Point): void {
    this.at = at;
    const same = this.pins.findIndex((pin) => pin.every((value, axis) => value === at[axis]));
    if (same >= 0) this.pins = this.pins.filter((_, i) => i !== same);
    else this.pins = [...(this.pins.length < PINS ? this.pins : []), at];
    this.tell();
  }

  clear(): void {
    this.pins = [];
    this.tell();
  }

  /** Points of other data mean nothing here. */
  suit(dim: number, first: () => Point | undefined): void {
    if (this.at?.length !== dim) {
      this.pins = [];
      this.at = first();
    }
  }

  /** What the model of `store` said last, however long ago; nothing of other data. */
  seen(store: Store): Seen | undefined {
    const seen = this.#asking.get(store)?.seen;
    return seen && seen.probe.dim === store.dim ? seen : undefined;
  }

  /** Asks for what has become old. */
  refresh(store: Store): void {
    const { at, pins } = this;
    const { model, step, config } = store;
    if (!at || !config || at.length !== store.dim) return;
    const asking = this.#asked(store);
    const where = JSON.stringify([model?.id, config.data, pins, at]);
    const key = `${where} ${step} ${store.session.run}`;
    if (key === asking.key) return;
    const moved = !asking.key.startsWith(`${where} `);
    const wait = moved ? 0 : asking.at + ANEW_MS - performance.now();
    clearTimeout(asking.later);
    if (wait > 0) {
      asking.later = window.setTimeout(() => this.refresh(store), wait);
      return;
    }
    asking.key = key;
    asking.at = performance.now();
    void asking.turns
      .run(async () => {
        const probe = await store.session.ask("probe", Float64Array.from(at));
        const pinned =
          pins.length > 0 ? await store.session.ask("path", Float64Array.from(pins.flat()), "latent") : undefined;
        const way = pinned?.n === PINS ? await between(store, pins, pinned) : undefined;
        asking.seen = { at, probe, pinned, way };
        this.tell();
      })
      // An engine that is lost says so where it trains, and the next picture asks again.
      .catch(() => {
        asking.key = "";
      });
  }

  #asked(store: Store): Asking {
    let found = this.#asking.get(store);
    if (!found) {
      found = { seen: undefined, key: "", at: 0, later: 0, turns: new Newest() };
      this.#asking.set(store, found);
    }
    return found;
  }
}
