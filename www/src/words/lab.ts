/** What lives in a figure of texts: one session, its loop, and what is known of it. No HTML. */
import { errorFrom, type LabError } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import type { HistoryRow, StepReport } from "../engine/types.ts";
import { WordsClient } from "./client.ts";
import type {
  Bits,
  Cursor,
  Surprise,
  Taste,
  WordsApplied,
  WordsArgs,
  WordsCall,
  WordsCatalogue,
  WordsConfig,
  WordsResult,
} from "./contract.ts";

/** A turn of learning, after which others have theirs. */
const TURN_MS = 60;
/** A picture is never younger than this, and takes no larger share of the time. */
const PICTURE_MS = 1200;
const PICTURE_SHARE = 0.2;
/** Scores are of at most so many characters, again after at least this long. */
const SCORED = 8000;
const SCORE_MS = 12_000;
/** Characters in view. */
export const SHOWN = 480;
const LIKELY = 8;
/** Characters written between two looks at the page. */
const PIECE = 6;

/** As many characters as a part has. */
const ALL = 2 ** 31 - 1;

/** Who is told. */
export interface WordsHost {
  changed(): void;
  stepped?(report: StepReport): void;
  scored?(bits: Bits): void;
  configured?(): void;
  failed?(error: LabError): void;
}

export class WordsLab {
  catalogue: WordsCatalogue | undefined;
  applied: WordsApplied | undefined;
  error: LabError | undefined;
  playing = false;
  /** What is out of view does not learn. */
  awake = true;
  /** The step at which it pauses by itself. */
  stopAt = Number.POSITIVE_INFINITY;
  /** What writing begins with. */
  prompt = "";
  step = 0;
  history: HistoryRow[] = [];
  bits: Bits | undefined;
  floors: Bits[] = [];
  /** Where the passage in view begins, and the character before which the cursor stands, from there. */
  start = 0;
  cursorAt = 40;
  passage: Surprise | undefined;
  cursor: Cursor | undefined;
  written = "";
  writing = false;
  readonly #client = new WordsClient();
  readonly #looks = new Newest();
  readonly #host: WordsHost;
  #learning: Promise<void> | undefined;
  #looked = 0;
  #lookMs = 0;
  #scored = 0;
  #run = 0;

  constructor(host: WordsHost) {
    this.#host = host;
  }

  /** What can be chosen, from an engine that is fetched for it. */
  fetch(): Promise<WordsCatalogue> {
    return this.#client.open();
  }

  /** An answer of the engine. */
  async ask<K extends WordsCall>(call: K, ...args: WordsArgs<K>): Promise<WordsResult<K>> {
    return (await this.#client.ask(call, ...args)).value;
  }

  async configure(patch: Partial<WordsConfig>): Promise<void> {
    const applied = await this.ask("configure", patch);
    if (applied.restarted) return this.#begin(applied);
    this.#know(applied);
    this.#host.configured?.();
  }

  /** What the reader chose on the page. */
  try(patch: Partial<WordsConfig>): void {
    void this.guarded(() => this.configure(patch));
  }

  async setText(text: string): Promise<void> {
    await this.#begin(await this.ask("setText", text));
  }

  async reset(): Promise<void> {
    await this.#begin(await this.ask("reset"));
  }

  async restore(bytes: Uint8Array): Promise<void> {
    await this.#begin(await this.ask("restore", bytes.slice()));
  }

  play(): void {
    this.playing = true;
    this.#changed();
    this.wake();
  }

  /** Settles when the step under way is over. */
  async pause(): Promise<void> {
    this.playing = false;
    this.#changed();
    await this.#learning;
  }

  wake(): void {
    this.awake = true;
    if (!this.playing || !this.applied || this.#learning) return;
    this.#learning = this.guarded(() => this.#learn()).finally(() => {
      this.#learning = undefined;
      this.#changed();
      // It was told to go on while it came to rest.
      if (this.playing && this.awake) this.wake();
    });
  }

  async rest(): Promise<void> {
    this.awake = false;
    await this.#learning;
  }

  /** Gives its worker back, and goes on in another where it stood when something is asked of it. */
  async forget(): Promise<void> {
    if (!this.applied) return;
    await this.rest();
    await this.ask("snapshot");
    this.#run++;
    this.#client.close();
  }

  async steps(n: number): Promise<StepReport> {
    const report = await this.ask("step", n);
    this.#stepped(report);
    await this.look();
    return report;
  }

  /** Of all that is kept back. */
  async evaluate(): Promise<Bits[]> {
    const [bits, floors] = await Promise.all([
      this.ask("evaluate", "held_out", ALL),
      this.ask("floors", "held_out", ALL),
    ]);
    this.bits = bits;
    this.floors = floors;
    this.#measured();
    return [bits, ...floors];
  }

