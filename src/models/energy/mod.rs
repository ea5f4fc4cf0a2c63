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
    models::{
        Density, Model,
        one_player::{Method, OnePlayer},
        registry::{FieldKind, Settings, Views},
    },
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

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

/// Learning by contrast with negatives.
pub struct EnergyMethod<E, C> {
    energy: PhantomData<E>,
    contrast: C,
    /// Of the walkers' Langevin steps.
    step_size: f64,
    dim: usize,
    device: Device,
}

impl<E: Module + Energy + 'static, C: Contrast<E> + 'static> EnergyMethod<E, C> {
    /// A model that learns `energy`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(energy: E, contrast: C, dim: usize, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let method = Self {
            energy: PhantomData,
            contrast,
            step_size: settings.float(langevin::STEP_SIZE.id),
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(energy, method, settings.training()))
    }

    fn negatives(&self, energy: &E, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.contrast.negatives(&lifted(energy.valid()), n, rng)
    }
}

impl<E: Module + Energy + 'static, C: Contrast<E> + 'static> Method for EnergyMethod<E, C> {
    type Net = E;

    fn loss(&self, energy: &E, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let negatives = self.negatives(energy, x.dims()[0], rng);
        self.contrast.loss(energy, x.autodiff(), negatives.autodiff())
    }

    fn training_loss(&mut self, energy: &E, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let negatives = self.negatives(energy, x.dims()[0], rng);
        let losses = self.contrast.loss(energy, x.autodiff(), negatives.clone().autodiff());
        self.contrast.remember(negatives);
        losses
    }

    fn sample(&self, energy: &E, n: usize, rng: &mut Rng) -> Tensor<2> {
        importance::resample(energy, n, self.dim, &self.device, rng)
    }

    fn density(&self, energy: &E, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Unnormalized(energy.energy(x).neg())
    }

    fn score(&self, energy: &E, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(lifted(energy.clone()).score(x))
    }

    fn tail_scale(&self, energy: &E) -> Option<f64> {
        Some(energy.tail_scale())
    }

    fn walk(&self, energy: &E, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        let energy = lifted(energy.clone());
        Some(langevin::langevin(&energy, walkers, steps, self.step_size, rng))
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        let walkers = id == langevin::STEP_SIZE.id;
        if walkers {
            self.step_size = value;
        }
        self.contrast.set(id, value) || walkers
    }

    fn memory(&self) -> Option<Tensor<1>> {
        self.contrast.memory()
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.contrast.load_memory(memory);
    }
}

/// What every energy model can draw.
const VIEWS: Views = Views {
    fields: &[FieldKind::Energy, FieldKind::LogDensity],
    walkers: true,
    grid: false,
    latent: false,
};
