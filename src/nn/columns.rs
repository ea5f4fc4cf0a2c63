//! The plane's two coordinates taken apart and put together, as operations whose reverse is one of the others.
//!
//! ```text
//! column: (x₁, x₂) ↦ xₖ      ∂L/∂x = ∂L/∂xₖ beside 0          pair: x₁, x₂ ↦ (x₁, x₂)      ∂L/∂xₖ = column k of ∂L/∂x
//! ```

use crate::nn::cpu::{CpuTensor, in_one_piece, numbers, room};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind, unary},
};

/// Shapes: the plane `[n, 2]`, a column `[n, 1]`.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait ColumnOps: Backend {
    /// Column `which` of the plane.
    fn column(x: FloatTensor<Self>, which: usize) -> FloatTensor<Self>;

    /// Two columns side by side.
    fn pair(first: FloatTensor<Self>, second: FloatTensor<Self>) -> FloatTensor<Self>;

    /// A column in its place beside zeros.
    fn padded(column: FloatTensor<Self>, which: usize) -> FloatTensor<Self>;
}

impl ColumnOps for Flex {
    fn column(x: CpuTensor, which: usize) -> CpuTensor {
        let x = in_one_piece(x);
        let mut to = room([x.shape()[0], 1].into());
        for (to, row) in to.storage_mut::<f32>().iter_mut().zip(numbers(&x).chunks_exact(2)) {
            *to = row[which];
        }
        to
    }

    fn pair(first: CpuTensor, second: CpuTensor) -> CpuTensor {
        let [first, second] = [first, second].map(in_one_piece);
        let mut to = room([first.shape()[0], 2].into());
        let columns = numbers(&first).iter().zip(numbers(&second));
        for (row, (first, second)) in to.storage_mut::<f32>().chunks_exact_mut(2).zip(columns) {
            row.copy_from_slice(&[*first, *second]);
        }
        to
    }

    fn padded(column: CpuTensor, which: usize) -> CpuTensor {
        let column = in_one_piece(column);
        let mut to = room([column.shape()[0], 2].into());
        for (row, number) in to.storage_mut::<f32>().chunks_exact_mut(2).zip(numbers(&column)) {
            row[which] = *number;
            row[1 - which] = 0.0;
        }
        to
    }
}

/// The reverse of a column; its state is which.
#[derive(Debug)]
struct Column;

impl<B: Backend + ColumnOps> Backward<B, 1> for Column {
    type State = usize;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, grads, |grad| B::padded(grad, ops.state));
    }
}

/// The reverse of a pair.
#[derive(Debug)]
struct Pair;

impl<B: Backend + ColumnOps> Backward<B, 2> for Pair {
    type State = ();

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let grad = grads.consume::<B>(&ops.node);
        for (which, parent) in ops.parents.into_iter().enumerate() {
            if let Some(node) = parent {
                grads.register::<B>(node.id, B::column(grad.clone(), which));
            }
        }
    }
}

impl<B: Backend + ColumnOps, C: CheckpointStrategy> ColumnOps for Autodiff<B, C> {
    fn column(x: FloatTensor<Self>, which: usize) -> FloatTensor<Self> {
        let node = x.node();
        let column = B::column(x.into_primitive(), which);
        match Backward::<B, 1>::prepare::<C>(Column, [node])
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(prep) => prep.finish(which, column),
            OpsKind::UnTracked(prep) => prep.finish(column),
        }
    }

    fn pair(first: FloatTensor<Self>, second: FloatTensor<Self>) -> FloatTensor<Self> {
        let nodes = [first.node(), second.node()];
        let pair = B::pair(first.into_primitive(), second.into_primitive());
        match Backward::<B, 2>::prepare::<C>(Pair, nodes).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((), pair),
            OpsKind::UnTracked(prep) => prep.finish(pair),
        }
    }

    fn padded(_column: FloatTensor<Self>, _which: usize) -> FloatTensor<Self> {
        unreachable!("only gradients are padded, which are on no tape")
    }
}

/// Both columns of the plane.
///
/// # Shapes
/// - `x`: `[n, 2]`, returns two of `[n, 1]`
pub fn columns(x: Tensor<2>) -> [Tensor<2>; 2] {
    [0, 1].map(|which| Tensor::from_dispatch(Dispatch::column(x.clone().into_dispatch(), which)))
}

/// Two columns side by side.
///
/// # Shapes
/// - `first`, `second`: `[n, 1]`, returns `[n, 2]`
pub fn pair(first: Tensor<2>, second: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::pair(first.into_dispatch(), second.into_dispatch()))
}
