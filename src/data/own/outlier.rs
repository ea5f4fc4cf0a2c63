//! Values so far out that nothing could be learned beside them.
//!
//! ```text
//! dᵢ = |xᵢ − median|, sorted; refused where, with k at most n/100 (but at least 1) values left to the right of it, a gap has
//! d₍ₙ₋ₖ₊₁₎ > 1000 d₍ₙ₋ₖ₎ > 0
//! ```
//!
//! Why so: whoever stands so far out rules the gradient of every batch that holds it. What lies out less is learned, with a scale that does not
//! feel it, and told. The median and the quantiles of the distances do not move with the outliers, however far they are. Heavy tails have no such
//! gap: the largest of Cauchy draws is 1000 times the next with probability 1/1000. Nor have two far clusters, unless one has less than a
//! hundredth of the points. Fewer than 5 points are too few to say which of them lies out.

/// How many times farther out than the rest.
const GAP: f64 = 1000.0;
/// At most one value in so many is an outlier.
const ONE_IN: usize = 100;
/// Below this, no value is.
const FEWEST: usize = 5;

/// The nearest of the far values, if there is any; the values are sorted.
pub fn outlier(sorted: &[f64]) -> Option<f64> {
    let count = sorted.len();
    if count < FEWEST {
        return None;
    }
    let median = sorted[count / 2];
    let mut by_distance: Vec<(f64, f64)> = sorted.iter().map(|&value| ((value - median).abs(), value)).collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
    let far = (count - (count / ONE_IN).max(1)..count)
        .find(|&k| by_distance[k - 1].0 > 0.0 && by_distance[k].0 > GAP * by_distance[k - 1].0)?;
    Some(by_distance[far].1)
}
