//! What there is to learn: distributions on the plane and on the line, each with its exact density where it has one.

mod blurred_pinwheel;
mod checkerboard;
mod class_names;
mod curves;
mod dequantized;
mod digits;
mod ellipses;
mod files;
mod images;
mod interval;
mod line;
mod mixture;
mod own;
mod pinwheel;
mod points;
mod registry;
mod rings;
mod sharp_pinwheel;
mod spec;
mod tables;
pub mod text;
mod units;

pub use dequantized::Dequantized;
pub use ellipses::{Ellipse, Ellipses, START as START_MIXTURE, checked as checked_mixture};
pub use files::provide;
pub use images::DIGITS_FILE;
pub use own::{
    DataNote, NoteCode, Own, OwnClasses, OwnColumn, OwnData, OwnDraws, ScaleChoice, SmoothChoice, SpreadChoice,
};
pub use points::{Bounds, Points};
pub use registry::{DATA, registered};
pub use spec::DataSpec;
pub use units::{Table, Units};

use crate::rng::Rng;

/// What a point is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Numbers per point: 1 on the line, 2 on the plane, the number of pixels for a picture.
    pub dim: usize,
    /// How many values each of them can take, 0, 1, 2, …; `None` where they are real numbers.
    pub levels: Option<usize>,
    /// How many kinds of points there are, 0 where they are not told apart.
    pub classes: usize,
}

impl Space {
    /// Real numbers, `dim` of them.
    pub const fn continuous(dim: usize) -> Self {
        Self {
            dim,
            levels: None,
            classes: 0,
        }
    }

    /// Whether densities can be drawn over it, and integrated: the line and the plane.
    pub const fn can_be_drawn(self) -> bool {
        self.dim <= 2
    }
}

/// Well-separated components, for counting which of them a model has found.
#[derive(Clone, Debug)]
pub struct Modes {
    /// Centres in data units, each `[dim]`.
    pub centres: Vec<Vec<f64>>,
    /// Standard deviation of each component along each axis.
    pub sigma: f64,
}

/// An unknown P_data, except that here we know it.
pub trait Dataset: Send + Sync {
    /// Numbers per point, as in [`Space`].
    fn dim(&self) -> usize;

    /// How many values each number can take, 0, 1, 2, …; `None` where they are real.
    fn levels(&self) -> Option<usize> {
        None
    }

    /// Whether these are steps, each spread evenly over the interval of one: what a density scores on them is a bound on what it says of the steps.
    fn is_dequantized(&self) -> bool {
        false
    }

    /// Whether only finitely many points are known, so that a model can learn them by heart.
    fn is_finite(&self) -> bool {
        false
    }

    /// What its units are to the reader, where they are not the reader's own. They then suit a model as they are.
    fn units(&self) -> Option<&Units> {
        None
    }

    /// What a point is made of.
    fn space(&self) -> Space {
        Space {
            dim: self.dim(),
            levels: self.levels(),
            classes: self.class_shares().len(),
        }
    }

    /// P(y): the share of each class in what is trained on, which sum to 1; none where points are not told apart. [`Points::labels`] say which class
    /// a draw is of.
    fn class_shares(&self) -> Vec<f64> {
        Vec::new()
    }

    /// Exact log p(x|y) in nats at `x` (`[dim]`), for a class that there is; `None` where [`Dataset::log_prob`] is.
    fn log_prob_of_class(&self, _x: &[f64], _class: usize) -> Option<f64> {
        None
    }

    /// p(y|x) by Bayes' rule for every class at `x`; `None` where there are none, where no density is known, or where it is 0.
    fn class_probs(&self, x: &[f64]) -> Option<Vec<f64>> {
        let joint = self.class_shares().into_iter().enumerate();
        let joint = joint.map(|(class, share)| Some(share.ln() + self.log_prob_of_class(x, class)?));
        let joint: Vec<f64> = joint.collect::<Option<_>>()?;
        let log_p = log_sum_exp(joint.iter().copied());
        (log_p > f64::NEG_INFINITY).then(|| joint.into_iter().map(|log_joint| (log_joint - log_p).exp()).collect())
    }

    /// Independent draws.
    fn sample(&self, n: usize, rng: &mut Rng) -> Points;

    /// Independent draws to train on.
    fn training(&self, n: usize, rng: &mut Rng) -> Points {
        self.sample(n, rng)
    }

    /// Independent draws to measure on, or fewer where no more are known. They differ from [`Dataset::training`] where only finitely many points
    /// are known: some are then kept back, so that learning by heart is seen.
    fn held_out(&self, n: usize, rng: &mut Rng) -> Points {
        self.sample(n, rng)
    }

    /// Two sets of `n` points that have nothing in common, or of fewer where no more are known: what data say of data.
    fn two_sets(&self, n: usize, rng: &mut Rng) -> [Points; 2] {
        [self.held_out(n, rng), self.held_out(n, rng)]
    }

    /// All points to train on, where they are few enough to be looked through for the one that is nearest to another.
    fn known(&self) -> Option<Points> {
        None
    }

    /// Exact log-density in nats at `x` (`[dim]`), −∞ where there is none; `None` where no density is known (drawn points).
    fn log_prob(&self, x: &[f64]) -> Option<f64>;

    /// The box to draw. It holds more than 99.9 % of the mass, or the middle 98 % of data whose tails are heavy; on the plane it is square, unless the
    /// axes have scales of their own.
    fn bounds(&self) -> Bounds;

    /// The components, where the distribution is a mixture of well-separated ones.
    fn modes(&self) -> Option<Modes> {
        None
    }
}

/// `n` points of the plane, drawn one at a time with its class.
fn plane_points(n: usize, mut draw: impl FnMut() -> (usize, [f64; 2])) -> Points {
    let mut points = Points::new(2, Vec::with_capacity(2 * n));
    let mut labels = Vec::with_capacity(n);
    for _ in 0..n {
        let (class, x) = draw();
        points.values.extend(x.map(|value| value as f32));
        labels.push(class as u8);
    }
    points.labels = Some(labels);
    points
}

/// The same share for each of `classes`.
fn equal_shares(classes: usize) -> Vec<f64> {
    vec![1.0 / classes as f64; classes]
}

/// The share of each of `classes` among labels.
fn shares<'a>(labels: impl IntoIterator<Item = &'a u8>, classes: usize) -> Vec<f64> {
    let (mut shares, mut count) = (vec![0.0; classes], 0.0);
    for &label in labels {
        shares[usize::from(label)] += 1.0;
        count += 1.0;
    }
    shares.iter_mut().for_each(|share| *share /= count);
    shares
}

/// Which part of a mixture a uniform draw falls to, by weights that sum to 1.
fn part_of(weights: impl ExactSizeIterator<Item = f64>, mut left: f64) -> usize {
    // Weights that sum to 1 − 1e-16 can leave a draw of almost 1 to nobody.
    let last = weights.len() - 1;
    let chosen = weights.enumerate().find(|(_, weight)| {
        left -= weight;
        left < 0.0
    });
    chosen.map_or(last, |(part, _)| part)
}

/// log Σ exp(vᵢ), safe from overflow; −∞ for no value or only −∞.
pub(crate) fn log_sum_exp(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let max = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if max.is_infinite() {
        return max;
    }
    max + values.map(|value| (value - max).exp()).sum::<f64>().ln()
}
