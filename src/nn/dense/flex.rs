//! A layer on the CPU: products by loops of their own where they are thin, the rest in one pass over the numbers.

use super::ops::{DenseGradients, DenseOps};
use crate::nn::cpu::{CpuTensor, in_one_piece, numbers, room, to_write};
use burn::{
    backend::{Flex, TensorMetadata, ops::FloatTensorOps},
    tensor::Shape,
};
use kernels::{
    Activation, dense as kernel,
    thin::{self, FEW},
};

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
}

impl DenseGradients for Flex {
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

    fn affine_reverse(grad: CpuTensor) -> (CpuTensor, CpuTensor) {
        let mut sums = room(Shape::from(vec![grad.shape()[1]]));
        let mut delta = to_write(grad);
        kernel::reverse_affine(delta.storage_mut(), sums.storage_mut());
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
}
