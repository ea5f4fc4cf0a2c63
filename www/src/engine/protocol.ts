/** What the page may ask of a worker. One worker holds one engine; calls are answered in the order they came. */
import type { Failure } from "./errors.ts";
import type {
  Applied,
  Artefact,
  Catalogue,
  DataPicture,
  DensityKind,
  Diagnosis,
  Frame,
  FrameRequest,
  HistoryRow,
  Metric,
  OwnData,
  OwnKept,
  Patch,
  Shaped,
  StepReport,
  Taken,
} from "./types.ts";

/** Comlink keeps only an error's message, so failures travel as values and keep their code. */
export type Reply<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface Opened {
  backend: string;
  adapter: string;
  catalogue: Catalogue;
}

export interface Adapter {
  usable: boolean;
  software: boolean;
  name: string;
  /** Why it cannot be used; a key of the page's texts. */
  reason: "no_webgpu" | "no_adapter" | "software_adapter" | "no_timestamp_query" | "";
}

/** What a call gave, and how long the engine took over it. */
export interface Timed<T> {
  value: T;
  ms: number;
}

export interface WorkerApi {
  probe(allowSoftware: boolean): Promise<Reply<Adapter>>;
  open(artefact: Artefact, backend: "cpu" | "webgpu"): Promise<Reply<Opened>>;
  preview(ids: string[], n: number, seed: number): Promise<Reply<DataPicture[]>>;
  configure(patch: Patch): Promise<Reply<Applied>>;
  setData(own: OwnData): Promise<Reply<Taken>>;
  /** The reader's own columns as the engine has them, also those of a restored snapshot. */
  ownData(): Promise<Reply<OwnKept | undefined>>;
  data(n: number): Promise<Reply<DataPicture>>;
  step(n: number): Promise<Reply<Timed<StepReport>>>;
  frame(request: FrameRequest): Promise<Reply<Timed<Frame>>>;
  evaluate(points: number): Promise<Reply<Timed<Metric[]>>>;
  diagnose(): Promise<Reply<Diagnosis[]>>;
  sample(n: number): Promise<Reply<Shaped>>;
  logProb(points: Float64Array): Promise<Reply<{ kind: DensityKind; values: Float32Array }>>;
  history(): Promise<Reply<HistoryRow[]>>;
  reset(): Promise<Reply<Applied>>;
  snapshot(): Promise<Reply<Uint8Array>>;
  restore(bytes: Uint8Array): Promise<Reply<Applied>>;
}
