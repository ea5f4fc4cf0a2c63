//! Which rows are held out: a fifth of the different ones by chance, each with all its copies. A model that trained on a copy would know the row that
//! it is measured on.

use super::{
    columns::{OwnColumn, OwnData},
    spread::{Spread, Steps},
};
use crate::rng::{Rng, Stream};
use std::collections::HashMap;

/// One row in so many is held out.
const HELD_OUT_ONE_IN: usize = 5;

/// And no more rows than one in so many: a point with more copies is learned.
const MOST_ONE_IN: usize = 3;

/// With fewer none is held out: too few would be left to learn from.
const SPLIT_FROM: usize = 20;

/// Seed of the split, which belongs to the data and not to a run.
const SPLIT: u64 = 2;

/// The rows in an order of chance, and how many of the first are held out.
pub fn split(data: &OwnData) -> (Vec<usize>, usize) {
    let count = data.rows();
    if count < SPLIT_FROM {
        return ((0..count).collect(), 0);
    }
    let mut rng = Rng::new(SPLIT, Stream::Eval);
    let order = rng.permutation(count);
    // Most data have no copies, and need no closer look.
    let mut copies = Copies::of(data, |_| false);
    if copies.counts.len() < count {
        let repeated: Vec<Repeated> = data.columns.iter().map(Repeated::of).collect();
        let repeats = |(column, repeated): (&OwnColumn, &Repeated), row: usize| repeated.has(column.values[row]);
        copies = Copies::of(data, |row| {
            data.columns.iter().zip(&repeated).all(|pair| repeats(pair, row))
        });
    }
    let points = copies.counts.len();
    if points == count {
        return (order, count / HELD_OUT_ONE_IN);
    }
    let (mut apart, mut room, mut left) = (vec![false; points], count / MOST_ONE_IN, points / HELD_OUT_ONE_IN);
    for point in rng.permutation(points) {
        if left > 0 && copies.counts[point] <= room {
            (room, left) = (room - copies.counts[point], left - 1);
            apart[point] = true;
        }
    }
    let (first, others): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|&row| apart[copies.point[row]]);
    let held_out = first.len();
    ([first, others].concat(), held_out)
}

/// Which rows are the same point.
struct Copies {
    /// The point of each row.
    point: Vec<usize>,
    /// How many rows each point has.
    counts: Vec<usize>,
}

impl Copies {
    /// Rows that repeat `by_nature` are points of their own: the faces of a die, and a spike, belong on both sides.
    fn of(data: &OwnData, by_nature: impl Fn(usize) -> bool) -> Self {
        let mut known = HashMap::with_capacity(data.rows());
        let mut copies = Self {
            point: Vec::with_capacity(data.rows()),
            counts: Vec::new(),
        };
        // Plus zero, or -0 and 0 were two.
        let bits = |column: usize, row: usize| (data.columns[column].values[row] + 0.0).to_bits();
        for row in 0..data.rows() {
            let next = copies.counts.len();
            let point = if by_nature(row) {
                next
            } else {
                *known
                    .entry((bits(0, row), bits(data.columns.len() - 1, row)))
                    .or_insert(next)
            };
            if point == next {
                copies.counts.push(0);
            }
            copies.counts[point] += 1;
            copies.point.push(point);
        }
        copies
    }
}

/// Which values of a column repeat by what they are.
enum Repeated {
    All,
    One(f64),
    None,
}

impl Repeated {
    fn of(column: &OwnColumn) -> Self {
        let mut sorted = column.values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let steps = Steps::of(&sorted, Spread::of(&sorted, 0.0).scale);
        match steps.spike {
            _ if steps.few || steps.distinct == 1 => Self::All,
            Some((value, _)) => Self::One(value),
            None => Self::None,
        }
    }

    fn has(&self, value: f64) -> bool {
        match self {
            Self::All => true,
            Self::One(spike) => value == *spike,
            Self::None => false,
        }
    }
}
