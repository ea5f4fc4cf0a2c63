//! The reader's numbers in 64 bits, and the map to points that 32 bits hold well.
//!
//! ```text
//! x = shift + scale u        log p_x(x) = log p_u(u) − Σᵢ log scaleᵢ
//! ```
//!
//! A number near a million with four decimals has more digits than an f32. So data that readers bring are centred and scaled in f64, each axis
//! by itself where need be, and everything that computes sees only u. Named data sets are made for f32: their units are the reader's.

use super::points::{Bounds, Points};

/// Rows of numbers in the reader's units.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Numbers per row.
    pub dim: usize,
    /// `[n, dim]`, row by row.
    pub values: Vec<f64>,
    /// The class of each, as in [`Points`].
    pub labels: Option<Vec<u8>>,
}

impl Table {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.dim
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows one by one, each `[dim]`.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.dim)
    }
}

/// What one unit of a data set is along each axis, and where its zero lies, in the reader's units.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    shift: Vec<f64>,
    scale: Vec<f64>,
}

impl Units {
    /// Zero at `shift`, one unit of `scale`, each `[dim]`.
    pub fn new(shift: Vec<f64>, scale: Vec<f64>) -> Self {
        assert_eq!(shift.len(), scale.len(), "a shift and a scale for every axis");
        Self { shift, scale }
    }

    /// The reader's own.
    pub fn of_the_reader(dim: usize) -> Self {
        Self::new(vec![0.0; dim], vec![1.0; dim])
    }

    /// One unit along each axis, `[dim]`.
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// Σ log scaleᵢ: what a log-density loses when it is told in the reader's units, in nats.
    pub fn log_det(&self) -> f64 {
        self.scale.iter().map(|scale| scale.ln()).sum()
    }

    /// Values of a data set, row by row, as the reader's.
    pub fn to_reader(&self, values: &[f32]) -> Vec<f64> {
        let at = |(i, &value)| self.to_reader_along(i % self.shift.len(), f64::from(value));
        values.iter().enumerate().map(at).collect()
    }

    /// Points of a data set as the reader's.
    pub fn table(&self, points: &Points) -> Table {
        Table {
            dim: points.dim,
            values: self.to_reader(&points.values),
            labels: points.labels.clone(),
        }
    }

    /// The reader's rows as points of a data set.
    pub fn points(&self, table: &Table) -> Points {
        let at = |(i, &value): (usize, &f64)| self.from_reader_along(i % self.shift.len(), value) as f32;
        Points::new(table.dim, table.values.iter().enumerate().map(at).collect())
    }

    /// A box of a data set as the reader's.
    pub fn bounds(&self, bounds: &Bounds) -> Bounds {
        self.bounds_along(bounds, Self::to_reader_along)
    }

    /// A box of the reader's as a data set's.
    pub fn bounds_from_reader(&self, bounds: &Bounds) -> Bounds {
        self.bounds_along(bounds, Self::from_reader_along)
    }

    /// A box whose ends are each changed by `to`; on the line `y` stays.
    fn bounds_along(&self, bounds: &Bounds, to: fn(&Self, usize, f64) -> f64) -> Bounds {
        let along = |axis: usize, ends: [f64; 2]| ends.map(|end| to(self, axis, end));
        Bounds {
            x: along(0, bounds.x),
            y: if self.shift.len() == 2 {
                along(1, bounds.y)
            } else {
                bounds.y
            },
        }
    }

    /// A data set's number along an axis as the reader's.
    pub fn to_reader_along(&self, axis: usize, value: f64) -> f64 {
        self.shift[axis] + self.scale[axis] * value
    }

    /// One number along an axis as a data set's.
    pub fn from_reader_along(&self, axis: usize, value: f64) -> f64 {
        (value - self.shift[axis]) / self.scale[axis]
    }
}
