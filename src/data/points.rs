//! Points and boxes, as data sets have them.

/// Points row by row, in the units of their data set: the reader's, but for data that readers bring ([`super::Dataset::units`]).
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Numbers per point, as in [`super::Space`].
    pub dim: usize,
    /// `[n, dim]`, row by row.
    pub values: Vec<f32>,
    /// The class of each, `[n]`; `None` where none are told.
    pub labels: Option<Vec<u8>>,
}

impl Points {
    /// Points of which no classes are told.
    pub const fn new(dim: usize, values: Vec<f32>) -> Self {
        Self {
            dim,
            values,
            labels: None,
        }
    }

    /// No points of `dim` numbers.
    pub const fn none(dim: usize) -> Self {
        Self::new(dim, Vec::new())
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
        let n = n.min(self.len());
        Self {
            dim: self.dim,
            values: self.values[..n * self.dim].to_vec(),
            labels: self.labels.as_ref().map(|labels| labels[..n].to_vec()),
        }
    }

    /// Those of these indices, in that order.
    pub fn chosen(&self, indices: &[usize]) -> Self {
        Self {
            dim: self.dim,
            values: indices.iter().flat_map(|&index| self.row(index)).copied().collect(),
            labels: self.labels_of(indices),
        }
    }

    /// The classes of those.
    pub fn labels_of(&self, indices: &[usize]) -> Option<Vec<u8>> {
        let labels = self.labels.as_ref()?;
        Some(indices.iter().map(|&index| labels[index]).collect())
    }

    /// The points one by one, each `[dim]`.
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.dim)
    }
}

/// The box of the world that is worth drawing, in the units of the data set. On the line `y` is unused.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
pub struct Bounds {
    pub x: [f64; 2],
    pub y: [f64; 2],
}

impl Bounds {
    /// Whether there is any room in it along the first `dim` axes.
    pub fn is_room(&self, dim: usize) -> bool {
        let room = |[low, high]: [f64; 2]| (high - low).is_finite() && high > low;
        room(self.x) && (dim == 1 || room(self.y))
    }

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
