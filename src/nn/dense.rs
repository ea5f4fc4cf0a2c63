//! A dense layer as one operation, with its non-linearity.
//!
//! ```text
//! y = a(x W + b)      δ = ∂L/∂y · a'(x W + b)      ∂L/∂W = xᵀ δ      ∂L/∂b = Σ δ over the rows      ∂L/∂x = δ Wᵀ
//! ```
//!
//! On the CPU what is not a product is one pass over the numbers, forwards and in reverse; elsewhere it is Burn's own operations.

use crate::nn::{
    activation::{Activate, ActivationOps},
    cpu::{CpuTensor, in_one_piece, numbers, room, to_write},
};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, ops::FloatTensorOps, tensor::FloatTensor},
    nn::Linear,
    tensor::{Shape, Tensor},
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind},
};
use kernels::{
    Activation, dense as kernel,
    thin::{self, FEW},
};

/// What a dense layer is to a backend. Shapes: `x` `[n, d_input]`, `weight` `[d_input, d_output]`, `bias` `[d_output]`.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait DenseOps: ActivationOps {
    /// x W.
    fn product(x: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_matmul(x, weight)
    }

    /// xᵀ y: `x` `[n, a]`, `y` `[n, b]`, returns `[a, b]`.
    fn product_of_transposed(x: FloatTensor<Self>, y: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_matmul(Self::float_transpose(x), y)
    }

    /// x W + b.
    fn affine(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self> {
        let width = bias.shape()[0];
        let bias = Self::float_reshape(bias, Shape::from(vec![1, width]));
        Self::float_add(Self::float_matmul(x, weight), bias)
    }

    /// a(x W + b).
    fn dense(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self> {
        Self::activated(Self::affine(x, weight, bias), activation)
    }

    /// a(x W + b) and a'(x W + b).
    fn dense_with_slope(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        Self::with_slope(Self::affine(x, weight, bias), activation)
    }

    /// δ and its sum over the rows, from ∂L/∂y and a'.
    fn dense_reverse(grad: FloatTensor<Self>, slope: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let delta = Self::float_mul(grad, slope);
        let sums = Self::sum_of_rows(delta.clone());
        (delta, sums)
    }

    /// δ Wᵀ.
    fn gradient_of_input(delta: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_matmul(delta, Self::float_transpose(weight))
    }

    /// `[n, d]` becomes `[d]`.
    fn sum_of_rows(x: FloatTensor<Self>) -> FloatTensor<Self> {
        let width = x.shape()[1];
        Self::float_reshape(Self::float_sum_dim(x, 0), Shape::from(vec![width]))
    }
}

/// A product with few rows or columns.
type Thin = fn(&[f32], &[f32], usize, &mut [f32]);

/// A matrix filled from two in one piece.
fn filled(shape: [usize; 2], from: [CpuTensor; 2], fill: impl FnOnce(&[f32], &[f32], &mut [f32])) -> CpuTensor {
    let [a, b] = from.map(in_one_piece);
    let mut to = room(shape.into());
    fill(numbers(&a), numbers(&b), to.storage_mut());
    to
}

impl DenseOps for Flex {
    fn product(x: CpuTensor, weight: CpuTensor) -> CpuTensor {
        let ([n, from], [_, to]) = (x.shape().dims(), weight.shape().dims());
        let (few, fill): (usize, Thin) = if to <= FEW {
            (to, thin::narrow)
        } else if from <= FEW {
            (from, thin::wide)
        } else {
            return Flex::float_matmul(x, weight);
        };
        filled([n, to], [x, weight], |x, weight, y| fill(x, weight, few, y))
    }

    fn product_of_transposed(x: CpuTensor, y: CpuTensor) -> CpuTensor {
        let ([_, a], [_, b]) = (x.shape().dims(), y.shape().dims());
        let (few, fill): (usize, Thin) = if a <= FEW {
            (a, thin::sums)
        } else if b <= FEW {
            (b, thin::sums_transposed)
        } else {
            return Flex::float_matmul(Flex::float_transpose(x), y);
        };
        filled([a, b], [x, y], |x, y, to| fill(x, y, few, to))
    }

    fn affine(x: CpuTensor, weight: CpuTensor, bias: CpuTensor) -> CpuTensor {
        let mut h = Self::product(x, weight);
        kernel::add_bias(h.storage_mut(), numbers(&in_one_piece(bias)));
        h
    }

    fn dense(x: CpuTensor, weight: CpuTensor, bias: CpuTensor, activation: Activation) -> CpuTensor {
        let mut h = Self::product(x, weight);
        kernel::activate(activation, h.storage_mut(), numbers(&in_one_piece(bias)));
        h
    }

    fn dense_with_slope(
        x: CpuTensor,
        weight: CpuTensor,
        bias: CpuTensor,
        activation: Activation,
    ) -> (CpuTensor, CpuTensor) {
        let mut h = Self::product(x, weight);
        let mut slope = room(h.shape());
        kernel::activate_with_slope(
            activation,
            h.storage_mut(),
            numbers(&in_one_piece(bias)),
            slope.storage_mut(),
        );
        (h, slope)
    }

    fn dense_reverse(grad: CpuTensor, slope: CpuTensor) -> (CpuTensor, CpuTensor) {
        let mut sums = room(Shape::from(vec![grad.shape()[1]]));
        let mut delta = to_write(grad);
        kernel::reverse(delta.storage_mut(), numbers(&in_one_piece(slope)), sums.storage_mut());
        (delta, sums)
    }

    fn gradient_of_input(delta: CpuTensor, weight: CpuTensor) -> CpuTensor {
        let ([n, to], [from, _]) = (delta.shape().dims(), weight.shape().dims());
        if to > FEW {
            return Flex::float_matmul(delta, Flex::float_transpose(weight));
        }
        filled([n, from], [delta, weight], |delta, weight, y| {
            thin::wide_transposed(delta, weight, to, y);
        })
    }

    fn sum_of_rows(x: CpuTensor) -> CpuTensor {
        let mut sums = room(Shape::from(vec![x.shape()[1]]));
        kernel::sum_of_rows(numbers(&in_one_piece(x)), sums.storage_mut());
        sums
    }
}

/// The reverse of a layer; its state is x, W and the slope, if there is a non-linearity.
#[derive(Debug)]
struct Layer;

impl<B: Backend + DenseOps> Backward<B, 3> for Layer {
    type State = (FloatTensor<B>, FloatTensor<B>, Option<FloatTensor<B>>);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let (x, weight, slope) = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let (delta, sums) = match slope {
            Some(slope) => B::dense_reverse(grad, slope),
            None => (grad.clone(), B::sum_of_rows(grad)),
        };
        let [of_x, of_weight, of_bias] = ops.parents;
        if let Some(bias) = of_bias {
            grads.register::<B>(bias.id, sums);
        }
        if let Some(node) = of_weight {
            grads.register::<B>(node.id, B::product_of_transposed(x, delta.clone()));
        }
        if let Some(node) = of_x {
            grads.register::<B>(node.id, B::gradient_of_input(delta, weight));
        }
    }
}

