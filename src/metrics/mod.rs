//! How far P_phi is from P_data, from points and log-densities alone.
//!
//! Every measure can be put beside its floor: what two fresh sets of the data itself score, by the same code ([`floor`]).

pub mod coverage;
pub mod divergence;
pub mod energy_distance;
pub mod floor;
pub mod mmd;
pub mod quadrature;
pub mod sliced_wasserstein;

use crate::data::Points;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Standard deviation of `value` under a repetition with other draws; NaN where it is not defined.
    pub stderr: f64,
}

impl Estimate {
    /// The mean of independent values, with sd / √n. One value has no known error (NaN), no value no mean either.
    pub fn mean(values: impl Iterator<Item = f64> + Clone) -> Self {
        let n = values.clone().count() as f64;
        let value = values.clone().sum::<f64>() / n;
        let variance = values.map(|v| (v - value).powi(2)).sum::<f64>() / (n - 1.0);
        Self {
            value,
            stderr: (variance / n).sqrt(),
        }
    }
}

/// Σ f(|aᵢ − bⱼ|²) over all pairs of points of two sets.
fn sum_over_pairs(a: &Points, b: &Points, f: impl Fn(f64) -> f64) -> f64 {
    assert_eq!(a.dim, b.dim, "two sets of points differ in dimension");
    let square = |x: &[f32], y: &[f32]| {
        x.iter()
            .zip(y)
            .map(|(x, y)| (f64::from(*x) - f64::from(*y)).powi(2))
            .sum()
    };
    a.rows().map(|x| b.rows().map(|y| f(square(x, y))).sum::<f64>()).sum()
}

/// Means of f(|x − y|²) over pairs from one set each, and over pairs of different points within each set.
///
/// # Panics
/// If a set has fewer than two points.
fn pair_means(a: &Points, b: &Points, f: impl Fn(f64) -> f64) -> PairMeans {
    assert!(a.len() > 1 && b.len() > 1, "pairs within a set need two points");
    // A point paired with itself is taken out again: that makes the means unbiased.
    let within = |x: &Points| {
        let n = x.len() as f64;
        (sum_over_pairs(x, x, &f) - n * f(0.0)) / (n * (n - 1.0))
    };
    PairMeans {
        across: sum_over_pairs(a, b, &f) / (a.len() as f64 * b.len() as f64),
        within: [within(a), within(b)],
    }
}

/// What two-sample statistics of the U type are made of.
struct PairMeans {
    across: f64,
    within: [f64; 2],
}
