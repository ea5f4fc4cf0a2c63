//! A run as plain bytes: the other engine, or the same one after a crash, goes on from them.

use super::{Session, checkpoint::Checkpoint, config::Config, frame::PackedRead, history::History, looks::Looks};
use crate::{
    data::{Own, OwnData},
    error::{Error, Result},
    models::State,
    rng::{Rng, Stream},
    tensors::tensor,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// First bytes of every snapshot.
const MAGIC: &[u8] = b"dgmsnap";

/// The version of what follows, in the next byte.
const VERSION: u8 = b'6';

/// The version without a [`Tail`], which ships with lessons.
const BEFORE: u8 = b'5';

#[derive(Serialize, Deserialize)]
pub(super) struct Snapshot {
    config: Config,
    pub own: Option<OwnData>,
    step: u64,
    seconds: f64,
    tensors: Vec<Vec<f32>>,
    counts: Vec<u64>,
    data_rng: Rng,
    noise_rng: Rng,
    pub history: History,
}

/// What follows it.
#[derive(Serialize, Deserialize)]
pub(super) struct Tail {
    walk_rng: Rng,
    walkers: Vec<f32>,
    ran_away_at: Option<u64>,
}

fn bad(reason: impl ToString) -> Error {
    Error::BadSnapshot {
        reason: reason.to_string(),
    }
}

/// Bytes as [`Session::snapshot`] writes them; of an earlier version without a tail. The classes of the reader's own data come last, where there are
/// any.
pub(super) fn read(bytes: &[u8]) -> Result<(Snapshot, Option<Tail>)> {
    let (version, body) = match bytes.strip_prefix(MAGIC) {
        Some([version @ (VERSION | BEFORE), body @ ..]) => (*version, body),
        Some([_, ..]) => return Err(bad("they are those of another version")),
        _ => return Err(bad("they begin differently")),
    };
    let (mut snapshot, rest): (Snapshot, _) = postcard::take_from_bytes(body).map_err(bad)?;
    if version == BEFORE {
        return Ok((snapshot, None));
    }
    let (tail, rest) = postcard::take_from_bytes(rest).map_err(bad)?;
    if let Some(own) = snapshot.own.as_mut().filter(|_| !rest.is_empty()) {
        own.classes = Some(postcard::from_bytes(rest).map_err(bad)?);
    }
    Ok((snapshot, Some(tail)))
}

impl Checkpoint {
    /// Its bytes, with the reader's own data and a past where they are to travel along.
    pub async fn write(self, own: Option<OwnData>, history: History) -> Result<Vec<u8>> {
        let mut packed = PackedRead::default();
        for tensor in self.state.tensors {
            packed.push(tensor);
        }
        let walkers = self.walkers.map(|walkers| packed.push(walkers));
        let mut tensors = packed.read().await?;
        let tail = Tail {
            walk_rng: self.walk_rng,
            walkers: walkers.map(|at| tensors.remove(at)).unwrap_or_default(),
            ran_away_at: self.ran_away_at,
        };
        let classes = own.as_ref().and_then(|own| own.classes.clone());
        let snapshot = Snapshot {
            config: self.choice.config(),
            own,
            step: self.step,
            seconds: self.seconds,
            tensors,
            counts: self.state.counts,
            data_rng: self.data_rng,
            noise_rng: self.noise_rng,
            history,
        };
        let bytes = [MAGIC, &[VERSION]].concat();
        let bytes = postcard::to_extend(&(snapshot, tail), bytes).map_err(bad)?;
        match classes {
            Some(classes) => postcard::to_extend(&classes, bytes).map_err(bad),
            None => Ok(bytes),
        }
    }
}

impl Session {
    /// Weights, optimiser, step, random streams and history.
    pub async fn snapshot(&self) -> Result<Vec<u8>> {
        self.written(self.run()?.checkpoint()).await
    }

    /// One of its own states with all that a session needs to go on from it.
    pub(super) async fn written(&self, checkpoint: Checkpoint) -> Result<Vec<u8>> {
        let mut history = self.run()?.history.clone();
        history.forget_after(checkpoint.step);
        checkpoint.write(self.own().cloned(), history).await
    }

    /// Goes on from [`Session::snapshot`]. Bytes that are refused change nothing.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<super::Applied> {
        let (mut snapshot, tail) = read(bytes)?;
        let mut other = Session::new(self.device.clone().inner());
        other.own = snapshot.own.take().map(Own::new).transpose()?.map(Arc::new);
        other.configure(&snapshot.config.clone().into())?;
        let history = std::mem::take(&mut snapshot.history);
        let checkpoint = other.checkpoint(snapshot, tail)?;
        let run = other.run_mut()?;
        run.go_to(&checkpoint);
        run.history = history;
        *self = other;
        self.applied(true)
    }

    /// A state of the run that is configured; refused where it is another's.
    pub(super) fn checkpoint(&self, snapshot: Snapshot, tail: Option<Tail>) -> Result<Checkpoint> {
        let run = self.run()?;
        let choice = self.choice_with(&snapshot.config.into())?;
        if choice.restarts_from(&run.choice) {
            return Err(bad("they are of another run"));
        }
        let State { tensors, counts } = run.model.state();
        let expected: Vec<usize> = tensors.iter().map(|tensor| tensor.dims()[0]).collect();
        let found: Vec<usize> = snapshot.tensors.iter().map(Vec::len).collect();
        if expected != found || snapshot.counts.len() != counts.len() {
            let count = |sizes: &[usize]| sizes.iter().sum::<usize>();
            return Err(bad(format!(
                "{} numbers in {} tensors where {} in {} are expected",
                count(&found),
                found.len(),
                count(&expected),
                expected.len()
            )));
        }
        let device = self.device.clone().inner();
        let upload = |values: Vec<f32>| {
            let length = values.len();
            tensor(values, [length], &device)
        };
        let dim = run.standardizer.dim();
        let tail = tail.unwrap_or_else(|| Tail {
            walk_rng: Rng::new(choice.seed.into(), Stream::Walk),
            walkers: Vec::new(),
            ran_away_at: None,
        });
        if !tail.walkers.len().is_multiple_of(dim) {
            return Err(bad("walkers of another space"));
        }
        let walkers = (!tail.walkers.is_empty()).then(|| {
            let rows = tail.walkers.len() / dim;
            tensor(tail.walkers, [rows, dim], &device)
        });
        Ok(Checkpoint {
            choice,
            state: State {
                tensors: snapshot.tensors.into_iter().map(upload).collect(),
                counts: snapshot.counts,
            },
            step: snapshot.step,
            seconds: snapshot.seconds,
            data_rng: snapshot.data_rng,
            noise_rng: snapshot.noise_rng,
            walk_rng: tail.walk_rng,
            walkers,
            looks: Looks::default(),
            ran_away_at: tail.ran_away_at,
        })
    }
}
