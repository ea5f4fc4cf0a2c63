/**
 * The training loop on the page's side. The page pulls: one turn is asked for at a time, so to pause is to stop asking,
 * and the newest wish for a picture replaces an older one.
 */
import { ENGINE_LOST, errorFrom, type LabError, PART_MISSING } from "./errors.ts";
import { type Detail, Governor, type Part } from "./governor.ts";
import { SerialQueue } from "./queue.ts";
import type { Session } from "./session.ts";
import type { Diagnosis, Frame, FrameRequest, Metric, StepReport } from "./types.ts";
import { wholeNumber } from "./whole.ts";

const EVALUATE_MS = 2000;
const SNAPSHOT_MS = 5000;
/** At most this share of the time goes into scores, unless they would be too old then. */
const EVALUATE_SHARE = 1 / 25;
const EVALUATE_MOST_MS = 6000;
/** Steps asked for by number are taken this many at a time: short enough to be drawn, few enough messages. */
const PORTION = 5;
/** A picture in outline is filled in this long after the last jump: who drags along a run wants the next one first. */
const FILL_MS = 120;
/** Who waits for others and is not told looks by itself. */
const WAIT_MS = 100;
/** Held-out points behind a score: fewer while training, so that the picture does not halt. */
const WHILE_TRAINING = 1000;
const AT_REST = 4000;

export interface TrainerHost {
  /** What a picture should hold now; nothing where the model has no such part. */
  request(detail: Exclude<Detail, "none">): FrameRequest | undefined;
  stepped(report: StepReport): void;
  drawn(frame: Frame): void;
  /** Scores of the model as it was at `step`. */
  evaluated(metrics: Metric[], step: number): void;
  diagnosed(found: Diagnosis[]): void;
  failed(error: LabError): void;
  /** The engine died and the session brought it back. */
  revived(): void;
  changed(): void;
}

export class Trainer {
  readonly governor = new Governor();
  /** The step at which playing pauses by itself, once. */
  stopAt = Number.POSITIVE_INFINITY;
  /** How many steps it may take for now; who goes along with others waits for them at 0, until it is stirred. */
  allowance: () => number = () => Number.POSITIVE_INFINITY;
  readonly #session: Session;
  readonly #host: TrainerHost;
  readonly #jobs = new SerialQueue();
  #playing = false;
  #awake = false;
  #running: Promise<void> | undefined;
  /** Scores that are worked out beside the training. */
  #scoring: Promise<void> | undefined;
  /** The run that was scored last. */
  #scored: number | undefined;
  #revivals = 0;
  #held = 0;
  /** Whether what is stale begins with its samples. */
  #samplesFirst = false;
  #stale = false;
  #settling = 0;
  /** Whether what is seen is only an outline, and what will fill it in. */
  #outlined = false;
  #filling: ReturnType<typeof setTimeout> | undefined;
  #evaluateAt = 0;
  #snapshotAt = 0;
  #nap: { wake(): void } | undefined;

