/** The shapes that cross from the wasm core, under names that shadow nothing of the browser's. */
export type {
  Act,
  Applied,
  Bounds,
  Catalogue,
  Config,
  DataNote,
  DataSpec,
  DensityKind,
  Diagnosis,
  Ellipse,
  Engine,
  Family,
  FamilySpec,
  FieldKind,
  Fill,
  Frame,
  FrameRequest,
  HistoryRow,
  Metric,
  MetricGroup,
  ModelSpec,
  Numbers,
  ParamSpec,
  Patch,
  Path,
  Preset,
  Probe,
  Shaped,
  Slice,
  Slow,
  StepReport,
  Text,
  Weights,
} from "./generated/cpu/dgm.js";

import type * as Core from "./generated/cpu/dgm.js";

/** Points and the box to draw them in. */
export type DataPicture = ReturnType<Core.Engine["data"]>;

/** What the core computes without a model. */
export type Sums = Pick<typeof Core, "explainBars" | "explainBumps" | "explainCurve" | "explainGrid">;

/** Columns of the reader's own, one for the line or two for the plane. */
export type OwnColumns = Core.OwnData;

/** The same as the engine keeps them, with what is to be known of them. */
export type OwnKept = Core.OwnKept;

/** Data of the reader's own, as they were given. */
export type OwnData = OwnColumns | { mixture: Core.Ellipse[] };

/** What came of such data, and what there is to know of them. */
export interface Taken {
  applied: Core.Applied;
  notes: Core.DataNote[];
  dim?: number;
}

export type Backend = "auto" | "cpu" | "webgpu";
/** The two wasm artefacts; `gpu` can also run on the CPU, `cpu` cannot run on the GPU. */
export type Artefact = "cpu" | "gpu";
