/** The shapes that cross from the wasm core, under names that shadow nothing of the browser's. */
export type {
  Applied,
  Bounds,
  Catalogue,
  Config,
  DataSpec,
  DensityKind,
  Diagnosis,
  Ellipse,
  Engine,
  Family,
  FamilySpec,
  FieldKind,
  Frame,
  FrameRequest,
  HistoryRow,
  MetricGroup,
  ModelSpec,
  ParamSpec,
  Patch,
  Preset,
  Skipped,
  StepReport,
  Text,
} from "./generated/cpu/dgm.js";

import type * as Core from "./generated/cpu/dgm.js";

/** A score, and how well what a perfect model scores is itself known, which an older engine does not say. */
export type Metric = Core.Metric & { floor_stderr?: number };

/** Points and the box to draw them in. */
export type DataPicture = ReturnType<Core.Engine["data"]>;

/** Data of the reader's own, as they were given. */
export type OwnData = { points: Float32Array; dim: number } | { text: string } | { mixture: Core.Ellipse[] };

/** What came of such data: points read from a text are given back for whoever must set them again. */
export interface Taken {
  applied: Core.Applied;
  skipped?: Core.Skipped;
  points?: Float32Array;
  dim?: number;
}

export type Backend = "auto" | "cpu" | "webgpu";
/** The two wasm artefacts; `gpu` can also run on the CPU, `cpu` cannot run on the GPU. */
export type Artefact = "cpu" | "gpu";
