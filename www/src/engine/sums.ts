/** The core's sums for a figure that has no session: a place in the pool from the first question until it is left. */
import type { SumArgs, SumCall, SumResult } from "./contract.ts";
import { ENGINE_LOST, errorFrom } from "./errors.ts";
import type { Guest } from "./line.ts";
import type { EnginePool, Seat } from "./pool.ts";

export class SumDesk {
  readonly #pool: EnginePool;
  readonly #guest: Guest;
  #seat: Seat | undefined;

  constructor(pool: EnginePool, guest: Guest) {
    this.#pool = pool;
    this.#guest = guest;
  }

  /** Asked again elsewhere where another figure's engine brought the worker down: nothing was kept there. */
  async ask<K extends SumCall>(call: K, ...args: SumArgs<K>): Promise<SumResult<K>> {
    const seat = this.#place();
    try {
      return await seat.sum(call, ...args);
    } catch (error) {
      if (errorFrom(error).code !== ENGINE_LOST) throw error;
      // Of several questions at once only the first that hears of it moves.
      if (seat === this.#seat) this.leave();
      return this.#place().sum(call, ...args);
    }
  }

  leave(): void {
    this.#seat?.leave();
    this.#seat = undefined;
  }

  #place(): Seat {
    this.#seat ??= this.#pool.seat(this.#guest);
    return this.#seat;
  }
}
