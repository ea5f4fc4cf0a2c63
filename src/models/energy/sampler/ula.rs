//! Unadjusted Langevin dynamics: downhill on the energy, with just enough noise to stay a sampler.
//!
//! ```text
//! x ← x + ε · score(x) + √(2ε) · z      z ~ N(0, I)
//! ```
//!
//! Without a Metropolis correction the stationary law is that of exp(−E) up to an error of order ε. On a Gaussian of variance σ² it is
//! a Gaussian of variance σ² / (1 − ε/2σ²), and none at all where ε reaches 2σ².
//!
//! References: G. Roberts and R. Tweedie, *Exponential Convergence of Langevin Distributions and Their Discrete Approximations*, 1996;
//! M. Welling and Y. W. Teh, *Bayesian Learning via Stochastic Gradient Langevin Dynamics*, 2011.

use crate::{models::energy::Energy, rng::Rng};
use burn::tensor::Tensor;

/// `steps` steps of size `step_size` from `x`, on a [`lifted`](crate::models::energy::lifted) energy.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, returns the same
pub fn walk(energy: &impl Energy, x: Tensor<2>, steps: usize, step_size: f64, rng: &mut Rng) -> Tensor<2> {
    (0..steps).fold(x, |x, _| {
        let z = rng.normal_tensor(x.dims(), &x.device());
        let drift = energy.score(x.clone()) * step_size;
        x + drift + z * (2.0 * step_size).sqrt()
    })
}
