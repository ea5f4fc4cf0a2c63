//! Sampling-importance-resampling: independent draws from an energy, which a Langevin chain stuck in one valley cannot give.
//!
//! ```text
//! yⱼ ~ q = N(0, s² I)      wⱼ ∝ exp(−E(yⱼ)) / q(yⱼ)      x = yⱼ with probability wⱼ
//! x ← x + σ z  with probability min(1, exp(E(x) − E(x + σ z))),  for a few σ
//! ```
//!
//! Resampling leaves copies; the Metropolis moves part them without changing the law, which unadjusted Langevin steps would. Good in one
//! or two dimensions, where a broad Gaussian puts enough candidates everywhere; hopeless in many.
//!
//! References: D. Rubin, *Using the SIR Algorithm to Simulate Posterior Distributions*, 1988; W. Gilks and C. Berzuini, *Following a
//! Moving Target: Monte Carlo Inference for Dynamic Bayesian Models*, 2001 (resample, then move).

use super::Energy;
use crate::rng::Rng;
use burn::tensor::{Device, Tensor};

/// Points drawn from one set of candidates: the cost is linear in their number because sets are small.
const BLOCK: usize = 64;
/// Candidates per point drawn.
const CANDIDATES: usize = 8;
/// σ of the moves, in standard deviations of the data: one of them suits a mode whatever its width.
const MOVES: [f64; 4] = [0.2, 0.1, 0.05, 0.02];

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
    let x = y.select(0, (index + offsets).reshape([-1])).narrow(0, 0, n);
    MOVES.iter().fold(x, |x, sigma| metropolis(energy, x, *sigma, rng))
}

/// One random-walk Metropolis move of every point.
fn metropolis(energy: &impl Energy, x: Tensor<2>, sigma: f64, rng: &mut Rng) -> Tensor<2> {
    let [n, dim] = x.dims();
    let proposed = x.clone() + rng.normal_tensor([n, dim], &x.device()) * sigma;
    let [before, after] = [&x, &proposed].map(|x| energy.energy(x.clone()).unsqueeze_dim::<2>(1)); // [n, 1]
    let accepted = rng
        .uniform_tensor([n, 1], &x.device())
        .lower((before - after).clamp_max(0.0).exp());
    x.mask_where(accepted.expand([n, dim]), proposed)
}