  /** Puts another part of the held-out passage in view; `by` in characters. */
  turn(by: number): void {
    const { characters } = this.applied!;
    const first = Math.floor((characters * 9) / 10);
    this.start = Math.max(first, Math.min(characters - Math.min(SHOWN, characters - first), this.start + by));
    void this.guarded(() => this.look());
  }

  point(at: number): void {
    this.cursorAt = at;
    this.#changed();
    void this.guarded(() => this.look());
  }

  /** The characters before the cursor: those in view. */
  get before(): string {
    return [...(this.passage?.text ?? "")].slice(0, this.cursorAt).join("");
  }

  async write(taste: Taste, most: number): Promise<void> {
    const { prompt } = this;
    this.written = "";
    this.writing = true;
    this.#changed();
    await this.guarded(async () => {
      for (let n = 0; this.writing && n < most; n += PIECE) {
        // Each piece has a seed of its own, or all would make the same choices.
        const seed = ((taste.seed ?? 1) * 7919 + n) >>> 0;
        this.written += await this.ask("write", prompt + this.written, PIECE, { ...taste, seed });
        this.#changed();
      }
    });
    this.writing = false;
    this.#changed();
  }

  close(): void {
    this.playing = this.writing = false;
    this.#run++;
    this.#client.close();
  }

  /** Surprise of the passage and what is expected at the cursor, as the model is now. */
  look(): Promise<void> {
    return this.#looks.run(async () => {
      const { characters } = this.applied!;
      const surprise = await this.#client.ask("surprise", this.start, Math.min(SHOWN, characters - this.start));
      this.passage = surprise.value;
      this.cursorAt = Math.max(1, Math.min(this.cursorAt, surprise.value.bits.length));
      const cursor = await this.#client.ask("cursor", this.before, LIKELY);
      this.cursor = cursor.value;
      this.#lookMs = surprise.ms + cursor.ms;
      this.#looked = performance.now();
      this.#changed();
    });
  }

  #changed(): void {
    this.#host.changed();
  }

  #know(applied: WordsApplied): void {
    this.applied = applied;
    this.step = applied.step;
    this.error = undefined;
    this.#changed();
  }

  /** Another model, or another state of it. */
  async #begin(applied: WordsApplied): Promise<void> {
    this.#run++;
    this.#know(applied);
    this.bits = undefined;
    this.#scored = 0;
    this.start = Math.floor((applied.characters * 9) / 10);
    this.history = [...(await this.ask("history"))];
    this.#host.configured?.();
    await this.look();
    await this.#count();
  }

  async #count(): Promise<void> {
    const run = this.#run;
    const floors = await this.ask("floors", "held_out", SCORED);
    if (run === this.#run) this.floors = floors;
    this.#changed();
  }

  #stepped(report: StepReport): void {
    this.step = report.step;
    if (report.losses.length > 0) this.history.push(report);
    this.#changed();
    this.#host.stepped?.(report);
  }

  async #learn(): Promise<void> {
    let stepMs = 0;
    while (this.playing && this.awake && this.step < this.stopAt) {
      const n = Math.min(stepMs === 0 ? 1 : Math.max(1, Math.floor(TURN_MS / stepMs)), this.stopAt - this.step);
      const { value, ms } = await this.#client.ask("step", n);
      stepMs = ms / n;
      this.#stepped(value);
      const now = performance.now();
      if (now - this.#looked > Math.max(PICTURE_MS, this.#lookMs / PICTURE_SHARE)) await this.look();
      if (now - this.#scored > SCORE_MS) {
        this.#scored = now;
        void this.guarded(() => this.#score());
      }
    }
    if (this.step >= this.stopAt) this.playing = false;
    await this.look();
  }

  /** Beside learning. */
  async #score(): Promise<void> {
    const run = this.#run;
    const bits = await this.ask("evaluate", "held_out", SCORED).catch((error) => {
      // Who began anew, or left, does not wait for it.
      if (run === this.#run) throw error;
    });
    if (!bits || run !== this.#run) return;
    this.bits = bits;
    this.#measured();
  }

  #measured(): void {
    this.#changed();
    this.#host.scored?.(this.bits!);
  }

  /** What the reader asked for on the page: a refusal is said there. */
  async guarded(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.playing = this.writing = false;
      this.fail(errorFrom(error));
    }
  }

  fail(error: LabError): void {
    this.error = error;
    this.#changed();
    this.#host.failed?.(error);
  }
}
