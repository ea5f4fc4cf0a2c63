/** The one state table of a lab: what is chosen, what runs, what is shown. Controls read it and call its actions. */
import { errorFrom, type LabError } from "../engine/errors.ts";
import { Session } from "../engine/session.ts";
import { Trainer } from "../engine/trainer.ts";
import type {
  Applied,
  Backend,
  Catalogue,
  Config,
  DataPicture,
  Ellipse,
  Frame,
  Metric,
  ModelSpec,
  Patch,
  StepReport,
} from "../engine/types.ts";
import { type Strings, strings } from "../i18n/index.ts";
import { type Controls, dimOf, findModel, type Lang, nearest, type Raw, type Theme } from "../state/config.ts";
import { History, type HistoryRow } from "../state/history.ts";
import { Rate } from "../state/rate.ts";
import type { Shown } from "../views/plane-stage.ts";
import type { Look } from "../views/shade.ts";
import { Actions } from "./actions.ts";
import { droppedMessage, errorMessage, type Message, skippedMessage } from "./messages.ts";
import { openEngine, type Why } from "./open-engine.ts";
import { firstLook, frameRequest, merged } from "./pictures.ts";
import { Wishes } from "./wishes.ts";

/** Points of the data on the stage; enough to see its shape, few enough to see each. */
const DATA_POINTS = 1000;
const THUMB_POINTS = 260;

export interface StoreHost {
  changed(): void;
  emit(name: "ready" | "step" | "warning" | "error" | "backend" | "page" | "config", detail: unknown): void;
}

export class Store {
  lang: Lang = "en";
  theme: Theme = "auto";
  controls: Controls = "all";
  backend: Backend = "auto";
  why: Why = { code: "starting" };
  message: Message | undefined;
  config: Config | undefined;
  data: DataPicture | undefined;
  frame: Frame | undefined;
  metrics: Metric[] = [];
  report: StepReport | undefined;
  previews = new Map<string, DataPicture>();
  shown: Shown & { truth: boolean } = {
    field: true,
    contours: true,
    data: true,
    samples: true,
    walkers: true,
    truth: true,
  };
  look: Look = "density";
  drawing = false;
  readonly actions = new Actions(this);
  readonly history = new History();
  readonly session = new Session();
  readonly trainer: Trainer;
  readonly #host: StoreHost;
  readonly #rate = new Rate();
  readonly #wishes = new Wishes((params) => this.#applyParams(params));

  constructor(host: StoreHost) {
    this.#host = host;
    this.trainer = new Trainer(this.session, {
      request: (detail) => frameRequest(this.model!, this.dim, detail, this.trainer.governor.side, this.shown.walkers),
      stepped: (report) => this.#stepped(report),
      drawn: (frame) => this.#drawn(frame),
      evaluated: (metrics) => this.#evaluated(metrics),
      failed: (error) => this.fail(error),
      revived: () => void this.#revived(),
      changed: () => this.changed(),
    });
  }

  get text(): Strings {
    return strings(this.lang);
  }

  get catalogue(): Catalogue | undefined {
    return this.session.catalogue;
  }

  get model(): ModelSpec | undefined {
    return this.catalogue && this.config && findModel(this.catalogue, this.config.model);
  }