/// The reverse of a product; its state is both factors.
#[derive(Debug)]
struct Product;

impl<B: Backend + DenseOps> Backward<B, 2> for Product {
    type State = [FloatTensor<B>; 2];

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let [x, weight] = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let [of_x, of_weight] = ops.parents;
        if let Some(node) = of_weight {
            grads.register::<B>(node.id, B::product_of_transposed(x, grad.clone()));
        }
        if let Some(node) = of_x {
            grads.register::<B>(node.id, B::gradient_of_input(grad, weight));
        }
    }
}

/// A layer on the tape; `activation` is none after the last.
fn layer<B: Backend + DenseOps, C: CheckpointStrategy>(
    [x, weight, bias]: [FloatTensor<Autodiff<B, C>>; 3],
    activation: Option<Activation>,
) -> FloatTensor<Autodiff<B, C>> {
    let nodes = [x.node(), weight.node(), bias.node()];
    let [x, weight, bias] = [x, weight, bias].map(|tensor| tensor.into_primitive());
    match (Layer.prepare::<C>(nodes).compute_bound().stateful(), activation) {
        (OpsKind::Tracked(prep), Some(activation)) => {
            let (y, slope) = B::dense_with_slope(x.clone(), weight.clone(), bias, activation);
            prep.finish((x, weight, Some(slope)), y)
        }
        (OpsKind::Tracked(prep), None) => {
            let y = B::affine(x.clone(), weight.clone(), bias);
            prep.finish((x, weight, None), y)
        }
        (OpsKind::UnTracked(prep), Some(activation)) => prep.finish(B::dense(x, weight, bias, activation)),
        (OpsKind::UnTracked(prep), None) => prep.finish(B::affine(x, weight, bias)),
    }
}

impl<B: Backend + DenseOps, C: CheckpointStrategy> DenseOps for Autodiff<B, C> {
    fn product(x: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self> {
        let nodes = [x.node(), weight.node()];
        let [x, weight] = [x, weight].map(|tensor| tensor.into_primitive());
        let y = B::product(x.clone(), weight.clone());
        match Product.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish([x, weight], y),
            OpsKind::UnTracked(prep) => prep.finish(y),
        }
    }

    fn affine(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self> {
        layer::<B, C>([x, weight, bias], None)
    }

    fn dense(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self> {
        layer::<B, C>([x, weight, bias], Some(activation))
    }
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

/// xᵀ y.
///
/// # Shapes
/// - `x`: `[n, a]`, `y`: `[n, b]`, returns `[a, b]`
pub fn product_of_transposed(x: Tensor<2>, y: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::product_of_transposed(x.into_dispatch(), y.into_dispatch()))
}
