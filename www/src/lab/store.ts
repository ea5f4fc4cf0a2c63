/** The one state table of a lab: what is chosen, what runs, what is shown. Controls read it and act on it. */
import { BLOCKED, errorFrom, type LabError, NO_ENGINE, NO_WORKER } from "../engine/errors.ts";
import { fetchFile } from "../engine/fetch-file.ts";
import { Newest } from "../engine/queue.ts";
import type { Session } from "../engine/session.ts";
import type { Trainer, TrainerHost } from "../engine/trainer.ts";
import type {
  Applied,
  Bounds,
  Config,
  DataPicture,
  Diagnosis,
  Frame,
  Metric,
  OwnColumns,
  OwnData,
  Patch,
  StepReport,
} from "../engine/types.ts";
import { fetchStrings } from "../i18n/index.ts";
import { asksAnew, othersThan, toldApart } from "../state/classes.ts";
import { type Lang, nearest, type Raw } from "../state/config.ts";
import { Findings } from "../state/findings.ts";
import { hanging } from "../state/hanging.ts";
import { asThen, History, type HistoryRow } from "../state/history.ts";
import { withoutLesson } from "../state/lesson.ts";
import { MIXTURE } from "../state/mixture.ts";
import { Rate } from "../state/rate.ts";
import { unknownControls } from "../state/show.ts";
import type { Along } from "../views/along.ts";
import { type Classes, EVERY_LAYER } from "../views/plane-stage.ts";
import { PRINTS } from "../views/prints.ts";
import type { Look } from "../views/shade.ts";
import { Chosen } from "./chosen.ts";
import { EngineChoice } from "./engine-choice.ts";
import { Later } from "./later.ts";
import { LessonRun } from "./lesson-run.ts";
import { droppedMessage, errorMessage, type Message } from "./messages.ts";
import { MixtureEdit } from "./mixture-edit.ts";
import { droppedOwn, withOwn } from "./own-address.ts";
import { firstLook, frameRequest, layersOf, merged } from "./pictures.ts";
import { Wishes } from "./wishes.ts";

/** Points of the data on the stage; enough to see its shape, few enough to see each. */
const DATA_POINTS = 1000;
const THUMB_POINTS = 260;
/** Who drags a slider is shown pictures at once, and scores when the hand rests. */
const RESCORE_MS = 400;

/** Reasons for an engine not to start that have a sentence of their own. */
const UNOPENED = [NO_WORKER, NO_ENGINE, BLOCKED];

export interface StoreHost {
  changed(): void;
  emit(name: "ready" | "step" | "warning" | "error" | "backend" | "page" | "config" | "goal", detail: unknown): void;
}

export class Store extends Chosen {
  message: Message | undefined;
  data: DataPicture | undefined;
  frame: Frame | undefined;
  metrics: Metric[] = [];
  report: StepReport | undefined;
  previews = new Map<string, DataPicture>();
  shown = EVERY_LAYER;
  /** What draws classes while they are shown. */
  classes: Classes | undefined;
  look: Look = "density";
  /** The part of the world that is zoomed into; all that is worth drawing where it is open. */
  box: Bounds | undefined;
  /** Whether the field is shown as a landscape in three dimensions. */
  solid = false;
  /** How far from the latents, 0, to the data, 1, the way through the model is shown. */
  along = 1;
  /** What stands where by then. */
  stop: Along | undefined;
  /** Whether a point is looked at, and shown in the picture. */
  probing = false;
  drawing = false;
  /** Whether the first half of a step is taken, and the second is not. */
  half = false;
  /** Where −log P first went below zero in this run. */
  negative: "loss" | "score" | undefined;
  readonly history = new History();
  readonly findings = new Findings();
  readonly mixture = new MixtureEdit(() => this.changed());
  readonly trainer: Trainer;
  readonly course: LessonRun;
  readonly engine: EngineChoice;
  readonly #host: StoreHost;
  /** Whether it plays on when the pad is put away. */
  #resumes = false;
  readonly #scores = new Newest();
  readonly #rate = new Rate();
  /** The scores that were measured last, whatever step is looked at. */
  #measured: Metric[] = [];
  /** The configuration that the engine had when it last told; the chosen one may be ahead of it. */
  #applies: Config | undefined;
  readonly #wishes = new Wishes((params) => this.#applyParams(params));
  /** At rest a setting that acts on samples or on the density changes the scores without a step. */
  readonly #rescore = new Later(RESCORE_MS, () => void this.#scoreAtRest());

