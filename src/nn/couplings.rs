//! Affine couplings on the plane one after the other, as one operation of the GPU engine: a step is then a few dispatches whatever the number of layers.
//!
//! ```text
//! layer     z = (a, b · exp s(a) + t(a))      s = largest · tanh(raw₁), t = raw₂      raw = net(a, sin(a B), cos(a B))
//! turned    z ← z R,  R the rotation by 45°
//! log p(x) = log N(z; 0, I) + Σ s
//! ```
//!
//! Elsewhere, and where sizes are beyond the kernels', a flow goes through its layers one by one, which is also what these are tested against.

use super::{gpu::MOST_UNITS, many::Many};
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
use std::array;

/// The parents of a node of the tape: x, and the parameters of all layers together.
const PARENTS: usize = 225;

/// One of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The axis of a, 0 or 1.
    pub leader: usize,
    /// Whether the plane is turned after it.
    pub turned: bool,
}

/// What the layers have in common, and each of them, from the data's side to the latents'.
#[derive(Clone, Debug)]
pub struct Couplings {
    /// Columns of B; 0 where a is seen alone.
    pub features: usize,
    /// Units of a hidden layer, which is followed by a SiLU.
    pub width: usize,
    /// Hidden layers.
    pub depth: usize,
    /// The bound of |s|.
    pub largest: f32,
    pub layers: Vec<Layer>,
}

impl Couplings {
    /// Whether the kernels have room for them.
    pub fn fit(&self) -> bool {
        (1..=MOST_UNITS).contains(&self.units()) && self.depth > 0 && self.parameters() < PARENTS
    }

    /// Units of the widest layer.
    pub fn units(&self) -> usize {
        self.width.max(self.inputs())
    }

    /// Numbers that a perceptron sees.
    pub fn inputs(&self) -> usize {
        1 + 2 * self.features
    }

    /// How many parameters they have: a matrix and a bias for each layer of each perceptron.
    pub fn parameters(&self) -> usize {
        2 * (self.depth + 1) * self.layers.len()
    }
}

/// Shapes: `x` `[n, 2]`; `parameters` layer by layer the matrices `[d_input, d_output]` and biases `[d_output]` of its perceptron in turn;
/// `frequencies` B of each layer, `[1, features]`, none where they see no waves.
#[backend_extension(Cube: cfg(feature = "gpu"), Autodiff)]
pub trait CouplingOps: Backend {
    /// z `[n, 2]` and log|det ∂z/∂x| `[n]`; `backwards` x and log|det ∂x/∂z| of latents. Off the tape.
    fn couplings(
        x: FloatTensor<Self>,
        #[extension_type] parameters: Many<Self>,
        #[extension_type] frequencies: Many<Self>,
        couplings: Couplings,
        backwards: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// log p(x), `[n]`.
    fn couplings_log_prob(
        x: FloatTensor<Self>,
        #[extension_type] parameters: Many<Self>,
        #[extension_type] frequencies: Many<Self>,
        couplings: Couplings,
    ) -> FloatTensor<Self>;
}

/// What log p leaves for its reverse.
#[derive(Clone, Debug)]
pub struct Kept<B: Backend> {
    pub z: FloatTensor<B>, // [n, 2]
    /// What the layers made on the way, as the kernels lay it out.
    pub made: FloatTensor<B>,
    /// The frequencies in one buffer.
    pub frequencies: Many<B>,
}

/// What the tape needs of a backend.
pub trait CouplingGradients: CouplingOps {
    /// log p(x), with what its reverse needs.
    fn couplings_log_prob_kept(
        x: FloatTensor<Self>,
        parameters: Many<Self>,
        frequencies: Many<Self>,
        couplings: &Couplings,
    ) -> (FloatTensor<Self>, Kept<Self>);

    /// The gradients in x and in the parameters from that in log p.
    fn couplings_reverse(
        grad: FloatTensor<Self>,
        kept: Kept<Self>,
        parameters: Many<Self>,
        couplings: &Couplings,
    ) -> (FloatTensor<Self>, Vec<FloatTensor<Self>>);
}

/// The reverse of log p; its state is what was kept and the parameters. The first parent is x, the parameters follow.
#[derive(Debug)]
struct LogProb;

impl<B: Backend + CouplingGradients> Backward<B, PARENTS> for LogProb {
    type State = (Kept<B>, Many<B>, Couplings);

