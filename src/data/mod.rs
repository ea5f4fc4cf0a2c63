//! What there is to learn: distributions on the plane and on the line, each with its exact density where it has one.

mod blurred_pinwheel;
mod checkerboard;
mod curves;
mod custom;
mod dequantized;
mod digits;
mod ellipses;
mod images;
mod interval;
mod line;
mod mixture;
mod outlier;
mod pinwheel;
mod registry;
mod rings;
mod sharp_pinwheel;
mod text;

pub use custom::Custom;
pub use dequantized::Dequantized;
pub use ellipses::{Ellipse, Ellipses, START as START_MIXTURE, checked as checked_mixture};
pub use images::{DIGITS_FILE, provide};
pub use registry::{DATA, DataSpec, registered};
pub use text::{Skipped, points_from_text};

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

/// Points row by row, in data units.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Numbers per point, as in [`Space`].
    pub dim: usize,
    /// `[n, dim]`, row by row.
    pub values: Vec<f32>,
}

impl Points {
    /// No points of `dim` numbers.
    pub const fn none(dim: usize) -> Self {
        Self {
            dim,
            values: Vec::new(),
        }
    }

    /// How many points.
    pub fn len(&self) -> usize {
        self.values.len() / self.dim
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One point, `[dim]`.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.dim..(index + 1) * self.dim]
    }

    /// The first `n` of them, or all where there are fewer.
    pub fn first(&self, n: usize) -> Self {
        let end = (n * self.dim).min(self.values.len());
        Self {
            dim: self.dim,
            values: self.values[..end].to_vec(),
        }
    }

    /// The points one by one, each `[dim]`.
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.dim)
    }
}

/// The box of the world that is worth drawing, in data units. On the line `y` is unused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub x: [f64; 2],
    pub y: [f64; 2],
}

impl Bounds {
    /// The square of side `2 half` around the origin.
    pub fn square(half: f64) -> Self {
        Self {
            x: [-half, half],
            y: [-half, half],
        }
    }

    /// An interval of the line.
    pub fn interval(from: f64, to: f64) -> Self {
        Self {
            x: [from, to],
            y: [0.0, 1.0],
        }
    }

    /// Room for points that Gaussian noise of standard deviation `noise` moves out: four of them on every side.
    pub fn with_noise(self, noise: f64) -> Self {
        let wider = |[from, to]: [f64; 2]| [from - 4.0 * noise, to + 4.0 * noise];
        Self {
            x: wider(self.x),
            y: wider(self.y),
        }
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

    /// Whether these are whole numbers, each spread evenly over the interval up to the next.
    fn is_dequantized(&self) -> bool {
        false
    }

    /// Whether only finitely many points are known, so that a model can learn them by heart.
    fn is_finite(&self) -> bool {
        false
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

    /// Exact log-density in nats at `x` (`[dim]`), −∞ where there is none; `None` where no density is known (drawn points).
    fn log_prob(&self, x: &[f64]) -> Option<f64>;

    /// The box to draw. It holds more than 99.9 % of the mass; on the plane it is square.
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
