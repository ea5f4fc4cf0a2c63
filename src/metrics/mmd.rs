//! Maximum mean discrepancy with a Gaussian kernel: the distance between two distributions' mean features.
//!
//! ```text
//! MMD² = E k(X, X') + E k(Y, Y') − 2 E k(X, Y)        k(x, y) = exp(−|x − y|² / 2 bandwidth²)
//! ```
//!
//! Reference: Gretton et al. 2012, A Kernel Two-Sample Test, Journal of Machine Learning Research 13.

use super::{Estimate, pairs};
use crate::data::Points;

/// Points behind the median distance: 125 000 pairs, so that it is known to about a percent.
const MEDIAN_POINTS: usize = 500;

/// The unbiased estimate of MMD² (Gretton's equation 3): 0 on average for equal distributions, so it is often negative. `bandwidth` is in data
/// units; it sees differences of about that size. Costs n² kernels.
///
/// # Panics
/// If a set has fewer than two points or the dimensions differ.
pub fn mmd_squared(a: &Points, b: &Points, bandwidth: f64) -> Estimate {
    pairs::two_sample(a, b, |square| (-0.5 * square / bandwidth.powi(2)).exp())
}

/// The median distance between two of the points, in data units: the customary bandwidth. It is taken from the first 500 points alone, so
/// the same data give the same yardstick to every model. It is 0 where most points are equal, and no bandwidth then.
///
/// # Panics
/// If there are fewer than two points.
pub fn median_distance(points: &Points) -> f64 {
    let rows: Vec<&[f32]> = points.rows().take(MEDIAN_POINTS).collect();
    assert!(rows.len() > 1, "a distance needs two points");
    let pairs = rows
        .iter()
        .enumerate()
        .flat_map(|(i, x)| rows[..i].iter().map(|y| pairs::square(x, y)));
    let mut squares: Vec<f64> = pairs.collect();
    let middle = squares.len() / 2;
    squares.select_nth_unstable_by(middle, f64::total_cmp).1.sqrt()
}
