//! Draws from the reader's points: one of them, with noise.

use super::{
    measured::{Axis, Own},
    spread::JITTER,
};
use crate::{
    data::{Bounds, Dataset, Points, Units, shares},
    rng::Rng,
};
use std::{ops::Range, sync::Arc};

/// The reader's points as a data set, in [`Dataset::units`] of their own.
#[derive(Debug)]
pub struct OwnDraws {
    own: Arc<Own>,
    /// How a draw is moved along each axis.
    blurs: Vec<Blur>,
    noise: f64,
}

/// Noise along one axis, in the data set's units.
#[derive(Debug)]
struct Blur {
    /// Width of a uniform part; 0 for none.
    step: f64,
    /// The spread, of which the Gaussian part is a share.
    spread: f64,
    /// Few repeated values that are not spread are left where they are.
    few: bool,
}

impl OwnDraws {
    /// With extra Gaussian noise of standard deviation `noise` along each axis, in units of the data set.
    pub fn new(own: Arc<Own>, noise: f64) -> Self {
        let blur = |(axis, scale): (&Axis, &f64)| Blur {
            step: axis.step / scale,
            spread: axis.spread.scale / scale,
            few: axis.is_spikes(),
        };
        Self {
            blurs: own.axes.iter().zip(own.units.scale()).map(blur).collect(),
            own,
            noise,
        }
    }

    /// The points of some rows; `smoothing` of a row is a standard deviation in spreads, where it is moved that far.
    fn moved(
        &self,
        rows: impl IntoIterator<Item = usize>,
        rng: &mut Rng,
        smoothing: impl Fn(usize) -> Option<f64>,
    ) -> Points {
        let dim = self.own.dim();
        let (mut values, mut labels) = (Vec::new(), Vec::new());
        for row in rows {
            let smoothing = smoothing(row);
            labels.extend(self.own.labels.get(row));
            for (value, blur) in self.own.rows[row * dim..][..dim].iter().zip(&self.blurs) {
                values.push(blur.moved(*value, smoothing, self.noise, rng) as f32);
            }
        }
        Points {
            dim,
            values,
            labels: (!self.own.labels.is_empty()).then_some(labels),
        }
    }
}

/// `n` of those rows, with replacement.
fn chosen(n: usize, among: Range<usize>, rng: &mut Rng) -> Vec<usize> {
    (0..n).map(|_| among.start + rng.index(among.len())).collect()
}

impl Blur {
    fn moved(&self, value: f64, smoothing: Option<f64>, noise: f64, rng: &mut Rng) -> f64 {
        let share = match smoothing {
            Some(smoothing) if !self.few => smoothing,
            // A step is noise enough.
            _ if self.step > 0.0 => 0.0,
            _ => JITTER,
        };
        let sigma = noise.hypot(share * self.spread);
        let mut moved = value;
        if self.step > 0.0 {
            moved += self.step * (rng.uniform() - 0.5);
        }
        if sigma > 0.0 {
            moved += sigma * rng.normal();
        }
        moved
    }
}

impl Dataset for OwnDraws {
    fn dim(&self) -> usize {
        self.own.dim()
    }

    fn is_finite(&self) -> bool {
        true
    }

    fn is_dequantized(&self) -> bool {
        self.blurs.iter().any(|blur| blur.step > 0.0)
    }

    fn units(&self) -> Option<&Units> {
        Some(&self.own.units)
    }

    fn class_shares(&self) -> Vec<f64> {
        match &self.own.data.classes {
            Some(classes) => shares(&self.own.labels[self.own.held_out..], classes.names.len()),
            None => Vec::new(),
        }
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        let rows = chosen(n, 0..self.own.count(), rng);
        self.moved(rows, rng, |_| None)
    }

    fn training(&self, n: usize, rng: &mut Rng) -> Points {
        let first = self.own.held_out;
        let smoothing = |row: usize| self.own.smoothing.as_ref().map(|smoothing| smoothing.at(row - first));
        let rows = chosen(n, first..self.own.count(), rng);
        self.moved(rows, rng, smoothing)
    }

    /// Each once.
    fn held_out(&self, n: usize, rng: &mut Rng) -> Points {
        let known = match self.own.held_out {
            0 => self.own.count(),
            count => count,
        };
        self.moved(0..n.min(known), rng, |_| None)
    }

    /// Of all points, no more in each than are held out.
    fn two_sets(&self, n: usize, rng: &mut Rng) -> [Points; 2] {
        let count = self.own.count();
        let n = n.min(if self.own.held_out > 0 {
            self.own.held_out
        } else {
            count / 2
        });
        let order = rng.permutation(count);
        [0..n, n..2 * n].map(|set| self.moved(order[set].iter().copied(), rng, |_| None))
    }

    fn log_prob(&self, _x: &[f64]) -> Option<f64> {
        None
    }

    fn bounds(&self) -> Bounds {
        self.own.bounds.with_noise(self.noise)
    }
}
