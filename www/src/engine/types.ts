/** The shapes that cross from the wasm core, under names that shadow nothing of the browser's. */
export type {
  Applied,
  Bounds,
  Config,
  DataSpec,
  DensityKind,
  Ellipse,
  Family,
  FamilySpec,
  FieldKind,
  Frame,
  FrameRequest,
  HistoryRow,
  ModelSpec,
  ParamSpec,
  Patch,
  Skipped,
  StepReport,
  Text,
} from "./generated/cpu/dgm.js";

import type * as Core from "./generated/cpu/dgm.js";

/** Points and the box to draw them in. */
export type DataPicture = ReturnType<Core.Engine["data"]>;

/** A named failure. */
export interface Preset {
  id: string;
  label: Core.Text;
  /** What goes wrong, and why. */
  sentence: Core.Text;
  patch: Core.Patch;
}

export type Catalogue = Core.Catalogue & { presets?: Preset[] };

/** A score; `k` is the number of draws behind a bound, `group` what it judges. */
export type Metric = Core.Metric & { k?: number; group?: string };

/** What the numbers say is wrong, and the setting to change. */
export interface Diagnosis {
  code: string;
  /** Id of a setting of the model, or empty. */
  setting: string;
  sentence: Core.Text;
}

/** Data of the reader's own, as they were given. */
export type OwnData = { points: Float32Array; dim: number } | { text: string } | { mixture: Core.Ellipse[] };

/** What came of such data: points read from a text are given back for whoever must set them again. */
export interface Taken {
  applied: Core.Applied;
  skipped?: Core.Skipped;
  points?: Float32Array;
  dim?: number;
}

/** An engine; not every core can tell what is wrong. */
export type Engine = Core.Engine & { diagnose?(): Promise<Diagnosis[]> | Diagnosis[] };

export type Backend = "auto" | "cpu" | "webgpu";
/** The two wasm artefacts; `gpu` can also run on the CPU, `cpu` cannot run on the GPU. */
export type Artefact = "cpu" | "gpu";
