//! Masked autoregressive layers: each coordinate moves by a curve that all earlier ones decide.
//!
//! ```text
//! zᵢ = f(xᵢ; rawᵢ(x₁ … xᵢ₋₁))      log|det ∂z/∂x| = Σᵢ log ∂zᵢ/∂xᵢ
//! ```
//!
//! The Jacobian is triangular. Data to latents takes one pass of a masked network; back, xᵢ needs x₁ … xᵢ₋₁ first, so the inverse takes a
//! pass for each coordinate but the first, whose numbers depend on nothing. [`Inverted`] exchanges the two directions.
//!
//! References: G. Papamakarios, T. Pavlakou, I. Murray, *Masked Autoregressive Flow for Density Estimation*, 2017, arXiv:1705.07057;
//! D. Kingma et al., *Improving Variational Inference with Inverse Autoregressive Flow*, 2016, arXiv:1606.04934.

use super::{
    Bijector,
    conditioner::{Size, conditioner},
    elementwise::RAW_SPREAD,
    monotone::Monotone,
};
use crate::{
    tensors::identity,
    {
        nn::{
            classes::{ClassVectors, Conditional, told},
            masked_waves::MaskedWaves,
        },
        rng::Rng,
    },
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

/// One masked autoregressive layer.
#[derive(Module, Debug)]
pub struct Autoregressive {
    /// Raw numbers of the first coordinate.
    first: Param<Tensor<2>>, // [1, raw_size]
    /// Those of the others, each from the strictly earlier coordinates; None on the line.
    rest: Option<MaskedWaves>,
    /// What a class adds to those of the first.
    classes: Option<ClassVectors>,
    #[module(skip)]
    map: Monotone,
}

impl Autoregressive {
    /// A layer over `dim` coordinates, each of which moves by `map`.
    pub fn new(dim: usize, map: Monotone, size: Size, rng: &mut Rng, device: &Device) -> Self {
        Self {
            first: Param::from_tensor(rng.normal_tensor([1, map.raw_size()], device) * RAW_SPREAD),
            rest: (dim > 1).then(|| conditioner(dim - 1, map, size, rng, device)),
            classes: None,
            map,
        }
    }

    /// Raw numbers of the first coordinate for `n` points.
    fn first(&self, n: usize) -> Tensor<2> {
        told(self.classes.as_ref(), self.first.val().expand([n, self.map.raw_size()]))
    }

    /// Data and log|det ∂x/∂z|, the density's part in an [`Inverted`] layer.
    ///
    /// # Shapes
    /// - `z`: `[n, d]`, returns `[n, d]` and `[n]`
    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [n, d] = z.dims();
        let size = self.map.raw_size();
        let (first, mut log_det) = self.map.inverse(z.clone().narrow(1, 0, 1), self.first(n));
        let Some(rest) = &self.rest else {
            return (first, log_det.squeeze_dim(1));
        };
        // Zeros hold the places of what is not known yet: the mask keeps the i-th output from them. A unit row puts a column in its place;
        // growing x by `cat` instead would ask the GPU engine for kernels of every length.
        let places = identity(d, &z.device());
        let mut x = first * places.clone().narrow(0, 0, 1);
        for i in 1..d {
            let raw = rest
                .forward(x.clone().narrow(1, 0, d - 1))
                .narrow(1, (i - 1) * size, size);
            let (next, log_slope) = self.map.inverse(z.clone().narrow(1, i, 1), raw);
            x = x + next * places.clone().narrow(0, i, 1);
            log_det = log_det + log_slope;
        }
        (x, log_det.squeeze_dim(1))
    }
}

impl Bijector for Autoregressive {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [n, d] = x.dims();
        let raw = match &self.rest {
            Some(rest) => Tensor::cat(vec![self.first(n), rest.forward(x.clone().narrow(1, 0, d - 1))], 1),
            None => self.first(n),
        };
        let (z, log_slope) = self
            .map
            .forward(x.reshape([n * d, 1]), raw.reshape([n * d, self.map.raw_size()]));
        (z.reshape([n, d]), log_slope.reshape([n, d]).sum_dim(1).squeeze_dim(1))
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        self.inverse_and_log_det(z).0
    }
}

/// A masked autoregressive layer run backwards: what was sampling becomes density, and the other way round.
#[derive(Module, Debug)]
pub struct Inverted {
    layer: Autoregressive,
}

impl Inverted {
    /// `layer` with its directions exchanged.
    pub const fn new(layer: Autoregressive) -> Self {
        Self { layer }
    }
}

impl Bijector for Inverted {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        self.layer.inverse_and_log_det(x)
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        self.layer.forward_and_log_det(z).0
    }
}

impl Conditional for Autoregressive {
    fn with_classes(self, classes: usize) -> Self {
        let vectors = ClassVectors::new(classes, self.map.raw_size(), &self.first.device());
        Self {
            rest: self.rest.map(|rest| rest.with_classes(classes)),
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            rest: self.rest.as_ref().map(|rest| rest.given(y)),
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}

impl Conditional for Inverted {
    fn with_classes(self, classes: usize) -> Self {
        Self::new(self.layer.with_classes(classes))
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self::new(self.layer.given(y))
    }
}
