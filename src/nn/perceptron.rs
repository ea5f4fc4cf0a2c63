//! A perceptron as one operation of the GPU engine: two dispatches forward and back, and one that sums what they found, whatever the number of layers.
//!
//! ```text
//! h₀ = x      hᵢ₊₁ = a(hᵢ Wᵢ + bᵢ)      y = h_L W_L + b_L
//! ```
//!
//! Elsewhere, and where a layer is wider than the kernels have room for, [`dense`](super::dense) goes through it layer by layer, which is also what
//! this is tested against.

use super::{cpu::is_cpu, gpu::MOST_UNITS, many::Many};
use burn::{
    backend::{Backend, Dispatch, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind},
};
use kernels::Activation;
use std::array;

/// The parents of a node of the tape: x, and all parameters.
const PARENTS: usize = 17;

/// What it is made of.
#[derive(Clone, Debug)]
pub struct Perceptron {
    /// Units of the input, of the hidden layers and of the output.
    pub sizes: Vec<usize>,
    pub activation: Activation,
    /// Whether the last layer has a bias; the others have.
    pub head_bias: bool,
}

impl Perceptron {
    /// Units of its widest layer.
    pub fn units(&self) -> usize {
        self.sizes.iter().copied().max().unwrap_or(0)
    }

    /// How many parameters it has: a matrix and a bias for each layer.
    fn parameters(&self) -> usize {
        2 * (self.sizes.len() - 1) - usize::from(!self.head_bias)
    }

    /// Whether the kernels have room for it.
    fn fits(&self) -> bool {
        self.sizes.len() > 2 && !self.sizes.contains(&0) && self.units() <= MOST_UNITS && self.parameters() < PARENTS
    }
}

/// Shapes: `x` `[n, d_input]`; `parameters` the matrices `[d_input, d_output]` and biases `[d_output]` of the layers in turn.
#[backend_extension(Cube: cfg(feature = "gpu"), Autodiff)]
pub trait PerceptronOps: Backend {
    /// y, `[n, d_output]`.
    fn perceptron(
        x: FloatTensor<Self>,
        #[extension_type] parameters: Many<Self>,
        perceptron: Perceptron,
    ) -> FloatTensor<Self>;
}

/// What the tape needs of a backend.
pub trait PerceptronGradients: PerceptronOps {
    /// y, and what the layers made on the way, as the kernels lay it out.
    fn perceptron_kept(
        x: FloatTensor<Self>,
        parameters: Many<Self>,
        perceptron: &Perceptron,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// The gradients in x and, where it `learns`, in the parameters from that in y.
    fn perceptron_reverse(
        grad: FloatTensor<Self>,
        x: FloatTensor<Self>,
        made: FloatTensor<Self>,
        parameters: Many<Self>,
        learns: bool,
        perceptron: &Perceptron,
    ) -> (FloatTensor<Self>, Vec<FloatTensor<Self>>);
}

/// The reverse; its state is x, what the layers made and the parameters. The first parent is x, the parameters follow.
#[derive(Debug)]
struct Reverse;

impl<B: Backend + PerceptronGradients> Backward<B, PARENTS> for Reverse {
    type State = ([FloatTensor<B>; 2], Many<B>, Perceptron);

    fn backward(self, ops: Ops<Self::State, PARENTS>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let ([x, made], parameters, perceptron) = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let learns = ops.parents[1..=parameters.0.len()].iter().any(Option::is_some);
        let (by_x, by_parameters) = B::perceptron_reverse(grad, x, made, parameters, learns, &perceptron);
        for (parent, by) in ops.parents.into_iter().zip(std::iter::once(by_x).chain(by_parameters)) {
            if let Some(node) = parent {
                grads.register::<B>(node.id, by);
            }
        }
    }
}

impl<B: Backend + PerceptronGradients, C: CheckpointStrategy> PerceptronOps for Autodiff<B, C> {
    fn perceptron(x: FloatTensor<Self>, parameters: Many<Self>, perceptron: Perceptron) -> FloatTensor<Self> {
        // a place without a parameter holds x once more, which is not looked at
        let nodes = array::from_fn(|i| match i.checked_sub(1).and_then(|i| parameters.0.get(i)) {
            Some(parameter) => parameter.node(),
            None => x.node(),
        });
        let x = x.into_primitive();
        let primitives = parameters.0.into_iter().map(|parameter| parameter.into_primitive());
        let parameters = Many(primitives.collect());
        match Backward::<B, PARENTS>::prepare::<C>(Reverse, nodes)
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(prep) => {
                let (y, made) = B::perceptron_kept(x.clone(), parameters.clone(), &perceptron);
                prep.finish(([x, made], parameters, perceptron), y)
            }
            OpsKind::UnTracked(prep) => prep.finish(B::perceptron(x, parameters, perceptron)),
        }
    }
}

/// y in one operation; none on the CPU and where a layer is too wide. `parameters` are asked for where there is one.
///
/// # Shapes
/// - `x`: `[n, d_input]`, `parameters`: as [`PerceptronOps`] has them, returns `[n, d_output]`
pub fn perceptron(
    x: &Tensor<2>,
    perceptron: Perceptron,
    parameters: impl FnOnce() -> Vec<FloatTensor<Dispatch>>,
) -> Option<Tensor<2>> {
    (!is_cpu(&x.device()) && perceptron.fits()).then(|| {
        let x = x.clone().into_dispatch();
        Tensor::from_dispatch(Dispatch::perceptron(x, Many(parameters()), perceptron))
    })
}