  constructor(session: Session, host: TrainerHost) {
    this.#session = session;
    this.#host = host;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Paused, with the last picture and its scores under way. */
  get settling(): boolean {
    return this.#settling > 0;
  }

  play(): void {
    if (this.#playing) return;
    this.#playing = true;
    const now = performance.now();
    // The first score comes soon, while the picture still changes fast.
    this.#evaluateAt = now + (EVALUATE_MS / 2) * this.governor.company;
    this.#snapshotAt = now + SNAPSHOT_MS;
    this.#host.changed();
    this.#wake();
  }

  /** Stops asking for steps; resolves once the turn under way is done. */
  async pause(): Promise<void> {
    if (!this.#playing) return;
    this.#settling++;
    this.#halt();
    try {
      await this.#running;
      await this.#scoring;
      await this.#settle();
    } finally {
      this.#settling--;
      this.#host.changed();
    }
  }

  /** Nobody looks: asks for nothing any more, and whether it plays is for later. Resolves once the turn under way is done. */
  async rest(): Promise<void> {
    this.#awake = false;
    this.#nap?.wake();
    await this.#running;
  }

  /** Somebody looks, for the first time or again. */
  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  /** Looks again at what it may do. */
  stir(): void {
    this.#nap?.wake();
  }

  /** A picture of the state as it is, as soon as the engine is free and somebody looks; its samples before all else where these cannot wait. */
  refresh(samplesFirst = false): void {
    this.#stale = true;
    this.#samplesFirst = samplesFirst;
    this.#session.hurry();
    this.#wake();
  }

  /**
   * Exactly `n` steps, whether or not the loop plays. Always in the same portions: a mean over other portions would
   * round differently, and the same seed must give the same numbers.
   */
  async step(n: number): Promise<StepReport> {
    wholeNumber(n);
    return this.hold(async () => {
      let seconds = 0;
      const sums: number[] = [];
      let last: StepReport | undefined;
      for (let done = 0; done < n; ) {
        const steps = Math.min(n - done, PORTION);
        last = await this.#step(steps);
        done += steps;
        seconds += last.seconds;
        for (const [k, loss] of last.losses.entries()) sums[k] = (sums[k] ?? 0) + loss * steps;
        await this.#picture(done < n ? this.governor.plan(performance.now()).detail : "all");
      }
      return { step: last!.step, losses: sums.map((sum) => sum / n), seconds };
    });
  }

  /** Goes to another state between two turns, and shows it before anyone goes on; where all of it takes long, in outline first. */
  jump<T>(job: () => Promise<T>): Promise<T> {
    clearTimeout(this.#filling);
    return this.hold(async () => {
      const there = await job();
      const { dear } = this.governor;
      await this.#picture(dear ? "outline" : "all");
      if (dear) this.#filling = setTimeout(() => this.refresh(), FILL_MS);
      return there;
    });
  }

  /** Settles once what is seen is whole. */
  async whole(): Promise<void> {
    if (this.#outlined) await this.hold(() => this.#picture("all"));
  }

  /** Runs `job` between two turns, with the loop at rest. */
  async hold<T>(job: () => Promise<T>): Promise<T> {
    this.#held++;
    this.#nap?.wake();
    try {
      return await this.#jobs.run(async () => {
        await this.#running;
        return job();
      });
    } finally {
      this.#held--;
      this.#wake();
    }
  }

  async evaluate(points = AT_REST): Promise<Metric[]> {
    const { run, at } = this.#session;
    const { value: metrics, ms } = await this.#session.timed("evaluate", points);
    // A run's first scores bring what a perfect model would have, which is worked out once.
    const price = run === this.#scored ? ms / EVALUATE_SHARE : 0;
    this.#scored = run;
    this.#evaluateAt =
      performance.now() + this.governor.company * Math.max(EVALUATE_MS, Math.min(EVALUATE_MOST_MS, price));
    // Meanwhile another run may have begun, or this one gone back.
    if (run !== this.#session.run || at > this.#session.at) return metrics;
    this.#host.evaluated(metrics, at);
    this.#host.diagnosed(await this.#session.ask("diagnose"));
    return metrics;
  }

  #halt(): void {
    this.#playing = false;
    this.#nap?.wake();
    this.#host.changed();
  }

  #wake(): void {
    this.#nap?.wake();
    if (this.#running || !this.#wanted) return;
    this.#running = this.#loop().finally(() => {
      this.#running = undefined;
      // Something may have been wished for while the loop was closing.
      this.#wake();
    });
  }

  /** Whether the loop has something to do. */
  get #wanted(): boolean {
    return this.#free && (this.#playing || this.#stale);
  }

