/** `<dgm-lab>`: a deep generative model that learns on the page. */
import type {
  Act,
  Catalogue,
  DensityKind,
  Ellipse,
  Fill,
  Metric,
  Numbers,
  Path,
  Probe,
  Shaped,
  Slice,
  Slow,
} from "./core.js";

export type { Act, Catalogue, DensityKind, Ellipse, Fill, Metric, Numbers, Path, Probe, Shaped, Slice, Slow };

/** By ids of the catalogue: data, model, seed, a preset, any setting of the model; and what is about the page. */
export interface LabConfig {
  data?: string;
  model?: string;
  preset?: string;
  seed?: number | string;
  /** Of a figure of texts: what writing begins with. */
  prompt?: string;
  backend?: "auto" | "cpu" | "webgpu";
  lang?: "en" | "zh";
  controls?: "none" | "basic" | "all";
  theme?: "auto" | "light" | "dark";
  [setting: string]: unknown;
}

export interface LabStep {
  step: number;
  /** In the order of the model's losses; the first is the one that is minimised. */
  losses: number[];
}

export interface LabHistoryRow extends LabStep {
  /** Time spent on steps since the start. */
  seconds: number;
  metrics?: Pick<Metric, "id" | "value" | "stderr" | "floor" | "kind">[];
}

export type LabData =
  /** `labels`: the class of each point, from 0. */
  | { points: ArrayLike<number>; dim: number; labels?: ArrayLike<number> }
  | { mixture: Ellipse[] }
  | {
      text: string;
      columns?: (string | number)[];
      /** The column that says of which class each row is; false for none. */
      classes?: string | number | false;
      decimal?: "." | ",";
      missing?: number | number[];
      scale?: "auto" | "one" | "each";
      spread?: "auto" | "none";
      smooth?: "auto" | "none";
    };

/** How characters are chosen where a text is written on. */
export interface TextSampling {
  /** What comes before; the figure's own `prompt` where nothing is said. */
  prompt?: string;
  /** Characters of each text; 200 where nothing is said, at most 10,000. */
  length?: number;
  /** 1 takes the model at its word; towards 0 only the likeliest is left. */
  temperature?: number;
  /** How many of the likeliest may be chosen; 0 for all. */
  top_k?: number;
  /** Share of the likeliest that may be chosen; 1 for all. */
  top_p?: number;
  seed?: number;
}

/** One of several models side by side. */
export interface LabPanel {
  config: Record<string, string | number>;
  step: number;
  metrics: Metric[];
  history: LabHistoryRow[];
}

/**
 * Everything rejects with `{ code, message }`; the code is stable. Where `data` is a text (`austen`, `sanguo`, or `own-text`, which `setData({ text })`
 * gives) it is learned by `gru` or `transformer`; what points alone have is then refused with `not_of_texts`.
 */
