//! Rising curves of one coordinate, which every layer of a flow is made of.
//!
//! A curve takes a few raw numbers, without bounds. Whoever decides them (a parameter, another coordinate, all earlier ones) makes the layer.
//!
//! ```text
//! shift    z = x + t                   scale    z = x · exp s
//! affine   z = x · exp s + t           spline   z = spline(x; φ)          s = 2 tanh(raw)
//! ```

use crate::nn::{
    curve::{self, Curve},
    spline::{self, Spline, raw_size},
};
use burn::tensor::Tensor;

/// Largest |s|: keeps a layer from stretching by more than e² while training is wild.
const LOG_SCALE_MAX: f64 = 2.0;

/// A kind of rising curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Monotone {
    /// Moves without stretching: volumes stay.
    Shift,
    /// Stretches about 0.
    Scale,
    /// Stretches, then moves.
    Affine,
    /// Bends, by a rational-quadratic spline of so many bins.
    Spline { bins: usize },
}

impl Monotone {
    /// How many raw numbers one curve takes.
    pub const fn raw_size(self) -> usize {
        match self {
            Self::Shift | Self::Scale => 1,
            Self::Affine => 2,
            Self::Spline { bins } => raw_size(bins),
        }
    }

    /// The curve in one operation, where it takes more than an addition.
    pub(super) fn kernel(self) -> Option<Curve> {
        let largest = LOG_SCALE_MAX as f32;
        match self {
            Self::Shift => None,
            Self::Scale => Some(Curve::Scale { largest }),
            Self::Affine => Some(Curve::Affine { largest }),
            Self::Spline { bins } => Some(spline::curve(bins)),
        }
    }

    /// z and log dz/dx, one curve a row.
    ///
    /// # Shapes
    /// - `x`: `[n, 1]`, `raw`: `[n, raw_size]`, returns two of `[n, 1]`
    pub fn forward(self, x: Tensor<2>, raw: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        match self.kernel() {
            Some(curve) => curve::curve(x, raw, curve),
            None => self.forward_of_operations(x, raw),
        }
    }

    /// The same of Burn's operations.
    ///
    /// # Shapes
    /// - as [`Monotone::forward`]
    pub fn forward_of_operations(self, x: Tensor<2>, raw: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        match self {
            Self::Shift => (x.clone() + raw, x.zeros_like()),
            Self::Scale => {
                let s = log_scale(raw);
                (x * s.clone().exp(), s)
            }
            Self::Affine => {
                let s = log_scale(raw.clone().narrow(1, 0, 1));
                (x * s.clone().exp() + raw.narrow(1, 1, 1), s)
            }
            Self::Spline { bins } => Spline::new(raw, bins).forward(x),
        }
    }

    /// x and log dx/dz: the exact inverse of [`Monotone::forward`], in closed form.
    ///
    /// # Shapes
    /// - `z`: `[n, 1]`, `raw`: `[n, raw_size]`, returns two of `[n, 1]`
    pub fn inverse(self, z: Tensor<2>, raw: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        match self.kernel().filter(|_| !z.device().is_autodiff()) {
            Some(curve) => curve::curve_inverse(z, raw, curve),
            None => self.inverse_of_operations(z, raw),
        }
    }

    /// The same of Burn's operations.
    ///
    /// # Shapes
    /// - as [`Monotone::inverse`]
    pub fn inverse_of_operations(self, z: Tensor<2>, raw: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        match self {
            Self::Shift => (z.clone() - raw, z.zeros_like()),
            Self::Scale => {
                let shrink = log_scale(raw).neg();
                (z * shrink.clone().exp(), shrink)
            }
            Self::Affine => {
                let shrink = log_scale(raw.clone().narrow(1, 0, 1)).neg();
                ((z - raw.narrow(1, 1, 1)) * shrink.clone().exp(), shrink)
            }
            Self::Spline { bins } => Spline::new(raw, bins).inverse(z),
        }
    }
}

fn log_scale(raw: Tensor<2>) -> Tensor<2> {
    raw.tanh() * LOG_SCALE_MAX
}
