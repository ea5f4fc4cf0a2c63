//! Probabilities of whole numbers, one table for each coordinate of each point.
//!
//! ```text
//! P(x = k) = softmax(logits)ₖ,   k = 0, 1, …, K − 1
//! ```
//!
//! With two levels it is the Bernoulli distribution of black and white pixels.

use crate::{
    nn::distributions::{Univariate, categorical},
    rng::Rng,
};
use burn::tensor::{Tensor, activation::log_softmax};

/// A categorical distribution for each coordinate of each point.
#[derive(Clone, Debug)]
pub struct Levels {
    log_probs: Tensor<3>, // [n, d, k]
}

impl Levels {
    /// # Shapes
    /// - `logits`: `[n, d, k]`
    pub fn new(logits: Tensor<3>) -> Self {
        Self {
            log_probs: log_softmax(logits, 2),
        }
    }

    /// Means.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn mean(&self) -> Tensor<2> {
        let [_, _, k] = self.log_probs.dims();
        let levels = Tensor::arange(0..k as i64, &self.log_probs.device()).float();
        (self.log_probs.clone().exp() * levels.reshape([1, 1, k]))
            .sum_dim(2)
            .squeeze_dim(2)
    }
}

impl Univariate for Levels {
    fn log_prob(&self, x: Tensor<2>) -> Tensor<2> {
        let at = x.int().unsqueeze_dim(2); // [n, d, 1]
        self.log_probs.clone().gather(2, at).squeeze_dim(2)
    }

    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        categorical(self.log_probs.clone(), rng).squeeze_dim::<2>(2).float()
    }
}
