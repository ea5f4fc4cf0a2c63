//! Gaussians with independent coordinates, as networks output them: a mean and a log-variance per coordinate.
//!
//! ```text
//! log N(x; μ, σ²) = −½ Σ [ (x − μ)² / σ² + log σ² + log 2π ]
//! KL( N(μ, σ²) ‖ N(0, I) ) = ½ Σ [ μ² + σ² − 1 − log σ² ]
//! x = μ + σ ε,   ε ~ N(0, I)
//! mixture: log Σₖ πₖ N(x; μₖ, σₖ²)
//! ```
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114, appendix B.

use crate::nn::{HALF_LN_2PI, log_sum_exp};
use burn::tensor::Tensor;

/// One Gaussian per row.
#[derive(Clone, Debug)]
pub struct DiagonalGaussian {
    /// `[n, d]`
    pub mu: Tensor<2>,
    /// `[n, d]`
    pub log_var: Tensor<2>,
}

impl DiagonalGaussian {
    /// Log-density in nats, row by row.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    pub fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        let [_, d] = x.dims();
        let squares = (x - self.mu.clone()).square() * self.log_var.clone().neg().exp() + self.log_var.clone();
        (squares.sum_dim(1) * -0.5 - d as f64 * HALF_LN_2PI).squeeze_dim(1)
    }

    /// Log-density in nats, coordinate by coordinate.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    pub fn log_factors(&self, x: Tensor<2>) -> Tensor<2> {
        let squares = (x - self.mu.clone()).square() * self.log_var.clone().neg().exp() + self.log_var.clone();
        squares * -0.5 - HALF_LN_2PI
    }

    /// Log-density of the mixture of all rows, in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `log_weights`: `[k, 1]` for k rows, returns `[n]`
    pub fn mixture_log_prob(&self, x: Tensor<2>, log_weights: Tensor<2>) -> Tensor<1> {
        let [_, d] = x.dims();
        let [mu, log_var] = [&self.mu, &self.log_var].map(|each| each.clone().unsqueeze_dim::<3>(1)); // [k, 1, d]
        let squares = (x.unsqueeze_dim::<3>(0) - mu).square() * log_var.clone().neg().exp();
        let exponent = (squares + log_var).sum_dim(2).squeeze_dim::<2>(2); // [k, n]
        log_sum_exp(exponent * -0.5 + log_weights) - d as f64 * HALF_LN_2PI
    }

    /// Draws by reparametrisation, so that gradients reach `mu` and `log_var`.
    ///
    /// # Shapes
    /// - `eps`: `[n, d]` standard normal, returns `[n, d]`
    pub fn sample(&self, eps: Tensor<2>) -> Tensor<2> {
        self.mu.clone() + (self.log_var.clone() * 0.5).exp() * eps
    }

    /// KL to the standard Gaussian in nats, row by row.
    ///
    /// # Shapes
    /// - returns `[n]`
    pub fn kl_to_standard(&self) -> Tensor<1> {
        self.kl_by_coordinate().sum_dim(1).squeeze_dim(1)
    }

    /// The same, coordinate by coordinate.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn kl_by_coordinate(&self) -> Tensor<2> {
        (self.mu.clone().square() + self.log_var.clone().exp() - self.log_var.clone() - 1.0) * 0.5
    }

    /// Every row `times` over, in blocks: row i stands at i, i + n, i + 2n, …
    pub fn repeat(&self, times: usize) -> Self {
        Self {
            mu: self.mu.clone().repeat_dim(0, times),
            log_var: self.log_var.clone().repeat_dim(0, times),
        }
    }
}
