//! Flows: stretch and bend a Gaussian into the data, without tearing or glueing.
//!
//! ```text
//! z = f(x)      log p(x) = log N(z; 0, I) + log|det ∂f/∂x|      loss = −E_data[log p(x)]
//! ```
//!
//! References: D. Rezende and S. Mohamed, *Variational Inference with Normalizing Flows*, 2015, arXiv:1505.05770.

pub mod autoregressive;
pub mod conditioner;
pub mod coupling;
pub mod elementwise;
pub mod iaf;
pub mod maf;
pub mod monotone;
pub mod nice;
pub mod nsf;
pub mod plane;
pub mod realnvp;
mod settings;
pub mod stack;

use crate::{
    models::{
        Density, Model,
        one_player::{Method, OnePlayer},
        spec::{FieldKind, LossSpec, Views},
    },
    nn::standard_normal_log_prob,
    rng::Rng,
    spec::{
        Text,
        training::{Schedule, Training},
    },
};
use burn::tensor::{Device, Tensor};
use stack::Stack;

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

/// The one loss of every flow.
pub(super) const LOSSES: &[LossSpec] = &[LossSpec {
    id: "nll",
    label: Text {
        en: "−log P (nats)",
        zh: "−log P（纳特）",
    },
}];

/// What every flow can draw.
pub(super) const VIEWS: Views = Views {
    fields: &[FieldKind::LogDensity],
    walkers: false,
    grid: true,
    latent: false,
};

/// How a flow learns: its learning rate falls, because at a constant one couplings that stretch strongly never settle.
pub(super) const TRAINING: Training = Training {
    schedule: Schedule::InverseSqrt,
    schedule_steps: 2000.0,
    ..Training::DEFAULT
};

/// Maximum likelihood for a flow.
pub struct FlowMethod {
    dim: usize,
    device: Device,
}

impl FlowMethod {
    /// A model that learns `flow`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(flow: Stack, dim: usize, training: Training, device: &Device) -> Box<dyn Model> {
        let method = Self {
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(flow, method, training))
    }
}

impl Method for FlowMethod {
    type Net = Stack;

    fn loss(&self, flow: &Stack, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        flow.log_prob(x.autodiff()).mean().neg()
    }

    fn sample(&self, flow: &Stack, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.dim], &self.device);
        flow.inverse_and_log_det(z).0
    }

    fn density(&self, flow: &Stack, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(flow.log_prob(x))
    }

    fn latent_from_data(&self, flow: &Stack, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(flow.forward_and_log_det(x))
    }

    fn data_from_latent(&self, flow: &Stack, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(flow.inverse_and_log_det(z).0)
    }
}