  constructor(session: Session, trainer: (host: TrainerHost) => Trainer, host: StoreHost) {
    super(session);
    this.#host = host;
    this.trainer = trainer({
      request: (detail) =>
        frameRequest(this.model!, this.dim, detail, this.trainer.governor, this.shown.walkers, this.box),
      stepped: (report) => this.#stepped(report),
      drawn: (frame) => this.#drawn(frame),
      evaluated: (metrics, step) => this.#evaluated(metrics, step),
      diagnosed: (found) => this.#diagnosed(found),
      failed: (error) => this.fail(error),
      revived: () => void this.#revived(),
      changed: () => this.changed(),
    });
    this.course = new LessonRun(this.trainer);
    this.engine = new EngineChoice(session, this.trainer);
  }

  /** Steps a second, over the last second or so. */
  get rate(): number {
    return this.trainer.playing ? this.#rate.value : 0;
  }

  get step(): number {
    return this.report?.step ?? 0;
  }

  changed(): void {
    this.#host.changed();
  }

  /** Takes what a lesson says, also of what is on the stage. */
  teach(raw: Raw): void {
    this.course.teach(raw);
    this.shown = layersOf(this.course.lesson.show.layers);
    if (this.shown.classes) void this.#tellApart();
    this.solid = this.course.lesson.show.solid ?? false;
    this.along = this.course.lesson.show.along ?? 1;
    if (this.model) this.look = firstLook(this.model, this.course.lesson.show.look);
    this.changed();
  }

  /** Opens the engine, builds the model and shows the data. Settles when there is something to draw. */
  async start(raw: Raw): Promise<void> {
    await this.engine.open(this.backend);
    const { asked, own, dropped: lost } = await withOwn(raw, this.catalogue!);
    const { config, dropped, preset } = nearest(this.catalogue!, withoutLesson(asked));
    dropped.push(...this.course.dropped, ...unknownControls(this.course.lesson.show, this.catalogue!));
    this.presetId = preset;
    const applied = await this.session.configure(config).catch((error) => {
      // Only the core knows which mixtures can be used.
      if (!config.mixture) throw error;
      dropped.push({ key: "mixture", value: raw.mixture!, used: "", known: "" });
      delete config.mixture;
      return this.session.configure(config);
    });
    await this.#applied(applied, true);
    dropped.push(...lost);
    if (own) await this.#learnOwn(own).catch(() => dropped.push(droppedOwn(raw.own!)));
    if (dropped.length > 0) this.warn("dropped", droppedMessage(dropped));
    // Without the beginning that a lesson wants, the figure begins at the beginning and says so.
    await this.#comeTo(this.course.lesson.startAt).catch((error) => this.fail(errorFrom(error)));
    this.emitBackend();
  }

