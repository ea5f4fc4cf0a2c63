//! Hamiltonian Monte Carlo: give each walker a kick and let it roll without friction, so that it goes far in one step.
//!
//! ```text
//! p ~ N(0, I)      H(x, p) = E(x) + |p|² / 2      h = √(2ε)
//! leapfrog, L times:   p ← p + h/2 · score(x)     x ← x + h p     p ← p + h/2 · score(x)
//! keep the new x with probability min(1, exp(H before − H after))
//! ```
//!
//! With h = √(2ε), one leapfrog step is a Langevin step of size ε: the same step size means the same for every sampler. The leapfrog
//! preserves volume and can be run backwards, which is why H alone decides.
//!
//! References: S. Duane, A. Kennedy, B. Pendleton, D. Roweth, *Hybrid Monte Carlo*, 1987; R. Neal, *MCMC Using Hamiltonian Dynamics*,
//! 2011, arXiv:1206.1901.

use super::metropolis::accept;
use crate::{models::energy::Energy, rng::Rng};
use burn::tensor::Tensor;

/// L: long enough to roll across a valley, short enough for a frame.
pub const LEAPFROG: usize = 5;

/// `steps` kicks, each rolled out over [`LEAPFROG`] steps of size √(2 `step_size`), on a [`lifted`](crate::models::energy::lifted) energy.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, returns the same
pub fn walk(energy: &impl Energy, x: Tensor<2>, steps: usize, step_size: f64, rng: &mut Rng) -> Tensor<2> {
    let h = (2.0 * step_size).sqrt();
    let start = energy.energy_and_score(x.clone());
    let (x, ..) = (0..steps).fold((x, start.0, start.1), |(x, e, score), _| {
        let p = rng.normal_tensor(x.dims(), &x.device());
        let before = e.clone() + kinetic(p.clone());
        let (mut y, mut p, mut e_y, mut score_y) = (x.clone(), p, e.clone(), score.clone());
        for _ in 0..LEAPFROG {
            let half = p + score_y * (0.5 * h);
            y = y + half.clone() * h;
            (e_y, score_y) = energy.energy_and_score(y.clone());
            p = half + score_y.clone() * (0.5 * h);
        }
        let log_odds = before - e_y.clone() - kinetic(p);
        accept(log_odds, [(x, y), (score, score_y)], (e, e_y), rng)
    });
    x
}

/// |p|² / 2, row by row.
fn kinetic(p: Tensor<2>) -> Tensor<1> {
    p.square().sum_dim(1).squeeze_dim(1) * 0.5
}
