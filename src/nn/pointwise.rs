//! A function of each number alone on the tape, whose derivative came out of its forward pass: nothing is evaluated again in reverse.

use burn::backend::{Backend, tensor::FloatTensor};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, NodeGuard, Ops, OpsKind, unary},
};

/// Its state is the derivative.
#[derive(Debug)]
struct Pointwise;

impl<B: Backend> Backward<B, 1> for Pointwise {
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, grads, |grad| B::float_mul(grad, ops.state));
    }
}

/// What `alone` gives where the node does not learn, else the first of what `with_derivative` gives, differentiated by the second.
pub fn pointwise<B: Backend, C: CheckpointStrategy>(
    node: NodeGuard,
    alone: impl FnOnce() -> FloatTensor<B>,
    with_derivative: impl FnOnce() -> (FloatTensor<B>, FloatTensor<B>),
) -> FloatTensor<Autodiff<B, C>> {
    match Pointwise.prepare::<C>([node]).compute_bound().stateful() {
        OpsKind::Tracked(prep) => {
            let (y, derivative) = with_derivative();
            prep.finish(derivative, y)
        }
        OpsKind::UnTracked(prep) => prep.finish(alone()),
    }
}
