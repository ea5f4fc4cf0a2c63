//! The class that a worker drives.

use super::{
    convert::{self, answer, js_error, parse},
    device,
};
use crate::{
    data::{Ellipse, Table},
    error::Error,
    models::way::Toward,
    session::{Session, config::Patch, frame::FrameRequest},
};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

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
  /** log P_phi, as logProb has it; empty where the family has no density. */
  logProb: Float32Array;
  /** log P_data. */
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
  /** That of the data, where it is known and the line has any of it. */
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

/// One model learning one data set. Calls but [`Engine::evaluate`] must not overlap: await each before the next.
#[wasm_bindgen]
pub struct Engine {
    session: Session,
    backend: String,
}

#[wasm_bindgen]
impl Engine {
    /// Opens an engine on "cpu" or, in the artefact that has it, "webgpu".
    pub async fn open(backend: String) -> Result<Engine, JsValue> {
        let device = device::open(&backend).await.map_err(js_error)?;
        Ok(Engine {
            session: Session::new(device),
            backend,
        })
    }

    /// "cpu" or "webgpu".
    #[wasm_bindgen(getter)]
    pub fn backend(&self) -> String {
        self.backend.clone()
    }

    /// Changes settings; the first call builds the model. A refused patch changes nothing.
    pub async fn configure(&mut self, patch: JsPatch) -> Result<JsApplied, JsValue> {
        let patch: Patch = parse(patch)?;
        answer(self.session.configure(&patch))
    }

    /// Learns for `n` steps.
    pub async fn step(&mut self, n: usize) -> Result<JsStepReport, JsValue> {
        answer(self.session.step(n).await)
    }

    /// One picture.
    pub async fn frame(&mut self, request: JsFrameRequest) -> Result<JsFrame, JsValue> {
        let request: FrameRequest = parse(request)?;
        let frame = self.session.frame(&request).await.map_err(js_error)?;
        Ok(convert::frame(&frame, self.is_double()?).unchecked_into())
    }

    /// `n` points of the data and the box to draw them in.
    pub fn data(&self, n: usize) -> Result<JsDataView, JsValue> {
        let (points, bounds) = self.session.data(n).map_err(js_error)?;
        Ok(convert::data_view(&points, &bounds, self.is_double()?).unchecked_into())
    }

    /// Measures P_phi as it is now on `points` held-out points. The one call that others may follow before it has its answer.
    #[wasm_bindgen(unchecked_return_type = "Promise<Metric[]>")]
    pub fn evaluate(&self, points: usize) -> Result<Promise, JsValue> {
        let evaluation = self.session.evaluation(points).map_err(js_error)?;
        Ok(future_to_promise(async move { answer(evaluation.await) }))
    }

    /// What is wrong, by the losses and the measurements so far.
    pub fn diagnose(&self) -> Result<JsDiagnoses, JsValue> {
        answer(self.session.diagnose())
    }

    /// Draws `n` points of P_phi, of the classes that an expression asks for where there is one.
    pub async fn sample(&self, n: usize, condition: Option<String>) -> Result<JsShaped, JsValue> {
        let asked = self.session.asked(condition.as_deref()).map_err(js_error)?;
        let points = self.session.sample_of(n, asked).await.map_err(js_error)?;
        Ok(convert::shaped(&points, self.is_double()?).unchecked_into())
    }

    /// log P_phi at points given row by row, in nats; of the classes that an expression asks for where there is one.
    #[wasm_bindgen(js_name = logProb)]
    pub async fn log_prob(&self, points: Vec<f64>, condition: Option<String>) -> Result<JsLogDensity, JsValue> {
        let points = self.rows(points)?;
        let asked = self.session.asked(condition.as_deref()).map_err(js_error)?;
        let density = self.session.log_prob_of(&points, asked).await.map_err(js_error)?;
        Ok(convert::log_density(&density.kind, &density.values).unchecked_into())
    }

    /// All that is known of points given row by row.
    pub async fn probe(&self, points: Vec<f64>) -> Result<JsProbe, JsValue> {
        let probe = self.session.probe(&points).await.map_err(js_error)?;
        Ok(convert::probe(&probe, self.is_double()?).unchecked_into())
    }

    /// At most `n` points that were kept back from learning, and the box to draw them in.
    #[wasm_bindgen(js_name = heldOut)]
    pub fn held_out(&self, n: usize) -> Result<JsDataView, JsValue> {
        let points = self.session.held_out(n).map_err(js_error)?;
        let (_, bounds) = self.session.data(0).map_err(js_error)?;
        Ok(convert::data_view(&points, &bounds, self.is_double()?).unchecked_into())
    }

    /// The density of one coordinate of the plane where the other, `given` (0 or 1), is `at`.
    pub async fn slice(&self, at: f64, given: usize) -> Result<JsSlice, JsValue> {
        let slice = self.session.slice(at, given).await.map_err(js_error)?;
        Ok(convert::slice(&slice).unchecked_into())
    }

    /// `n` draws of the coordinates of `point` that are not `known`, which has 1 for each that is.
    pub async fn fill(&self, point: Vec<f64>, known: Vec<u8>, n: usize, seed: u32) -> Result<JsFill, JsValue> {
        let known: Vec<bool> = known.into_iter().map(|known| known != 0).collect();
        let fill = self.session.fill(&point, &known, n, seed).await.map_err(js_error)?;
        Ok(convert::fill(&fill, self.is_double()?).unchecked_into())
    }