    fn backward(self, ops: Ops<Self::State, PARENTS>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let (kept, parameters, couplings) = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let (by_x, by_parameters) = B::couplings_reverse(grad, kept, parameters, &couplings);
        for (parent, by) in ops.parents.into_iter().zip(std::iter::once(by_x).chain(by_parameters)) {
            if let Some(node) = parent {
                grads.register::<B>(node.id, by);
            }
        }
    }
}

fn inner<B: Backend, C: CheckpointStrategy>(tensors: Many<Autodiff<B, C>>) -> Many<B> {
    let primitives = tensors.0.into_iter().map(|tensor| tensor.into_primitive());
    Many(primitives.collect())
}

impl<B: Backend + CouplingGradients, C: CheckpointStrategy> CouplingOps for Autodiff<B, C> {
    fn couplings(
        _x: FloatTensor<Self>,
        _parameters: Many<Self>,
        _frequencies: Many<Self>,
        _couplings: Couplings,
        _backwards: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        unreachable!("only where nothing is differentiated")
    }

    fn couplings_log_prob(
        x: FloatTensor<Self>,
        parameters: Many<Self>,
        frequencies: Many<Self>,
        couplings: Couplings,
    ) -> FloatTensor<Self> {
        // a place without a parameter holds x once more, which is not looked at
        let nodes = array::from_fn(|i| match i.checked_sub(1).and_then(|i| parameters.0.get(i)) {
            Some(parameter) => parameter.node(),
            None => x.node(),
        });
        let x = x.into_primitive();
        let [parameters, frequencies] = [parameters, frequencies].map(inner);
        match Backward::<B, PARENTS>::prepare::<C>(LogProb, nodes)
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(prep) => {
                let (log_prob, kept) = B::couplings_log_prob_kept(x, parameters.clone(), frequencies, &couplings);
                prep.finish((kept, parameters, couplings), log_prob)
            }
            OpsKind::UnTracked(prep) => prep.finish(B::couplings_log_prob(x, parameters, frequencies, couplings)),
        }
    }
}

/// What a stack of layers is made of.
#[derive(Debug)]
pub struct Chain {
    couplings: Couplings,
    parameters: Many<Dispatch>,
    frequencies: Many<Dispatch>,
}

impl Chain {
    /// Layers whose matrices and biases, and whose frequencies, these are.
    ///
    /// # Shapes
    /// - as [`CouplingOps`] has them
    pub fn new(couplings: Couplings, parameters: Vec<FloatTensor<Dispatch>>, frequencies: Vec<Tensor<2>>) -> Self {
        Self {
            couplings,
            parameters: Many(parameters),
            frequencies: Many(frequencies.into_iter().map(Tensor::into_dispatch).collect()),
        }
    }

    /// z and log|det ∂z/∂x|, or with `backwards` x and log|det ∂x/∂z| of latents; off the tape.
    ///
    /// # Shapes
    /// - `x`: `[n, 2]`, returns `[n, 2]` and `[n]`
    pub fn run(self, x: Tensor<2>, backwards: bool) -> (Tensor<2>, Tensor<1>) {
        let Self {
            couplings,
            parameters,
            frequencies,
        } = self;
        let (z, log_det) = Dispatch::couplings(x.into_dispatch(), parameters, frequencies, couplings, backwards);
        (Tensor::from_dispatch(z), Tensor::from_dispatch(log_det))
    }

    /// log p(x), in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, 2]`, returns `[n]`
    pub fn log_prob(self, x: Tensor<2>) -> Tensor<1> {
        let Self {
            couplings,
            parameters,
            frequencies,
        } = self;
        Tensor::from_dispatch(Dispatch::couplings_log_prob(
            x.into_dispatch(),
            parameters,
            frequencies,
            couplings,
        ))
    }
}
