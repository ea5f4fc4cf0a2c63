//! The coin that makes a proposal's law exact.
//!
//! References: N. Metropolis et al., *Equation of State Calculations by Fast Computing Machines*, 1953; W. Hastings, *Monte Carlo Sampling Methods
//! Using Markov Chains and Their Applications*, 1970.

use crate::rng::Rng;
use burn::tensor::Tensor;

/// Metropolis: with probability min(1, exp(`log_odds`)) the second of each pair, else the first, walker by walker.
///
/// # Shapes
/// - `log_odds`: `[n]`; `states`, positions and their scores: `[n, d]`; `energies`: `[n]`
pub fn accept(
    log_odds: Tensor<1>,
    states: [(Tensor<2>, Tensor<2>); 2],
    energies: (Tensor<1>, Tensor<1>),
    rng: &mut Rng,
) -> (Tensor<2>, Tensor<1>, Tensor<2>) {
    let n = log_odds.dims()[0];
    let u = rng.uniform_tensor([n, 1], &log_odds.device());
    let accepted = u.lower(log_odds.clamp_max(0.0).exp().unsqueeze_dim::<2>(1)); // [n, 1]
    let [x, score] = states.map(|(old, new)| old.clone().mask_where(accepted.clone().expand(old.dims()), new));
    let energy = energies.0.mask_where(accepted.squeeze_dim(1), energies.1);
    (x, energy, score)
}
