/** What lives on the page of texts: one session, its loop, and what is known of it. No HTML. */
import { errorFrom, type LabError } from "../engine/errors.ts";
import { Newest } from "../engine/queue.ts";
import { WordsClient } from "./client.ts";
import type { Bits, Cursor, Surprise, Taste, WordsApplied, WordsCatalogue, WordsConfig } from "./contract.ts";

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

export class WordsLab {
  catalogue: WordsCatalogue | undefined;
  applied: WordsApplied | undefined;
  error: LabError | undefined;
  playing = false;
  step = 0;
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
  readonly #changed: () => void;
  #looked = 0;
  #lookMs = 0;
  #scored = 0;
  #run = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async open(patch: Partial<WordsConfig>): Promise<void> {
    await this.#guarded(async () => {
      this.catalogue = await this.#client.open();
      this.#began((await this.#client.ask("configure", patch)).value);
      await this.#restart();
    });
  }

  configure(patch: Partial<WordsConfig>): Promise<void> {
    return this.#guarded(async () => {
      const applied = (await this.#client.ask("configure", patch)).value;
      this.#began(applied);
      if (applied.restarted) await this.#restart();
    });
  }

  setText(text: string): Promise<void> {
    return this.#guarded(async () => {
      this.#began((await this.#client.ask("setText", text)).value);
      await this.#restart();
    });
  }

  reset(): Promise<void> {
    return this.#guarded(async () => {
      this.#began((await this.#client.ask("reset")).value);
      await this.#restart();
    });
  }

  play(): void {
    if (this.playing || !this.applied) return;
    this.playing = true;
    this.#changed();
    void this.#guarded(() => this.#learn());
  }

  pause(): void {
    this.playing = false;
    this.#changed();
  }

  /** Puts another part of the held-out passage in view; `by` in characters. */
  turn(by: number): void {
    const { characters } = this.applied!;
    const first = Math.floor((characters * 9) / 10);
    this.start = Math.max(first, Math.min(characters - Math.min(SHOWN, characters - first), this.start + by));
    void this.#guarded(() => this.look());
  }

  point(at: number): void {
    this.cursorAt = at;
    this.#changed();
    void this.#guarded(() => this.look());
  }

  /** The characters before the cursor: those in view. */
  get before(): string {
    return [...(this.passage?.text ?? "")].slice(0, this.cursorAt).join("");
  }

  async write(prompt: string, taste: Taste, most: number): Promise<void> {
    this.written = "";
    this.writing = true;
    this.#changed();
    await this.#guarded(async () => {
      for (let n = 0; this.writing && n < most; n += PIECE) {
        // Each piece has a seed of its own, or all would make the same choices.
        const seed = ((taste.seed ?? 1) * 7919 + n) >>> 0;
        const ask = this.#client.ask("write", prompt + this.written, PIECE, { ...taste, seed });
        this.written += (await ask).value;
        this.#changed();
      }
    });
    this.writing = false;
    this.#changed();
  }

  close(): void {
    this.playing = this.writing = false;
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

  #began(applied: WordsApplied): void {
    this.applied = applied;
    this.step = applied.step;
    this.error = undefined;
  }

  async #restart(): Promise<void> {
    this.#run++;
    this.bits = undefined;
    this.#scored = 0;
    this.start = Math.floor((this.applied!.characters * 9) / 10);
    this.#changed();
    await this.look();
    await this.#count();
  }

  async #count(): Promise<void> {
    const run = this.#run;
    const { value } = await this.#client.ask("floors", "held_out", SCORED);
    if (run === this.#run) this.floors = value;
    this.#changed();
  }

  async #learn(): Promise<void> {
    let stepMs = 0;
    while (this.playing) {
      const n = stepMs === 0 ? 1 : Math.max(1, Math.floor(TURN_MS / stepMs));
      const { value, ms } = await this.#client.ask("step", n);
      stepMs = ms / n;
      this.step = value.step;
      this.#changed();
      const now = performance.now();
      if (now - this.#looked > Math.max(PICTURE_MS, this.#lookMs / PICTURE_SHARE)) await this.look();
      if (now - this.#scored > SCORE_MS) {
        this.#scored = now;
        void this.#guarded(() => this.#score());
      }
    }
    await this.look();
  }

  /** Beside learning. */
  async #score(): Promise<void> {
    const run = this.#run;
    const { value } = await this.#client.ask("evaluate", "held_out", SCORED);
    if (run === this.#run) this.bits = value;
    this.#changed();
  }

  async #guarded(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.error = errorFrom(error);
      this.playing = this.writing = false;
      this.#changed();
    }
  }
}
