//! Products with a matrix of few columns or rows, which a blocked product would spend packing.

use crate::{
    functions::all,
    lanes::{LANES, Lanes, each},
};
use std::array;

/// Columns or rows that are few.
pub const FEW: usize = 4;

/// Rows, or sums, at a time.
const BLOCK: usize = 4;

/// x W: `x` `[n, d]`, `weight` `[d, few]`, to `[n, few]`.
///
/// # Panics
/// Where a length is none of those, as all of this file do.
#[inline(never)]
pub fn narrow(x: &[f32], weight: &[f32], few: usize, to: &mut [f32]) {
    let d = weight.len() / few;
    let columns = transposed(weight, few);
    for (x, to) in x.chunks_exact(d).zip(to.chunks_exact_mut(few)) {
        for (to, column) in to.iter_mut().zip(columns.chunks_exact(d)) {
            *to = dot(x, column);
        }
    }
}

/// x W: `x` `[n, few]`, `weight` `[few, d]`, to `[n, d]`.
#[inline(never)]
pub fn wide(x: &[f32], weight: &[f32], few: usize, to: &mut [f32]) {
    match few {
        1 => wide_of::<1>(x, weight, to),
        2 => wide_of::<2>(x, weight, to),
        3 => wide_of::<3>(x, weight, to),
        4 => wide_of::<4>(x, weight, to),
        more => panic!("{more} are more than a few"),
    }
}

#[inline(always)]
fn wide_of<const K: usize>(x: &[f32], weight: &[f32], to: &mut [f32]) {
    let d = weight.len() / K;
    let rows: [&[f32]; K] = array::from_fn(|k| &weight[k * d..(k + 1) * d]);
    for (x, to) in x.as_chunks::<K>().0.iter().zip(to.chunks_exact_mut(d)) {
        let x = x.map(all);
        each([to], rows, |_, rows| [sum_of_products(x, rows)]);
    }
}

/// x Wᵀ: `x` `[n, few]`, `weight` `[d, few]`, to `[n, d]`.
#[inline(never)]
pub fn wide_transposed(x: &[f32], weight: &[f32], few: usize, to: &mut [f32]) {
    wide(x, &transposed(weight, few), few, to);
}

/// xᵀ δ: `x` `[n, few]`, `delta` `[n, d]`, to `[few, d]`.
#[inline(never)]
pub fn sums(x: &[f32], delta: &[f32], few: usize, to: &mut [f32]) {
    let d = to.len() / few;
    to.fill(0.0);
    let mut blocks = delta.chunks_exact(BLOCK * d);
    let mut x_blocks = x.chunks_exact(BLOCK * few);
    for (x, delta) in x_blocks.by_ref().zip(blocks.by_ref()) {
        let rows: [&[f32]; BLOCK] = array::from_fn(|row| &delta[row * d..(row + 1) * d]);
        for (k, to) in to.chunks_exact_mut(d).enumerate() {
            let x = array::from_fn(|row| all(x[row * few + k]));
            each([to], rows, |[to], rows| [to + sum_of_products(x, rows)]);
        }
    }
    let rest = x_blocks.remainder().chunks_exact(few);
    for (x, delta) in rest.zip(blocks.remainder().chunks_exact(d)) {
        for (x, to) in x.iter().zip(to.chunks_exact_mut(d)) {
            let x = all(*x);
            each([to], [delta], |[to], [delta]| [to + x * delta]);
        }
    }
}

/// xᵀ δ: `x` `[n, d]`, `delta` `[n, few]`, to `[d, few]`.
#[inline(never)]
pub fn sums_transposed(x: &[f32], delta: &[f32], few: usize, to: &mut [f32]) {
    let d = to.len() / few;
    let mut rows = vec![0.0; to.len()];
    sums(delta, x, few, &mut rows);
    for (k, row) in rows.chunks_exact(d).enumerate() {
        for (j, value) in row.iter().enumerate() {
            to[j * few + k] = *value;
        }
    }
}

/// `[d, few]` becomes `[few, d]`.
fn transposed(weight: &[f32], few: usize) -> Vec<f32> {
    (0..few)
        .flat_map(|k| weight.iter().skip(k).step_by(few).copied())
        .collect()
}

#[inline(always)]
fn sum_of_products<const K: usize>(a: [Lanes; K], b: [Lanes; K]) -> Lanes {
    let mut sum = a[0] * b[0];
    for k in 1..K {
        sum += a[k] * b[k];
    }
    sum
}

/// In as many sums as keep an adder busy.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const STRIDE: usize = BLOCK * LANES;
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<STRIDE>(), b.as_chunks::<STRIDE>());
    let mut sums = [all(0.0); BLOCK];
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += Lanes::new(*a) * Lanes::new(*b);
        }
    }
    let total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    total.to_array().iter().sum::<f32>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f32>()
}
