/**
 * Decides how many optimiser steps go between two pictures, and what the next picture holds.
 *
 * A turn of about 35 ms keeps the worker busy and lets pause take effect well within 100 ms. Nearly all of the time is for
 * learning. Each part of a picture is asked for only as often as it can be paid for out of the rest, and only as large,
 * whatever the model: samples of an energy are dear and a discriminator is cheap, while for a VAE, whose bound takes many
 * draws a cell, it is the field that costs.
 */
const TURN_MS = 35;
/** A turn ends sooner where a picture comes due, but is not broken into less than this. */
const LEAST_TURN_MS = 8;
const MAX_STEPS = 400;
/** The share of the time that goes into pictures: at full speed, and where the worker has time left. */
const SHARE = { full: 0.13, idle: 0.5 };
/** Turns after which the cost of a step is known. */
const SURE_TURNS = 10;
/** A picture is never older than this, whatever it costs. */
const OLDEST_MS = 1500;
/** However many share the worker, none of them stands still for longer. */
const STILL_MS = 140;
/** Most that a field may take, and the cells along each of its sides. */
const FIELD_MS = 24;
const SIDES = { least: 24, first: 32, most: 64 };
/** Most that samples may take, and the least share of those that are wanted. */
const SAMPLES_MS = 5;
const LEAST_SAMPLES = 0.25;

/** Who goes back in time is shown all at once where it takes no longer than this, so that it is seen within 150 ms. */
const WHOLE_MS = 90;

/** Speeds on offer, in steps a second; the last one is as fast as the engine goes. */
export const SPEEDS = [1, 5, 20, 100, Number.POSITIVE_INFINITY] as const;

/** Parts of a picture: the field with the pictures beside it, samples, walkers alone, or everything at once. */
const PARTS = ["field", "samples", "walkers"] as const;
export type Part = (typeof PARTS)[number];
/** What a picture holds: nothing, one of its parts, everything, or everything coarsely. */
export type Detail = Part | "none" | "all" | "outline";

/** Shortest time between two pictures of a part, in ms. */
const LEAST_MS: Record<Part, number> = { field: 120, samples: 60, walkers: 60 };
/** How the share of the parts that cost something is split: what moves is worth more than what it moves on. */
const WEIGHT: Record<Part, number> = { field: 2, samples: 3, walkers: 3 };

export interface Plan {
  steps: number;
  detail: Exclude<Detail, "outline">;
  /** How long to rest first, in ms, where a speed below the engine's is wanted. */
  wait: number;
}

export class Governor {
  /** Steps a second wanted. */
  speed: number = SPEEDS[SPEEDS.length - 1]!;
  /** How many share the worker, each with this much less of its time for pictures. */
  company = 1;
  /** Cells of a field along each axis that this model can afford. */
  side = SIDES.first;
  /** Share of the samples wanted that it can afford. */
  draws = 1;
  #stepMs = 0;
  #turns = 0;
  #costs: Record<Part, number> = { field: 0, samples: 0, walkers: 0 };
  #last: Record<Part, number> = { field: 0, samples: 0, walkers: 0 };
  #whole = 0;
  #due = 0;

  /** Forgets what it measured: another model or engine costs something else. */
  restart(): void {
    this.#stepMs = this.#turns = this.#whole = this.#due = 0;
    this.side = SIDES.first;
    this.draws = 1;
    this.#costs = { field: 0, samples: 0, walkers: 0 };
    this.#last = { field: 0, samples: 0, walkers: 0 };
  }

  /** What a step costs; 0 where it is not known well, since the first turns compile. */
  get millisecondsPerStep(): number {
    return this.#turns < SURE_TURNS ? 0 : this.#stepMs;
  }

  /** Whether a whole picture takes too long for who waits for it. */
  get dear(): boolean {
    return this.#whole > WHOLE_MS;
  }

  plan(now: number): Plan {
    const { detail, next } = this.#picture(now);
    const turn = Math.max(LEAST_TURN_MS, Math.min(TURN_MS, next - now));
    // The first step of a model is measured alone: it may include building or compiling it.
    const affordable = this.#stepMs === 0 ? 1 : Math.max(1, Math.min(MAX_STEPS, Math.floor(turn / this.#stepMs)));
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
    this.#turns++;
    this.#stepMs = blend(this.#stepMs, ms / steps);
  }

  drew(now: number, detail: Detail, ms: number): void {
    if (detail === "none") return;
    const whole = detail === "all" || detail === "outline";
    for (const part of whole ? PARTS : [detail]) this.#last[part] = now;
    // Every picture brings the walkers along.
    this.#last.walkers = now;
    if (detail === "all") this.#whole = blend(this.#whole, ms);
    if (whole) return;
    this.#costs[detail] = blend(this.#costs[detail], ms);
    if (detail === "field") this.#fitField(ms);
    if (detail === "samples") this.#fitSamples();
  }

  /** A field's cost goes with its cells; in steps of eight, so that the grid does not change with every frame. */
  #fitField(ms: number): void {
    const wanted = 8 * Math.floor((this.side * Math.sqrt(FIELD_MS / Math.max(1, ms))) / 8);
    const side = Math.max(SIDES.least, Math.min(SIDES.most, wanted));
    // Growing by one step is not worth it: the next measurement may take it back.
    if (side < this.side || side > this.side + 8) {
      this.#costs.field *= (side / this.side) ** 2;
      this.side = side;
    }
  }

  /** By halves, for the same reason. */
  #fitSamples(): void {
    const cost = this.#costs.samples;
    const factor = cost > SAMPLES_MS ? 0.5 : cost < SAMPLES_MS / 3 ? 2 : 1;
    const draws = Math.max(LEAST_SAMPLES, Math.min(1, this.draws * factor));
    this.#costs.samples *= draws / this.draws;
    this.draws = draws;
  }

  /** The part that has waited longest beyond its time, never two, so that each one's cost is known; and when the next is due. */
  #picture(now: number): { detail: Part | "none"; next: number } {
    const weights = PARTS.reduce((sum, part) => sum + (this.#costs[part] > 0 ? WEIGHT[part] : 0), 0);
    const share = (Number.isFinite(this.speed) ? SHARE.idle : SHARE.full) / Math.max(1, weights) / this.company;
    const due = (part: Part) => {
      const pause = Math.min(OLDEST_MS, this.#costs[part] / (share * WEIGHT[part]));
      return this.#last[part] + Math.max(LEAST_MS[part], pause);
    };
    const order = [...PARTS].sort((a, b) => due(a) - due(b));
    const shown = order.filter((part) => this.#costs[part] > 0);
    const still = Math.max(...shown.map((part) => this.#last[part])) + STILL_MS;
    if (shown.length > 0 && still < now) return { detail: shown[0]!, next: now };
    const [first, second] = order;
    return due(first!) < now ? { detail: first!, next: due(second!) } : { detail: "none", next: due(first!) };
  }
}

/** What costs less than before is believed sooner: the first of a kind is slow, and so is one that was interrupted. */
function blend(old: number, fresh: number): number {
  if (old === 0) return fresh;
  const weight = fresh < old ? 0.5 : 0.2;
  return (1 - weight) * old + weight * fresh;
}
