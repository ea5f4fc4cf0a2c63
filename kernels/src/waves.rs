//! Sines and cosines of many angles, and the waves that lift coordinates.

use crate::{
    functions::{LARGEST_ANGLE, all, sin_cos},
    lanes::each,
};

/// sin x and cos x.
///
/// # Panics
/// Where the slices differ in length.
#[inline(never)]
pub fn sines_and_cosines(x: &[f32], sin: &mut [f32], cos: &mut [f32]) {
    if x.iter().all(|x| x.abs() <= LARGEST_ANGLE) {
        each([sin, cos], [x], |_, [x]| sin_cos(x));
    } else {
        assert_eq!([sin.len(), cos.len()], [x.len(); 2]);
        for ((sin, cos), x) in sin.iter_mut().zip(cos).zip(x) {
            (*sin, *cos) = (libm::sinf(*x), libm::cosf(*x));
        }
    }
}

/// Rows (x, sin(x B), cos(x B)): `x` `[n, d]`, `frequencies` B `[d, f]`, to `[n, d + 2 f]`.
///
/// # Panics
/// Where a length is none of those, as in what follows.
#[inline(never)]
pub fn lift(x: &[f32], frequencies: &[f32], d: usize, to: &mut [f32]) {
    let f = frequencies.len() / d;
    let mut phase = vec![0.0; f];
    for (x, to) in x.chunks_exact(d).zip(to.chunks_exact_mut(d + 2 * f)) {
        let (same, waves) = to.split_at_mut(d);
        same.copy_from_slice(x);
        phase.fill(0.0);
        for (x, row) in x.iter().zip(frequencies.chunks_exact(f)) {
            let x = all(*x);
            each([&mut phase], [row], |[phase], [turn]| [phase + x * turn]);
        }
        let (sin, cos) = waves.split_at_mut(f);
        sines_and_cosines(&phase, sin, cos);
    }
}

/// The gradient in x from that in the `lifted` rows: ∂L/∂x = gₓ + (g_sin ∘ cos − g_cos ∘ sin) Bᵀ.
#[inline(never)]
pub fn reverse(grad: &[f32], lifted: &[f32], frequencies: &[f32], d: usize, to: &mut [f32]) {
    let f = frequencies.len() / d;
    let mut turn = vec![0.0; f];
    let rows = grad.chunks_exact(d + 2 * f).zip(lifted.chunks_exact(d + 2 * f));
    for ((grad, lifted), to) in rows.zip(to.chunks_exact_mut(d)) {
        let (by_sin, by_cos) = grad[d..].split_at(f);
        let (sin, cos) = lifted[d..].split_at(f);
        each(
            [&mut turn],
            [by_sin, by_cos, sin, cos],
            |_, [by_sin, by_cos, sin, cos]| [by_sin * cos - by_cos * sin],
        );
        for ((to, grad), row) in to.iter_mut().zip(grad).zip(frequencies.chunks_exact(f)) {
            *to = grad + row.iter().zip(&turn).map(|(b, turn)| b * turn).sum::<f32>();
        }
    }
}
