/** An energy that learns exam scores by maximum likelihood, a little at a time, and what it says of them. */
import { ENGINE_LOST, errorFrom } from "../engine/errors.ts";
import { pagePool } from "../engine/page-pool.ts";
import { Session } from "../engine/session.ts";
import type { DataPicture } from "../engine/types.ts";

/** Where it counts as learned: its divergence from the truth is then less than .001 nats (`./build.sh bench` has more of it). */
export const LEARNED = 600;
/** Steps between two pictures. */
const PORTION = 20;
const STUDENTS = 1000;
/** Cells of the curves. */
const CELLS = 220;

export interface Exam {
  step: number;
  /** Each student's, as drawn. */
  scores: ArrayLike<number>;
  range: [number, number];
  /** In the middle of each cell: ln P, and E / T. */
  logDensity: ArrayLike<number>;
  energy: ArrayLike<number>;
  logZ: number;
  /** ln P of the score that was asked about. */
  logProb: number;
  /** The share of the students whose own score is less likely. */
  rarer: number;
}

export class ExamModel {
  readonly session = new Session(pagePool);
  #opened: Promise<void> | undefined;
  #data!: DataPicture;
  #temperature = 1;

  get learned(): boolean {
    return this.session.at >= LEARNED;
  }

  async learn(): Promise<void> {
    await this.#open();
    await this.#again(() => this.session.step(Math.min(PORTION, LEARNED - this.session.at)));
    // To come back to after a rest, or when the worker dies of another's call.
    if (this.learned) await this.session.snapshot();
  }

  async restart(): Promise<void> {
    await this.#open();
    await this.#again(() => this.session.reset());
  }

  async ask(score: number, temperature: number): Promise<Exam> {
    await this.#open();
    return this.#again(() => this.#ask(score, temperature));
  }

  async #ask(score: number, temperature: number): Promise<Exam> {
    const { session } = this;
    if (temperature !== this.#temperature) await session.configure({ params: { temperature } });
    this.#temperature = temperature;
    const { points, bounds } = this.#data;
    const frame = await session.ask("frame", { samples: 0, field: "log_density", side: CELLS });
    const { values } = await session.ask("logProb", Float64Array.of(score, ...Array.from(points)));
    const [logProb, ...students] = values;
    const logDensity = frame.field!.values;
    const energy = frame.energy!;
    return {
      step: frame.step,
      scores: points,
      range: bounds.x,
      logDensity,
      energy,
      logZ: -energy[0]! - logDensity[0]!,
      logProb: logProb!,
      rarer: students.filter((other) => other < logProb!).length / students.length,
    };
  }

  #open(): Promise<void> {
    this.#opened ??= this.#begin().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #begin(): Promise<void> {
    await this.session.open({ artefact: "cpu", backend: "cpu" });
    await this.session.configure({ data: "exam-scores", model: "mle" });
    this.#data = await this.session.data(STUDENTS);
  }

  /** A worker that died has been replaced by then: once more. */
  async #again<T>(job: () => Promise<T>): Promise<T> {
    try {
      return await job();
    } catch (error) {
      const { code, details } = errorFrom(error);
      if (code !== ENGINE_LOST || !details.revived) throw error;
      return job();
    }
  }
}
