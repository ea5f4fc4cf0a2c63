//! Flows: stretch and bend a Gaussian into the data, without tearing or glueing.
//!
//! ```text
//! z = f(x)      log p(x) = log N(z; 0, I) + log|det ∂f/∂x|      loss = −E_data[log p(x)]
//! ```
//!
//! References: D. Rezende and S. Mohamed, *Variational Inference with Normalizing Flows*, 2015, arXiv:1505.05770.

pub mod autoregressive;
#[cfg(feature = "gpu")]
mod chain;
pub mod conditioner;
pub mod coupling;
pub mod elementwise;
pub mod iaf;
#[cfg(feature = "gpu")]
mod link;
pub mod maf;
mod method;
pub mod monotone;
pub mod nice;
pub mod nsf;
pub mod plane;
pub mod realnvp;
mod settings;
pub mod stack;

use crate::{
    models::spec::{FieldKind, LossSpec, Views},
    nn::standard_normal_log_prob,
    spec::{
        Text,
        training::{Schedule, Training},
    },
};
use burn::tensor::Tensor;

/// An invertible map between data `x` and latent `z` with a tractable Jacobian.
pub trait Bijector {
    /// Latents and log|det ∂z/∂x|.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    /// - returns `z`: `[n, d]`, `log_det`: `[n]` in nats
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>);

    /// Data of latents: undoes [`Bijector::forward_and_log_det`].
    ///
    /// # Shapes
    /// - `z`: `[n, d]`, returns the same
    fn inverse(&self, z: Tensor<2>) -> Tensor<2>;

    /// What it is called where the layers of a flow are named.
    fn kind(&self) -> &'static str {
        "layer"
    }

    /// What it is composed of, from the data's side to the latents'; nothing where it is one piece.
    fn pieces(&self) -> Vec<&dyn Bijector> {
        Vec::new()
    }

    /// What it is to an operation for many layers, where there is one for such as it.
    #[cfg(feature = "gpu")]
    fn link(&self) -> Option<link::Link<'_>> {
        None
    }

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
