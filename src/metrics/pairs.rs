//! Two-sample statistics over all pairs of points, with their standard error.
//!
//! ```text
//! S = mean k(xᵢ, xᵢ') + mean k(yⱼ, yⱼ') − 2 mean k(xᵢ, yⱼ)        i ≠ i', j ≠ j'
//! aᵢ = mean k(xᵢ, x) − mean k(xᵢ, y)     bⱼ = mean k(yⱼ, y) − mean k(yⱼ, x)     standard error² = 4 (var a / n + var b / m)
//! ```
//!
//! The error is that of S's projection on single points, which is all of it where the distributions differ. Between equal ones only a rest of
//! order 1/n is left; the noise of a and b, which their variances contain, is then of the same size.
//!
//! Reference: Hoeffding 1948, A Class of Statistics with Asymptotically Normal Distribution, Annals of Mathematical Statistics 19.

use super::Estimate;
use crate::data::Points;

/// S for a kernel of the squared distance. Unbiased; costs n² kernels.
///
/// # Panics
/// If a set has fewer than two points or the dimensions differ.
pub(super) fn two_sample(x: &Points, y: &Points, kernel: impl Fn(f64) -> f64) -> Estimate {
    assert!(x.len() > 1 && y.len() > 1, "pairs within a set need two points");
    assert_eq!(x.dim, y.dim, "two sets of points differ in dimension");
    let (n, m) = (x.len() as f64, y.len() as f64);
    let (within_x, within_y) = (sums_within(x, &kernel), sums_within(y, &kernel));
    let (across_x, across_y) = sums_across(x, y, &kernel);
    let differences = |within: &[f64], across: &[f64], own: f64, other: f64| {
        let of = |(within, across): (&f64, &f64)| within / (own - 1.0) - across / other;
        Estimate::mean(within.iter().zip(across).map(of))
    };
    let a = differences(&within_x, &across_x, n, m);
    let b = differences(&within_y, &across_y, m, n);
    Estimate {
        value: a.value + b.value,
        stderr: 2.0 * a.stderr.hypot(b.stderr),
    }
}

#[cfg(test)]
thread_local! {
    /// How often [`square`] was taken: what a search costs.
    pub(super) static SQUARES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// |x − y|².
pub(super) fn square(x: &[f32], y: &[f32]) -> f64 {
    #[cfg(test)]
    SQUARES.set(SQUARES.get() + 1);
    x.iter()
        .zip(y)
        .map(|(x, y)| (f64::from(*x) - f64::from(*y)).powi(2))
        .sum()
}

/// Σ k over the other points of the set, for each point.
fn sums_within(x: &Points, kernel: impl Fn(f64) -> f64) -> Vec<f64> {
    let rows: Vec<&[f32]> = x.rows().collect();
    let mut sums = vec![0.0; rows.len()];
    for (i, row) in rows.iter().enumerate() {
        let mut own = 0.0;
        for (other, sum) in rows[..i].iter().zip(&mut sums) {
            let value = kernel(square(row, other));
            own += value;
            *sum += value;
        }
        sums[i] += own;
    }
    sums
}

/// Σ k over the points of the other set, for each point of either.
fn sums_across(x: &Points, y: &Points, kernel: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<f64>) {
    let mut of_y = vec![0.0; y.len()];
    let of_x = x.rows().map(|x| {
        let mut own = 0.0;
        for (y, sum) in y.rows().zip(&mut of_y) {
            let value = kernel(square(x, y));
            own += value;
            *sum += value;
        }
        own
    });
    (of_x.collect(), of_y)
}
