/**
 * Decides how many optimiser steps go between two pictures, and what the next picture holds.
 *
 * A turn of about 35 ms keeps the worker busy and lets pause take effect well within 100 ms. Each part of a picture is
 * asked for only as often as it can be paid for, whatever the model: samples of an energy are dear and a discriminator is
 * cheap, while for a VAE, whose bound takes many draws a cell, it is the field that costs.
 */
const TURN_MS = 35;
const MAX_STEPS = 400;
/** At most one part in this many of the time goes into each part of the pictures. */
const SHARE = 3;
/** Most a field may take; a coarser grid is asked for where 64 cells a side cost more. */
const FIELD_BUDGET_MS = 90;
const SIDES = { least: 24, first: 32, most: 64 };

/** Speeds on offer, in steps a second; the last one is as fast as the engine goes. */
export const SPEEDS = [1, 5, 20, 100, Number.POSITIVE_INFINITY] as const;

/** Parts of a picture: the field with the pictures beside it, samples, walkers alone, or everything at once. */
export type Part = "field" | "samples" | "walkers";
export type Detail = Part | "none" | "all";

/** Shortest time between two pictures of a part, in ms. */
const LEAST_MS: Record<Part, number> = { field: 120, samples: 60, walkers: 40 };

export interface Plan {
  steps: number;
  detail: Detail;
  /** How long to rest first, in ms, where a speed below the engine's is wanted. */
  wait: number;
}

export class Governor {
  /** Steps a second wanted. */
  speed: number = SPEEDS[SPEEDS.length - 1]!;
  /** Cells of a field along each axis that this model can afford. */
  side = SIDES.first;
  #stepMs = 0;
  #costs: Record<Part, number> = { field: 0, samples: 0, walkers: 0 };
  #last: Record<Part, number> = { field: 0, samples: 0, walkers: 0 };
  #due = 0;

  /** Forgets what it measured: another model or engine costs something else. */
  restart(): void {
    this.#stepMs = this.#due = 0;
    this.side = SIDES.first;
    this.#costs = { field: 0, samples: 0, walkers: 0 };
    this.#last = { field: 0, samples: 0, walkers: 0 };
  }

  get millisecondsPerStep(): number {
    return this.#stepMs;
  }

  plan(now: number): Plan {
    const detail = this.#detail(now);
    // The first step of a model is measured alone: it may include building or compiling it.
    const affordable = this.#stepMs === 0 ? 1 : Math.max(1, Math.min(MAX_STEPS, Math.floor(TURN_MS / this.#stepMs)));
    if (!Number.isFinite(this.speed)) return { steps: affordable, detail, wait: 0 };

    const interval = 1000 / this.speed;
    if (this.#due === 0 || now - this.#due > 1000) this.#due = now;
    const owed = Math.floor((now - this.#due) / interval) + 1;
    const steps = Math.max(1, Math.min(owed, affordable));
    const wait = Math.max(0, this.#due - now);
    this.#due += steps * interval;
    // Slow motion: every step deserves its picture.
    return { steps, detail: interval >= 2 * LEAST_MS.field ? "all" : detail, wait };
  }

  stepped(steps: number, ms: number): void {
    this.#stepMs = blend(this.#stepMs, ms / steps);
  }

  drew(now: number, detail: Detail, ms: number): void {
    if (detail === "none") return;
    for (const part of detail === "all" ? (["field", "samples", "walkers"] as const) : [detail]) this.#last[part] = now;
    // Every picture brings the walkers along.
    this.#last.walkers = now;
    if (detail === "all") return;
    this.#costs[detail] = blend(this.#costs[detail], ms);
    if (detail === "field") this.#fit(ms);
  }

  /** A field's cost goes with its cells; in steps of eight, so that the grid does not change with every frame. */
  #fit(ms: number): void {
    const wanted = 8 * Math.floor((this.side * Math.sqrt(FIELD_BUDGET_MS / Math.max(1, ms))) / 8);
    const side = Math.max(SIDES.least, Math.min(SIDES.most, wanted));
    // Growing by one step is not worth it: the next measurement may take it back.
    if (side < this.side || side > this.side + 8) {
      this.#costs.field *= (side / this.side) ** 2;
      this.side = side;
    }
  }

  /** The part that has waited longest beyond its time; never two, so that each one's cost is known. */
  #detail(now: number): Detail {
    let chosen: Detail = "none";
    let longest = 0;
    for (const part of ["field", "samples", "walkers"] as const) {
      const late = now - this.#last[part] - Math.max(LEAST_MS[part], SHARE * this.#costs[part]);
      if (late > longest) {
        longest = late;
        chosen = part;
      }
    }
    return chosen;
  }
}

function blend(old: number, fresh: number): number {
  return old === 0 ? fresh : 0.8 * old + 0.2 * fresh;
}
