/** What several elements look at together: each of them hears of every change while it is on the page. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Store } from "./store.ts";

export abstract class Watched {
  readonly #watchers = new Set<() => void>();

  /** Calls `changed` whenever there is something else to see; returns how to stop that. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    this.audience();
    return () => {
      this.#watchers.delete(changed);
      this.audience();
    };
  }

  protected get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Somebody came to watch, or went. */
  protected audience(): void {}

  protected tell(): void {
    for (const changed of this.#watchers) changed();
  }
}

/** One for each store, made when it is first asked for. */
export function perStore<T>(make: (store: Store) => T): (store: Store) => T {
  const made = new WeakMap<Store, T>();
  return (store) => {
    const found = made.get(store) ?? make(store);
    made.set(store, found);
    return found;
  };
}

/** An element's own look at one of them, while the element is on the page: one that is put elsewhere looks on. */
export class Watching<T extends Watched> implements ReactiveController {
  #now: T | undefined;
  #here = false;
  #leave: () => void = () => undefined;
  readonly #changed: (watched: T) => void;

  constructor(host: ReactiveControllerHost, changed: (watched: T) => void = () => host.requestUpdate()) {
    this.#changed = changed;
    host.addController(this);
  }

  /** What is watched, once anything is. */
  get now(): T | undefined {
    return this.#now;
  }

  /** Watches that one, and no other. */
  at(watched: T): T {
    if (watched === this.#now) return watched;
    this.#leave();
    this.#now = watched;
    if (this.#here) this.#look(watched);
    return watched;
  }

  hostConnected(): void {
    this.#here = true;
    if (!this.#now) return;
    this.#look(this.#now);
    // It may have changed while nobody looked.
    this.#changed(this.#now);
  }

  hostDisconnected(): void {
    this.#here = false;
    this.#leave();
    this.#leave = () => undefined;
  }

  #look(watched: T): void {
    this.#leave = watched.watch(() => this.#changed(watched));
  }
}
