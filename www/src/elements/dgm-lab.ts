/**
 * `<dgm-lab>`: the public element. Its attributes are the configuration; its properties and methods are the contract that
 * course pages and scripts rely on. Everything it shows is drawn from the store.
 */
import type { PropertyValues } from "lit";
import type { PanelState } from "../compare/panels.ts";
import { brought } from "../controls/own-data.ts";
import type { LabCalls } from "../engine/contract.ts";
import { errorFrom, LabError } from "../engine/errors.ts";
import { explained } from "../engine/policy.ts";
import type { Catalogue, Metric } from "../engine/types.ts";
import { assemble } from "../lab/assemble.ts";
import { whyGone } from "../lab/renewed.ts";
import type { Store } from "../lab/store.ts";
import { viewSaid } from "../lab/view-said.ts";
import { type Controls, type Lang, type PageKey, type Raw, strictPatch, type Theme } from "../state/config.ts";
import type { HistoryRow } from "../state/history.ts";
import { strictPanels } from "../state/panels.ts";
import { isSweepTable } from "../state/sign.ts";
import { asksForText } from "../state/texts.ts";
import type { Progress } from "../sweep/index.ts";
import type { Row } from "../sweep/run.ts";
import type { WordsFigure } from "../words/figure.ts";
import { Asking, stepOf } from "./asking.ts";
import { attributesOf, changedAttributes, languageAround, lessonChanged, pageOf } from "./attributes.ts";
import { Dropping } from "./dropping.ts";
import { Layout } from "./layout.ts";
import { painted } from "./painted.ts";
import { Presence } from "./presence.ts";
import { Several } from "./several.ts";
import { styles } from "./styles.ts";

/** Charts and formulas are fetched this long after the first step, out of the way of the first seconds. */
const EXTRAS_MS = 600;

export class DgmLab extends Asking implements LabCalls {
  static override styles = styles;

