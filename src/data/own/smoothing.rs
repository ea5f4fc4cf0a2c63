//! How far points are moved while a model learns them, so that it learns where more such points would lie and not these by heart.
//!
//! ```text
//! h = argmax Σᵢ log((1 − ε) p₋ᵢ(xᵢ) + ε g(xᵢ))        p₋ᵢ(x) = 1/(m − 1) Σ_{j≠i} N(x; xⱼ, (h λⱼ)² I)
//! λⱼ ∝ p₋ⱼ(xⱼ)^(−1/2), with p₋ⱼ of the best h where all λ are 1
//! ```
//!
//! The width at which the points best foretell one another, each left out in its turn: what clusters finely is moved little. A point among many
//! is moved less than one far out, which leaves quartiles of skewed data where they are. The broad g, a product of Cauchy densities, keeps points
//! far from all others from deciding. h is no wider than is best for a Gaussian, (4/(d + 2))^(1/(d + 4)) n^(−1/(d + 4)) spreads, and no narrower
//! than the rounding of the values; a point that comes more than once counts once. Else repeated ones would foretell one another without end.
//!
//! References: J. Habbema, J. Hermans, K. van den Broek, *A stepwise discriminant analysis program using density estimation*, COMPSTAT 1974.
//! R. Duin, *On the choice of smoothing parameters for Parzen estimators of probability density functions*, IEEE Transactions on Computers 25, 1976.
//! I. Abramson, *On bandwidth variation in kernel estimates: a square root law*, Annals of Statistics 10, 1982. B. Silverman, *Density Estimation
//! for Statistics and Data Analysis*, 1986.

use super::{
    kernels::{Kernels, SmoothedAxis, distinct},
    spread::JITTER,
};

/// Points that decide: all pairs of them are looked at.
const POINTS: usize = 500;

/// More points are all moved as far: the width is then small, and to look at each takes long.
const ADAPTED: usize = 5000;

/// How far each point is moved.
#[derive(Clone, Debug)]
pub struct Smoothing {
    /// h, in spreads.
    pub width: f64,
    narrowest: f64,
    /// λ of each point; of none where it is 1.
    factors: Vec<f64>,
}

impl Smoothing {
    /// The best for `rows`, `[n, d]` in an order of chance, with one axis for each column; none where no axis can be smoothed.
    pub fn of(rows: &[f64], axes: &[SmoothedAxis]) -> Option<Self> {
        let count = rows.len() / axes.len();
        let smooth = || axes.iter().filter(|axis| !axis.few);
        let gap = smooth().map(|axis| axis.gap / axis.spread).reduce(f64::max)?;
        let dim = smooth().count() as f64;
        let power = 1.0 / (dim + 4.0);
        let widest = (4.0 / (dim + 2.0) / count as f64).powf(power);
        let narrowest = JITTER.max(gap).min(widest);
        let points: Vec<&[f64]> = rows.chunks_exact(axes.len()).collect();
        let mut kernels = Kernels::new(&distinct(&points[..count.min(POINTS)]), axes);
        // What is best for so many more points is narrower.
        let more = (count.min(POINTS) as f64 / count as f64).powf(power);
        let range = [narrowest / more, widest / more];
        let mut width = kernels.best_width(range);
        let mut factors = Vec::new();
        if count <= ADAPTED {
            factors = kernels.factors(&points, width);
            kernels.factors = kernels.factors(&kernels.points, width);
            width = kernels.best_width(range);
        }
        Some(Self {
            width: (width * more).max(JITTER),
            narrowest,
            factors,
        })
    }

    /// How far the point of that row is moved, as a standard deviation in spreads.
    pub fn at(&self, row: usize) -> f64 {
        let factor = self.factors.get(row).copied().unwrap_or(1.0);
        (self.width * factor).max(self.narrowest)
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

    fn width(rows: &[f64], axes: &[SmoothedAxis]) -> f64 {
        Smoothing::of(rows, axes).expect("can be smoothed").width
    }

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
    fn points_that_come_more_than_once_count_once() {
        let once = normal(400);
        let twice: Vec<f64> = once.iter().flat_map(|&x| [x, x]).collect();
        let zeros: Vec<f64> = once.iter().flat_map(|&x| [x, 0.0]).collect();
        let alone = width(&once, &[ONE]);
        for repeated in [twice, zeros] {
            let found = width(&repeated, &[ONE]);
            assert!(
                (0.5..=1.5).contains(&(found / alone)),
                "{found}, {alone} without repeats"
            );
        }
    }

    #[test]
    fn few_values_are_not_smoothed_and_part_the_points() {
        let few = SmoothedAxis {
            few: true,
            gap: 1.0,
            ..ONE
        };
        assert!(Smoothing::of(&[1.0, 2.0, 1.0, 2.0], &[few]).is_none());
        // Beside each of three values a narrow cluster of its own: without the values the width would be that of all three together.
        let beside: Vec<f64> = normal(600)
            .iter()
            .enumerate()
            .flat_map(|(i, z)| [(i % 3) as f64, (i % 3) as f64 + 0.02 * z])
            .collect();
        let found = width(&beside, &[few, ONE]);
        assert!(found < 0.02, "{found}");
    }

    #[test]
    fn a_point_among_many_is_moved_less_and_quartiles_of_skewed_data_stay() {
        let points: Vec<f64> = normal(2000).into_iter().map(|z| (0.7 * z).exp() - 1.0).collect();
        let mut sorted = points.clone();
        sorted.sort_by(f64::total_cmp);
        let smoothing = Smoothing::of(&points, &[ONE]).expect("can be smoothed");
        let mut rng = Rng::new(6, Stream::Noise);
        let moved = |width: &dyn Fn(usize) -> f64, rng: &mut Rng| {
            let mut moved: Vec<f64> = (0..40_000)
                .map(|k| points[k % 2000] + width(k % 2000) * rng.normal())
                .collect();
            moved.sort_by(f64::total_cmp);
            moved[30_000] / sorted[1500] - 1.0
        };
        let adapted = moved(&|row| smoothing.at(row), &mut rng);
        assert!(adapted.abs() < 0.02, "the third quartile moves by {adapted}");
        let far = (0..2000)
            .max_by(|&a, &b| points[a].total_cmp(&points[b]))
            .expect("points");
        assert!(
            smoothing.at(far) > 2.0 * smoothing.width,
            "{} of {}",
            smoothing.at(far),
            smoothing.width
        );
    }

    #[test]
    fn many_points_are_all_moved_as_far() {
        let smoothing = Smoothing::of(&normal(6000), &[ONE]).expect("can be smoothed");
        assert!((0..6000).all(|row| smoothing.at(row) == smoothing.width));
    }
}
