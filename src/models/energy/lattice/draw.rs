//! Draws from a lattice, and how much it is off.
//!
//! ```text
//! q(u) = m_c / Σ m · 1/|c| in cell c: by the inverse of the cumulated masses, then evenly within the cell
//! w(u) = f(u) / f(u_c)  ∝ f(u) / q(u)        log Z = log Σ m + log E_q[w]
//! u ← u′ ~ q  with probability min(1, w(u′) / w(u)),  a few times
//! ```
//!
//! The cells give nearly the right law; the independence chain makes it the right one, and parts the draws from the cells' pattern. The mean of w
//! corrects the sum, without bias, and its spread is an error that can be believed: a landscape with valleys narrower than the cells has
//! weights far from 1. For log Z the draws are systematic and come in pairs, mirrored about the centres, so that slopes cancel.
//!
//! References: L. Tierney, *Markov Chains for Exploring Posterior Distributions*, 1994 (the independence chain); J. Hammersley and K. Morton,
//! 1956 (antithetic draws).

use super::{Lattice, log_f, search::search};
use crate::{
    rng::{Rng, Stream},
    tensors::tensor,
};
use burn::tensor::{Int, Tensor};

/// Proposals of the independence chain. The weights lie between 1/5 and 5 on every data set here, for most within a tenth of 1.
const PROPOSALS: usize = 8;

/// Samples drawn at once: bounds memory.
const BLOCK: usize = 2048;

/// Pairs of draws that correct log Z.
const PAIRS: usize = 2048;

impl Lattice<'_> {
    /// Independent draws of exp(−E) / Z.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        let (_, cumulative) = self.cumulative();
        let blocks =
            (0..n.div_ceil(BLOCK)).map(|block| self.sample_block(BLOCK.min(n - block * BLOCK), &cumulative, rng));
        Tensor::cat(blocks.collect(), 0)
    }

    fn sample_block(&self, n: usize, cumulative: &Tensor<1>, rng: &mut Rng) -> Tensor<2> {
        let ([_, dim], device) = (self.u.dims(), self.u.device());
        let count = n * (1 + PROPOSALS);
        // The uniforms are below 1; levels must be above 0, or a cell without mass could be met.
        let level = rng.uniform_tensor([count, 1], &device).neg() + 1.0;
        let index = self.cells_at(cumulative, level.squeeze_dim(1));
        let (u, log_w) = self.within(index, rng.uniform_tensor([count, dim], &device) - 0.5);
        let part = |k: usize| (u.clone().narrow(0, k * n, n), log_w.clone().narrow(0, k * n, n));
        let (u, _) = (1..=PROPOSALS).fold(part(0), |(u, log_w), k| {
            let (proposed, its_log_w) = part(k);
            let odds = (its_log_w.clone() - log_w.clone()).clamp_max(0.0).exp();
            let accepted = rng.uniform_tensor([n, 1], &device).lower(odds.unsqueeze_dim(1)); // [n, 1]
            let log_w = log_w.mask_where(accepted.clone().squeeze_dim(1), its_log_w);
            (u.mask_where(accepted.expand([n, dim]), proposed), log_w)
        });
        self.axis.x(u)
    }

    /// log Z and its standard error, in nats. The draws behind it are the same each time.
    ///
    /// # Shapes
    /// - returns `[2]`
    pub fn log_z(&self) -> Tensor<1> {
        let ([_, dim], device) = (self.u.dims(), self.u.device());
        let levels: Vec<f32> = (0..PAIRS).map(|i| ((i as f64 + 0.5) / PAIRS as f64) as f32).collect();
        let (top, cumulative) = self.cumulative();
        let index = self.cells_at(&cumulative, tensor(levels, [PAIRS], &device));
        let offset = Rng::new(0, Stream::Eval).uniform_tensor([PAIRS, dim], &device) - 0.5;
        let (_, log_w) = self.within(
            Tensor::cat(vec![index.clone(), index], 0),
            Tensor::cat(vec![offset.clone(), offset.neg()], 0),
        );
        let w = log_w.exp().reshape([2, PAIRS]).mean_dim(0).squeeze_dim::<1>(0);
        let mean = w.clone().mean();
        let spread = (w - mean.clone()).square().sum() * (1.0 / ((PAIRS - 1) * PAIRS) as f64);
        let last = cumulative.dims()[0] - 1;
        let log_sum = cumulative.narrow(0, last, 1).log() + top;
        Tensor::cat(vec![log_sum + mean.clone().log(), spread.sqrt() / mean], 0)
    }

    /// The largest log m, and the cumulated masses over exp of it.
    fn cumulative(&self) -> (Tensor<1>, Tensor<1>) {
        let top = self.log_mass.clone().max();
        let mass = (self.log_mass.clone() - top.clone()).exp();
        (top, mass.cumsum(0))
    }

    /// The cells at these shares, in (0, 1], of the whole of the `cumulative` masses.
    fn cells_at(&self, cumulative: &Tensor<1>, share: Tensor<1>) -> Tensor<1, Int> {
        let last = cumulative.dims()[0] - 1;
        let total = cumulative.clone().narrow(0, last, 1);
        search(cumulative.clone(), self.columns, share * total)
    }

    /// Points of cells, `offset` sides from their centres, and their log w.
    ///
    /// # Shapes
    /// - `index`: `[n]`, `offset`: `[n, d]`, returns `[n, d]` and `[n]`
    fn within(&self, index: Tensor<1, Int>, offset: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let centre = self.u.clone().select(0, index.clone());
        let length = self.length.clone().select(0, index.clone()).unsqueeze_dim::<2>(1);
        let u = centre + offset * length;
        let log_w = log_f(self.log_integrand, self.axis, u.clone()) - self.log_f.clone().select(0, index);
        (u, log_w)
    }
}