  async #comeTo(start: number | URL | undefined): Promise<void> {
    if (start instanceof URL) await this.restore(new Uint8Array(await (await fetchFile(start)).arrayBuffer()));
    else if (start) await this.trainer.step(start);
  }

  /** With `backend=auto`, once a model learns. */
  async suitEngine(): Promise<void> {
    if (this.backend === "auto" && (await this.engine.suit(this.session.config.model))) this.emitBackend();
  }

  async preview(): Promise<void> {
    // The mixture has a picture of its own: the one under the reader's hand. What is a file is fetched only when it is chosen.
    const pictured = this.catalogue!.data.filter(({ id, file }) => id !== MIXTURE && !file);
    const ids = pictured.map(({ id }) => id);
    const pictures = await this.session.preview(ids, THUMB_POINTS, 1);
    for (const [i, id] of ids.entries()) this.previews.set(id, pictures[i]!);
    this.changed();
  }

  /** Changes what is learned or how. A refused patch changes nothing and is reported. */
  async configure(patch: Patch, preset = this.presetId): Promise<Applied> {
    return this.trainer.hold(async () => {
      const before = this.dataKey();
      const applied = await this.session.configure(patch);
      this.presetId = preset;
      await this.#changedTo(applied, this.dataKey() !== before);
      return applied;
    });
  }

  setParam(id: string, value: number): void {
    this.config = { ...this.config!, params: { ...this.config!.params, [id]: value } };
    this.#wishes.set(id, value);
    this.changed();
  }

  /** Learns the reader's own data; the answer says what there is to know of them. */
  async setData(own: OwnData) {
    return this.trainer.hold(async () => {
      const { applied, notes } = await this.session.setData(own);
      await this.#changedTo(applied, true);
      return notes;
    });
  }

  /** Stands where the run stood at `step`, or at the last step before it that is kept. Nothing is lost before a step is taken. */
  go(step: number): Promise<{ step: number }> {
    void this.trainer.pause();
    return this.trainer.jump(async () => {
      const applied = await this.session.go(step);
      this.history.stand(applied.step);
      await this.#applied(applied, false);
      this.#standsAt(applied.step);
      this.metrics = asThen(this.#measured, this.history.past);
      this.findings.clear();
      this.#rescore.soon();
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

  async reset(): Promise<void> {
    await this.trainer.hold(async () => this.#changedTo(await this.session.reset(), false));
  }

  /** Gives its seat at a worker back, unless `wanted` says meanwhile that it is needed. */
  async rest(wanted: () => boolean): Promise<void> {
    await this.trainer.hold(() => this.session.rest(wanted));
  }

  async #learnOwn(own: OwnColumns): Promise<void> {
    await this.setData(own);
    await this.#ownBack();
    this.changed();
  }

  async #ownBack(): Promise<void> {
    const own = await this.session.ask("ownData");
    if (own) await this.own.restored(own);
  }

  async restore(bytes: Uint8Array): Promise<void> {
    await this.trainer.hold(async () => {
      const applied = await this.session.restore(bytes);
      await this.#ownBack();
      await this.#applied(applied, true);
      this.#pastIs(await this.session.ask("history"), applied.step);
    });
  }

  /** Opens or closes the pad; the model rests while the reader draws. */
  draw(open: boolean): void {
    this.message = undefined;
    if (open) {
      this.mixture.show(false);
      this.drawing = true;
      this.#resumes = this.trainer.playing;
      void this.trainer.pause();
    } else this.putAway();
    this.changed();
  }

  /** Closes the pad, if it is open: the model goes on if it went before. */
  putAway(): void {
    if (!this.drawing) return;
    this.drawing = false;
    if (this.#resumes) this.trainer.play();
    this.changed();
  }

  show(layer: keyof Store["shown"], on: boolean): void {
    this.shown = { ...this.shown, [layer]: on };
    this.pageChanged();
    this.trainer.refresh();
    if (layer === "classes") void this.#tellApart();
  }

  /** Draws points by their classes but for those that are hidden, or all alike. Of a model that is asked for one class, that class is drawn. */
  async #tellApart(hidden: ReadonlySet<number> = othersThan(this.config, this.classNames.length)): Promise<void> {
    const marks = this.shown.classes ? await import("../views/class-marks.ts").catch(() => undefined) : undefined;
    this.classes = marks && this.shown.classes ? { ...marks, hidden } : undefined;
    this.changed();
  }

  showAllClasses(): void {
    void this.#tellApart(new Set());
  }

  /** Draws a class, or leaves it out. */
  toggleClass(label: number): void {
    const hidden = new Set(this.classes?.hidden);
    if (!hidden.delete(label)) hidden.add(label);
    void this.#tellApart(hidden);
  }

  /** Shows another part of the world, everything in it drawn anew. */
  lookInto(box: Bounds | undefined): void {
    if (JSON.stringify(box) === JSON.stringify(this.box)) return;
    this.box = box;
    this.changed();
    this.trainer.refresh();
  }

  raise(solid: boolean): void {
    this.solid = solid;
    this.pageChanged();
  }

  goAlong(share: number): void {
    this.along = Math.min(1, Math.max(0, share));
    this.pageChanged();
  }

  probe(on: boolean): void {
    this.probing = on;
    this.changed();
  }

  lookAt(look: Look): void {
    this.look = look;
    this.pageChanged();
  }

  say(message: Message | undefined): void {
    this.message = message;
    this.changed();
  }

  fail(error: LabError): void {
    this.message = errorMessage(error, this);
    this.#host.emit("error", { code: error.code, message: error.message });
    this.changed();
  }

  /** The engine did not start: nothing on the page can work, so the page says why. */
  failOpen(error: LabError): void {
    this.fail(error);
    if (!UNOPENED.includes(error.code)) this.message = (text) => text.message.open_failed(error.message);
  }

  emitReady(): void {
    this.#host.emit("ready", { backend: this.session.backend });
  }

  /** Language or theme was switched: who mirrors the configuration wants to know. */
  pageChanged(): void {
    this.#host.emit("page", { lang: this.lang, theme: this.theme });
    this.changed();
  }

  /** Speaks another language, as soon as its words are there. */
  async speak(lang: Lang): Promise<void> {
    this.lang = lang;
    this.pageChanged();
    // Without them, where the site is out of reach, the page goes on in English.
    if (await fetchStrings(lang).catch(() => false)) this.pageChanged();
  }

  warn(code: string, message: Message, onPage = true): void {
    if (onPage) this.message = message;
    this.#host.emit("warning", { code, message: message(this.text) });
    this.changed();
  }

  emitBackend(): void {
    const { backend, adapter } = this.session;
    this.#host.emit("backend", { backend, adapter, reason: this.engine.why.code });
    this.changed();
  }

  async #applyParams(params: Record<string, number>): Promise<void> {
    try {
      const { restarted } = await this.configure({ params });
      if (!restarted) this.#rescore.soon();
    } catch (error) {
      this.config = this.session.config;
      this.fail(errorFrom(error));
    }
  }

  /** A change that was taken answers whatever the page complained of before. */
  async #changedTo(applied: Applied, newData: boolean): Promise<void> {
    this.message = undefined;
    await this.#applied(applied, newData);
  }

  /** One after another: those of a step that was left in the meantime still take their time, and nobody waits for them. */
  async #scoreAtRest(): Promise<void> {
    await this.#scores
      .run(async () => {
        if (!this.trainer.playing && this.step > 0) await this.trainer.evaluate();
      })
      .catch((error) => this.fail(errorFrom(error)));
  }

  async #applied({ config, restarted }: Applied, newData: boolean): Promise<void> {
    const newModel = config.model !== this.config?.model;
    const classes = toldApart(this.#applies, config);
    const asksOtherwise = !restarted && asksAnew(this.#applies, config);
    this.#applies = config;
    // Who asks for classes sees them.
    if (classes === "begun" && !this.course.lesson.show.layers) this.shown = { ...this.shown, classes: true };
    // A wish that still waits for its turn stays on its slider.
    this.config = { ...config, params: { ...config.params, ...this.#wishes.waiting } };
    this.mixture.took(config.mixture);
    this.half = false;
    if (newModel) this.look = firstLook(this.model!, this.course.lesson.show.look);
    if (restarted || newModel || newData) {
      this.history.clear();
      this.trainer.governor.restart();
      this.report = this.frame = undefined;
      this.metrics = this.#measured = [];
      this.negative = undefined;
      this.findings.clear();
      this.course.arm();
      this.#rate.clear();
    }
    if (newData) await this.#lookAtData();
    if (newData || classes) void this.#tellApart();
    this.#host.emit("config", this.said);
    this.changed();
    this.trainer.refresh(asksOtherwise);
  }

  async #lookAtData(): Promise<void> {
    this.box = undefined;
    this.data = await this.session.data(this.dim > 2 ? PRINTS : DATA_POINTS);
    if (this.config!.data === "custom") this.previews.set("custom", this.data);
  }

  #stepped(report: StepReport): void {
    this.report = report;
    this.half = false;
    this.history.add(report);
    if (report.losses.some((loss, k) => loss < 0 && this.model!.losses[k]?.id === "nll")) this.negative ??= "loss";
    this.#rate.saw(report.step, performance.now());
    this.#host.emit("step", { step: report.step, losses: report.losses });
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
    if (goal) this.#host.emit("goal", { id: goal.id, value: goal.value, step });
    this.changed();
  }

  #diagnosed(found: Diagnosis[]): void {
    for (const { code, sentence } of this.findings.saw([...found, ...hanging(this.metrics)])) {
      this.#host.emit("warning", { code, message: sentence[this.lang] });
    }
    this.changed();
  }

  /** After a jump to another state: what it remembers, and where it stands. */
  #pastIs(rows: HistoryRow[], step: number): void {
    this.history.become(rows);
    this.#standsAt(step);
  }

  #standsAt(step: number): void {
    const losses = this.history.past.at(-1)?.losses ?? [];
    this.report = step > 0 ? { step, losses, seconds: 0 } : undefined;
    this.changed();
  }

  async #revived(): Promise<void> {
    const step = this.session.at;
    this.history.rewind(step);
    this.#pastIs(this.history.rows, step);
    this.warn("engine_lost", (text) => text.message.revived(step));
    this.emitBackend();
  }
}