export interface DgmLab extends HTMLElement {
  /** Settles when the engine runs and the first picture is drawn. */
  readonly ready: Promise<void>;
  readonly catalogue: Catalogue | undefined;
  get config(): Record<string, string | number>;
  /** Throws where a key or a value is not known, and then changes nothing. */
  set config(asked: LabConfig);
  readonly history: LabHistoryRow[];
  /** Models side by side as they stand; one where nothing is compared. */
  readonly panels: LabPanel[];
  readonly playing: boolean;
  configure(asked: LabConfig): Promise<void>;
  play(): void;
  pause(): Promise<void>;
  reset(): Promise<void>;
  step(n?: number): Promise<LabStep>;
  evaluate(): Promise<Metric[]>;
  /**
   * Where points, row by row, stand on their way through the model: data on the way to their latents, or latents on the way to data. Behind every
   * layer of a flow, at every step of a solver's time; of a model that encodes, the code, its deviations, and what is restored of the data.
   */
  path(points: ArrayLike<number>, toward?: "latent" | "data"): Promise<Path>;
  /**
   * All that the model says of points, given row by row: log-density beside the true one, energy, logit, slope, the conditional of a chain, the
   * nearest training pictures, and the way to the latents.
   */
  probe(points: ArrayLike<number>): Promise<Probe>;
  /** At most `n` points that were kept back from learning, row by row, with their classes where points are told apart. */
  heldOut(n: number): Promise<{ dim: number; points: Numbers; labels?: Uint8Array }>;
  /**
   * The density of one coordinate of the plane where the other, `given` (0, x1, unless told otherwise), is `at`, beside that of the data. `kind` says
   * whether it is a chain's own factor ("exact"), the joint density over its sum along the line ("quadrature"), or the same of a bound ("bound").
   */
  slice(at: number, given?: 0 | 1): Promise<Slice>;
  /**
   * `n` (6, at most 64) draws of the coordinates of `point` whose place in `known` holds 0, given those whose place holds 1: of a digit its missing
   * half. `exact` says whether they are draws of the model's own conditional; `way` how they came about. The same seed draws the same.
   */
  fill(point: ArrayLike<number>, known: ArrayLike<number | boolean>, n?: number, seed?: number): Promise<Fill>;
  /**
   * Points of P(x), or of the classes `condition`: a number counted from 0, a name, or several joined by "or", or by "and" and "not", as in
   * "0 and 3 not 4".
   */
  sample(n: number, options?: { condition?: number | string | null }): Promise<Shaped>;
  /** Of a figure of texts: up to 100 texts that go on from the prompt, without it. */
  sample(n: number, options: TextSampling): Promise<string[]>;
  /** Of a figure of texts: log P of each character, code point by code point, in nats, and what all of the text costs in bits. */
  logProb(text: string): Promise<{ kind: "exact"; values: Float32Array; bits: number }>;
  /** log P(x), or that of the classes `condition`, in nats. */
  logProb(
    points: ArrayLike<number>,
    options?: { condition?: number | string | null },
  ): Promise<{ kind: DensityKind; values: Float32Array }>;
  /** log P(y|x) in nats for every class, row by row, of a conditional model with a density. */
  classify(points: ArrayLike<number>): Promise<{ classes: number; values: Float32Array }>;
  setData(data: LabData): Promise<void>;
  /** A file of what is here, by its kind: "history", "samples", "png", "weights", "session" and others. */
  export(kind: string): Promise<Blob>;
  /** An experiment over lists of settings, in workers of its own; a row for each run. */
  sweep(asked: Record<string, unknown>, options?: { signal?: AbortSignal; anew?: boolean }): Promise<object[]>;
  /** Steps that can be gone to, rising; the present is one of them. */
  timeline(): Promise<number[]>;
  /** Stands where the run stood at `step`, or at the last step before it that is kept. */
  go(step: number): Promise<{ step: number }>;
  /** What another figure needs to go on from `step`. */
  branch(step: number): Promise<{ settings: Record<string, string | number>; snapshot: Uint8Array }>;
  /** Half a step of a GAN, the discriminator's or the generator's. */
  halfStep(): Promise<LabStep | undefined>;
  /**
   * What the next step, or the half of one that is left, is going to do: the batch that it draws, what it makes of noise, its losses, where these
   * fall fastest, and what the update changes. Looking changes nothing, and the step then does just that.
   */
  slow(): Promise<Slow>;
  snapshot(): Promise<Uint8Array>;
  restore(bytes: Uint8Array | ArrayBuffer): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "dgm-lab": DgmLab;
  }
  /** They bubble, out of shadow trees too. */
  interface GlobalEventHandlersEventMap {
    "lab-ready": CustomEvent<{ backend: string }>;
    "lab-step": CustomEvent<LabStep>;
    "lab-state": CustomEvent<{ state: "playing" | "paused" | "resting"; step: number }>;
    "lab-goal": CustomEvent<{ id: string; value: number; step: number }>;
    "lab-warning": CustomEvent<{ code: string; message: string }>;
    "lab-error": CustomEvent<{ code: string; message: string }>;
    "lab-backend": CustomEvent<{ backend: string; adapter: string; reason: string }>;
  }
}
