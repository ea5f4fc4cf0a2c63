//! What there is to learn: distributions on the plane and on the line, each with its exact density where it has one.

mod blurred_pinwheel;
mod checkerboard;
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
pub use own::{DataNote, NoteCode, Own, OwnColumn, OwnData, OwnDraws, ScaleChoice, SmoothChoice, SpreadChoice};
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
}

impl Space {
    /// Real numbers, `dim` of them.
    pub const fn continuous(dim: usize) -> Self {
        Self { dim, levels: None }
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
        }
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

/// `n` points of the plane, drawn one at a time.
fn plane_points(n: usize, mut draw: impl FnMut() -> [f64; 2]) -> Points {
    Points {
        dim: 2,
        values: (0..n).flat_map(|_| draw().map(|value| value as f32)).collect(),
    }
}

/// log Σ exp(vᵢ), safe from overflow; −∞ for no value or only −∞.
pub(crate) fn log_sum_exp(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let max = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if max.is_infinite() {
        return max;
    }
    max + values.map(|value| (value - max).exp()).sum::<f64>().ln()
}
