//! Improved precision and recall: whether samples look like data, and whether all of the data is sampled.
//!
//! ```text
//! manifold(S) = union of balls around the points of S, each out to its k-th nearest neighbour in S
//! precision = share of samples in manifold(data)          recall = share of data in manifold(samples)
//! ```
//!
//! Precision falls with samples where no data is, recall with modes left out. A single outlier has a large ball and is forgiven much:
//! density and coverage ([`super::density_coverage`]) mend that.
//!
//! Reference: Kynkäänniemi et al. 2019, Improved Precision and Recall Metric for Assessing Generative Models, arXiv:1904.06991.

use super::{Estimate, neighbours};
use crate::data::Points;

/// Both shares, 0 to 1. The errors are binomial: those of the points counted, with the balls as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionRecall {
    pub precision: Estimate,
    pub recall: Estimate,
}

/// Compares samples with data through their `k`-th neighbours. Exchanging the two sets exchanges the two figures.
///
/// # Panics
/// If a set has no more than `k` points or the dimensions differ.
pub fn precision_recall(samples: &Points, data: &Points, k: usize) -> PrecisionRecall {
    PrecisionRecall {
        precision: share_inside(samples, data, k),
        recall: share_inside(data, samples, k),
    }
}

/// Share of `points` in the manifold of `centres`.
fn share_inside(points: &Points, centres: &Points, k: usize) -> Estimate {
    let balls = neighbours::falls(points, centres, &neighbours::kth_squares(centres, k)).balls;
    Estimate::share(balls.iter().filter(|&&balls| balls > 0).count(), balls.len())
}
