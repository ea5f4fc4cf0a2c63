//! Rising curves of one number, each row's shaped by raw numbers of its own, with their gradients.
//!
//! ```text
//! scale    y = x · exp s            affine   y = x · exp s + t           spline   y = spline(x)           s = S tanh(raw)
//! ```
//!
//! Reference: L. Dinh, J. Sohl-Dickstein, S. Bengio, *Density estimation using Real NVP*, 2017, arXiv:1605.08803.

use crate::{
    functions::one::{exp, tanh},
    spline::{Bins, Shares},
};

/// A kind of curve, with what is fixed about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// raw: s, which stays within ± `largest`.
    Scale {
        largest: f32,
    },
    /// raw: s and t.
    Affine {
        largest: f32,
    },
    Spline(Bins),
}

impl Curve {
    /// Raw numbers a row.
    pub const fn raw_size(self) -> usize {
        match self {
            Self::Scale { .. } => 1,
            Self::Affine { .. } => 2,
            Self::Spline(bins) => bins.raw_size(),
        }
    }

    /// Room for those of a spline.
    fn shares(self) -> Shares {
        let count = match self {
            Self::Spline(bins) => bins.count,
            Self::Scale { .. } | Self::Affine { .. } => 0,
        };
        [vec![0.0; count], vec![0.0; count]]
    }
}

/// Where the results go, a number a row each.
pub struct Values<'a> {
    pub y: &'a mut [f32],
    /// log dy/dx, or log dx/dy of the inverse.
    pub log_slope: &'a mut [f32],
}

/// Gradients of y and log dy/dx, in x and in the raw numbers.
pub struct Gradients<'a> {
    pub y_by_x: &'a mut [f32],
    pub y_by_raw: &'a mut [f32],
    pub log_slope_by_x: &'a mut [f32],
    pub log_slope_by_raw: &'a mut [f32],
}

/// y and log dy/dx.
///
/// # Panics
/// Where a slice is shorter than the rows of `x` ask for, as all of this file do.
#[inline(never)]
pub fn forward(curve: Curve, x: &[f32], raw: &[f32], to: Values) {
    let mut shares = curve.shares();
    for (i, (x, raw)) in x.iter().zip(raw.chunks_exact(curve.raw_size())).enumerate() {
        (to.y[i], to.log_slope[i]) = match curve {
            Curve::Scale { largest } => stretched(*x, largest * tanh(raw[0]), 0.0),
            Curve::Affine { largest } => stretched(*x, largest * tanh(raw[0]), raw[1]),
            Curve::Spline(bins) => bins.forward(*x, raw, &mut shares),
        };
    }
}

/// x and log dx/dy.
#[inline(never)]
pub fn inverse(curve: Curve, y: &[f32], raw: &[f32], to: Values) {
    let mut shares = curve.shares();
    for (i, (y, raw)) in y.iter().zip(raw.chunks_exact(curve.raw_size())).enumerate() {
        (to.y[i], to.log_slope[i]) = match curve {
            Curve::Scale { largest } => stretched(*y, -largest * tanh(raw[0]), 0.0),
            Curve::Affine { largest } => stretched(*y - raw[1], -largest * tanh(raw[0]), 0.0),
            Curve::Spline(bins) => bins.inverse(*y, raw, &mut shares),
        };
    }
}

/// y and log dy/dx with their gradients.
#[inline(never)]
pub fn with_gradients(curve: Curve, x: &[f32], raw: &[f32], to: Values, gradients: Gradients) {
    let size = curve.raw_size();
    let mut shares = curve.shares();
    gradients.log_slope_by_x.fill(0.0);
    gradients.log_slope_by_raw.fill(0.0);
    gradients.y_by_raw.fill(0.0);
    let by_raw = gradients
        .y_by_raw
        .chunks_exact_mut(size)
        .zip(gradients.log_slope_by_raw.chunks_exact_mut(size));
    for (i, ((x, raw), (y_by_raw, log_slope_by_raw))) in x.iter().zip(raw.chunks_exact(size)).zip(by_raw).enumerate() {
        match curve {
            Curve::Scale { largest } | Curve::Affine { largest } => {
                let turn = tanh(raw[0]);
                let shift = if size == 2 { raw[1] } else { 0.0 };
                (to.y[i], to.log_slope[i]) = stretched(*x, largest * turn, shift);
                let (stretch, bend) = (exp(largest * turn), largest * (1.0 - turn * turn));
                gradients.y_by_x[i] = stretch;
                y_by_raw[0] = x * stretch * bend;
                log_slope_by_raw[0] = bend;
                if size == 2 {
                    y_by_raw[1] = 1.0;
                }
            }
            Curve::Spline(bins) => {
                let by_raw = [y_by_raw, log_slope_by_raw];
                [
                    (to.y[i], gradients.y_by_x[i]),
                    (to.log_slope[i], gradients.log_slope_by_x[i]),
                ] = bins.with_gradients(*x, raw, &mut shares, by_raw);
            }
        }
    }
}

#[inline(always)]
fn stretched(x: f32, log_scale: f32, shift: f32) -> (f32, f32) {
    (x * exp(log_scale) + shift, log_scale)
}
