/** The one state table of a lab: what is chosen, what runs, what is shown. Controls read it and act on it. */
import { BLOCKED, errorFrom, type LabError, NO_ENGINE, NO_WORKER, SITE_RENEWED } from "../engine/errors.ts";
import { fetchFile } from "../engine/fetch-file.ts";
import type { Session } from "../engine/session.ts";
import type { Trainer, TrainerHost } from "../engine/trainer.ts";
import type { Applied, Config, DataPicture, OwnColumns, OwnData, Patch } from "../engine/types.ts";
import { fetchStrings } from "../i18n/index.ts";
import { asksAnew, toldApart } from "../state/classes.ts";
import { type Lang, nearest, type Raw } from "../state/config.ts";
import { withoutLesson } from "../state/lesson.ts";
import { MIXTURE } from "../state/mixture.ts";
import { unknownControls } from "../state/show.ts";
import { boxOf } from "../views/box.ts";
import { PRINTS } from "../views/prints.ts";
import { EngineChoice } from "./engine-choice.ts";
import type { StoreHost } from "./host.ts";
import { droppedMessage, errorMessage, type Message } from "./messages.ts";
import { MixtureEdit } from "./mixture-edit.ts";
import { droppedOwn, withOwn } from "./own-address.ts";
import { mayBeGone, whyGone } from "./renewed.ts";
import { Timed } from "./timed.ts";
import { Wishes } from "./wishes.ts";

/** Points of the data on the stage; enough to see its shape, few enough to see each. */
const DATA_POINTS = 1000;
const THUMB_POINTS = 260;

/** Reasons for an engine not to start that have a sentence of their own. */
const UNOPENED = [NO_WORKER, NO_ENGINE, BLOCKED];

export class Store extends Timed {
  message: Message | undefined;
  data: DataPicture | undefined;
  previews = new Map<string, DataPicture>();
  drawing = false;
  /** Whether another build of the site has taken the place of this page's. */
  renewed = false;
  readonly mixture = new MixtureEdit(() => this.changed());
  readonly engine: EngineChoice;
  /** Whether it plays on when the pad is put away. */
  #resumes = false;
  /** The configuration that the engine had when it last told; the chosen one may be ahead of it. */
  #applies: Config | undefined;
  readonly #wishes = new Wishes((params) => this.#applyParams(params));

  constructor(session: Session, trainer: (host: TrainerHost) => Trainer, host: StoreHost) {
    super(session, trainer, host);
    this.engine = new EngineChoice(session, this.trainer);
  }

  /** Takes what a lesson says, also of what is on the stage. */
  teach(raw: Raw): void {
    this.course.teach(raw);
    this.openView(this.course.lesson.show);
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
    await this.applied(applied, true);
    dropped.push(...lost);
    if (own) await this.#learnOwn(own).catch(() => dropped.push(droppedOwn(raw.own!)));
    if (dropped.length > 0) this.warn("dropped", droppedMessage(dropped));
    // Without the beginning that a lesson wants, the figure begins at the beginning and says so.
    await this.#comeTo(this.course.lesson.startAt).catch((error) => this.fail(errorFrom(error)));
    // Other data are seen as a whole.
    this.zoom = undefined;
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
    this.session.hurry();
    return this.trainer.hold(async () => {
      const before = this.dataKey();
      const applied = await this.session.configure(patch);
      this.presetId = preset;
      await this.#changedTo(applied, this.dataKey() !== before);
      return applied;
    });
  }

  setParam(id: string, value: number): void {
    // A slider says twice where it was moved to: on its way, and when it is let go.
    if (this.config!.params[id] === value) return;
    this.config = { ...this.config!, params: { ...this.config!.params, [id]: value } };
    this.#wishes.set(id, value);
    this.changed();
  }

  setSeed(seed: number): void {
    void this.configure({ seed }).catch((error) => this.fail(errorFrom(error)));
  }

  /** Learns the reader's own data; the answer says what there is to know of them. */
  async setData(own: OwnData) {
    return this.trainer.hold(async () => {
      const { applied, notes } = await this.session.setData(own);
      await this.#changedTo(applied, true);
      return notes;
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
      const { step } = await this.#restored(bytes);
      this.pastIs(await this.session.ask("history"), step);
    });
  }

  /** Goes on from where another stands, with what that one has told and kept of its run. */
  async succeed(other: Store): Promise<void> {
    const { snapshot, past, told } = await other.trainer.hold(async () => ({
      snapshot: await other.session.snapshot(),
      past: await other.session.ask("past"),
      told: other.told,
    }));
    // In one go: a step between would be told of and forgotten.
    await this.trainer.hold(async () => {
      const { step } = await this.#restored(snapshot.slice());
      await this.session.ask("recall", past);
      this.tellsOn(told, step);
    });
  }

  async #restored(bytes: Uint8Array): Promise<Applied> {
    const applied = await this.session.restore(bytes);
    await this.#ownBack();
    await this.applied(applied, true);
    return applied;
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

  say(message: Message | undefined): void {
    this.message = message;
    this.changed();
  }

  fail(error: LabError): void {
    if (mayBeGone(error)) void whyGone(error).then((why) => this.#fail(why));
    else this.#fail(error);
  }

  #fail(error: LabError): void {
    this.renewed ||= error.code === SITE_RENEWED;
    this.message = errorMessage(error, this);
    this.host.emit("error", { code: error.code, message: error.message });
    this.changed();
  }

  /** The engine did not start: nothing on the page can work, so the page says why. */
  failOpen(error: LabError): void {
    this.fail(error);
    if (!UNOPENED.includes(error.code)) this.message = (text) => text.message.open_failed(error.message);
  }

  emitReady(): void {
    this.host.emit("ready", { backend: this.session.backend });
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
    this.host.emit("warning", { code, message: message(this.text) });
    this.changed();
  }

  emitBackend(): void {
    const { backend, adapter } = this.session;
    this.host.emit("backend", { backend, adapter, reason: this.engine.why.code });
    this.changed();
  }

  async #applyParams(params: Record<string, number>): Promise<void> {
    try {
      const { restarted } = await this.configure({ params });
      if (!restarted) this.rescore.soon();
    } catch (error) {
      this.config = this.session.config;
      this.fail(errorFrom(error));
    }
  }

  /** A change that was taken answers whatever the page complained of before. */
  async #changedTo(applied: Applied, newData: boolean): Promise<void> {
    this.message = undefined;
    await this.applied(applied, newData);
  }

  protected async applied({ config, restarted }: Applied, newData: boolean): Promise<void> {
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
    if (newModel) this.lookFirst(this.course.lesson.show);
    if (restarted || newModel || newData) this.forget();
    if (newData) await this.#lookAtData();
    if (newData || classes) void this.tellApart();
    this.host.emit("config", this.said);
    this.changed();
    this.trainer.refresh(asksOtherwise);
  }

  async #lookAtData(): Promise<void> {
    this.data = await this.session.data(this.dim > 2 ? PRINTS : DATA_POINTS);
    this.box = this.zoom && this.dim <= 2 ? boxOf(this.zoom, this.data.bounds) : undefined;
    if (this.config!.data === "custom") this.previews.set("custom", this.data);
  }

  protected revived(): void {
    const step = this.session.at;
    this.history.rewind(step);
    this.pastIs(this.history.rows, step);
    this.warn("engine_lost", (text) => text.message.revived(step));
    this.emitBackend();
  }
}
