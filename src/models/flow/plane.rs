//! The two coordinates of the plane taken apart and put together, and the fixed pieces between a flow's layers that mix them.
//!
//! ```text
//! turn      z = R x,  R a rotation             |det R| = 1
//! reverse   z = (x_d, …, x₁)                   |det| = 1
//! ```

use super::Bijector;
#[cfg(feature = "gpu")]
use super::link::Link;
use crate::{
    nn::{
        columns::{columns, pair},
        dense::product,
    },
    tensors::tensor,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::f64::consts::FRAC_PI_4;

/// The roles of the plane's two coordinates in a layer: one leads, the other follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    First,
    Second,
}

impl Lead {
    /// Who leads in layer `index` when the roles are exchanged after each.
    pub const fn alternating(index: usize) -> Self {
        if index.is_multiple_of(2) {
            Self::First
        } else {
            Self::Second
        }
    }

    /// (leader, follower); [`Lead::join`] undoes it.
    ///
    /// # Shapes
    /// - `x`: `[n, 2]`, returns two of `[n, 1]`
    pub fn split(self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let [first, second] = columns(x);
        match self {
            Self::First => (first, second),
            Self::Second => (second, first),
        }
    }

    /// # Shapes
    /// - `leader`, `follower`: `[n, 1]`, returns `[n, 2]`
    pub fn join(self, leader: Tensor<2>, follower: Tensor<2>) -> Tensor<2> {
        match self {
            Self::First => pair(leader, follower),
            Self::Second => pair(follower, leader),
        }
    }
}

/// Turns the plane against the clock, so that the layers that follow act along other directions.
#[derive(Module, Debug)]
pub struct Turn {
    /// What rows are multiplied by. A plain tensor travels with the module but does not learn.
    matrix: Tensor<2>, // [2, 2]
}

impl Turn {
    /// By 45°.
    pub fn eighth(device: &Device) -> Self {
        let (sin, cos) = FRAC_PI_4.sin_cos();
        Self {
            matrix: tensor([cos, sin, -sin, cos].map(|number| number as f32).into(), [2, 2], device),
        }
    }
}

impl Bijector for Turn {
    #[cfg(feature = "gpu")]
    fn link(&self) -> Option<Link<'_>> {
        Some(Link::Turn)
    }

    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let still = no_log_det(&x);
        (product(x, self.matrix.clone()), still)
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        product(z, self.matrix.clone().transpose())
    }
}

/// Puts the coordinates in the opposite order, so that in the next autoregressive layer the last decides and the first is decided.
#[derive(Module, Debug)]
pub struct Reverse;

impl Bijector for Reverse {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let still = no_log_det(&x);
        (x.flip([1]), still)
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        z.flip([1])
    }
}

/// log|det| of what keeps volumes, `[n]` zeros.
fn no_log_det(x: &Tensor<2>) -> Tensor<1> {
    Tensor::zeros([x.dims()[0]], &x.device())
}
