//! Whole numbers spread over the interval up to the next, so that a density can be learned from them.
//!
//! ```text
//! y = x + u,  u ~ U[0, 1)^d        E_u[log p(x + u)] ≤ log ∫ p(x + u) du = log P(x)
//! ```
//!
//! What a density scores on y is a lower bound on what it says of x.
//!
//! References: B. Uria, I. Murray, H. Larochelle, *RNADE: The Real-valued Neural Autoregressive Density-estimator*, 2013, arXiv:1306.0186; L. Theis,
//! A. van den Oord, M. Bethge, *A Note on the Evaluation of Generative Models*, 2016, arXiv:1511.01844, section 3.1.

use super::{Bounds, Dataset, Points};
use crate::rng::Rng;

/// Data whose points are whole numbers, dequantised.
pub struct Dequantized(pub Box<dyn Dataset>);

impl Dequantized {
    fn spread(mut points: Points, rng: &mut Rng) -> Points {
        for value in &mut points.values {
            *value += rng.uniform() as f32;
        }
        points
    }
}

impl Dataset for Dequantized {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn is_dequantized(&self) -> bool {
        true
    }

    fn is_finite(&self) -> bool {
        self.0.is_finite()
    }

    fn class_shares(&self) -> Vec<f64> {
        self.0.class_shares()
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        Self::spread(self.0.sample(n, rng), rng)
    }

    fn training(&self, n: usize, rng: &mut Rng) -> Points {
        Self::spread(self.0.training(n, rng), rng)
    }

    fn held_out(&self, n: usize, rng: &mut Rng) -> Points {
        Self::spread(self.0.held_out(n, rng), rng)
    }

    fn known(&self) -> Option<Points> {
        self.0.known()
    }

    fn log_prob(&self, _x: &[f64]) -> Option<f64> {
        None
    }

    fn bounds(&self) -> Bounds {
        let Bounds { x: [low, high], .. } = self.0.bounds();
        Bounds::interval(low, high + 1.0)
    }
}
