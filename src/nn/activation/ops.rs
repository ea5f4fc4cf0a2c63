//! The non-linearities as operations of every backend, and what they are to a tensor.

use burn::{
    backend::{Backend, Dispatch, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};
use kernels::Activation;

/// a and its derivatives in one pass, element by element.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait ActivationOps: Backend {
    /// a(x).
    fn activated(x: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self>;

    /// a(x) and a'(x).
    fn with_slope(x: FloatTensor<Self>, activation: Activation) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// a(x), a'(x) and a''(x).
    fn with_bend(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What the tape needs beside: what a result is differentiated by comes out of the same pass, so that nothing is evaluated again in reverse.
pub trait ActivationGradients: ActivationOps {
    /// a(x), a'(x), a''(x) and a'''(x).
    fn with_twist(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
    );
}

/// What a non-linearity does to a tensor.
pub trait Activate {
    /// a(x), element by element.
    fn apply<const D: usize>(self, x: Tensor<D>) -> Tensor<D>;

    /// a(x) and a'(x).
    fn with_derivative(self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>);

    /// a(x), a'(x) and a''(x).
    fn with_two_derivatives(self, x: Tensor<2>) -> [Tensor<2>; 3];
}

impl Activate for Activation {
    fn apply<const D: usize>(self, x: Tensor<D>) -> Tensor<D> {
        Tensor::from_dispatch(Dispatch::activated(x.into_dispatch(), self))
    }

    fn with_derivative(self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (y, slope) = Dispatch::with_slope(x.into_dispatch(), self);
        (Tensor::from_dispatch(y), Tensor::from_dispatch(slope))
    }

    fn with_two_derivatives(self, x: Tensor<2>) -> [Tensor<2>; 3] {
        let (y, slope, bend) = Dispatch::with_bend(x.into_dispatch(), self);
        [y, slope, bend].map(Tensor::from_dispatch)
    }
}
