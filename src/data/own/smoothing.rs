//! How far points are moved while a model learns them, so that it learns where more such points would lie and not these by heart.
//!
//! ```text
//! h = argmax Σᵢ log((1 − ε) p₋ᵢ(xᵢ) + ε g(xᵢ))        p₋ᵢ(x) = 1/(m − 1) Σ_{j≠i} N(x; xⱼ, h² I)
//! ```
//!
//! The width at which the points best foretell one another, each left out in its turn: what clusters finely is moved little. The broad g, a product
//! of Cauchy densities, keeps points far from all others from deciding. No wider than is best for a Gaussian, (4/(d + 2))^(1/(d + 4)) n^(−1/(d + 4))
//! spreads, and no narrower than the rounding of the values, on which repeated ones foretell one another without end.
//!
//! References: J. Habbema, J. Hermans, K. van den Broek, *A stepwise discriminant analysis program using density estimation*, COMPSTAT 1974.
//! R. Duin, *On the choice of smoothing parameters for Parzen estimators of probability density functions*, IEEE Transactions on Computers 25, 1976.
//! B. Silverman, *Density Estimation for Statistics and Data Analysis*, 1986.

use super::spread::JITTER;
use std::f64::consts::PI;

/// Points that decide: all pairs of them are looked at.
const POINTS: usize = 500;

/// Widths that are tried.
const WIDTHS: usize = 24;

/// Share of the broad density.
const BROAD: f64 = 0.01;

/// A column of the points.
#[derive(Clone, Copy, Debug)]
pub struct SmoothedAxis {
    /// In the points' units.
    pub spread: f64,
    /// Between two different values, in these units.
    pub gap: f64,
    /// Few values far apart are no density that could be smoothed: points with another value do not foretell one.
    pub few: bool,
}

/// The best standard deviation of the noise in spreads; at least [`JITTER`].
///
/// # Shapes
/// - `rows`: `[n, d]` in an order of chance, one axis for each column
pub fn width(rows: &[f64], axes: &[SmoothedAxis]) -> f64 {
    let dim = axes.len();
    let (count, smooth) = (rows.len() / dim, axes.iter().filter(|axis| !axis.few).count());
    let Some(gap) = axes
        .iter()
        .filter(|axis| !axis.few)
        .map(|axis| axis.gap / axis.spread)
        .reduce(f64::max)
    else {
        return JITTER;
    };
    let power = 1.0 / (smooth as f64 + 4.0);
    let widest = (4.0 / (smooth as f64 + 2.0) / count as f64).powf(power);
    let seen = count.min(POINTS);
    // What is best for so many more points is narrower.
    let more = (seen as f64 / count as f64).powf(power);
    let narrowest = JITTER.max(gap).min(widest) / more;
    let pairs = Pairs::new(&rows[..seen * dim], axes);
    let step = (widest / more / narrowest).ln() / (WIDTHS - 1) as f64;
    let tried = (0..WIDTHS).map(|i| narrowest * (step * i as f64).exp());
    let best = tried
        .map(|h| (pairs.likelihood(h), h))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(JITTER, |(_, h)| (h * more).max(JITTER))
}

/// Points and how far they are apart.
struct Pairs {
    /// Smoothed coordinates of each.
    smooth: usize,
    count: usize,
    /// Half the squared distance of each two, in spreads, the second one below the first; infinite where a value that is not smoothed differs.
    halves: Vec<f64>,
    /// The broad density at each.
    broad: Vec<f64>,
}

