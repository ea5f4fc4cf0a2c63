//! Maximum mean discrepancy with a Gaussian kernel: the distance between two distributions' mean features.
//!
//! ```text
//! MMD² = E k(X, X') + E k(Y, Y') − 2 E k(X, Y)        k(x, y) = exp(−|x − y|² / 2 bandwidth²)
//! ```
//!
//! Reference: Gretton et al. 2012, A Kernel Two-Sample Test, Journal of Machine Learning Research 13.

use super::pair_means;
use crate::data::Points;

/// The unbiased estimate of MMD² (Gretton's equation 3): 0 on average for equal distributions, so it is often negative. `bandwidth` is in data
/// units; it sees differences of about that size. Costs n² kernels.
///
/// # Panics
/// If a set has fewer than two points or the dimensions differ.
pub fn mmd_squared(a: &Points, b: &Points, bandwidth: f64) -> f64 {
    let means = pair_means(a, b, |square| (-0.5 * square / bandwidth.powi(2)).exp());
    means.within[0] + means.within[1] - 2.0 * means.across
}
