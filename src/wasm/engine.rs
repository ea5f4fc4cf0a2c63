//! The class that a worker drives.

use super::{
    convert::{self, answer, js_error, parse},
    device, looked,
    types::*,
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
        Ok(looked::probe(&probe, self.is_double()?).unchecked_into())
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
        Ok(looked::slice(&slice).unchecked_into())
    }

    /// `n` draws of the coordinates of `point` that are not `known`, which has 1 for each that is.
    pub async fn fill(&self, point: Vec<f64>, known: Vec<u8>, n: usize, seed: u32) -> Result<JsFill, JsValue> {
        let known: Vec<bool> = known.into_iter().map(|known| known != 0).collect();
        let fill = self.session.fill(&point, &known, n, seed).await.map_err(js_error)?;
        Ok(looked::fill(&fill, self.is_double()?).unchecked_into())
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
        Ok(looked::path(&path).unchecked_into())
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
        Ok(looked::slow(&slow).unchecked_into())
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
