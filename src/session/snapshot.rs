//! A run as plain bytes: the other engine, or the same one after a crash, goes on from them.

use super::{Session, config::Config, frame::PackedRead, history::History};
use crate::{
    data::{Own, OwnData},
    error::{Error, Result},
    models::State,
    rng::Rng,
    tensors::tensor,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// First bytes of every snapshot.
const MAGIC: &[u8] = b"dgmsnap";

/// The version of what follows, in the next byte.
const VERSION: u8 = b'5';

#[derive(Serialize, Deserialize)]
struct Snapshot {
    config: Config,
    own: Option<OwnData>,
    step: u64,
    seconds: f64,
    tensors: Vec<Vec<f32>>,
    counts: Vec<u64>,
    data_rng: Rng,
    noise_rng: Rng,
    history: History,
}

impl Session {
    /// Weights, optimiser, step, random streams and history.
    pub async fn snapshot(&self) -> Result<Vec<u8>> {
        let run = self.run()?;
        let State { tensors, counts } = run.model.state();
        let mut packed = PackedRead::default();
        for tensor in tensors {
            packed.push(tensor);
        }
        let snapshot = Snapshot {
            config: run.choice.config(),
            own: self.own().cloned(),
            step: run.step,
            seconds: run.seconds,
            tensors: packed.read().await?,
            counts,
            data_rng: run.data_rng.clone(),
            noise_rng: run.noise_rng.clone(),
            history: run.history.clone(),
        };
        let bytes = [MAGIC, &[VERSION]].concat();
        postcard::to_extend(&snapshot, bytes).map_err(|error| Error::BadSnapshot {
            reason: error.to_string(),
        })
    }

    /// Goes on from [`Session::snapshot`]. Bytes that are refused change nothing.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<super::Applied> {
        let bad = |reason: String| Error::BadSnapshot { reason };
        let body = match bytes.strip_prefix(MAGIC) {
            Some([VERSION, body @ ..]) => body,
            Some([_, ..]) => return Err(bad("they are those of another version".into())),
            _ => return Err(bad("they begin differently".into())),
        };
        let snapshot: Snapshot = postcard::from_bytes(body).map_err(|error| bad(error.to_string()))?;
        let device = self.device.clone().inner();
        let mut other = Session::new(device.clone());
        other.own = snapshot.own.map(Own::new).transpose()?.map(Arc::new);
        other.configure(&snapshot.config.into())?;
        let run = other.run_mut()?;
        let expected: Vec<usize> = run
            .model
            .state()
            .tensors
            .iter()
            .map(|tensor| tensor.dims()[0])
            .collect();
        let found: Vec<usize> = snapshot.tensors.iter().map(Vec::len).collect();
        if expected != found || snapshot.counts.len() != run.model.state().counts.len() {
            let count = |sizes: &[usize]| sizes.iter().sum::<usize>();
            return Err(bad(format!(
                "{} numbers in {} tensors where {} in {} are expected",
                count(&found),
                found.len(),
                count(&expected),
                expected.len()
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
