//! Autoregressive models: one coordinate at a time, each from those before it, so that every factor is a density on the line.
//!
//! ```text
//! p(x) = p(x₁) · p(x₂ | x₁) · … · p(x_d | x₁ … x_{d−1})      loss = −E_data[log p(x)]
//! ```
//!
//! References: H. Larochelle and I. Murray, *The Neural Autoregressive Distribution Estimator*, AISTATS 2011; B. Uria et al., *Neural
//! Autoregressive Distribution Estimation*, 2016, arXiv:1605.02226.

pub mod made;

use crate::{
    models::{Density, Model, State},
    nn::{distributions::GaussianMixture, optim::Learner},
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// A product of conditionals in a fixed order.
pub trait Autoregressive {
    /// p(xᵢ | x₁ … xᵢ₋₁) for every i at once; the i-th must not depend on xᵢ or anything after it.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns mixtures `[n, d]`
    fn conditionals(&self, x: Tensor<2>) -> GaussianMixture;

    /// Exact log-density in nats: the chain rule.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.conditionals(x.clone()).log_prob(x).sum_dim(1).squeeze_dim(1)
    }

    /// Ancestral sampling: draw a coordinate, then the next given it. Each pass redraws the coordinates that are not final yet.
    ///
    /// # Shapes
    /// - returns `[n, dim]`
    fn sample(&self, [n, dim]: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
        let first = self.conditionals(Tensor::zeros([n, dim], device)).sample(rng);
        (1..dim).fold(first, |x, i| {
            let drawn = self.conditionals(x.clone()).sample(rng);
            Tensor::cat(vec![x.narrow(1, 0, i), drawn.narrow(1, i, dim - i)], 1)
        })
    }
}

/// Decay of the averaged weights that are shown and measured: they remember about the last 500 steps.
const AVERAGE_DECAY: f64 = 0.998;

/// Longest gradient of a step: a component that has just narrowed would otherwise be thrown off by its next far point.
const CLIP: f64 = 5.0;

/// An autoregressive model that learns by maximum likelihood.
pub struct AutoregressiveModel<A: Module> {
    learner: Learner<A>,
    dim: usize,
    device: Device,
}

impl<A: Module + Autoregressive + 'static> AutoregressiveModel<A> {
    /// Learns `chain`, built on the autodiff `device`.
    pub fn new(chain: A, dim: usize, device: &Device) -> Self {
        Self {
            learner: Learner::new(chain).with_clip(CLIP).with_average(AVERAGE_DECAY),
            dim,
            device: device.clone().inner(),
        }
    }
}

impl<A: Module + Autoregressive + 'static> Model for AutoregressiveModel<A> {
    fn parameters(&self, _player: usize) -> Tensor<1> {
        self.learner.parameters()
    }

    fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
        self.learner.parameter_sizes()
    }

    fn set_parameters(&mut self, _player: usize, theta: Tensor<1>) {
        self.learner.set_parameters(theta);
    }

    fn loss(&self, _player: usize, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        self.learner.module().log_prob(x.autodiff()).mean().neg()
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learner.gradient(self.loss(player, x, rng))
    }

    fn train_step(&mut self, x: Tensor<2>, learning_rate: f64, rng: &mut Rng) -> Tensor<1> {
        let loss = self.loss(0, x, rng);
        self.learner.descend(loss.clone(), learning_rate);
        loss.inner()
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.learner.frozen().sample([n, self.dim], rng, &self.device)
    }

    fn density(&self, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(self.learner.frozen().log_prob(x))
    }

    fn state(&self) -> State {
        let (tensors, updates) = self.learner.state();
        State {
            tensors,
            counts: vec![updates],
        }
    }

    fn load_state(&mut self, state: &State) {
        self.learner.load_state(&state.tensors, state.counts[0]);
    }
}
