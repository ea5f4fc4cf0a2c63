//! Metropolis-adjusted Langevin: the Langevin step is only a proposal, and a coin with the right odds makes its law exact.
//!
//! ```text
//! y = x + ε · score(x) + √(2ε) · z
//! q(y | x) = N(y; x + ε · score(x), 2ε I)
//! x ← y  with probability  min(1, exp(E(x) − E(y)) · q(x | y) / q(y | x))
//! ```
//!
//! References: J. Besag, comment in *Representations of Knowledge in Complex Systems* by U. Grenander and M. Miller, 1994; G. Roberts and
//! R. Tweedie, *Exponential Convergence of Langevin Distributions and Their Discrete Approximations*, 1996.

use super::metropolis::accept;
use crate::{models::energy::Energy, rng::Rng};
use burn::tensor::Tensor;

/// `steps` steps of size `step_size` from `x`, on a [`lifted`](crate::models::energy::lifted) energy.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, returns the same
pub fn walk(energy: &impl Energy, x: Tensor<2>, steps: usize, step_size: f64, rng: &mut Rng) -> Tensor<2> {
    let start = energy.energy_and_score(x.clone());
    let (x, ..) = (0..steps).fold((x, start.0, start.1), |(x, e, score), _| {
        let z = rng.normal_tensor(x.dims(), &x.device());
        let y = x.clone() + score.clone() * step_size + z.clone() * (2.0 * step_size).sqrt();
        let (e_y, score_y) = energy.energy_and_score(y.clone());
        // log q(y | x) is −|z|² / 2; the way back needs the noise that would lead from y to x.
        let back = x.clone() - y.clone() - score_y.clone() * step_size;
        let log_q = squared_norm(z) * -0.5;
        let log_q_back = squared_norm(back) * (-0.25 / step_size);
        let log_odds = e.clone() - e_y.clone() + log_q_back - log_q;
        accept(log_odds, [(x, y), (score, score_y)], (e, e_y), rng)
    });
    x
}

/// |v|², row by row.
fn squared_norm(v: Tensor<2>) -> Tensor<1> {
    v.square().sum_dim(1).squeeze_dim(1)
}
