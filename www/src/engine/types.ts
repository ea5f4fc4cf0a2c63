/** The shapes that cross from the wasm core, under names that shadow nothing of the browser's. */
export type {
  Applied,
  Bounds,
  Catalogue,
  Config,
  DataSpec,
  DensityKind,
  Ellipse,
  Engine,
  Family,
  FamilySpec,
  FieldKind,
  Frame,
  FrameRequest,
  HistoryRow,
  Metric,
  ModelSpec,
  ParamSpec,
  Patch,
  Skipped,
  StepReport,
  Text,
  TextApplied,
} from "./generated/cpu/dgm.js";

import type { Engine } from "./generated/cpu/dgm.js";

/** Points and the box to draw them in. */
export type DataPicture = ReturnType<Engine["data"]>;

export type Backend = "auto" | "cpu" | "webgpu";
/** The two wasm artefacts; `gpu` can also run on the CPU, `cpu` cannot run on the GPU. */
export type Artefact = "cpu" | "gpu";
