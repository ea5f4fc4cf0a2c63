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
    models::{
        Density, Model,
        one_player::{Method, OnePlayer},
        registry::LossSpec,
    },
    nn::standard_normal_log_prob,
    rng::Rng,
    spec::{
        Text,
        training::{Schedule, Training},
    },
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

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

/// How a flow learns: its learning rate falls, because at a constant one couplings that stretch strongly never settle.
pub(super) const TRAINING: Training = Training {
    schedule: Schedule::InverseSqrt,
    schedule_steps: 2000.0,
    ..Training::DEFAULT
};

/// Maximum likelihood for a flow.
pub struct FlowMethod<F> {
    flow: PhantomData<F>,
    dim: usize,
    device: Device,
}

impl<F: Module + Bijector + 'static> FlowMethod<F> {
    /// A model that learns `flow`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(flow: F, dim: usize, training: Training, device: &Device) -> Box<dyn Model> {
        let method = Self {
            flow: PhantomData,
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(flow, method, training))
    }
}

impl<F: Module + Bijector> Method for FlowMethod<F> {
    type Net = F;

    fn loss(&self, flow: &F, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        flow.log_prob(x.autodiff()).mean().neg()
    }

    fn sample(&self, flow: &F, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.dim], &self.device);
        flow.inverse_and_log_det(z).0
    }

    fn density(&self, flow: &F, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(flow.log_prob(x))
    }

    fn latent_from_data(&self, flow: &F, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(flow.forward_and_log_det(x))
    }

    fn data_from_latent(&self, flow: &F, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(flow.inverse_and_log_det(z).0)
    }
}
