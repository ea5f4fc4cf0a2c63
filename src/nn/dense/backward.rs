//! Layers and products on the tape.

use super::ops::{DenseGradients, DenseOps};
use burn::backend::{Backend, tensor::FloatTensor};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind},
};
use kernels::Activation;

/// The reverse of a layer; its state is x, W and the slope, if there is a non-linearity.
#[derive(Debug)]
struct Layer;

impl<B: Backend + DenseGradients> Backward<B, 3> for Layer {
    type State = (FloatTensor<B>, FloatTensor<B>, Option<FloatTensor<B>>);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let (x, weight, slope) = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let (delta, sums) = match slope {
            Some(slope) => B::dense_reverse(grad, slope),
            None => B::affine_reverse(grad),
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

impl<B: Backend + DenseGradients> Backward<B, 2> for Product {
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
fn layer<B: Backend + DenseGradients, C: CheckpointStrategy>(
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

impl<B: Backend + DenseGradients, C: CheckpointStrategy> DenseOps for Autodiff<B, C> {
    fn product(x: FloatTensor<Self>, weight: FloatTensor<Self>) -> FloatTensor<Self> {
        let nodes = [x.node(), weight.node()];
        let [x, weight] = [x, weight].map(|tensor| tensor.into_primitive());
        let y = B::product(x.clone(), weight.clone());
        match Product.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish([x, weight], y),
            OpsKind::UnTracked(prep) => prep.finish(y),
        }
    }

    fn product_of_transposed(_x: FloatTensor<Self>, _y: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("only where nothing is differentiated")
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
