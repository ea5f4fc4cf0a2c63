//! A curve for each coordinate that depends on nothing else.
//!
//! ```text
//! zᵢ = f(xᵢ; φᵢ)      log|det ∂z/∂x| = Σᵢ log f'(xᵢ; φᵢ)
//! ```

use super::{Bijector, monotone::Monotone};
use crate::{
    nn::classes::{ClassVectors, Conditional},
    rng::Rng,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

/// Spread of the initial raw numbers: small, so that each curve begins near the identity.
pub(super) const RAW_SPREAD: f64 = 0.1;

/// Independent curves, one a coordinate.
#[derive(Module, Debug)]
pub struct Elementwise {
    raw: Param<Tensor<2>>, // [d, raw_size]
    /// What a class adds to them.
    classes: Option<ClassVectors>, // [classes, d · raw_size]
    #[module(skip)]
    map: Monotone,
}

impl Elementwise {
    /// A `map` for each of `dim` coordinates.
    pub fn new(dim: usize, map: Monotone, rng: &mut Rng, device: &Device) -> Self {
        Self {
            raw: Param::from_tensor(rng.normal_tensor([dim, map.raw_size()], device) * RAW_SPREAD),
            classes: None,
            map,
        }
    }

    /// Raw numbers for `n` points.
    fn raw(&self, n: usize) -> Tensor<2> {
        let [dim, size] = self.raw.dims();
        let raw = self.raw.val().unsqueeze::<3>().expand([n, dim, size]);
        match self.classes.as_ref().and_then(|classes| classes.rows(n)) {
            Some(rows) => raw + rows.reshape([-1, dim as i32, size as i32]),
            None => raw,
        }
        .reshape([n * dim, size])
    }
}

impl Bijector for Elementwise {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [n, dim] = x.dims();
        let (z, log_slope) = self.map.forward(x.reshape([n * dim, 1]), self.raw(n));
        (
            z.reshape([n, dim]),
            log_slope.reshape([n, dim]).sum_dim(1).squeeze_dim(1),
        )
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        let [n, dim] = z.dims();
        let (x, _) = self.map.inverse(z.reshape([n * dim, 1]), self.raw(n));
        x.reshape([n, dim])
    }
}

impl Conditional for Elementwise {
    fn with_classes(self, classes: usize) -> Self {
        let [dim, size] = self.raw.dims();
        let vectors = ClassVectors::new(classes, dim * size, &self.raw.device());
        Self {
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}
