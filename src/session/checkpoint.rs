//! Where a run stood: all that going on from there exactly needs.

use super::{config::Choice, looks::Looks};
use crate::{models::State, rng::Rng};
use burn::tensor::Tensor;

/// A state of a run. Tensors share their storage with the model until it learns on, so keeping one costs its bytes and no time.
#[derive(Clone)]
pub(super) struct Checkpoint {
    pub choice: Choice,
    pub state: State,
    pub step: u64,
    pub seconds: f64,
    pub data_rng: Rng,
    pub noise_rng: Rng,
    pub walk_rng: Rng,
    pub walkers: Option<Tensor<2>>,
    pub looks: Looks,
    pub ran_away_at: Option<u64>,
}

/// Settings, generators and what holds them together.
const REST: usize = 4096;

impl Checkpoint {
    /// What it takes, as if nothing were shared.
    pub fn bytes(&self) -> usize {
        let numbers: usize = self.state.tensors.iter().map(|tensor| tensor.dims()[0]).sum();
        let walkers = self
            .walkers
            .as_ref()
            .map_or(0, |walkers| walkers.dims()[0] * walkers.dims()[1]);
        size_of::<f32>() * (numbers + walkers) + self.looks.bytes() + REST
    }
}
