//! What the engine takes and gives, in TypeScript's words, as far as serde does not say it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Bounds { x: [number, number]; y: [number, number] }
/** In the reader's units: single precision for named data sets, double for data that the reader brought. */
export type Numbers = Float32Array | Float64Array;
/** `labels` are the class of each point, where points are told apart. */
export interface DataView2 { dim: number; points: Numbers; bounds: Bounds; labels?: Uint8Array }
export interface Field { kind: FieldKind; bounds: Bounds; side: number; values: Float32Array }
export interface Frame {
  step: number;
  dim: number;
  bounds: Bounds;
  samples: Numbers;
  /** The class of each sample, where the model learns classes. */
  labels?: Uint8Array;
  field?: Field;
  truth?: Float32Array;
  energy?: Float32Array;
  walkers?: Numbers;
  grid?: { side: number; points: Numbers };
  latent?: { dim: number; points: Float32Array; data: Numbers; prior: Float32Array; labels?: Uint8Array };
}
/** One column for the line, two of equal length for the plane. */
export interface OwnColumn { name: string; values: Float64Array }
export interface OwnData {
  columns: OwnColumn[];
  /** One scale for both axes, or each its own; "auto": each its own where the spreads differ by more than 3 times. */
  scale?: "auto" | "one" | "each";
  /** Whether few repeated values are spread evenly over one step: "auto", where they are. */
  spread?: "auto" | "none";
  /** Whether a model learns the points with noise, so that it does not learn them by heart: "auto", as wide as they foretell one another best. */
  smooth?: "auto" | "none";
  /** What rows are told apart by: 2 to 10 names, and which of them each row has. */
  classes?: OwnClasses;
}
export interface OwnClasses { names: string[]; labels: Uint8Array }
export interface OwnKept extends OwnData { notes: DataNote[] }
export interface Shaped { shape: number[]; values: Numbers }
/** The weights that samples and scores are made with. The model sees points in units of its own, u = (x - shift) / scale. */
export interface Weights {
  tensors: { name: string; shape: number[]; values: Float32Array }[];
  /** Values that a coordinate takes, where they are whole numbers from 0. */
  levels?: number;
  shift: Float64Array;
  scale: Float64Array;
  /** Of an energy: log of what exp(-E) integrates to over u, and its standard error. */
  logZ?: Float32Array;
}
/** Latent codes, each a Gaussian; certain ones have deviations 0. */
export interface Code { dim: number; mean: Float32Array; sigma: Float32Array }
/**
 * Where n points stand on their way through the model, stop after stop, [stops, n, dim], in the model's units: x = shift + scale u. No stops where
 * it has no such way.
 */