    /// log P_phi(y | x) for every class at points given row by row, in nats.
    pub async fn classify(&self, points: Vec<f64>) -> Result<JsClassified, JsValue> {
        let points = self.rows(points)?;
        let classified = self.session.classify(&points).await.map_err(js_error)?;
        Ok(convert::classified(&classified).unchecked_into())
    }

    /// The way of points given row by row: of data toward "latent", or of latents toward "data".
    #[wasm_bindgen(unchecked_return_type = "Path")]
    pub async fn path(
        &self,
        points: Vec<f64>,
        #[wasm_bindgen(unchecked_param_type = "\"latent\" | \"data\"")] toward: JsValue,
    ) -> Result<JsPath, JsValue> {
        let toward: Toward = parse(toward)?;
        let path = self.session.path(&points, toward).await.map_err(js_error)?;
        Ok(convert::path(&path).unchecked_into())
    }

    /// What samples and scores are made with.
    pub async fn weights(&self) -> Result<JsWeights, JsValue> {
        let weights = self.session.weights().await.map_err(js_error)?;
        Ok(convert::weights(&weights).unchecked_into())
    }

    /// Learns the reader's own columns instead, and tells what the reader should know of them. Refused ones change nothing.
    #[wasm_bindgen(js_name = setOwnData)]
    pub async fn set_own_data(&mut self, data: JsOwnData) -> Result<JsOwnApplied, JsValue> {
        let data = convert::own_data(parse(data)?);
        answer(self.session.set_own(data))
    }

    /// The reader's own columns as they were given and what is to be known of them, also those of a restored snapshot.
    #[wasm_bindgen(js_name = ownData)]
    pub fn own_data(&self) -> JsMaybeOwnData {
        self.session
            .own()
            .map_or(JsValue::UNDEFINED, |data| {
                convert::own_data_object(data, &self.session.own_notes())
            })
            .unchecked_into()
    }

    /// Learns a mixture of 1 to 12 Gaussians, whose weights need not sum to 1.
    #[wasm_bindgen(js_name = setMixture)]
    pub async fn set_mixture(&mut self, components: JsMixture) -> Result<JsApplied, JsValue> {
        let components: Vec<Ellipse> = parse(components)?;
        answer(self.session.set_mixture(components))
    }

    /// Fresh weights, step 0.
    pub async fn reset(&mut self) -> Result<JsApplied, JsValue> {
        answer(self.session.reset())
    }

    /// Weights, optimiser, step, random streams and history as bytes; of the state that [`Engine::go`] would go to where a step is named.
    pub async fn snapshot(&self, step: Option<f64>) -> Result<Vec<u8>, JsValue> {
        let snapshot = match step {
            Some(step) => self.session.snapshot_at(step as u64).await,
            None => self.session.snapshot().await,
        };
        snapshot.map_err(js_error)
    }

    /// Goes on from [`Engine::snapshot`], also one of the other engine's.
    pub async fn restore(&mut self, bytes: Vec<u8>) -> Result<JsApplied, JsValue> {
        answer(self.session.restore(&bytes))
    }

    /// Steps that [`Engine::go`] can go to, rising; the present is one of them.
    #[wasm_bindgen(unchecked_return_type = "number[]")]
    pub fn timeline(&self) -> Result<JsValue, JsValue> {
        answer(self.session.timeline())
    }

    /// Stands where the run stood at `step`, or at the last step before it that is kept. What came later is kept until a step is taken.
    pub fn go(&mut self, step: f64) -> Result<JsApplied, JsValue> {
        answer(self.session.go(step as u64))
    }

    /// The settings of the state that [`Engine::go`] would go to.
    #[wasm_bindgen(js_name = configAt)]
    pub fn config_at(&self, step: f64) -> Result<JsConfig, JsValue> {
        answer(self.session.config_at(step as u64))
    }

    /// All states that are kept, for [`Engine::recall`].
    pub async fn past(&self) -> Result<Vec<u8>, JsValue> {
        self.session.past().await.map_err(js_error)
    }

    /// Knows the past of the run that it goes on from.
    pub fn recall(&mut self, past: Vec<u8>) -> Result<(), JsValue> {
        self.session.recall(&past).map_err(js_error)
    }

    /// The half of a step that is next, a discriminator's or a generator's; nothing to tell before the step is over.
    #[wasm_bindgen(js_name = halfStep)]
    pub async fn half_step(&mut self) -> Result<JsMaybeReport, JsValue> {
        answer(self.session.half_step().await)
    }

    /// What the next step, or the half of one that is left, is going to do. Looking changes nothing.
    pub async fn slow(&self) -> Result<JsSlow, JsValue> {
        let slow = self.session.slow().await.map_err(js_error)?;
        Ok(convert::slow(&slow).unchecked_into())
    }

    /// What is chosen.
    pub fn config(&self) -> Result<JsConfig, JsValue> {
        answer(self.session.config())
    }

    /// Every logged step.
    pub fn history(&self) -> Result<JsHistory, JsValue> {
        answer(self.session.history())
    }

    fn rows(&self, values: Vec<f64>) -> Result<Table, JsValue> {
        let dim = self.session.data(0).map_err(js_error)?.0.dim;
        let count = values.len();
        if !count.is_multiple_of(dim) {
            return Err(js_error(Error::RaggedData { count, dim }));
        }
        Ok(Table {
            dim,
            values,
            labels: None,
        })
    }

    fn is_double(&self) -> Result<bool, JsValue> {
        self.session.is_double().map_err(js_error)
    }
}
