/** Several models played as one: one button for all of them, one speed, and a common step to end at. */
import type { Run } from "../controls/transport.ts";
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";
import { Clock, type Pace } from "./clock.ts";

export abstract class Together implements Run {
  readonly lead: Store;
  readonly clock = new Clock(() => this.stores);
  /** Whether anybody sees them. */
  protected awake = false;
  readonly #changed: () => void;
  /** How often a pause was asked for. */
  pauses = 0;
  /** The pause under way. */
  #pausing: Promise<void> | undefined;
  /** Whether it was asked to play on as soon as that is over. */
  #resumes = false;

  constructor(lead: Store, changed: () => void) {
    this.lead = lead;
    this.#changed = changed;
  }

  /** Those that have begun. */
  abstract get stores(): Store[];

  get playing(): boolean {
    return this.#pausing ? this.#resumes : this.stores.some(({ trainer }) => trainer.playing);
  }

  get speed(): number {
    return this.lead.trainer.governor.speed;
  }

  set speed(speed: number) {
    for (const { trainer } of this.stores) trainer.governor.speed = speed;
    this.lead.pageChanged();
  }

  /** Pixels between them and the view. */
  set distance(distance: number) {
    for (const { session } of this.stores) session.distance = distance;
  }

  set pace(pace: Pace) {
    this.clock.pace = pace;
    this.clock.tick();
    this.#changed();
  }

  play(): void {
    if (this.#pausing) {
      this.#resumes = true;
      this.#changed();
      return;
    }
    this.clock.stopped = false;
    for (const { trainer } of this.stores) trainer.play();
  }

  /** In common steps, all end at the same one. Settles when all rest, also where another has asked for it before. */
  pause(): Promise<void> {
    this.pauses++;
    this.#resumes = false;
    if (!this.#pausing && !this.playing) return Promise.resolve();
    this.#pausing ??= this.#pauseAll().finally(() => {
      this.#pausing = undefined;
      if (this.#resumes) this.play();
      this.#resumes = false;
      this.#changed();
    });
    return this.#pausing;
  }

  async #pauseAll(): Promise<void> {
    this.clock.stopped = true;
    this.#changed();
    try {
      await Promise.all(this.stores.map(({ trainer }) => trainer.hold(async () => undefined)));
      if (this.clock.pace === "steps") await this.#evenOut();
    } catch (error) {
      this.failed(error);
    }
    // Also those that have begun meanwhile, and where one has failed.
    await Promise.all(this.stores.map(({ trainer }) => trainer.pause())).catch((error) => this.failed(error));
  }

  stepOnce(): void {
    const work = async () => {
      await this.pause();
      await this.step(1);
    };
    void work().catch((error) => this.failed(error));
  }

  resetAll(): void {
    void this.reset().catch((error) => this.failed(error));
  }

  /** What was asked for cannot be had; the page says why. */
  failed(error: unknown): void {
    this.lead.fail(errorFrom(error));
  }

  /** The leading one's report. */
  async step(n: number) {
    const reports = this.stores.map(({ trainer }) => trainer.step(n));
    await Promise.all(reports);
    return reports[this.stores.indexOf(this.lead)]!;
  }

  /** The leading one's scores. */
  async evaluate() {
    const scores = this.stores.map(({ trainer }) => trainer.hold(() => trainer.evaluate()));
    await Promise.all(scores);
    return scores[this.stores.indexOf(this.lead)]!;
  }

  async reset(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.reset()));
  }

  wake(): void {
    this.awake = true;
    for (const { trainer } of this.stores) trainer.wake();
  }

  rest(): void {
    this.awake = false;
    for (const { trainer } of this.stores) void trainer.rest();
  }

  /** Whoever took fewer steps takes the rest of them. */
  async #evenOut(): Promise<void> {
    const most = Math.max(...this.stores.map(({ session }) => session.at));
    const short = this.stores.filter(({ session }) => session.at < most && this.clock.abreast(session.at, most));
    await Promise.all(short.map(({ trainer, session }) => trainer.step(most - session.at)));
  }
}
