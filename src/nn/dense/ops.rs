//! What a dense layer is to a backend, and to a tensor.
//!
//! ```text
//! y = a(x W + b)      δ = ∂L/∂y · a'(x W + b)      ∂L/∂W = xᵀ δ      ∂L/∂b = Σ δ over the rows      ∂L/∂x = δ Wᵀ
//! ```

use crate::nn::activation::Activate;
use burn::{
    backend::{Backend, Dispatch, backend_extension, tensor::FloatTensor},
    nn::Linear,
    tensor::Tensor,
};
use kernels::Activation;

/// Shapes: `x` `[n, d_input]`, `weight` `[d_input, d_output]`, `bias` `[d_output]`.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait DenseOps: Backend {
    /// x W.
    fn product(x: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self>;

    /// xᵀ y, off the tape: `x` `[n, a]`, `y` `[n, b]`, returns `[a, b]`.
    fn product_of_transposed(x: FloatTensor<Self>, y: FloatTensor<Self>) -> FloatTensor<Self>;

    /// x W + b.
    fn affine(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self>;

    /// a(x W + b).
    fn dense(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self>;
}

/// What the tape needs of a backend beside.
pub trait DenseGradients: DenseOps {
    /// a(x W + b) and a'(x W + b).
    fn dense_with_slope(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// δ and its sum over the rows, from ∂L/∂y and a'.
    fn dense_reverse(grad: FloatTensor<Self>, slope: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// The same of a layer without a non-linearity, where δ is ∂L/∂y.
    fn affine_reverse(grad: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// δ Wᵀ.
    fn gradient_of_input(delta: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// a(x W + b), or x W + b where `activation` is none.
///
/// # Shapes
/// - `x`: `[n, d_input]`, `weight`: `[d_input, d_output]`, `bias`: `[d_output]`, returns `[n, d_output]`
pub fn dense(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<1>, activation: Option<Activation>) -> Tensor<2> {
    let [x, weight, bias] = [x.into_dispatch(), weight.into_dispatch(), bias.into_dispatch()];
    Tensor::from_dispatch(match activation {
        Some(activation) => Dispatch::dense(x, weight, bias, activation),
        None => Dispatch::affine(x, weight, bias),
    })
}

/// What [`dense`] is to a layer's own weights; without a bias where it has none.
pub fn through(layer: &Linear, x: Tensor<2>, activation: Option<Activation>) -> Tensor<2> {
    let weight = layer.weight.val();
    match &layer.bias {
        Some(bias) => dense(x, weight, bias.val(), activation),
        None => {
            let h = product(x, weight);
            match activation {
                Some(activation) => activation.apply(h),
                None => h,
            }
        }
    }
}

/// x W, with a loop of its own where it has few columns or rows.
///
/// # Shapes
/// - `x`: `[n, a]`, `weight`: `[a, b]`, returns `[n, b]`
pub fn product(x: Tensor<2>, weight: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::product(x.into_dispatch(), weight.into_dispatch()))
}

/// xᵀ y, off the tape.
///
/// # Shapes
/// - `x`: `[n, a]`, `y`: `[n, b]`, returns `[a, b]`
pub fn product_of_transposed(x: Tensor<2>, y: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::product_of_transposed(x.into_dispatch(), y.into_dispatch()))
}
