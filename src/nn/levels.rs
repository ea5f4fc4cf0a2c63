//! Probabilities of whole numbers, one table for each coordinate of each point.
//!
//! ```text
//! P(x = k) = softmax(logits)ₖ,   k = 0, 1, …, K − 1
//! ```
//!
//! With two levels it is the Bernoulli distribution of black and white pixels.

use crate::{
    nn::{
        cpu::is_cpu,
        distributions::{Univariate, categorical},
        rowwise::level_log_prob,
    },
    rng::Rng,
};
use burn::tensor::{Tensor, activation::log_softmax};

/// A categorical distribution for each coordinate of each point.
#[derive(Clone, Debug)]
pub struct Levels {
    logits: Tensor<3>, // [n, d, k]
}

impl Levels {
    /// # Shapes
    /// - `logits`: `[n, d, k]`
    pub fn new(logits: Tensor<3>) -> Self {
        Self { logits }
    }

    fn log_probs(&self) -> Tensor<3> {
        log_softmax(self.logits.clone(), 2)
    }

    /// log P of each coordinate, of Burn's operations.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    pub fn log_prob_of_operations(&self, x: Tensor<2>) -> Tensor<2> {
        let at = x.int().unsqueeze_dim(2); // [n, d, 1]
        self.log_probs().gather(2, at).squeeze_dim(2)
    }

    /// Means.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn mean(&self) -> Tensor<2> {
        let [_, _, k] = self.logits.dims();
        let levels = Tensor::arange(0..k as i64, &self.logits.device()).float();
        (self.log_probs().exp() * levels.reshape([1, 1, k]))
            .sum_dim(2)
            .squeeze_dim(2)
    }
}

impl Univariate for Levels {
    const SMOOTH: bool = false;

    fn log_prob(&self, x: Tensor<2>) -> Tensor<2> {
        if is_cpu(&x.device()) {
            level_log_prob(x, self.logits.clone())
        } else {
            self.log_prob_of_operations(x)
        }
    }

    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        categorical(self.log_probs(), rng).squeeze_dim::<2>(2).float()
    }

    fn mean_count(&self) -> Option<Tensor<2>> {
        Some(self.mean())
    }
}
