//! What there is to learn: distributions on the plane and on the line, each with its exact density where it has one.

use crate::rng::Rng;

/// Points row by row, in data units.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Numbers per point: 1 on the line, 2 on the plane.
    pub dim: usize,
    /// `[n, dim]`, row by row.
    pub values: Vec<f32>,
}

impl Points {
    /// How many points.
    pub fn len(&self) -> usize {
        self.values.len() / self.dim
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
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
    /// 1 on the line, 2 on the plane.
    fn dim(&self) -> usize;

    /// Independent draws.
    fn sample(&self, n: usize, rng: &mut Rng) -> Points;

    /// Exact log-density in nats at `x` (`[dim]`), −∞ where there is none; `None` where no density is known (drawn points).
    fn log_prob(&self, x: &[f64]) -> Option<f64>;

    /// The box to draw.
    fn bounds(&self) -> Bounds;

    /// The components, where the distribution is a mixture of well-separated ones.
    fn modes(&self) -> Option<Modes> {
        None
    }
}
