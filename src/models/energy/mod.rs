//! Energy-based models: any function that is low where data lies is a density, once divided by an integral nobody can write down.
//!
//! ```text
//! p(x) = exp(−E(x)) / Z      Z = ∫ exp(−E(x)) dx      score(x) = ∇ₓ log p(x) = −∇ₓ E(x)
//! ```
//!
//! The score needs no Z, so Langevin dynamics can walk on the landscape. Learning lowers E at data and raises it at negatives; the
//! methods differ in where the negatives come from.
//!
//! References: Y. LeCun et al., *A Tutorial on Energy-Based Learning*, 2006; Y. Song and D. Kingma, *How to Train Your Energy-Based
//! Models*, 2021, arXiv:2101.03288.

pub mod importance;
pub mod langevin;
pub mod network;
pub mod noise_contrastive;
pub mod persistent_contrastive;

use crate::{
    models::{Density, Model, State, registry::Views},
    nn::optim::Learner,
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// A landscape over data space: exp(−E) is a density up to its integral.
pub trait Energy {
    /// E(x) in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn energy(&self, x: Tensor<2>) -> Tensor<1>;

    /// −∇ₓ E(x), for parameters that are on an autodiff device and untracked ([`lifted`]).
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns the same
    fn score(&self, x: Tensor<2>) -> Tensor<2> {
        let x = x.autodiff().require_grad();
        let gradients = self.energy(x.clone()).sum().backward();
        x.grad(&gradients).expect("an energy depends on x").neg()
    }

    /// Standard deviation of the Gaussian that the energy decays to: its tails, and where samplers start.
    fn tail_scale(&self) -> f64;
}

/// Where negatives come from and what is minimised: all that tells one energy model's training from another's.
pub trait Contrast<E> {
    /// Points to push up, for `n` data points to pull down. `energy` is [`lifted`].
    ///
    /// # Shapes
    /// - returns `[m, d]` on the plain device
    fn negatives(&self, energy: &E, n: usize, rng: &mut Rng) -> Tensor<2>;

    /// The loss first, then its terms.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `negatives`: `[m, d]`, both on the autodiff device, returns `[k]`
    fn loss(&self, energy: &E, x: Tensor<2>, negatives: Tensor<2>) -> Tensor<1>;

    /// Keeps what the next step's negatives start from.
    fn remember(&mut self, _negatives: Tensor<2>) {}

    /// Changes a setting that needs no restart.
    fn set(&mut self, _id: &str, _value: f64) -> bool {
        false
    }

    /// What [`Contrast::remember`] has kept.
    fn memory(&self) -> Option<Tensor<1>> {
        None
    }

    /// Undoes [`Contrast::memory`].
    fn load_memory(&mut self, _memory: Tensor<1>) {}
}

/// The same parameters on the autodiff device, untracked: gradients flow to x alone.
pub fn lifted<M: Module>(plain: M) -> M {
    plain.train().no_grad()
}

/// Decay of the averaged weights that are shown and measured: they remember about the last 500 steps.
const AVERAGE_DECAY: f64 = 0.998;

/// Longest gradient of a step: chains that have strayed would otherwise tear the landscape.
const CLIP: f64 = 5.0;

/// An energy that learns by contrast with negatives.
pub struct EnergyModel<E: Module, C> {
    learner: Learner<E>,
    contrast: C,
    /// Of the walkers' Langevin steps.
    step_size: f64,
    dim: usize,
    device: Device,
}

impl<E: Module + Energy + 'static, C: Contrast<E>> EnergyModel<E, C> {
    /// Learns `energy`, built on the autodiff `device`.
    pub fn new(energy: E, contrast: C, step_size: f64, dim: usize, device: &Device) -> Self {
        Self {
            learner: Learner::new(energy).with_clip(CLIP).with_average(AVERAGE_DECAY),
            contrast,
            step_size,
            dim,
            device: device.clone().inner(),
        }
    }

    fn negatives(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        let energy = lifted(self.learner.module().valid());
        self.contrast.negatives(&energy, n, rng)
    }

    fn loss_against(&self, x: Tensor<2>, negatives: Tensor<2>) -> Tensor<1> {
        self.contrast
            .loss(self.learner.module(), x.autodiff(), negatives.autodiff())
    }
}

impl<E: Module + Energy + 'static, C: Contrast<E>> Model for EnergyModel<E, C> {
    fn parameters(&self, _player: usize) -> Tensor<1> {
        self.learner.parameters()
    }

    fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
        self.learner.parameter_sizes()
    }

    fn set_parameters(&mut self, _player: usize, theta: Tensor<1>) {
        self.learner.set_parameters(theta);
    }

    fn loss(&self, _player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let negatives = self.negatives(x.dims()[0], rng);
        self.loss_against(x, negatives)
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learner.gradient(self.loss(player, x, rng).narrow(0, 0, 1))
    }

    fn train_step(&mut self, x: Tensor<2>, learning_rate: f64, rng: &mut Rng) -> Tensor<1> {
        let negatives = self.negatives(x.dims()[0], rng);
        let losses = self.loss_against(x, negatives.clone());
        self.learner.descend(losses.clone().narrow(0, 0, 1), learning_rate);
        self.contrast.remember(negatives);
        losses.inner()
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        importance::resample(&self.learner.frozen(), n, self.dim, &self.device, rng)
    }

    fn density(&self, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Unnormalized(self.learner.frozen().energy(x).neg())
    }

    fn score(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(lifted(self.learner.frozen()).score(x))
    }

    fn walk(&self, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        let energy = lifted(self.learner.frozen());
        Some(langevin::langevin(&energy, walkers, steps, self.step_size, rng))
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        let walkers = id == langevin::STEP_SIZE.id;
        if walkers {
            self.step_size = value;
        }
        self.contrast.set(id, value) || walkers
    }

    fn state(&self) -> State {
        let (mut tensors, updates) = self.learner.state();
        tensors.extend(self.contrast.memory());
        State {
            tensors,
            counts: vec![updates],
        }
    }

    fn load_state(&mut self, state: &State) {
        let own = self.learner.state().0.len();
        self.learner.load_state(&state.tensors[..own], state.counts[0]);
        if let Some(memory) = state.tensors.get(own) {
            self.contrast.load_memory(memory.clone());
        }
    }
}

/// What every energy model can draw.
const VIEWS: Views = Views {
    fields: &[
        crate::models::registry::FieldKind::Energy,
        crate::models::registry::FieldKind::LogDensity,
    ],
    walkers: true,
    grid: false,
    latent: false,
};
