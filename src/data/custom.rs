//! The reader's own points: drawn, pasted or set by a script.
//!
//! Finitely many points have no density, and a density learned from them alone could grow without bound on each. So a draw is one of the
//! points, moved by Gaussian noise too small to see: the likelihood of a model then has a maximum. Extra noise adds to it.
//!
//! Of 20 points or more, every fifth is held out: a model trains on the others and is measured on these. Fewer points serve for both.

use super::{Bounds, Dataset, Points, outlier::outlier};
use crate::{
    error::{Error, Result},
    rng::Rng,
};

/// Standard deviation of the noise, as a share of the points' own.
const JITTER: f64 = 0.005;

/// Most points; each is kept, and travels in every snapshot.
const MOST: usize = 100_000;

/// Room around the points when drawn, as a share of their extent.
const MARGIN: f64 = 0.15;

/// One point in so many is held out.
const HELD_OUT_EVERY: usize = 5;

/// With fewer points none is held out: too few would be left to learn from.
const SPLIT_FROM: usize = 20;

/// A bootstrap of given points.
#[derive(Debug)]
pub struct Custom {
    points: Points,
    bounds: Bounds,
    /// Standard deviation of the noise along each axis, in data units.
    jitter: f64,
}

impl Custom {
    /// Takes points of the line or the plane; `noise` is the standard deviation of extra Gaussian noise on every draw, in data units.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for another dimension, [`Error::RaggedData`], [`Error::TooFewPoints`], [`Error::DataNotFinite`],
    /// [`Error::DataConstant`], [`Error::TooManyPoints`], [`Error::DataOutlier`].
    pub fn new(points: Points, noise: f64) -> Result<Self> {
        let dim = points.dim;
        if !(1..=2).contains(&dim) {
            return Err(Error::OutOfRange {
                id: "dim".into(),
                value: dim as f64,
                min: 1.0,
                max: 2.0,
            });
        }
        if !points.values.len().is_multiple_of(dim) {
            return Err(Error::RaggedData {
                count: points.values.len(),
                dim,
            });
        }
        let count = points.len();
        if count < 2 {
            return Err(Error::TooFewPoints { count });
        }
        if count > MOST {
            return Err(Error::TooManyPoints { count, max: MOST });
        }
        if let Some(index) = points.values.iter().position(|value| !value.is_finite()) {
            return Err(Error::DataNotFinite { index });
        }
        if points.values[dim..]
            .iter()
            .zip(&points.values)
            .all(|(value, before)| value == before)
        {
            return Err(Error::DataConstant { count });
        }
        if let Some(value) = outlier(&points) {
            return Err(Error::DataOutlier { value });
        }
        let axes: Vec<Axis> = (0..dim).map(|axis| Axis::of(&points, axis)).collect();
        let extent = axes.iter().map(|axis| axis.to - axis.from).fold(0.0, f64::max);
        let variance = axes.iter().map(|axis| axis.variance).sum::<f64>() / dim as f64;
        let half = (0.5 + MARGIN) * extent;
        let around = |axis: &Axis| [0.5 * (axis.from + axis.to) - half, 0.5 * (axis.from + axis.to) + half];
        let bounds = Bounds {
            x: around(&axes[0]),
            y: axes.get(1).map_or([0.0, 1.0], around),
        };
        Ok(Self {
            points,
            bounds: bounds.with_noise(noise),
            jitter: noise.hypot(JITTER * variance.sqrt()),
        })
    }

    /// How many points are held out.
    fn held_out_count(&self) -> usize {
        match self.points.len() {
            0..SPLIT_FROM => 0,
            count => count / HELD_OUT_EVERY,
        }
    }

    /// Draws among `count` points, of which `place` tells where the k-th is.
    fn draw(&self, n: usize, rng: &mut Rng, count: usize, place: impl Fn(usize) -> usize) -> Points {
        let mut values = Vec::with_capacity(n * self.points.dim);
        for _ in 0..n {
            let row = self.points.row(place(rng.index(count)));
            values.extend(row.iter().map(|&x| (f64::from(x) + self.jitter * rng.normal()) as f32));
        }
        Points {
            dim: self.points.dim,
            values,
        }
    }
}

/// How the points lie along one axis.
struct Axis {
    from: f64,
    to: f64,
    variance: f64,
}

impl Axis {
    fn of(points: &Points, axis: usize) -> Self {
        let values = || points.rows().map(|row| f64::from(row[axis]));
        let mean = values().sum::<f64>() / points.len() as f64;
        Self {
            from: values().fold(f64::INFINITY, f64::min),
            to: values().fold(f64::NEG_INFINITY, f64::max),
            variance: values().map(|value| (value - mean).powi(2)).sum::<f64>() / points.len() as f64,
        }
    }
}

impl Dataset for Custom {
    fn dim(&self) -> usize {
        self.points.dim
    }

    fn is_finite(&self) -> bool {
        true
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        self.draw(n, rng, self.points.len(), |k| k)
    }

    fn training(&self, n: usize, rng: &mut Rng) -> Points {
        match self.held_out_count() {
            0 => self.sample(n, rng),
            held_out => {
                let between = HELD_OUT_EVERY - 1;
                let place = |k| k / between * HELD_OUT_EVERY + k % between;
                self.draw(n, rng, self.points.len() - held_out, place)
            }
        }
    }

    fn held_out(&self, n: usize, rng: &mut Rng) -> Points {
        match self.held_out_count() {
            0 => self.sample(n, rng),
            count => self.draw(n, rng, count, |k| k * HELD_OUT_EVERY + HELD_OUT_EVERY - 1),
        }
    }

    fn log_prob(&self, _x: &[f64]) -> Option<f64> {
        None
    }

    fn bounds(&self) -> Bounds {
        self.bounds
    }
}
