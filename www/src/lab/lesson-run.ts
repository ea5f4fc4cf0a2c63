/** A run under the eyes of a lesson: where it begins and stops, and whether its goal is reached. */
import type { Trainer } from "../engine/trainer.ts";
import type { Metric } from "../engine/types.ts";
import type { Dropped, Raw } from "../state/config.ts";
import { type Goal, type Lesson, reached, readLesson } from "../state/lesson.ts";

export class LessonRun {
  readonly #trainer: Trainer;
  #asked = readLesson({}, document.baseURI);
  /** What is still to be reached. */
  #goal: Goal | undefined;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  get lesson(): Lesson {
    return this.#asked.lesson;
  }

  /** What was asked and cannot be used. */
  get dropped(): Dropped[] {
    return this.#asked.dropped;
  }

  teach(raw: Raw): void {
    const { goal } = this.lesson;
    this.#asked = readLesson(raw, document.baseURI);
    if (this.lesson.speed !== undefined) this.#trainer.governor.speed = this.lesson.speed;
    this.#trainer.stopAt = this.lesson.stopAt;
    // One that was reached in this run is not reached again because something else is asked.
    if (JSON.stringify(goal) !== JSON.stringify(this.lesson.goal)) this.#goal = this.lesson.goal;
  }

  /** A new run is measured anew. */
  arm(): void {
    this.#goal = this.lesson.goal;
    this.#trainer.stopAt = this.lesson.stopAt;
  }

  /** The score that reached the goal, the first time in a run. */
  judge(metrics: Metric[]): Metric | undefined {
    const goal = this.#goal;
    const metric = goal && metrics.find(({ id, value }) => id === goal.id && reached(goal, value));
    if (metric) this.#goal = undefined;
    return metric;
  }
}
