/**
 * What holds panels together while they play: common steps, where the slowest sets the pace, or common time, where each learns for
 * as many seconds and the quick take more steps.
 */
import type { Store } from "../lab/store.ts";

export type Pace = "steps" | "seconds";

/** How far ahead of the last one may be, in seconds, so that nobody waits at every step; and the most steps that this comes to. */
const AHEAD = 0.25;
const AHEAD_STEPS = 20;

export class Clock {
  pace: Pace = "steps";
  /** Nobody takes a step. */
  stopped = false;
  readonly #runners: () => readonly Store[];

  constructor(runners: () => readonly Store[]) {
    this.#runners = runners;
  }

  /** From now on this one waits for the others. */
  bind(runner: Store): void {
    runner.trainer.allowance = () => this.#allowance(runner);
  }

  release(runner: Store): void {
    runner.trainer.allowance = () => Number.POSITIVE_INFINITY;
    runner.trainer.stir();
  }

  /** Somebody has got on, or the pace is another: whoever waited looks again. */
  tick(): void {
    for (const { trainer } of this.#runners()) trainer.stir();
  }

  /** Whether a run at step `at` goes along with one at `most`; one that was just added is still catching up. */
  abreast(at: number, most: number): boolean {
    return most - at <= AHEAD_STEPS;
  }

  #allowance(runner: Store): number {
    if (this.stopped) return 0;
    const at = reached(runner, this.pace);
    // Who stands at the end that a lesson set holds nobody up.
    const moving = this.#runners().filter(({ trainer }) => trainer.playing);
    const last = Math.min(...moving.map((other) => reached(other, this.pace)), Number.POSITIVE_INFINITY);
    if (this.pace === "seconds") return last + AHEAD > at ? Number.POSITIVE_INFINITY : 0;
    const rates = moving.map(({ rate }) => rate).filter((rate) => rate > 0);
    const lead = Math.min(AHEAD_STEPS, Math.max(1, Math.ceil(AHEAD * Math.min(...rates, AHEAD_STEPS))));
    return Math.max(0, last + lead - at);
  }
}

/** How far a run has come: steps, or seconds spent on them. */
export function reached({ session, history }: Pick<Store, "session" | "history">, pace: Pace): number {
  return pace === "steps" ? session.at : history.seconds;
}
