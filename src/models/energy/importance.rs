//! Sampling-importance-resampling: independent draws from an energy, which a Langevin chain stuck in one valley cannot give.
//!
//! ```text
//! yⱼ ~ q = N(0, s² I)      wⱼ ∝ exp(−E(yⱼ)) / q(yⱼ)      x = yⱼ with probability wⱼ
//! ```
//!
//! Good in one or two dimensions, where a broad Gaussian puts enough candidates everywhere; hopeless in many.
//!
//! References: D. Rubin, *Using the SIR Algorithm to Simulate Posterior Distributions*, 1988; G. Kitagawa, *Monte Carlo Filter and
//! Smoother for Non-Gaussian Nonlinear State Space Models*, 1996 (stratified resampling).

use super::Energy;
use crate::rng::Rng;
use burn::tensor::{Device, Tensor};

/// Points drawn from one set of candidates: the cost is linear in their number because sets are small.
const BLOCK: usize = 64;
/// Candidates per point drawn.
const CANDIDATES: usize = 8;

/// `n` draws, approximately from exp(−E) / Z.
///
/// # Shapes
/// - returns `[n, dim]`
pub fn resample(energy: &impl Energy, n: usize, dim: usize, device: &Device, rng: &mut Rng) -> Tensor<2> {
    let (blocks, pool) = (n.div_ceil(BLOCK), BLOCK * CANDIDATES);
    let scale = energy.tail_scale();
    let y = rng.normal_tensor([blocks * pool, dim], device) * scale;
    let log_q = y.clone().square().sum_dim(1).squeeze_dim::<1>(1) * (-0.5 / (scale * scale));
    let log_w = (energy.energy(y.clone()).neg() - log_q).reshape([blocks, pool]);
    let w = (log_w.clone() - log_w.max_dim(1)).exp();
    let cumulative = w.cumsum(1); // [blocks, pool]
    let total = cumulative.clone().narrow(1, pool - 1, 1);
    // One uniform per stratum: evener than independent ones, and as fair.
    let strata: Vec<f32> = (0..BLOCK).map(|i| i as f32).collect();
    let strata = Tensor::<1>::from_floats(strata.as_slice(), device).unsqueeze_dim::<2>(0);
    let u = (rng.uniform_tensor([blocks, BLOCK], device) + strata) * total / BLOCK as f64;
    let index = cumulative
        .unsqueeze_dim::<3>(1)
        .lower_equal(u.unsqueeze_dim::<3>(2)) // [blocks, BLOCK, pool]
        .int()
        .sum_dim(2)
        .squeeze_dim::<2>(2)
        .clamp_max(pool as i64 - 1); // rounding may put u at the very end
    let offsets: Vec<i64> = (0..blocks).map(|block| (block * pool) as i64).collect();
    let offsets = Tensor::<1, burn::tensor::Int>::from_data(offsets.as_slice(), device).unsqueeze_dim::<2>(1);
    y.select(0, (index + offsets).reshape([-1])).narrow(0, 0, n)
}
