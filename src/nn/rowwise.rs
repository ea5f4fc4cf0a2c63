//! Functions of a number and of raw numbers beside it, row by row, as operations of the CPU's engine: one pass makes the values and their
//! gradients, which in reverse are only multiplied.
//!
//! ```text
//! ∂L/∂xᵢ = ∂L/∂yᵢ · ∂yᵢ/∂xᵢ      ∂L/∂rawᵢ = ∂L/∂yᵢ · ∂yᵢ/∂rawᵢ
//! ```
//!
//! Elsewhere the same functions are written in Burn's operations, which is also what these are tested against.

use crate::nn::cpu::{CpuTensor, in_one_piece, numbers, room};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, ops::FloatTensorOps, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, NodeGuard, Ops, OpsKind},
};
use kernels::{levels, mixture};

/// Shapes: `x` `[n, 1]`, `raw` `[n, m]`, returns `[n, 1]`.
#[backend_extension(Flex, Autodiff)]
pub trait RowOps: Backend {
    /// log p(x) of mixtures of Gaussians with log σ between the bounds.
    fn mixture_log_prob(x: FloatTensor<Self>, raw: FloatTensor<Self>, log_sigma: [f32; 2]) -> FloatTensor<Self>;

    /// log P(x) of whole numbers by tables of logits; not differentiated in x.
    fn level_log_prob(x: FloatTensor<Self>, logits: FloatTensor<Self>) -> FloatTensor<Self>;
}

impl RowOps for Flex {
    fn mixture_log_prob(x: CpuTensor, raw: CpuTensor, log_sigma: [f32; 2]) -> CpuTensor {
        let [x, raw] = [x, raw].map(in_one_piece);
        let mut y = room(x.shape());
        mixture::log_prob(log_sigma, numbers(&x), numbers(&raw), y.storage_mut(), None);
        y
    }

    fn level_log_prob(x: CpuTensor, logits: CpuTensor) -> CpuTensor {
        let [x, logits] = [x, logits].map(in_one_piece);
        let mut y = room(x.shape());
        levels::log_prob(numbers(&x), numbers(&logits), y.storage_mut(), None);
        y
    }
}

/// A value of each row on the tape; its state is the gradients in x and in the raw numbers.
#[derive(Debug)]
struct Rowwise;

impl<B: Backend> Backward<B, 2> for Rowwise {
    type State = [FloatTensor<B>; 2];

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let grad = grads.consume::<B>(&ops.node);
        for (parent, by) in ops.parents.into_iter().zip(ops.state) {
            if let Some(node) = parent {
                grads.register::<B>(node.id, B::float_mul(by, grad.clone()));
            }
        }
    }
}

/// `value` on the tape, if its inputs are.
pub(super) fn tracked<B: Backend, C: CheckpointStrategy>(
    nodes: [NodeGuard; 2],
    value: FloatTensor<B>,
    gradients: [FloatTensor<B>; 2],
) -> FloatTensor<Autodiff<B, C>> {
    match Backward::<B, 2>::prepare::<C>(Rowwise, nodes)
        .compute_bound()
        .stateful()
    {
        OpsKind::Tracked(prep) => prep.finish(gradients, value),
        OpsKind::UnTracked(prep) => prep.finish(value),
    }
}

impl<C: CheckpointStrategy> RowOps for Autodiff<Flex, C> {
    fn mixture_log_prob(x: FloatTensor<Self>, raw: FloatTensor<Self>, log_sigma: [f32; 2]) -> FloatTensor<Self> {
        let nodes = [x.node(), raw.node()];
        let [x, raw] = [x, raw].map(|tensor| in_one_piece(tensor.into_primitive()));
        let [mut y, mut by_x, mut by_raw] = [room(x.shape()), room(x.shape()), room(raw.shape())];
        let gradients = mixture::Gradients {
            by_x: by_x.storage_mut(),
            by_raw: by_raw.storage_mut(),
        };
        mixture::log_prob(log_sigma, numbers(&x), numbers(&raw), y.storage_mut(), Some(gradients));
        tracked::<Flex, C>(nodes, y, [by_x, by_raw])
    }

    fn level_log_prob(x: FloatTensor<Self>, logits: FloatTensor<Self>) -> FloatTensor<Self> {
        let nodes = [x.node(), logits.node()];
        let [x, logits] = [x, logits].map(|tensor| in_one_piece(tensor.into_primitive()));
        let [mut y, mut by_logits] = [room(x.shape()), room(logits.shape())];
        levels::log_prob(
            numbers(&x),
            numbers(&logits),
            y.storage_mut(),
            Some(by_logits.storage_mut()),
        );
        let by_x = Flex::float_zeros(x.shape(), &Default::default(), x.dtype().into());
        tracked::<Flex, C>(nodes, y, [by_x, by_logits])
    }
}

/// log p of each coordinate, in nats.
///
/// # Shapes
/// - `x`: `[n, d]`, `raw`: `[n, d, 3 · k]`, returns `[n, d]`
pub fn mixture_log_prob(x: Tensor<2>, raw: Tensor<3>, log_sigma: [f32; 2]) -> Tensor<2> {
    let [n, d, m] = raw.dims();
    let (x, raw) = (x.reshape([n * d, 1]), raw.reshape([n * d, m]));
    let y = Dispatch::mixture_log_prob(x.into_dispatch(), raw.into_dispatch(), log_sigma);
    Tensor::<2>::from_dispatch(y).reshape([n, d])
}

/// log P of each coordinate, in nats.
///
/// # Shapes
/// - `x`: `[n, d]`, whole numbers below k, `logits`: `[n, d, k]`, returns `[n, d]`
pub fn level_log_prob(x: Tensor<2>, logits: Tensor<3>) -> Tensor<2> {
    let [n, d, k] = logits.dims();
    let (x, logits) = (x.reshape([n * d, 1]), logits.reshape([n * d, k]));
    let y = Dispatch::level_log_prob(x.into_dispatch(), logits.into_dispatch());
    Tensor::<2>::from_dispatch(y).reshape([n, d])
}
