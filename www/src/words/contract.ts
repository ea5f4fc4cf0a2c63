/** Every call to an engine of texts, once: worker and client are typed and listed from it. Its shapes are those of `src/wasm/words.rs`. */
import type { Reply } from "../engine/contract.ts";
import type { HistoryRow, ParamSpec, StepReport, Text } from "../engine/types.ts";

export interface PassageSpec {
  id: string;
  file: string;
  label: Text;
  help: Text;
  year: number;
}

export interface LanguageSpec {
  id: string;
  label: Text;
  help: Text;
  formula: string;
  paper: string;
  year: number;
  arxiv: string;
  attends: boolean;
  params: ParamSpec[];
}

export interface WordsCatalogue {
  passages: PassageSpec[];
  models: LanguageSpec[];
}

export interface WordsConfig {
  text: string;
  model: string;
  seed: number;
  params: Record<string, number>;
}

export interface WordsApplied {
  config: WordsConfig;
  restarted: boolean;
  step: number;
  characters: number;
  vocabulary: number;
}

export type Part = "training" | "choosing" | "held_out";

/** Bits per character: of the model, or of "ngram-2" to "ngram-5". */
export interface Bits {
  id: string;
  value: number;
  stderr: number;
  characters: number;
}

/** How a character is chosen; `top_k` 0 and `top_p` 1 leave all of them. */
export interface Taste {
  temperature?: number;
  top_k?: number;
  top_p?: number;
  seed?: number;
}

export interface Cursor {
  /** The likeliest first; "\ufffd" stands for all characters without a token. */
  next: { character: string; probability: number }[];
  /** In bits. */
  entropy: number;
  /** Of each head, its shares of the last characters; empty for a model that does not look back. */
  attention: number[][];
}

export interface Surprise {
  text: string;
  /** Of each character, that is code point, of the text. */
  bits: Float32Array;
}

/** The class of the artefact. */
export interface WordsEngine {
  provide(id: string, text: string): void;
  setText(text: string): Promise<WordsApplied>;
  configure(patch: Partial<WordsConfig>): Promise<WordsApplied>;
  step(n: number): Promise<StepReport>;
  evaluate(part: Part, most: number): Promise<Bits>;
  floors(part: Part, most: number): Promise<Bits[]>;
  surprise(start: number, length: number): Promise<Surprise>;
  /** log P in nats of each character. */
  logProb(text: string): Promise<Float32Array>;
  cursor(before: string, most: number): Promise<Cursor>;
  write(prompt: string, n: number, taste: Taste): Promise<string>;
  history(): HistoryRow[];
  reset(): Promise<WordsApplied>;
  snapshot(): Promise<Uint8Array>;
  restore(bytes: Uint8Array): Promise<WordsApplied>;
}

export const WORDS_CALLS = [
  "setText",
  "configure",
  "step",
  "evaluate",
  "floors",
  "surprise",
  "logProb",
  "cursor",
  "write",
  "history",
  "reset",
  "snapshot",
  "restore",
] as const satisfies (keyof WordsEngine)[];

export type WordsCall = (typeof WORDS_CALLS)[number];
export type WordsArgs<K extends WordsCall> = Parameters<WordsEngine[K]>;
export type WordsResult<K extends WordsCall> = Awaited<ReturnType<WordsEngine[K]>>;

/** Calls that run beside others: they hold the engine no longer than they take to begin. */
export const WORDS_ASIDE: readonly WordsCall[] = ["evaluate", "floors"];

export interface WordsWorkerCalls {
  open(site: string): WordsCatalogue;
  ask<K extends WordsCall>(call: K, args: WordsArgs<K>): WordsResult<K>;
}

export type WordsWorkerApi = {
  [K in keyof WordsWorkerCalls]: (
    ...args: Parameters<WordsWorkerCalls[K]>
  ) => Promise<Reply<ReturnType<WordsWorkerCalls[K]>>>;
};
