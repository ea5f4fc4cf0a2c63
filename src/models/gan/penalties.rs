//! Penalties on the discriminator's slope, which make the game settle.
//!
//! ```text
//! R1 = E_data[|∇D(x)|²]      R2 = E_z[|∇D(x̃)|²]      GP = E[(|∇D(x̂)| − 1)²],  x̂ = x + u (x̃ − x),  u ~ U[0, 1)
//! |∇D(x)|² = Σᵢ (∂D/∂xᵢ)²,   each ∂D/∂xᵢ in forward mode along the unit vector eᵢ
//! ```
//!
//! On the plane two directional derivatives give the whole gradient, exactly; a discriminator that judges m points at once has m times as
//! many coordinates.
//!
//! References: L. Mescheder, A. Geiger, S. Nowozin, *Which Training Methods for GANs do actually Converge?*, 2018, arXiv:1801.04406,
//! equation 9 and section 4.1. I. Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017, arXiv:1704.00028, equation 3.

use super::Discriminator;
use crate::{rng::Rng, tensors::identity};
use burn::tensor::Tensor;

/// Keeps the slope of the square root finite where a gradient is zero.
const TINY: f64 = 1e-12;

/// Logits and the squared norm of their gradient in everything they were computed from.
///
/// # Shapes
/// - `x`: `[n, d]` with n a multiple of the m points judged at once, returns two of `[n / m]`
pub fn logits_and_squared_slopes(discriminator: &impl Discriminator, x: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
    let [n, d] = x.dims();
    let (cases, coordinates) = (n / discriminator.pack(), discriminator.pack() * d);
    // one pass over as many copies of x as there are coordinates, each copy with its own direction
    let directions = identity(coordinates, &x.device())
        .reshape([coordinates, 1, coordinates])
        .repeat_dim(1, cases)
        .reshape([coordinates * n, d]);
    let (logits, slopes) = discriminator.discriminate_jvp(x.repeat_dim(0, coordinates), directions);
    let squares = slopes.square().reshape([coordinates, cases]).sum_dim(0);
    (logits.narrow(0, 0, cases), squares.squeeze_dim(0))
}

/// Points between each of `x` and each of `fakes`; the points of one case lie at the same share of their way.
///
/// # Shapes
/// - `x`, `fakes`: `[n, d]`, returns `[n, d]`
pub fn between(x: Tensor<2>, fakes: Tensor<2>, pack: usize, rng: &mut Rng) -> Tensor<2> {
    let [n, _] = x.dims();
    let share = rng
        .uniform_tensor([n / pack, 1], &x.device())
        .repeat_dim(1, pack)
        .reshape([n, 1]);
    x.clone() + (fakes - x) * share
}

/// The penalty of WGAN-GP at `x`: how far slopes are from 1.
///
/// # Shapes
/// - `x`: `[n, d]`, returns `[1]`
pub fn gradient_penalty(discriminator: &impl Discriminator, x: Tensor<2>) -> Tensor<1> {
    let (_, squares) = logits_and_squared_slopes(discriminator, x);
    ((squares + TINY).sqrt() - 1.0).square().mean()
}
