/** A step that is told deed by deed, by itself or by hand, and then taken. Its picture and its words share it. */
import { errorFrom } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import type { Act, Slow } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { perStore, Watched } from "../lab/watched.ts";

/** How long a deed stands: time to read a line and to look. */
const DEED_MS = 1800;
/** How long what moves takes to move. */
const MOVE_MS = 700;
export const PACES = [0.5, 1, 2] as const;

export const motionOf = perStore((store) => new Motion(store));

export class Motion extends Watched {
  slow: Slow | undefined;
  /** The deed that is shown. */
  at = 0;
  pace: (typeof PACES)[number] = 1;
  /** Who wants nothing to move goes on by hand. */
  readonly still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  playing = !this.still;
  readonly #store: Store;
  readonly #turns = new Newest();
  #key = "";
  #since = 0;
  #timer = 0;
  #taking = false;

  constructor(store: Store) {
    super();
    this.#store = store;
  }

  get act(): Act | undefined {
    return this.slow?.acts[this.at];
  }

  /** How far what moves has come, from 0 to 1. */
  get share(): number {
    return this.still ? 1 : Math.min(1, ((performance.now() - this.#since) * this.pace) / MOVE_MS);
  }

  /** When nobody watches it rests. */
  protected override audience(): void {
    if (this.isWatched) this.#plan();
    else this.#rest();
  }

  /** Asks for the step that is next, where that is another one. Who lets it play at full speed has seen enough. */
  refresh(): void {
    const { session, step, half, trainer } = this.#store;
    if (trainer.playing) {
      this.#store.slowDown(false);
      return;
    }
    const key = [session.run, step, half, JSON.stringify(session.config)].join();
    if (key === this.#key) return;
    this.#key = key;
    const work = async () => {
      this.slow = await session.ask("slow");
      this.#show(0);
    };
    void this.#turns.run(work).catch((error) => this.#fail(error));
  }

  /** The deed after this one; after the last the step is taken, and the next is told. */
  next(): void {
    const { slow } = this;
    if (!slow || this.#taking) return;
    if (this.at + 1 < slow.acts.length) this.#show(this.at + 1);
    else void this.#take();
  }

  back(): void {
    if (this.slow && this.at > 0 && !this.#taking) this.#show(this.at - 1);
  }

  /** Goes on by itself, or rests at a deed. */
  toggle(): void {
    if (this.still) return;
    this.playing = !this.playing;
    this.#plan();
    this.tell();
  }

  /** The next of the paces. */
  hurry(): void {
    this.pace = PACES[(PACES.indexOf(this.pace) + 1) % PACES.length]!;
    this.#plan();
    this.tell();
  }

  async #take(): Promise<void> {
    this.#taking = true;
    await this.#store.trainer.step(1).catch((error) => this.#fail(error));
    this.#taking = false;
    this.refresh();
  }

  #show(at: number): void {
    this.at = at;
    this.#since = performance.now();
    this.#plan();
    this.tell();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.playing && this.slow && this.isWatched) {
      this.#timer = window.setTimeout(() => this.next(), DEED_MS / this.pace);
    }
  }

  #rest(): void {
    clearTimeout(this.#timer);
    // Whoever comes back sees the step that is next then, from its beginning.
    this.#key = "";
    this.slow = undefined;
  }

  #fail(error: unknown): void {
    this.#key = "";
    this.#store.slowDown(false);
    this.#store.fail(errorFrom(error));
  }
}
