/**
 * Decides how many optimiser steps go between two pictures.
 *
 * A turn of about 35 ms keeps the worker busy and lets pause take effect well within 100 ms. A picture is asked for
 * only as often as it can be paid for: at most a third of the time goes into drawing data, however slow the model.
 */
const TURN_MS = 35;
const FRAME_MS = 40;
const FIELD_MS = 120;
const MAX_STEPS = 400;

/** Speeds on offer, in steps a second; the last one is as fast as the engine goes. */
export const SPEEDS = [1, 5, 20, 100, Number.POSITIVE_INFINITY] as const;

export type Detail = "none" | "light" | "full";

export interface Plan {
  steps: number;
  detail: Detail;
  /** How long to rest first, in ms, where a speed below the engine's is wanted. */
  wait: number;
}

export class Governor {
  /** Steps a second wanted. */
  speed: number = SPEEDS[SPEEDS.length - 1]!;
  #stepMs = 0;
  #lightMs = 0;
  #fullMs = 0;
  #lastLight = Number.NEGATIVE_INFINITY;
  #lastFull = Number.NEGATIVE_INFINITY;
  #due = 0;

  /** Forgets what it measured: another model or engine costs something else. */
  restart(): void {
    this.#stepMs = this.#lightMs = this.#fullMs = this.#due = 0;
    this.#lastLight = this.#lastFull = Number.NEGATIVE_INFINITY;
  }

  get millisecondsPerStep(): number {
    return this.#stepMs;
  }

  plan(now: number): Plan {
    const detail = this.#detail(now);
    const frameMs = detail === "full" ? this.#fullMs : detail === "light" ? this.#lightMs : 0;
    const budget = Math.max(TURN_MS / 4, TURN_MS - Math.max(0, frameMs - 5));
    // The first step of a model is measured alone: it may include building or compiling it.
    const affordable = this.#stepMs === 0 ? 1 : Math.max(1, Math.floor(budget / this.#stepMs));
    if (!Number.isFinite(this.speed)) return { steps: Math.min(affordable, MAX_STEPS), detail, wait: 0 };

    const interval = 1000 / this.speed;
    if (this.#due === 0 || now - this.#due > 1000) this.#due = now;
    const owed = Math.floor((now - this.#due) / interval) + 1;
    const steps = Math.max(1, Math.min(owed, affordable));
    const wait = Math.max(0, this.#due - now);
    this.#due += steps * interval;
    // Slow motion: every step deserves its picture.
    return { steps, detail: interval >= FRAME_MS ? "full" : detail, wait };
  }

  observe(now: number, steps: number, stepMs: number, detail: Detail, frameMs: number): void {
    if (steps > 0) this.#stepMs = blend(this.#stepMs, stepMs / steps);
    if (detail === "none") return;
    this.#lastLight = now;
    if (detail === "full") {
      this.#lastFull = now;
      this.#fullMs = blend(this.#fullMs, frameMs);
    } else this.#lightMs = blend(this.#lightMs, frameMs);
  }

  #detail(now: number): Detail {
    if (now - this.#lastFull >= Math.max(FIELD_MS, 3 * this.#fullMs)) return "full";
    if (now - this.#lastLight >= Math.max(FRAME_MS, 3 * this.#lightMs)) return "light";
    return "none";
  }
}

function blend(old: number, fresh: number): number {
  return old === 0 ? fresh : 0.8 * old + 0.2 * fresh;
}
