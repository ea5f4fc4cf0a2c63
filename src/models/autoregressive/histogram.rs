//! The line cut into equal bins, and a density that is constant inside each of them.
//!
//! ```text
//! p(x) = π_b / w                        x in bin b of width w, |x| < R
//! p(x) = π_b / (w + s)                  in the first and in the last bin, which reach on to infinity:
//! p(x) = π_b / (w + s) e^(−(|x| − R)/s)     |x| ≥ R
//! ```
//!
//! Each bin's density integrates to its π_b, so that the whole integrates to Σ π_b = 1; the tails join without a jump.
//!
//! References: A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu, *Pixel Recurrent Neural Networks*, 2016, arXiv:1601.06759 (a softmax over
//! the values that a coordinate takes).

use crate::{
    nn::{distributions::Univariate, levels::Levels},
    rng::Rng,
};
use burn::tensor::{Device, Int, Tensor};

/// R: bins cover ± this, in standard deviations of the data. Every data set that ships lies within, but for a few points in a thousand.
const REACH: f64 = 3.0;

/// s, in the same unit: an outlier costs 1/s nats for each standard deviation it lies outside.
const TAIL: f64 = 0.5;

/// Equal bins over ± [`REACH`].
#[derive(Clone, Copy, Debug)]
pub struct Bins {
    pub count: usize,
}

impl Bins {
    fn width(self) -> f64 {
        2.0 * REACH / self.count as f64
    }

    /// The middle of each bin.
    ///
    /// # Shapes
    /// - returns `[k, 1]`
    pub fn centres(self, device: &Device) -> Tensor<2> {
        (self.indices(device) + 0.5).transpose() * self.width() - REACH
    }

    /// # Shapes
    /// - returns `[1, k]`
    fn indices(self, device: &Device) -> Tensor<2> {
        Tensor::<1, Int>::arange(0..self.count as i64, device)
            .float()
            .unsqueeze()
    }

    /// The number of the bin that each x falls into; the outermost bins take what lies beyond.
    pub fn place(self, x: Tensor<2>) -> Tensor<2> {
        let last = (self.count - 1) as f64;
        ((x + REACH) / self.width()).floor().clamp(0.0, last)
    }

    /// −1 in the first bin, 1 in the last, 0 between.
    fn side(self, place: Tensor<2>) -> Tensor<2> {
        let last = (self.count - 1) as f64;
        place.clone().equal_elem(last).float() - place.equal_elem(0.0).float()
    }

    /// log p(x | its bin) in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    fn log_prob_within(self, x: Tensor<2>) -> Tensor<2> {
        let w = self.width();
        let outermost = self.side(self.place(x.clone())).abs();
        let beyond = (x.abs() - REACH).clamp_min(0.0);
        outermost * (w.ln() - (w + TAIL).ln()) - beyond / TAIL - w.ln()
    }

    /// The point at share `u` of a bin's mass, counted from the bin's inner edge outwards in the first and in the last.
    ///
    /// # Shapes
    /// - `place`, `u`: `[n, d]`, returns `[n, d]`
    fn point_within(self, place: Tensor<2>, u: Tensor<2>) -> Tensor<2> {
        let w = self.width();
        let side = self.side(place.clone());
        // Inverse of the distribution function: a straight line up to the edge of the bins, a logarithm beyond.
        let beyond = ((u.clone().neg() + 1.0) * ((w + TAIL) / TAIL))
            .log()
            .neg()
            .clamp_min(0.0)
            * TAIL;
        let depth = (u.clone() * (w + TAIL)).clamp_max(w) + beyond;
        let outer = side.clone() * (depth + (REACH - w));
        let inner = (place + u) * w - REACH;
        side.abs().neg().add_scalar(1.0) * inner + outer
    }
}

/// A histogram for each coordinate of each point.
#[derive(Clone, Debug)]
pub struct Histogram {
    bins: Bins,
    /// Which bin, one table for each coordinate.
    which: Vec<Levels>,
}

impl Histogram {
    /// One that gives the bins of coordinate i the probabilities softmax(logits[i]).
    ///
    /// # Shapes
    /// - `logits`: d of `[n, k]`
    pub fn new(bins: Bins, logits: Vec<Tensor<2>>) -> Self {
        let table = |logits: Tensor<2>| Levels::new(logits.unsqueeze_dim(1));
        Self {
            bins,
            which: logits.into_iter().map(table).collect(),
        }
    }
}

impl Univariate for Histogram {
    const SMOOTH: bool = false;

    fn log_prob(&self, x: Tensor<2>) -> Tensor<2> {
        let place = self.bins.place(x.clone());
        let of_bin = |(i, which): (usize, &Levels)| which.log_prob(place.clone().narrow(1, i, 1));
        let of_bins = self.which.iter().enumerate().map(of_bin).collect();
        Tensor::cat(of_bins, 1) + self.bins.log_prob_within(x)
    }

    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let place = Tensor::cat(self.which.iter().map(|which| which.sample(rng)).collect(), 1); // [n, d]
        let u = rng.uniform_tensor(place.dims(), &place.device());
        self.bins.point_within(place, u)
    }
}
