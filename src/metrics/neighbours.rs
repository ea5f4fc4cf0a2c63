//! Nearest neighbours by a sweep along the first axis.
//!
//! Points are sorted once by their first coordinate. A search starts at a point's own place and walks outwards until that coordinate alone is
//! farther away than what was found: on the plane it meets about √n points, and n at worst, when all share the coordinate. Any dimension
//! gives the right answer; one and two are what it is fast in.

use super::pairs::square;
use crate::data::Points;

/// Points in the order of their first coordinate.
struct Sorted<'a> {
    rows: Vec<&'a [f32]>,
    /// Where each of them stood.
    places: Vec<usize>,
}

impl<'a> Sorted<'a> {
    fn of(points: &'a Points) -> Self {
        let all: Vec<&[f32]> = points.rows().collect();
        let mut places: Vec<usize> = (0..all.len()).collect();
        places.sort_unstable_by(|&a, &b| all[a][0].total_cmp(&all[b][0]));
        Self {
            rows: places.iter().map(|&place| all[place]).collect(),
            places,
        }
    }
}

/// Squared distance of each point to its `k`-th nearest other point, in data units squared. NaN coordinates are infinitely far.
///
/// # Panics
/// If there are not more than `k` points or `k` is 0.
pub(super) fn kth_squares(points: &Points, k: usize) -> Vec<f64> {
    assert!(
        k > 0 && points.len() > k,
        "a {k}-th neighbour among {} points",
        points.len()
    );
    let Sorted { rows, places } = Sorted::of(points);
    let mut squares = vec![0.0; rows.len()];
    let mut nearest = vec![0.0; k];
    for (at, row) in rows.iter().enumerate() {
        nearest.fill(f64::INFINITY);
        let mut visit = |other: &[f32]| {
            let along = (f64::from(other[0]) - f64::from(row[0])).powi(2);
            // Also false for NaN, which sorts to the ends.
            let near = along < nearest[k - 1];
            if near {
                insert(&mut nearest, square(row, other));
            }
            near
        };
        let _ = rows[..at].iter().rev().all(|other| visit(other));
        let _ = rows[at + 1..].iter().all(|other| visit(other));
        squares[places[at]] = nearest[k - 1];
    }
    squares
}

/// Puts a value into its place in a sorted list and drops the last.
fn insert(sorted: &mut [f64], value: f64) {
    // A NaN is as far as can be, and is dropped.
    let smaller = sorted
        .iter()
        .take_while(|&&known| known <= value || value.is_nan())
        .count();
    if smaller < sorted.len() {
        sorted[smaller..].rotate_right(1);
        sorted[smaller] = value;
    }
}

/// How points fall into balls.
pub(super) struct Falls {
    /// How many balls hold each point.
    pub balls: Vec<u32>,
    /// Whether each ball holds a point.
    pub hit: Vec<bool>,
}

/// Which of `points` lie in the balls around `centres`, their edges included. The squared radii are in data units squared.
pub(super) fn falls(points: &Points, centres: &Points, squared_radii: &[f64]) -> Falls {
    assert_eq!(points.dim, centres.dim, "two sets of points differ in dimension");
    let Sorted { rows, places } = Sorted::of(points);
    let mut falls = Falls {
        balls: vec![0; points.len()],
        hit: vec![false; centres.len()],
    };
    for ((centre, &squared_radius), hit) in centres.rows().zip(squared_radii).zip(&mut falls.hit) {
        // A hair of room, so that rounding loses no point on the edge: the distance decides.
        let (x, radius) = (f64::from(centre[0]), squared_radius.sqrt() * (1.0 + 1e-12));
        let from = rows.partition_point(|row| f64::from(row[0]) < x - radius);
        for (row, &place) in rows[from..].iter().zip(&places[from..]) {
            if f64::from(row[0]) > x + radius {
                break;
            }
            if square(row, centre) <= squared_radius {
                falls.balls[place] += 1;
                *hit = true;
            }
        }
    }
    falls
}

#[cfg(test)]
mod tests {
    use super::{super::pairs::SQUARES, *};
    use crate::rng::{Rng, Stream};

    #[test]
    fn a_search_on_the_plane_meets_few_of_the_points() {
        let (n, k) = (2000_usize, 5);
        let rng = &mut Rng::new(21, Stream::Eval);
        let mut gaussian = || Points::new(2, (0..2 * n).map(|_| rng.normal() as f32).collect());
        let (samples, data) = (gaussian(), gaussian());
        SQUARES.set(0);
        let radii = kth_squares(&data, k);
        falls(&samples, &data, &radii);
        // √n for each point of either search, and a few times that for a k-th neighbour; all pairs would be 2 n².
        let (met, few) = (SQUARES.get(), 8 * n * n.isqrt());
        assert!(
            met < few,
            "{met} pairs met, at most {few} expected, {} of all",
            2 * n * n
        );
    }
}