export interface Path {
  stops: Stop[];
  n: number;
  dim: number;
  states: Float32Array;
  code?: Code;
  shift: Float64Array;
  scale: Float64Array;
}
/** What is known of n points, in nats; what the model or the data do not have is absent. */
export interface Probe {
  step: number;
  dim: number;
  kind: DensityKind;
  /** log P_phi of the classes looked at, as logProb has it of them; empty where the family has no density. */
  logProb: Float32Array;
  /** log P_data of these classes. */
  truth?: Float32Array;
  energy?: Float32Array;
  /** Of "this is data". */
  logit?: Float32Array;
  /** Slope of the log-density, of a bound on it, or of the logit, for one of the reader's units, [n, dim]. */
  score?: Float32Array;
  /** log-density of the coordinate that is drawn last, given the other, at the middles of equal parts of its range, [n, places]. */
  conditional?: { axis: number; range: Float64Array; logProb: Float32Array };
  /** Training points by their distance, [n, k, dim] and [n, k], where they are finitely many. */
  nearest?: { points: Numbers; distances: Float32Array };
  /** Toward the latents. */
  path: Path;
}
/** The density of one coordinate of the plane given the other, along a line of the other. */
export interface Slice {
  step: number;
  /** The coordinate that is given, 0 or 1, and what it is. */
  given: number;
  at: number;
  /** The ends of the line. */
  range: Float64Array;
  /** A chain's own factor, the joint density over its sum along the line, the same of a bound, or nothing. */
  kind: SliceKind;
  /** log-density in nats at the middles of equal parts of the line; empty where the family has none. */
  logProb: Float32Array;
  /** That of the data of the classes looked at, where it is known and the line has any of it. */
  truth?: Float32Array;
  /** KL from the truth to the model along this line, in nats. */
  kl?: number;
}
/** Draws of what is unknown of a point given what is known of it. */
export interface Fill {
  step: number;
  /** Only "chain" is exact. */
  way: FillWay;
  exact: boolean;
  /** As how many equally weighted proposals the weighted ones count, where some were weighted. */
  effective?: number;
  /** The point n times over, [n, dim], its known coordinates as they were given. */
  points: Numbers;
  kind: DensityKind;
  /** log P_phi of the whole filled points in nats, as logProb has it; empty where the family has no density. */
  logProb: Float32Array;
  /** The same of the point as it was given. */
  given?: number;
  /** log P_phi of the unknown coordinates as they were given, given the known ones, in nats, where it is exact. */
  logConditional?: number;
}
/** A deed of a step; what there is not to see of it is absent. */
export interface Act {
  deed: Deed;
  /** [n, dim] */
  points?: Float32Array;
  /** Where each comes from, [n, dim]. */
  from?: Float32Array;
  /** A direction at each, [n, dim]. */
  arrows?: Float32Array;
  losses?: Float32Array;
}
/** What the next step does, deed by deed, in the model's units: x = shift + scale u. `step` is the one that it ends at. */
export interface Slow { step: number; dim: number; acts: Act[]; shift: Float64Array; scale: Float64Array }
/** log p(y|x) in nats, row by row. */
export interface Classified { classes: number; values: Float32Array }
export interface LogDensity { kind: DensityKind; values: Float32Array }
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Patch")]
    pub type JsPatch;
    #[wasm_bindgen(typescript_type = "Applied")]
    pub type JsApplied;
    #[wasm_bindgen(typescript_type = "Ellipse[]")]
    pub type JsMixture;
    #[wasm_bindgen(typescript_type = "OwnData")]
    pub type JsOwnData;
    #[wasm_bindgen(typescript_type = "OwnKept | undefined")]
    pub type JsMaybeOwnData;
    #[wasm_bindgen(typescript_type = "OwnApplied")]
    pub type JsOwnApplied;
    #[wasm_bindgen(typescript_type = "StepReport")]
    pub type JsStepReport;
    #[wasm_bindgen(typescript_type = "StepReport | undefined")]
    pub type JsMaybeReport;
    #[wasm_bindgen(typescript_type = "FrameRequest")]
    pub type JsFrameRequest;
    #[wasm_bindgen(typescript_type = "Frame")]
    pub type JsFrame;
    #[wasm_bindgen(typescript_type = "DataView2")]
    pub type JsDataView;
    #[wasm_bindgen(typescript_type = "Diagnosis[]")]
    pub type JsDiagnoses;
    #[wasm_bindgen(typescript_type = "Shaped")]
    pub type JsShaped;
    #[wasm_bindgen(typescript_type = "LogDensity")]
    pub type JsLogDensity;
    #[wasm_bindgen(typescript_type = "Path")]
    pub type JsPath;
    #[wasm_bindgen(typescript_type = "Slow")]
    pub type JsSlow;
    #[wasm_bindgen(typescript_type = "Probe")]
    pub type JsProbe;
    #[wasm_bindgen(typescript_type = "Slice")]
    pub type JsSlice;
    #[wasm_bindgen(typescript_type = "Fill")]
    pub type JsFill;
    #[wasm_bindgen(typescript_type = "Classified")]
    pub type JsClassified;
    #[wasm_bindgen(typescript_type = "Weights")]
    pub type JsWeights;
    #[wasm_bindgen(typescript_type = "Config")]
    pub type JsConfig;
    #[wasm_bindgen(typescript_type = "HistoryRow[]")]
    pub type JsHistory;
}
