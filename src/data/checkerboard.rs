//! A checkerboard: uniform on eight squares, with hard edges that no smooth density reproduces.
//!
//! ```text
//! p(x) = 1/32  on the squares of side 2 whose column + row is even, columns and rows counted from −4;  0 elsewhere
//! ```
//!
//! Reference: Grathwohl et al. 2019, FFJORD, arXiv:1810.01367.

use super::{Bounds, Dataset, Points, plane_points};
use crate::rng::Rng;

/// Half the side of the board.
const HALF: f64 = 4.0;
/// Side of a square.
const SIDE: f64 = 2.0;
/// Places in a square along one axis. Draws sit in the middle of a place, which an `f32` holds exactly: rounding never carries a point over an
/// edge, to where the density is zero.
const PLACES: usize = 1 << 16;

struct Checkerboard;

impl Dataset for Checkerboard {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        plane_points(n, || {
            let column = rng.index(4);
            let row = 2 * rng.index(2) + column % 2;
            [column, row].map(|k| -HALF + SIDE * (k as f64 + (rng.index(PLACES) as f64 + 0.5) / PLACES as f64))
        })
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        let [column, row] = [x[0], x[1]].map(|x| ((x + HALF) / SIDE).floor());
        let on_board = (0.0..4.0).contains(&column) && (0.0..4.0).contains(&row);
        let dark = on_board && (column + row) % 2.0 == 0.0;
        Some(if dark {
            -(8.0 * SIDE * SIDE).ln()
        } else {
            f64::NEG_INFINITY
        })
    }

    fn bounds(&self) -> Bounds {
        Bounds::square(4.5)
    }
}

/// Eight squares of side 2 on [−4, 4]².
pub fn checkerboard() -> Box<dyn Dataset> {
    Box::new(Checkerboard)
}
