//! Importance sampling: an integral from draws of another distribution, and how many of the draws it rests on.
//!
//! ```text
//! Z = ∫ exp f(x) dx = E_q[w],  w = exp f(x) / q(x)        log Z ≈ log mean wᵢ
//! ESS = (Σ wᵢ)² / Σ wᵢ²        standard error of log Z = sd(w) / (√n mean w) = √((n / ESS − 1) / (n − 1))
//! ```
//!
//! The error is the delta method's. log of a mean is low by half its square on average; and where q misses a part that f has, all three
//! figures look fine and are wrong.
//!
//! References: Kong 1992, A Note on Importance Sampling Using Standardized Weights, University of Chicago; Owen 2013, Monte Carlo theory,
//! methods and examples, chapter 9.

use super::Estimate;
use crate::data::log_sum_exp;

/// (Σ w)² / Σ w²: as many equal weights would be as good. Between 1 and n; NaN where no weight is above 0.
pub fn effective_sample_size(log_weights: &[f64]) -> f64 {
    let sum = log_sum_exp(log_weights.iter().copied());
    let squares = log_sum_exp(log_weights.iter().map(|log_w| 2.0 * log_w));
    (2.0 * sum - squares).exp()
}

/// log Z in nats from the log-weights of independent draws. One draw has no known error (NaN).
///
/// # Panics
/// If there is no draw.
pub fn log_z(log_weights: &[f64]) -> Estimate {
    assert!(!log_weights.is_empty(), "no integral without draws");
    let n = log_weights.len() as f64;
    // Equal weights may round to an ESS a hair above n.
    let excess = (n / effective_sample_size(log_weights) - 1.0).max(0.0);
    Estimate {
        value: log_sum_exp(log_weights.iter().copied()) - n.ln(),
        stderr: (excess / (n - 1.0)).sqrt(),
    }
}
