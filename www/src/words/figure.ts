/**
 * `<dgm-lab>` where its data are a text: the same calls, answered by another engine and shown in a view of its own. Its calls stand before those
 * that the element has for points, for as long as a text is learned.
 */
import { html, type LitElement } from "lit";
import { languageSwitch, themeSwitch } from "../controls/switches.ts";
import { LAB_CALLS } from "../engine/contract.ts";
import { errorFrom, LabError } from "../engine/errors.ts";
import { fetchFile } from "../engine/fetch-file.ts";
import type { Metric } from "../engine/types.ts";
import { wholeNumber } from "../engine/whole.ts";
import { strings } from "../i18n/index.ts";
import { droppedMessage } from "../lab/messages.ts";
import type { Store } from "../lab/store.ts";
import type { PageKey, Raw } from "../state/config.ts";
import { isLessonKey, type Lesson, reached } from "../state/lesson.ts";
import { asksForText } from "../state/texts.ts";
import { nearestWords, OWN, saidWords, strictWords } from "./asked.ts";
import type { Bits, Taste } from "./contract.ts";
import "./dgm-words.ts";
import { WordsLab } from "./lab.ts";
import { metricsOf } from "./metrics.ts";
import { exported } from "./take.ts";

/** What one call writes: texts, and characters of each. */
const MOST_TEXTS = 100;
const MOST_CHARACTERS = 10_000;
const USUAL_CHARACTERS = 200;

/** The element that it stands in. */
export interface Host {
  readonly element: LitElement;
  /** What is said about the page, and asked by a lesson. */
  readonly store: Store;
  readonly dark: () => boolean;
  emit(name: string, detail: unknown): void;
  setPage(page: Partial<Record<PageKey, string>>): Promise<void>;
  /** It is ready again once this is done. */
  readyAfter(work: Promise<void>): void;
  /** Learns points again. */
  leave(asked: Raw): Promise<void>;
}

export interface TextSampling extends Taste {
  prompt?: string;
  /** Characters of each. */
  length?: number;
}