  readonly #store = assemble({
    changed: () => this.requestUpdate(),
    emit: (name, detail) => {
      this.#emit(name, detail);
      if (name === "step") this.#stepped();
      if (name === "config") this.#several.panels?.follow();
    },
  });
  readonly #layout = new Layout(this.#store, this);
  /** Several models side by side, where they are asked for. */
  readonly #several = new Several(this.#store, this.#layout, this, {
    raw: () => this.#raw,
    awake: () => this.#presence.seen || this.#restless,
    emit: (name, detail) => this.#emit(name, detail),
  });
  /** Whether a text is learned, and what learns it once it is there: its calls then stand before those of this class. */
  #reads = false;
  #words: WordsFigure | undefined;
  #ready: Promise<void>;
  #becomeReady: () => void = () => undefined;
  #failReady: (error: LabError) => void = () => undefined;
  readonly #watch = new MutationObserver((records) => this.#attributesChanged(records));
  readonly #presence = new Presence(this, {
    near: () => {
      this.#started ??= this.#start();
    },
    seen: () => {
      this.#run.wake();
      this.requestUpdate();
    },
    unseen: () => {
      if (!this.#restless) void this.#run.rest();
      this.requestUpdate();
    },
    forgotten: () => {
      const seen = () => this.#presence.seen;
      if (this.#words) void this.#words.forget();
      else void this.#started?.then(() => Promise.all([this.#store.rest(seen), this.#several.panels?.forget(seen)]));
    },
    moved: (distance) => {
      this.#store.session.distance = distance;
      if (this.#several.panels) this.#several.panels.distance = distance;
    },
  });
  readonly #dropping: Dropping;
  #started: Promise<unknown> | undefined;
  /** Whether it plays as soon as it can, once it is known. */
  #autoplay: boolean | undefined;
  #state = "";
  /** Keys of an address that opens this figure. They never become attributes: an address must not style, hide or script the page. */
  opening: Raw = {};
  #extras = 0;

  constructor() {
    super();
    this.#dropping = new Dropping(this, {
      hover: (on) => this.toggleAttribute("data-dropping", on),
      take: (source, name) => {
        if (this.#words) void this.#words.take(source);
        else if (this.#store.config) void this.#take(source, name);
      },
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      this.#failReady = reject;
    });
    // Who does not wait for `ready` must not see an unhandled rejection: the error is on the page.
    this.#ready.catch(() => undefined);
  }

  async #take(source: string | Blob, name: string): Promise<void> {
    if (source instanceof Blob && (await isSweepTable(source))) {
      await this.#several.experiment(source).catch((error) => this.#store.fail(errorFrom(error)));
    } else brought(this.#store, source, name);
  }

  /** Settles when the engine runs and the first picture is drawn; who asks for it does not wait until the figure is scrolled near. */
  get ready(): Promise<void> {
    this.#presence.hurry();
    return this.#ready;
  }

  get catalogue(): Catalogue | undefined {
    return this.#store.catalogue;
  }

  /** The configuration, with the keys of the attributes. */
  get config(): Record<string, string | number> {
    const { said, backend, lang, controls, theme } = this.#store;
    const panels = this.#several.panels && { panels: this.#several.panels.said };
    return { data: "", model: "", seed: 0, ...said, ...panels, backend, lang, controls, theme };
  }

  /** Models side by side as they stand; one where nothing is compared. */
  get panels(): PanelState[] {
    return this.#several.states;
  }

  /** Throws with a code and the range where a key or a value is not known, and then changes nothing. */
  set config(asked: Record<string, unknown>) {
    this.#readyAfter(this.configure(asked));
  }

  #readyAfter(work: Promise<void>): void {
    this.#ready = work.then(() => painted(this));
    this.#ready.catch(() => undefined);
  }

  get history(): HistoryRow[] {
    return this.#store.history.past;
  }

  /** Whether the reader draws or edits on the picture: the page's own keys then rest. */
  get busyByHand(): boolean {
    return this.renderRoot.querySelector("dgm-draw-pad, dgm-mixture-editor") !== null;
  }

  /** Opens the list of keys, on a page that has some. */
  set keys(open: () => void) {
    this.#layout.ways.keys = open;
    this.requestUpdate();
  }

  /** What is dropped or pasted elsewhere on a page and meant for this lab. */
  offer(event: DragEvent | ClipboardEvent): void {
    this.#dropping.offer(event);
  }

  get playing(): boolean {
    return this.#run.playing;
  }

  configure(asked: Record<string, unknown>): Promise<void> {
    const store = this.#store;
    if (store.config && asksForText(asked)) return this.#turn(asked);
    if (!store.config)
      throw this.#refused(new LabError("not_ready", "Wait for lab.ready before changing the configuration."));
    let strict: ReturnType<typeof strictPatch>;
    let panels: string | undefined;
    try {
      if (asked.panels !== undefined) panels = strictPanels(asked.panels, store.catalogue!);
      strict = strictPatch(store.catalogue!, store.config, store.session.ownDim, asked);
    } catch (error) {
      throw this.#refused(errorFrom(error));
    }
    this.#presence.linger();
    const words = this.#setPage(strict.page);
    const work = async () => {
      if (Object.keys(strict.patch).length > 0) await store.configure(strict.patch, strict.preset);
      if (panels !== undefined) await this.#several.become(panels);
      await words;
    };
    return work().catch((error) => Promise.reject(this.#refused(errorFrom(error))));
  }

  /** Before it can, and while nobody sees it, it only remembers that it should. */
  play(): void {
    this.#autoplay = true;
    if (this.#words ?? this.#store.config) this.#run.play();
  }

  pause(): Promise<void> {
    this.#autoplay = false;
    return this.#run.pause();
  }

  reset(): Promise<void> {
    return this.asked((store) => (this.#several.panels ?? store).reset());
  }

  step(n = 1): Promise<{ step: number; losses: number[] }> {
    return this.asked(() => this.#run.step(n));
  }

  evaluate(): Promise<Metric[]> {
    return this.asked(({ trainer }) => this.#several.panels?.evaluate() ?? trainer.hold(() => trainer.evaluate()));
  }

  /** Runs an experiment in workers of its own, while this lab pauses; what was run before is not run again. `lab-sweep` tells how far it is. */
  sweep(
    asked: Record<string, unknown>,
    { signal, anew }: { signal?: AbortSignal; anew?: boolean } = {},
  ): Promise<Row[]> {
    return this.asked(async () => {
      await this.ready;
      await this.pause();
      const { sweep } = await import("../sweep/index.ts");
      const progress = (detail: Progress) => this.#emit("sweep", detail);
      return sweep(this.catalogue!, asked, { ...(signal && { signal }), ...(anew && { anew }), progress });
    });
  }

  /** A file of what is here, by its kind; an unknown one is refused with those there are. */
  export(kind: string): Promise<Blob> {
    const place = { renderRoot: this.renderRoot, dark: () => this.#layout.dark };
    return this.asked(async (store) => (await import("../take/exports.ts")).exported(store, place, kind));
  }

  /** How it is looked at, as an address says it. */
  get view(): Raw {
    return viewSaid(this.#store);
  }

  /** An address of these settings with the reader's own data in it, where there is room for them. */
  roomy(hash: string): Promise<string> {
    return import("../take/link.ts").then(({ roomy }) => roomy(this.#store, hash));
  }

  /** Stands where the run stood at `step`, or at the last step before it that is kept; what came later is kept until a step is taken. */
  go(step: number): Promise<{ step: number }> {
    this.#autoplay = false;
    return this.asked(async (store) => store.go(stepOf(step)));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#started) this.#dress();
    for (const name of ["beforeprint", "afterprint"]) window.addEventListener(name, this.#print);
    this.#layout.connect();
    this.#presence.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of ["beforeprint", "afterprint"]) window.removeEventListener(name, this.#print);
    this.#layout.disconnect();
    this.#presence.look();
  }

  /** Paper waits for no frame: everything is drawn for it, and back for the screen, before the browser goes on. */
  readonly #print = ({ type }: Event): void => {
    this.#layout.printing = type === "beforeprint";
    this.requestUpdate();
    this.performUpdate();
  };

  protected override render() {
    return this.#reads ? this.#words?.render() : this.#layout.render();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#layout.rendered();
    this.#tellState();
    const { theme, controls } = this.#store;
    this.dataset.theme = theme;
    this.dataset.controls = controls;
  }

  get #raw(): Raw {
    return { ...attributesOf(this), ...this.opening };
  }

  get #page(): Partial<Record<PageKey, string>> {
    return { lang: languageAround(this), ...pageOf(this.#raw) };
  }

  /** Takes the shape and the words that it will have, so that nothing moves when it begins. */
  #dress(): void {
    this.#reads = asksForText(this.#raw);
    void this.#setPage(this.#page);
    this.#store.teach(this.#raw);
    if (!this.#restless) return;
    this.#store.trainer.wake();
    this.#presence.hurry();
  }

  /** Whether it trains wherever it stands. */
  get #restless(): boolean {
    return this.#store.course.lesson.autoplay === "on" && this.isConnected;
  }

  #tellState(): void {
    const step = this.#words?.at ?? this.#store.step;
    const awake = this.#presence.seen || this.#restless;
    const state = !awake ? "resting" : this.#run.playing ? "playing" : "paused";
    if (state === this.#state) return;
    this.#state = state;
    this.#emit("state", { state, step });
  }

  /** Tells what kept it from starting. */
  async #start(raw = this.#raw): Promise<LabError | undefined> {
    const store = this.#store;
    const words = this.#setPage(this.#page);
    if (raw.panels !== undefined) this.#several.hurry();
    try {
      if (asksForText(raw)) await this.#read(raw);
      else await store.start(raw);
      if (raw.panels !== undefined && !this.#words) await this.#several.become(raw.panels);
      await words;
      await painted(this);
      this.#becomeReady();
      if (this.#words) this.#emit("ready", { backend: "cpu" });
      else store.emitReady();
      this.#watch.observe(this, { attributes: true });
    } catch (error) {
      const failure = await explained(errorFrom(error));
      if (this.#words) this.#words.fail(failure);
      else store.failOpen(failure);
      this.#failReady(failure);
      return failure;
    }
    const { autoplay } = store.course.lesson;
    // Motion shows learning; who asked for less of it presses play, unless the page insists.
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#autoplay ??= autoplay === "on" || (autoplay === "visible" && !calm);
    if (this.#autoplay) this.play();
    return undefined;
  }

  /** Texts have an engine and a view of their own, which come when one is asked for. */
  async #read(raw: Raw): Promise<void> {
    const { WordsFigure } = await import("../words/figure.ts");
    this.#words = new WordsFigure({
      element: this,
      store: this.#store,
      dark: () => this.#layout.dark,
      emit: (name, detail) => this.#emit(name, detail),
      setPage: (page) => this.#setPage(page),
      readyAfter: (work) => this.#readyAfter(work),
      leave: (asked) => this.#turn(asked),
    });
    this.#reads = true;
    this.requestUpdate();
    await this.#words.open(raw);
  }

  /** From points to a text or back: what was asked for opens anew, in the place of what was there. */
  async #turn(asked: Record<string, unknown>): Promise<void> {
    const { playing } = this;
    await this.pause();
    this.#autoplay = playing;
    this.#words = undefined;
    this.#reads = false;
    if (!asksForText(asked) && this.#store.config) {
      await this.configure(asked);
      if (playing) this.play();
      return;
    }
    if (this.#store.config) await this.#store.rest(() => false);
    const said = Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, String(value)]));
    const failure = await this.#start(said);
    if (failure) throw failure;
  }

  /** Attributes are the configuration, also when they change later; a refusal is on the page and in lab-error. */
  #attributesChanged(records: MutationRecord[]): void {
    if (lessonChanged(records)) {
      this.#store.teach(this.#raw);
    }
    const asked = changedAttributes(this, records);
    if (Object.keys(asked).length === 0) return;
    try {
      this.config = asked;
    } catch {
      // Already reported by configure.
    }
  }

  /** What may come later comes after the first step; another model may want another engine. */
  #stepped(): void {
    this.#several.panels?.clock.tick();
    // What is compared stays on one engine.
    if (this.#layout.extras && !this.#several.panels) void this.#store.suitEngine();
    if (this.#extras) return;
    this.#extras = window.setTimeout(() => {
      this.#layout.extras = true;
      void this.#store.preview().catch((error) => this.#store.fail(errorFrom(error)));
      if (!this.#several.panels) void this.#store.suitEngine();
    }, EXTRAS_MS);
  }

  /** Settles when the words of the language are there. */
  #setPage(page: Partial<Record<PageKey, string>>): Promise<void> {
    const store = this.#store;
    store.backend = (page.backend as Store["backend"]) ?? store.backend;
    store.controls = (page.controls as Controls) ?? store.controls;
    store.theme = (page.theme as Theme) ?? store.theme;
    store.changed();
    return page.lang ? store.speak(page.lang as Lang) : Promise.resolve();
  }

  /** Who takes the steps. */
  get #run() {
    return this.#words ?? this.#several.panels ?? this.#store.trainer;
  }

  #refused(error: LabError): LabError {
    this.#store.fail(error);
    return error;
  }

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`lab-${name}`, { detail, bubbles: true, composed: true }));
  }

  protected async asked<T>(work: (store: Store) => Promise<T>): Promise<T> {
    this.#presence.linger();
    try {
      return await work(this.#store);
    } catch (error) {
      throw this.#refused(await whyGone(errorFrom(error)));
    }
  }
}

customElements.define("dgm-lab", DgmLab);
