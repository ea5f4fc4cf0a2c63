/** What a run has told so far, its pictures, losses, scores and findings, and where in it a lab stands. */
import { errorFrom, type LabError } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import type { Session } from "../engine/session.ts";
import type { Trainer, TrainerHost } from "../engine/trainer.ts";
import type { Applied, Diagnosis, Frame, Metric, StepReport } from "../engine/types.ts";
import { Findings } from "../state/findings.ts";
import { hanging } from "../state/hanging.ts";
import { asThen, History, type HistoryRow } from "../state/history.ts";
import { Rate } from "../state/rate.ts";
import type { StoreHost } from "./host.ts";
import { Later } from "./later.ts";
import { LessonRun } from "./lesson-run.ts";
import { frameRequest, merged } from "./pictures.ts";
import { Viewed } from "./viewed.ts";

/** Who drags a slider is shown pictures at once, and scores when the hand rests. */
const RESCORE_MS = 400;

/** What a run has told until somewhere in it. */
export interface Told {
  rows: HistoryRow[];
  /** Where in it it stands. */
  at: number | undefined;
  /** The scores of that step, and those that were measured last. */
  metrics: Metric[];
  measured: Metric[];
  negative: Timed["negative"];
}

export abstract class Timed extends Viewed {
  frame: Frame | undefined;
  metrics: Metric[] = [];
  report: StepReport | undefined;
  /** Whether the first half of a step is taken, and the second is not. */
  half = false;
  /** Where −log P first went below zero in this run. */
  negative: "loss" | "score" | undefined;
  readonly history = new History();
  readonly findings = new Findings();
  readonly trainer: Trainer;
  readonly course: LessonRun;
  /** At rest a setting that acts on samples or on the density changes the scores without a step. */
  protected readonly rescore = new Later(RESCORE_MS, () => void this.#scoreAtRest());
  readonly #scores = new Newest();
  readonly #rate = new Rate();
  /** The scores that were measured last, whatever step is looked at. */
  #measured: Metric[] = [];

  constructor(session: Session, trainer: (host: TrainerHost) => Trainer, host: StoreHost) {
    super(session, host);
    this.trainer = trainer({
      request: (detail) =>
        frameRequest(this.model!, this.dim, detail, this.trainer.governor, this.shown.walkers, this.box),
      stepped: (report) => this.#stepped(report),
      drawn: (frame) => this.#drawn(frame),
      evaluated: (metrics, step) => this.#evaluated(metrics, step),
      diagnosed: (found) => this.#diagnosed(found),
      failed: (error) => this.fail(error),
      revived: () => this.revived(),
      changed: () => this.changed(),
    });
    this.course = new LessonRun(this.trainer);
  }

  abstract fail(error: LabError): void;

  /** The engine was lost, and is back at the last state that was kept. */
  protected abstract revived(): void;

  /** Takes over what the engine tells of a change. */
  protected abstract applied(applied: Applied, newData: boolean): Promise<void>;

  /** Steps a second, over the last second or so. */
  get rate(): number {
    return this.trainer.playing ? this.#rate.value : 0;
  }

  get step(): number {
    return this.report?.step ?? 0;
  }

  /** Stands where the run stood at `step`, or at the last step before it that is kept. Nothing is lost before a step is taken. */
  go(step: number): Promise<{ step: number }> {
    void this.trainer.pause();
    return this.trainer.jump(async () => {
      const applied = await this.session.go(step);
      this.history.stand(applied.step);
      await this.applied(applied, false);
      this.#standsAt(applied.step);
      this.metrics = asThen(this.#measured, this.history.past);
      this.findings.clear();
      this.rescore.soon();
      return { step: applied.step };
    });
  }

  /** The half of a step that is next. */
  async halfStep(): Promise<StepReport | undefined> {
    void this.trainer.pause();
    return this.trainer.jump(async () => {
      const report = await this.session.halfStep();
      this.half = report === undefined;
      if (report) this.#stepped(report);
      this.changed();
      return report;
    });
  }

  /** Another run begins. */
  protected forget(): void {
    this.history.clear();
    this.trainer.governor.restart();
    this.report = this.frame = undefined;
    this.metrics = this.#measured = [];
    this.negative = undefined;
    this.findings.clear();
    this.course.arm();
    this.#rate.clear();
  }

  /** After a jump to another state: what it remembers, and where it stands. */
  protected pastIs(rows: HistoryRow[], step: number, at?: number): void {
    this.history.become(rows);
    if (at !== undefined) this.history.stand(at);
    this.#standsAt(step);
  }

  get told(): Told {
    const { history, metrics, negative } = this;
    const rows = history.rows.map((row) => ({ ...row }));
    return { rows, at: history.at, metrics, measured: this.#measured, negative };
  }

  /** Tells on from where another has told of the same run. */
  protected tellsOn({ rows, at, metrics, measured, negative }: Told, step: number): void {
    [this.metrics, this.#measured, this.negative] = [metrics, measured, negative];
    this.pastIs(rows, step, at);
  }

  #standsAt(step: number): void {
    const losses = this.history.past.at(-1)?.losses ?? [];
    this.report = step > 0 ? { step, losses, seconds: 0 } : undefined;
    this.changed();
  }

  /** One after another: those of a step that was left in the meantime still take their time, and nobody waits for them. */
  async #scoreAtRest(): Promise<void> {
    await this.#scores
      .run(async () => {
        if (!this.trainer.playing && this.step > 0) await this.trainer.evaluate();
      })
      .catch((error) => this.fail(errorFrom(error)));
  }

  #stepped(report: StepReport): void {
    this.report = report;
    this.half = false;
    this.history.add(report);
    if (report.losses.some((loss, k) => loss < 0 && this.model!.losses[k]?.id === "nll")) this.negative ??= "loss";
    this.#rate.saw(report.step, performance.now());
    this.host.emit("step", { step: report.step, losses: report.losses });
    this.changed();
  }

  #drawn(frame: Frame): void {
    this.frame = merged(this.frame, frame);
    this.changed();
  }

  #evaluated(metrics: Metric[], step: number): void {
    this.metrics = this.#measured = metrics;
    this.history.evaluated(metrics, step);
    if (metrics.some(({ id, value }) => id === "nll" && value < 0)) this.negative ??= "score";
    const goal = this.course.judge(metrics);
    if (goal) this.host.emit("goal", { id: goal.id, value: goal.value, step });
    this.changed();
  }

  #diagnosed(found: Diagnosis[]): void {
    for (const { code, sentence } of this.findings.saw([...found, ...hanging(this.metrics)])) {
      this.host.emit("warning", { code, message: sentence[this.lang] });
    }
    this.changed();
  }
}