export class WordsFigure {
  readonly #host: Host;
  readonly #lab: WordsLab;
  #goal: Lesson["goal"];
  #version = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#lab = new WordsLab({
      changed: () => host.element.requestUpdate(),
      stepped: ({ step, losses }) => host.emit("step", { step, losses }),
      scored: (bits) => this.#scored(bits),
      configured: () => {
        this.#goal = host.store.course.lesson.goal;
        host.emit("config", this.config);
      },
      failed: ({ code, message }) => host.emit("error", { code, message }),
    });
  }

  /** Settles when the passage is shown; what cannot be used is left out and told. */
  async open(raw: Raw): Promise<void> {
    const lab = this.#lab;
    const { lang, course } = this.#host.store;
    const { lesson } = course;
    lab.catalogue = await lab.fetch();
    const settings = Object.fromEntries(Object.entries(raw).filter(([key]) => !isLessonKey(key)));
    const { patch, dropped, prompt } = nearestWords(lab.catalogue, settings, lang);
    lab.prompt = prompt ?? "";
    lab.stopAt = lesson.stopAt;
    this.#goal = lesson.goal;
    await lab.configure(patch);
    this.#shadow();
    for (const key of ["show", "speed"]) {
      if (raw[key] !== undefined) dropped.push({ key, value: raw[key], used: "", known: "" });
    }
    if (dropped.length > 0)
      this.#host.emit("warning", { code: "dropped", message: droppedMessage(dropped)(strings("en")) });
    if (raw.data === OWN && !(lesson.startAt instanceof URL))
      lab.fail(new LabError("own_text_gone", "A text of the reader's own is in no address: give it again."));
    await this.#comeTo(lesson.startAt).catch((error) => lab.fail(errorFrom(error)));
    this.#host.emit("backend", { backend: "cpu", adapter: "", reason: "asked" });
  }

  async #comeTo(start: Lesson["startAt"]): Promise<void> {
    if (start instanceof URL) await this.#lab.restore(new Uint8Array(await (await fetchFile(start)).arrayBuffer()));
    else if (start) await this.#lab.steps(start);
  }

  /** The view has the lab as it is: it is told that something changed by another number. */
  render(): unknown {
    const { element, store } = this.#host;
    const tools = html`<span class="tools" slot="tools">${languageSwitch(store)}${themeSwitch(store, this.#host.dark)}</span>`;
    return html`<dgm-words .lab=${this.#lab} .version=${++this.#version} .lang=${store.lang} .controls=${store.controls} .caption=${store.course.lesson.caption} .figure=${element}>${tools}</dgm-words>`;
  }

  fail(error: LabError): void {
    this.#lab.fail(error);
  }

  get playing(): boolean {
    return this.#lab.playing;
  }

  get at(): number {
    return this.#lab.step;
  }

  play(): void {
    this.#lab.play();
  }

  pause(): Promise<void> {
    return this.#lab.pause();
  }

  wake(): void {
    this.#lab.wake();
  }

  rest(): Promise<void> {
    return this.#lab.rest();
  }

  forget(): Promise<void> {
    return this.#lab.forget();
  }

  /** A text that was dropped or pasted. */
  async take(source: string | Blob): Promise<void> {
    await this.#lab.guarded(async () => this.#lab.setText(typeof source === "string" ? source : await source.text()));
  }

  // What the contract calls, by its names.

  get catalogue(): unknown {
    const { catalogue } = this.#lab;
    return catalogue && { families: [], presets: [], metrics: [], data: catalogue.passages, models: catalogue.models };
  }

  get config(): Record<string, string | number> {
    const { applied, catalogue, prompt } = this.#lab;
    const model = catalogue?.models.find(({ id }) => id === applied?.config.model);
    const said = applied && model ? saidWords(applied.config, model) : { data: "", model: "", seed: 0 };
    const { backend, lang, controls, theme } = this.#host.store;
    return { ...said, ...(prompt && { prompt }), backend, lang, controls, theme };
  }

  get history(): unknown {
    return this.#lab.history;
  }

  get panels(): unknown {
    const { applied, step, history } = this.#lab;
    return applied ? [{ config: this.config, step, metrics: metricsOf(this.#lab), history }] : [];
  }

  /** Throws where a key or a value is not known, and then changes nothing. */
  configure(asked: Record<string, unknown>): Promise<void> {
    const lab = this.#lab;
    if (asked.data !== undefined && !asksForText(asked)) return this.#leave(asked);
    const { patch, page, prompt } = strictWords(lab.catalogue!, lab.applied!.config, asked);
    if (prompt !== undefined) lab.prompt = prompt;
    const work = async () => {
      await Promise.all([this.#host.setPage(page), Object.keys(patch).length > 0 ? lab.configure(patch) : undefined]);
      this.#host.element.requestUpdate();
    };
    return work();
  }

  async step(n = 1): Promise<{ step: number; losses: number[] }> {
    const { step, losses } = await this.#lab.steps(wholeNumber(n, Number.MAX_SAFE_INTEGER));
    return { step, losses };
  }

  reset(): Promise<void> {
    return this.#lab.reset();
  }

  /** Bits per character of all that is kept back, and what tables of counts need for it. */
  async evaluate(): Promise<Metric[]> {
    await this.#lab.evaluate();
    return metricsOf(this.#lab);
  }

  /** Texts that go on from the prompt, without it. */
  async sample(
    n: number,
    { prompt = this.#lab.prompt, length = USUAL_CHARACTERS, seed = 1, ...taste }: TextSampling = {},
  ): Promise<string[]> {
    const [count, most] = [wholeNumber(n, MOST_TEXTS), wholeNumber(length, MOST_CHARACTERS)];
    const texts: string[] = [];
    // Each has a seed of its own, or all would be one text.
    for (let i = 0; i < count; i++)
      texts.push(await this.#lab.ask("write", prompt, most, { ...taste, seed: seed + i }));
    return texts;
  }

  /** log P of each character of a text in nats, and what all of it costs in bits. */
  async logProb(text: unknown): Promise<{ kind: "exact"; values: Float32Array; bits: number }> {
    if (typeof text !== "string")
      throw new LabError("bad_request", "A figure of texts says log P of a text: give it as a string.");
    const values = await this.#lab.ask("logProb", text);
    return { kind: "exact", values, bits: -values.reduce((sum, nats) => sum + nats, 0) / Math.LN2 };
  }

  async setData(given: { text?: unknown }): Promise<void> {
    if (typeof given?.text !== "string")
      throw new LabError("bad_request", "A figure of texts learns { text }: give it as a string.");
    await this.#lab.setText(given.text);
  }

  async snapshot(): Promise<Uint8Array> {
    return (await this.#lab.ask("snapshot")).slice();
  }

  restore(bytes: Uint8Array): Promise<void> {
    return this.#lab.restore(bytes);
  }

  export(kind: string): Promise<Blob> {
    return exported(this.#lab, kind, this.config);
  }

  async #leave(asked: Record<string, unknown>): Promise<void> {
    const { element } = this.#host;
    this.#lab.close();
    for (const name of SHADOWED) Reflect.deleteProperty(element, name);
    await this.#host.leave(Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, String(value)])));
  }

  #scored(bits: Bits): void {
    const last = this.#lab.history.at(-1) as { metrics?: unknown } | undefined;
    const metrics = metricsOf(this.#lab);
    if (last) last.metrics = metrics.slice(0, 1);
    const goal = this.#goal;
    if (goal?.id !== "bits" || !reached(goal, bits.value)) return;
    this.#goal = undefined;
    this.#host.emit("goal", { id: goal.id, value: bits.value, step: this.#lab.step });
  }

  /** An object's own properties stand before those of its class. */
  #shadow(): void {
    const own = (name: string, get: () => unknown, set?: (value: never) => void) =>
      Object.defineProperty(this.#host.element, name, { configurable: true, get, ...(set && { set }) });
    for (const name of LAB_CALLS) {
      if (!SHADOWED.includes(name)) continue;
      const call =
        name in this
          ? (this as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!.bind(this)
          : none(name);
      own(
        name,
        () =>
          (...args: unknown[]) =>
            this.#asked(async () => call(...args)),
      );
    }
    for (const name of ["catalogue", "history", "panels"] as const) own(name, () => this[name]);
    own(
      "config",
      () => this.config,
      (asked: Record<string, unknown>) => this.#assign(asked),
    );
  }

  #assign(asked: Record<string, unknown>): void {
    try {
      const work = this.configure(asked);
      work.catch((error) => this.#lab.fail(errorFrom(error)));
      this.#host.readyAfter(work);
    } catch (error) {
      this.#lab.fail(errorFrom(error));
      throw error;
    }
  }

  /** A refused call is told to the caller and shown on the page. */
  async #asked<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      const error = errorFrom(cause);
      this.#lab.fail(error);
      throw error;
    }
  }
}

/** Whether it plays is the element's own affair, which remembers it. */
const SHADOWED: readonly string[] = [
  ...LAB_CALLS.filter((name) => name !== "play" && name !== "pause"),
  "catalogue",
  "config",
  "history",
  "panels",
];

/** What points have and a text has not. */
const none = (name: string) => () => {
  throw new LabError("not_of_texts", `A figure of texts has no ${name}().`);
};
