//! Reverse passes: what comes from above is multiplied by the derivative that came out of the forward pass.

use super::{kind::Activation, ops::ActivationOps, plain};
use burn::backend::{Backend, tensor::FloatTensor};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, NodeGuard, Ops, OpsKind, unary},
};

/// A function of each number alone; its state is its derivative.
#[derive(Debug)]
struct Pointwise;

impl<B: Backend> Backward<B, 1> for Pointwise {
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, grads, |grad| B::float_mul(grad, ops.state));
    }
}

/// `y` as a function of the node with that derivative; `derivative` is asked for where the node learns.
fn tracked<B: Backend, C: CheckpointStrategy>(
    node: NodeGuard,
    y: FloatTensor<B>,
    derivative: FloatTensor<B>,
) -> FloatTensor<Autodiff<B, C>> {
    match Pointwise.prepare::<C>([node]).compute_bound().stateful() {
        OpsKind::Tracked(prep) => prep.finish(derivative, y),
        OpsKind::UnTracked(prep) => prep.finish(y),
    }
}

impl<B: Backend + ActivationOps, C: CheckpointStrategy> ActivationOps for Autodiff<B, C> {
    fn activated(x: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self> {
        let node = x.node();
        let (y, slope) = B::with_slope(x.into_primitive(), activation);
        tracked::<B, C>(node, y, slope)
    }

    fn with_slope(x: FloatTensor<Self>, activation: Activation) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let nodes = [x.node(), x.node()];
        let (y, slope, bend) = B::with_bend(x.into_primitive(), activation);
        let [of_y, of_slope] = nodes;
        (
            tracked::<B, C>(of_y, y, slope.clone()),
            tracked::<B, C>(of_slope, slope, bend),
        )
    }

    fn with_bend(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        plain::with_bend::<Self>(x, activation)
    }
}