  get dim(): number {
    if (!this.catalogue || !this.config) return 2;
    return dimOf(this.catalogue, this.config.data, this.session.ownData?.dim ?? 2);
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

  /** Opens the engine, builds the model and shows the data. Settles when there is something to draw. */
  async start(raw: Raw): Promise<void> {
    this.why = await openEngine(this.session, this.backend);
    const { config, dropped } = nearest(this.catalogue!, raw);
    const applied = await this.session.configure(config).catch((error) => {
      // Only the core knows which mixtures can be used.
      if (!config.mixture) throw error;
      dropped.push({ key: "mixture", value: raw.mixture!, used: "" });
      delete config.mixture;
      return this.session.configure(config);
    });
    if (dropped.length > 0) this.warn("dropped", droppedMessage(dropped));
    await this.#applied(applied, true);
    this.emitBackend();
  }

  async preview(): Promise<void> {
    const ids = this.catalogue!.data.map((data) => data.id);
    const pictures = await this.session.preview(ids, THUMB_POINTS, 1);
    for (const [i, id] of ids.entries()) this.previews.set(id, pictures[i]!);
    this.changed();
  }

  /** Changes what is learned or how. A refused patch changes nothing and is reported. */
  async configure(patch: Patch): Promise<Applied> {
    return this.trainer.hold(async () => {
      const before = this.config?.data;
      const applied = await this.session.configure(patch);
      await this.#changedTo(applied, applied.config.data !== before || patch.mixture !== undefined);
      return applied;
    });
  }

  setParam(id: string, value: number): void {
    this.config = { ...this.config!, params: { ...this.config!.params, [id]: value } };
    this.#wishes.set(id, value);
    this.changed();
  }

  async setData(points: Float32Array, dim: number): Promise<Applied> {
    return this.trainer.hold(async () => {
      const own = await this.session.setData({ points, dim });
      await this.#changedTo(own, true);
      return own;
    });
  }

  /** Learns a mixture of Gaussians; what it is made of is then in the configuration. */
  async setMixture(parts: Ellipse[]): Promise<Applied> {
    return this.trainer.hold(async () => {
      const applied = await this.session.setMixture(parts);
      await this.#changedTo(applied, true);
      return applied;
    });
  }

  /** Learns the numbers in a text, and says what in it was none. */
  async setText(text: string): Promise<void> {
    await this.trainer.hold(async () => {
      const { applied, skipped } = await this.session.setText(text);
      await this.#changedTo(applied, true);
      if (skipped.count > 0) this.warn("not_numbers", skippedMessage(skipped));
    });
  }

  async reset(): Promise<void> {
    await this.trainer.hold(async () => this.#changedTo(await this.session.reset(), false));
  }

  async restore(bytes: Uint8Array): Promise<void> {
    await this.trainer.hold(async () => {
      const applied = await this.session.restore(bytes);
      await this.#applied(applied, true);
      this.#pastIs(await this.session.history(), applied.step);
    });
  }

  /** Opens or closes the pad; the model rests while the reader draws. */
  draw(open: boolean): void {
    this.drawing = open;
    this.message = undefined;
    if (open) void this.trainer.pause();
    this.changed();
  }

  show(layer: keyof Store["shown"], on: boolean): void {
    this.shown = { ...this.shown, [layer]: on };
    this.changed();
    this.trainer.refresh();
  }

  lookAt(look: Look): void {
    this.look = look;
    this.changed();
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
    this.message = (text) => text.message.open_failed(error.message);
  }

  emitReady(): void {
    this.#host.emit("ready", { backend: this.session.backend });
  }

  /** Language or theme was switched: who mirrors the configuration wants to know. */
  pageChanged(): void {
    this.#host.emit("page", { lang: this.lang, theme: this.theme });
    this.changed();
  }

  warn(code: string, message: Message): void {
    this.message = message;
    this.#host.emit("warning", { code, message: message(this.text) });
    this.changed();
  }

  emitBackend(): void {
    const { backend, adapter } = this.session;
    this.#host.emit("backend", { backend, adapter, reason: this.why.code });
    this.changed();
  }

  async #applyParams(params: Record<string, number>): Promise<void> {
    try {
      await this.configure({ params });
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

  async #applied({ config, restarted }: Applied, newData: boolean): Promise<void> {
    const newModel = config.model !== this.config?.model;
    // A wish that still waits for its turn stays on its slider.
    this.config = { ...config, params: { ...config.params, ...this.#wishes.waiting } };
    if (newModel) this.look = firstLook(this.model!);
    if (restarted || newModel || newData) {
      this.history.clear();
      this.trainer.governor.restart();
      this.report = this.frame = undefined;
      this.metrics = [];
      this.#rate.clear();
    }
    if (newData) this.data = await this.session.data(DATA_POINTS);
    this.#host.emit("config", this.config);
    this.changed();
    this.trainer.refresh();
  }

  #stepped(report: StepReport): void {
    this.report = report;
    this.history.add(report);
    this.#rate.saw(report.step, performance.now());
    this.#host.emit("step", { step: report.step, losses: report.losses });
    this.changed();
  }

  #drawn(frame: Frame): void {
    this.frame = merged(this.frame, frame);
    this.changed();
  }

  #evaluated(metrics: Metric[]): void {
    this.metrics = metrics;
    this.history.evaluated(metrics);
    this.changed();
  }

  /** After a jump to another state: what it remembers, and where it stands. */
  #pastIs(rows: HistoryRow[], step: number): void {
    this.history.rows = rows;
    this.report = step > 0 ? { step, losses: rows.at(-1)?.losses ?? [], seconds: 0 } : undefined;
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
