//! A checkerboard: uniform on eight squares, with hard edges that no smooth density reproduces.
//!
//! ```text
//! p(x) = 1/32 Σ_{column + row even} F_column(x₁) F_row(x₂)        columns and rows of side 2, counted from −4
//! F_k(u) = P(u + σ ε in k)                                        σ extra noise; without it 1 in k and 0 elsewhere
//! ```
//!
//! Reference: Grathwohl et al. 2019, FFJORD, arXiv:1810.01367.

use super::{Bounds, Dataset, Points, equal_shares, interval::log_normal_mass, log_sum_exp, plane_points};
use crate::rng::Rng;

/// Half the side of the board.
const HALF: f64 = 4.0;
/// Side of a square.
const SIDE: f64 = 2.0;
/// Squares, two in each column: the classes, column by column from the left, each from below.
const SQUARES: usize = 8;
/// Places in a square along one axis. Draws sit in the middle of a place, which an `f32` holds exactly: rounding never carries a point over an
/// edge, to where the density is zero.
const PLACES: usize = 1 << 16;

struct Checkerboard {
    /// Standard deviation of the noise; the edges are hard where it is 0.
    noise: f64,
}

impl Checkerboard {
    /// log F_k(u) for each of the four columns or rows.
    fn log_shares(&self, u: f64) -> [f64; 4] {
        [0.0, 1.0, 2.0, 3.0].map(|k| {
            let (from, to) = (k * SIDE - HALF - u, (k + 1.0) * SIDE - HALF - u);
            match self.noise {
                0.0 if from <= 0.0 && 0.0 < to => 0.0,
                0.0 => f64::NEG_INFINITY,
                noise => log_normal_mass(from / noise, to / noise),
            }
        })
    }
}

impl Dataset for Checkerboard {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        plane_points(n, || {
            let column = rng.index(4);
            let row = 2 * rng.index(2) + column % 2;
            let place =
                [column, row].map(|k| -HALF + SIDE * (k as f64 + (rng.index(PLACES) as f64 + 0.5) / PLACES as f64));
            let x = match self.noise {
                0.0 => place,
                noise => place.map(|x| x + noise * rng.normal()),
            };
            (2 * column + row / 2, x)
        })
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        let [columns, rows] = [x[0], x[1]].map(|u| self.log_shares(u));
        // Dark squares are those where column and row are both even or both odd.
        let both = |parity: usize| {
            let of = |shares: [f64; 4]| log_sum_exp([shares[parity], shares[parity + 2]].into_iter());
            of(columns) + of(rows)
        };
        Some(log_sum_exp([both(0), both(1)].into_iter()) - (SQUARES as f64 * SIDE * SIDE).ln())
    }

    fn class_shares(&self) -> Vec<f64> {
        equal_shares(SQUARES)
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        let (column, row) = (class / 2, 2 * (class % 2) + class / 2 % 2);
        let [columns, rows] = [x[0], x[1]].map(|u| self.log_shares(u));
        Some(columns[column] + rows[row] - (SIDE * SIDE).ln())
    }

    fn bounds(&self) -> Bounds {
        Bounds::square(4.5).with_noise(self.noise)
    }
}

/// Eight squares of side 2 on [−4, 4]², with extra noise.
pub fn checkerboard(noise: f64) -> Box<dyn Dataset> {
    Box::new(Checkerboard { noise })
}
