//! Values so far out that everything else would be crushed into one place.
//!
//! ```text
//! dᵢ = |xᵢ − median|, sorted; refused where, with k at most n/100 (but at least 1) values left to the right of it, a gap has
//! d₍ₙ₋ₖ₊₁₎ > 1000 d₍ₙ₋ₖ₎ > 0
//! ```
//!
//! Why so: a picture is some thousand pixels wide at most, so beyond 1000 everything else is drawn within one, and standardised it is a single
//! point to a model. The median and the quantiles of the distances do not move with the outliers, however far they are. Heavy tails have no such
//! gap: the largest of Cauchy draws is 1000 times the next with probability 1/1000. Nor have two far clusters, unless one has less than a
//! hundredth of the points. Fewer than 5 points are too few to say which of them lies out.

use super::Points;

/// How many times farther out than the rest.
const GAP: f64 = 1000.0;
/// At most one value in so many is an outlier.
const ONE_IN: usize = 100;
/// Below this, no value is.
const FEWEST: usize = 5;

/// The nearest of the far values, if there is any; on the plane its coordinate that is farthest out.
pub fn outlier(points: &Points) -> Option<f64> {
    let count = points.len();
    if count < FEWEST {
        return None;
    }
    let centre: Vec<f64> = (0..points.dim).map(|axis| median(points, axis)).collect();
    let from_centre = |row: &[f32], axis: usize| (f64::from(row[axis]) - centre[axis]).abs();
    let distance = |row: &[f32]| {
        (0..points.dim)
            .map(|axis| from_centre(row, axis).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    let mut by_distance: Vec<(f64, &[f32])> = points.rows().map(|row| (distance(row), row)).collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
    let far = (count - (count / ONE_IN).max(1)..count)
        .find(|&k| by_distance[k - 1].0 > 0.0 && by_distance[k].0 > GAP * by_distance[k - 1].0)?;
    let row = by_distance[far].1;
    let axis = (0..points.dim).max_by(|&a, &b| from_centre(row, a).total_cmp(&from_centre(row, b)))?;
    Some(row[axis].into())
}

fn median(points: &Points, axis: usize) -> f64 {
    let mut values: Vec<f32> = points.rows().map(|row| row[axis]).collect();
    let middle = values.len() / 2;
    f64::from(*values.select_nth_unstable_by(middle, f32::total_cmp).1)
}