impl Pairs {
    fn new(rows: &[f64], axes: &[SmoothedAxis]) -> Self {
        let points: Vec<&[f64]> = rows.chunks_exact(axes.len()).collect();
        let apart = |a: &[f64], b: &[f64]| {
            let along = |(axis, (a, b)): (&SmoothedAxis, (&f64, &f64))| match axis.few {
                true if (a - b).abs() > 0.5 * axis.gap => f64::INFINITY,
                true => 0.0,
                false => 0.5 * ((a - b) / axis.spread).powi(2),
            };
            axes.iter().zip(a.iter().zip(b)).map(along).sum()
        };
        let broad = |point: &&[f64]| {
            let along = |(axis, x): (&SmoothedAxis, &f64)| 1.0 / (PI * (1.0 + (x / axis.spread).powi(2)));
            axes.iter()
                .zip(*point)
                .filter(|(axis, _)| !axis.few)
                .map(along)
                .product()
        };
        Self {
            smooth: axes.iter().filter(|axis| !axis.few).count(),
            count: points.len(),
            halves: (0..points.len())
                .flat_map(|i| points[..i].iter().map(move |other| (i, other)))
                .map(|(i, other)| apart(points[i], other))
                .collect(),
            broad: points.iter().map(broad).collect(),
        }
    }

    /// Σᵢ log((1 − ε) p₋ᵢ(xᵢ) + ε g(xᵢ)) at a width.
    fn likelihood(&self, h: f64) -> f64 {
        let mut foretold = vec![0.0; self.count];
        let mut halves = self.halves.iter();
        for i in 0..self.count {
            for j in 0..i {
                let near = (-halves.next().expect("one for each pair") / (h * h)).exp();
                foretold[i] += near;
                foretold[j] += near;
            }
        }
        let peak = (2.0 * PI * h * h).powf(-0.5 * self.smooth as f64) / (self.count as f64 - 1.0).max(1.0);
        let all = foretold.iter().zip(&self.broad);
        all.map(|(near, broad)| ((1.0 - BROAD) * peak * near + BROAD * broad).ln())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    const ONE: SmoothedAxis = SmoothedAxis {
        spread: 1.0,
        gap: 0.0,
        few: false,
    };

    fn normal(n: usize) -> Vec<f64> {
        let mut rng = Rng::new(5, Stream::Data);
        (0..n).map(|_| rng.normal()).collect()
    }

    #[test]
    fn a_gaussian_is_smoothed_about_as_is_best_for_one() {
        for n in [200, 4000] {
            let (found, best) = (width(&normal(n), &[ONE]), (4.0 / 3.0 / n as f64).powf(0.2));
            assert!(
                (0.3..=1.0 + 1e-9).contains(&(found / best)),
                "{n} points: {found} of {best}"
            );
        }
    }

    #[test]
    fn fine_clusters_are_smoothed_finely() {
        let clusters: Vec<f64> = normal(1000)
            .iter()
            .enumerate()
            .map(|(i, z)| (i % 10) as f64 / 3.0 + 0.01 * z)
            .collect();
        let found = width(&clusters, &[ONE]);
        assert!((JITTER..0.02).contains(&found), "{found}");
    }

    #[test]
    fn points_far_out_do_not_decide() {
        let mut points = normal(400);
        let without = width(&points, &[ONE]);
        points[..4].copy_from_slice(&[1e3, 2e3, -3e3, 4e3]);
        let found = width(&points, &[ONE]);
        assert!((found / without - 1.0).abs() < 0.2, "{found} and {without}");
    }

    #[test]
    fn repeated_values_of_a_rounding_do_not_make_it_nothing() {
        let rounded: Vec<f64> = normal(1000).iter().map(|z| (50.0 * z).round() / 50.0).collect();
        let axis = SmoothedAxis { gap: 0.02, ..ONE };
        let found = width(&rounded, &[axis]);
        assert!(found >= 0.02, "{found}");
    }

    #[test]
    fn few_values_are_not_smoothed_and_part_the_points() {
        let few = SmoothedAxis {
            few: true,
            gap: 1.0,
            ..ONE
        };
        assert_eq!(width(&[1.0, 2.0, 1.0, 2.0], &[few]), JITTER);
        // Beside each of three values a narrow cluster of its own: without the values the width would be that of all three together.
        let beside: Vec<f64> = normal(600)
            .iter()
            .enumerate()
            .flat_map(|(i, z)| [(i % 3) as f64, (i % 3) as f64 + 0.02 * z])
            .collect();
        let found = width(&beside, &[few, ONE]);
        assert!(found < 0.02, "{found}");
    }
}
