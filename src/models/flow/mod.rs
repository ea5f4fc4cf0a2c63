//! Flows: stretch and bend a Gaussian into the data, without tearing or glueing.
//!
//! ```text
//! z = f(x)      log p(x) = log N(z; 0, I) + log|det ∂f/∂x|      loss = −E_data[log p(x)]
//! ```
//!
//! References: D. Rezende and S. Mohamed, *Variational Inference with Normalizing Flows*, 2015, arXiv:1505.05770.

pub mod coupling;
pub mod spline;

use crate::{
    models::{Density, Model, State, registry::LossSpec},
    nn::{optim::Learner, standard_normal_log_prob},
    rng::Rng,
    spec::Text,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// An invertible map between data `x` and latent `z` with a tractable Jacobian.
pub trait Bijector {
    /// Latents and log|det ∂z/∂x|.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    /// - returns `z`: `[n, d]`, `log_det`: `[n]` in nats
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>);

    /// Data and log|det ∂x/∂z|: the exact inverse of [`Bijector::forward_and_log_det`].
    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>);

    /// Exact log-density in nats, under a standard Gaussian of the latents.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        let (z, log_det) = self.forward_and_log_det(x);
        standard_normal_log_prob(z) + log_det
    }
}

/// Applies bijectors one after the other: the log-determinants add.
pub fn forward_through<'a, B: Bijector + 'a>(
    layers: impl IntoIterator<Item = &'a B>,
    x: Tensor<2>,
) -> (Tensor<2>, Tensor<1>) {
    let log_det = Tensor::zeros([x.dims()[0]], &x.device());
    layers.into_iter().fold((x, log_det), |(x, sum), layer| {
        let (z, log_det) = layer.forward_and_log_det(x);
        (z, sum + log_det)
    })
}

/// Undoes [`forward_through`] over the same layers.
pub fn inverse_through<'a, B: Bijector + 'a>(
    layers: impl DoubleEndedIterator<Item = &'a B>,
    z: Tensor<2>,
) -> (Tensor<2>, Tensor<1>) {
    let log_det = Tensor::zeros([z.dims()[0]], &z.device());
    layers.rev().fold((z, log_det), |(z, sum), layer| {
        let (x, log_det) = layer.inverse_and_log_det(z);
        (x, sum + log_det)
    })
}

/// The one loss of every flow.
pub(super) const LOSSES: &[LossSpec] = &[LossSpec {
    id: "nll",
    label: Text {
        en: "−log P (nats)",
        zh: "−log P（纳特）",
    },
}];

/// Longest gradient of a flow's step: a point far in the tail would otherwise throw the couplings off.
const CLIP: f64 = 5.0;

/// Decay of the average of the weights that samples and densities are read from: the last few hundred steps.
const AVERAGE: f64 = 0.998;

/// Updates after which a flow's learning rate has fallen by √2. At a constant rate couplings that stretch strongly never settle.
const COOLING: f64 = 2000.0;

/// A flow that learns by maximum likelihood.
pub struct FlowModel<F: Module> {
    learner: Learner<F>,
    dim: usize,
    device: Device,
}

impl<F: Module + Bijector + 'static> FlowModel<F> {
    /// Learns `flow`, built on the autodiff `device`.
    pub fn new(flow: F, dim: usize, device: &Device) -> Self {
        Self {
            learner: Learner::new(flow)
                .with_clip(CLIP)
                .with_average(AVERAGE)
                .with_cooling(COOLING),
            dim,
            device: device.clone().inner(),
        }
    }
}

impl<F: Module + Bijector + 'static> Model for FlowModel<F> {
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
        let z = rng.normal_tensor([n, self.dim], &self.device);
        self.learner.frozen().inverse_and_log_det(z).0
    }

    fn density(&self, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(self.learner.frozen().log_prob(x))
    }

    fn latent_from_data(&self, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(self.learner.frozen().forward_and_log_det(x))
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.learner.frozen().inverse_and_log_det(z).0)
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
