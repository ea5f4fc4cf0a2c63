//! Density and coverage: precision and recall that a few outliers cannot buy.
//!
//! ```text
//! ball(yⱼ) reaches from a data point to its k-th nearest neighbour in the data
//! density = 1/(k n) Σᵢ #{j : xᵢ in ball(yⱼ)}          coverage = share of data points with a sample in their ball
//! ```
//!
//! Density counts how many balls a sample lies in, where precision asks for one: its expectation is 1 for equal distributions, and more where
//! samples crowd into the densest parts. Coverage looks only into balls of the data, so stray samples cannot raise it; for equal
//! distributions and as many samples it is about 1 − 2⁻ᵏ, 0.97 for k = 5.
//!
//! Reference: Naeem et al. 2020, Reliable Fidelity and Diversity Metrics for Generative Models, arXiv:2002.09797.

use super::{Estimate, neighbours};
use crate::data::Points;

/// Both figures. The errors are those of the points counted, as if they were independent, with the balls as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DensityCoverage {
    /// 0 and up; 1 for equal distributions.
    pub density: Estimate,
    /// 0 to 1.
    pub coverage: Estimate,
}

/// Counts samples in the balls of data out to the `k`-th neighbour.
///
/// # Panics
/// If there are no more than `k` data points, no sample, or the dimensions differ.
pub fn density_coverage(samples: &Points, data: &Points, k: usize) -> DensityCoverage {
    assert!(!samples.is_empty(), "density needs samples");
    let falls = neighbours::falls(samples, data, &neighbours::kth_squares(data, k));
    DensityCoverage {
        density: Estimate::mean(falls.balls.iter().map(|&balls| f64::from(balls) / k as f64)),
        coverage: Estimate::share(falls.hit.iter().filter(|&&hit| hit).count(), falls.hit.len()),
    }
}
