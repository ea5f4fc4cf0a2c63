//! A run with a text as plain bytes.

use super::{WordsApplied, WordsConfig, WordsSession};
use crate::{
    data::text::{OWN, Text},
    error::{Error, Result},
    models::State,
    rng::Rng,
    session::{frame::PackedRead, history::History},
    tensors::tensor,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// First bytes of every snapshot, the version last.
const MAGIC: &[u8] = b"dgmwords1";

#[derive(Serialize, Deserialize)]
struct Snapshot {
    config: WordsConfig,
    /// The reader's own text, where that is learned.
    own: Option<String>,
    step: u64,
    seconds: f64,
    tensors: Vec<Vec<f32>>,
    counts: Vec<u64>,
    data_rng: Rng,
    noise_rng: Rng,
    history: History,
}

impl WordsSession {
    /// Weights, optimiser, step, random streams, history, and the text if it is the reader's own.
    ///
    /// # Errors
    /// Where nothing is chosen yet.
    pub async fn snapshot(&self) -> Result<Vec<u8>> {
        let run = self.run()?;
        let State { tensors, counts } = run.model.state();
        let mut packed = PackedRead::default();
        for tensor in tensors {
            packed.push(tensor);
        }
        let snapshot = Snapshot {
            own: (run.choice.text == OWN).then(|| run.text.written().to_owned()),
            config: run.choice.config(),
            step: run.step,
            seconds: run.seconds,
            tensors: packed.read().await?,
            counts,
            data_rng: run.data_rng.clone(),
            noise_rng: run.noise_rng.clone(),
            history: run.history.clone(),
        };
        postcard::to_extend(&snapshot, MAGIC.to_vec()).map_err(|error| Error::BadSnapshot {
            reason: error.to_string(),
        })
    }

    /// Goes on from [`WordsSession::snapshot`]. Bytes that are refused change nothing.
    ///
    /// # Errors
    /// [`Error::BadSnapshot`], or [`Error::DataNotLoaded`] where the passage is not here yet.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<WordsApplied> {
        let bad = |reason: String| Error::BadSnapshot { reason };
        let body = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| bad("they begin differently".into()))?;
        let snapshot: Snapshot = postcard::from_bytes(body).map_err(|error| bad(error.to_string()))?;
        let device = self.device.clone().inner();
        let mut other = Self::new(device.clone());
        other.texts = self.texts.clone();
        if let Some(own) = snapshot.own {
            other.texts.insert(OWN.into(), Rc::new(Text::new(&own)?));
        }
        other.configure(&snapshot.config.into())?;
        let run = other.run_mut()?;
        let state = run.model.state();
        let expected: Vec<usize> = state.tensors.iter().map(|tensor| tensor.dims()[0]).collect();
        let found: Vec<usize> = snapshot.tensors.iter().map(Vec::len).collect();
        if expected != found || snapshot.counts.len() != state.counts.len() {
            return Err(bad(format!(
                "tensors of {found:?} numbers where {expected:?} are expected"
            )));
        }
        let upload = |values: Vec<f32>| {
            let length = values.len();
            tensor(values, [length], &device)
        };
        run.model.load_state(&State {
            tensors: snapshot.tensors.into_iter().map(upload).collect(),
            counts: snapshot.counts,
        });
        (run.step, run.seconds, run.history) = (snapshot.step, snapshot.seconds, snapshot.history);
        (run.data_rng, run.noise_rng) = (snapshot.data_rng, snapshot.noise_rng);
        *self = other;
        self.applied(true)
    }
}
