//! The non-linearities between layers, each with its derivatives, as operations of their own.

mod backward;
mod flex;
mod kernel;
mod plain;

use burn::{
    backend::{Backend, Dispatch, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};

/// Slope of the leaky ReLU below zero, the value the GAN literature uses (Radford et al., 2016, arXiv:1511.06434).
const LEAK: f64 = 0.2;

/// The non-linearity between layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// x · sigmoid(x): smooth, for everything that is differentiated in its input.
    Silu,
    /// max(x, 0.2 x): for discriminators.
    LeakyRelu,
    Tanh,
}

/// a and its derivatives in one pass, element by element. What they are differentiated by comes out of the same pass, so that nothing is
/// evaluated again in reverse.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Fusion: cfg(feature = "gpu"), Autodiff)]
pub trait ActivationOps: Backend {
    /// a(x).
    #[fusion(default)]
    fn activated(x: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self> {
        plain::activated::<Self>(x, activation)
    }

    /// a(x) and a'(x).
    #[fusion(default)]
    fn with_slope(x: FloatTensor<Self>, activation: Activation) -> (FloatTensor<Self>, FloatTensor<Self>) {
        plain::with_slope::<Self>(x, activation)
    }

    /// a(x), a'(x) and a''(x).
    #[fusion(default)]
    fn with_bend(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        plain::with_bend::<Self>(x, activation)
    }
}

impl Activation {
    /// a(x), element by element.
    pub fn apply(self, x: Tensor<2>) -> Tensor<2> {
        Tensor::from_dispatch(Dispatch::activated(x.into_dispatch(), self))
    }

    /// a(x) and a'(x).
    pub fn with_derivative(self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (y, slope) = Dispatch::with_slope(x.into_dispatch(), self);
        (Tensor::from_dispatch(y), Tensor::from_dispatch(slope))
    }

    /// a(x), a'(x) and a''(x).
    pub fn with_two_derivatives(self, x: Tensor<2>) -> [Tensor<2>; 3] {
        let (y, slope, bend) = Dispatch::with_bend(x.into_dispatch(), self);
        [y, slope, bend].map(Tensor::from_dispatch)
    }
}