  get #free(): boolean {
    return this.#awake && this.#held === 0;
  }

  async #loop(): Promise<void> {
    while (this.#wanted) {
      try {
        if (this.#playing) await this.#play();
        else await this.#stand();
      } catch (error) {
        this.#stale = false;
        this.#failed(errorFrom(error));
      }
    }
  }

  /** A picture at rest. */
  #stand(): Promise<void> {
    return this.#picture(this.#first() ?? "all");
  }

  /** What the reader has changed is seen at once, in the part that tells most of it; the whole follows after the next step. */
  async #answer(): Promise<void> {
    await this.#picture(this.#first() ?? "field");
    this.#session.seen();
  }

  /** The part that cannot wait, once. */
  #first(): Part | undefined {
    const first = this.#samplesFirst ? "samples" : undefined;
    this.#samplesFirst = false;
    return first;
  }

  async #play(): Promise<void> {
    const plan = this.governor.plan(performance.now());
    if (plan.wait > 0) await this.#sleep(plan.wait);
    if (!this.#playing || !this.#free) return;
    if (this.#stale && this.#session.hurried) await this.#answer();
    const left = this.stopAt - this.#session.at;
    const most = Math.min(plan.steps, Math.max(0, this.allowance()));
    if (left > 0 && most === 0) return this.#stale ? this.#picture("all") : this.#sleep(WAIT_MS);
    if (left > 0) await this.#step(Math.min(most, left));
    if (left <= most) {
      this.stopAt = Number.POSITIVE_INFINITY;
      void this.pause();
    }
    // Paused meanwhile: the loop's end draws the last picture in full.
    if (!this.#playing || !this.#free) return;
    await this.#picture(this.#stale ? "all" : plan.detail);
    if (!this.#awake) return;
    const now = performance.now();
    if (now >= this.#evaluateAt) this.#score();
    if (now >= this.#snapshotAt) await this.#keep();
  }

  async #step(n: number): Promise<StepReport> {
    const { value, ms } = await this.#session.step(n);
    this.governor.stepped(n, ms);
    this.#host.stepped(value);
    return value;
  }

  async #picture(detail: Detail): Promise<void> {
    if (detail === "none") return;
    if (detail === "all" || detail === "outline") this.#stale = !this.#awake;
    if (!this.#awake) return;
    const request = this.#host.request(detail);
    if (!request) return this.governor.drew(performance.now(), detail, 0);
    const { value, ms } = await this.#session.timed("frame", request);
    this.governor.drew(performance.now(), detail, ms);
    if (detail === "all" || detail === "outline") this.#session.seen();
    this.#outlined = detail === "outline" || (this.#outlined && detail !== "all");
    this.#host.drawn(value);
  }

  #score(): void {
    this.#scoring ??= this.evaluate(WHILE_TRAINING)
      .then(
        () => undefined,
        (error) => this.#failed(errorFrom(error)),
      )
      .finally(() => {
        this.#scoring = undefined;
      });
  }

  async #keep(): Promise<void> {
    await this.#session.snapshot();
    this.#snapshotAt = performance.now() + SNAPSHOT_MS;
  }

  /** After a pause: the last picture in full, its scores, and a state to come back to. */
  async #settle(): Promise<void> {
    this.refresh();
    await this.#running;
    if (this.#playing || !this.#free) return;
    try {
      await this.#keep();
      await this.evaluate();
    } catch (error) {
      this.#failed(errorFrom(error));
    }
  }

  #failed(error: LabError): void {
    // It learns without scores, and asks for them again.
    if (error.code === PART_MISSING) {
      this.#evaluateAt = performance.now() + EVALUATE_MOST_MS;
      return;
    }
    if (error.code === ENGINE_LOST && error.details.revived) {
      // Several calls may have been lost with it.
      if (this.#revivals === this.#session.revivals) return;
      this.#revivals = this.#session.revivals;
      this.governor.restart();
      this.#host.revived();
      return;
    }
    this.#halt();
    this.#host.failed(error);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#nap = { wake };
    });
  }
}
