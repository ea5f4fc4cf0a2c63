//! Building blocks that the families share.

pub mod activation;
pub mod attention;
pub mod classes;
pub mod columns;
#[cfg(feature = "gpu")]
pub mod couplings;
pub mod cpu;
pub mod curve;
pub mod dense;
pub mod distributions;
pub mod dropout;
pub mod embedding;
pub mod fixed;
pub mod foretold;
pub mod fourier;
pub mod gaussian;
#[cfg(feature = "gpu")]
mod gpu;
pub mod jet;
pub mod layer_norm;
pub mod levels;
pub mod many;
pub mod masked;
pub mod masked_waves;
pub mod mlp;
pub mod optim;
#[cfg(feature = "gpu")]
pub mod perceptron;
pub mod pointwise;
pub mod recurrent;
pub mod rowwise;
pub mod spectral;
pub mod spline;
pub mod waves;

use crate::{rng::Rng, tensors::tensor};
use burn::{
    module::Param,
    nn::Linear,
    tensor::{Device, Tensor},
};

/// ½ log 2π, the normaliser of a standard Gaussian per dimension.
pub const HALF_LN_2PI: f64 = 0.918_938_533_204_672_8;

/// A linear layer with weights and biases uniform on ±gain/√d_input, drawn on the host (PyTorch's default at gain 1).
pub fn linear(d_input: usize, d_output: usize, gain: f64, rng: &mut Rng, device: &Device) -> Linear {
    let bound = gain / (d_input as f64).sqrt();
    let mut draw = |n: usize| -> Vec<f32> { (0..n).map(|_| ((2.0 * rng.uniform() - 1.0) * bound) as f32).collect() };
    Linear {
        weight: Param::from_tensor(tensor(draw(d_input * d_output), [d_input, d_output], device)),
        bias: Some(Param::from_tensor(tensor(draw(d_output), [d_output], device))),
    }
}

/// log N(x; 0, I) summed over the last axis, in nats.
///
/// # Shapes
/// - `x`: `[n, d]`, returns `[n]`
pub fn standard_normal_log_prob(x: Tensor<2>) -> Tensor<1> {
    let [_, d] = x.dims();
    (x.square().sum_dim(1) * -0.5 - d as f64 * HALF_LN_2PI).squeeze_dim(1)
}

/// log Σ exp over the first axis, with the largest term taken out so that nothing overflows.
///
/// # Shapes
/// - `x`: `[k, n]`, returns `[n]`
pub fn log_sum_exp(x: Tensor<2>) -> Tensor<1> {
    let [_, n] = x.dims();
    let largest = x.clone().detach().max_dim(0); // [1, n]; its gradient cancels
    let sum = (x - largest.clone()).exp().sum_dim(0);
    (sum.log() + largest).reshape([n])
}
