//! A gated recurrent unit over whole sequences, as one operation of the CPU's engine.
//!
//! ```text
//! r = σ(aᵣ + Uᵣ h + bᵣ)   z = σ(a_z + U_z h + b_z)   n = tanh(aₙ + r (Uₙ h + bₙ))   h' = (1 − z) n + z h      h₀ = 0
//! ```
//!
//! a = W x + b is the input's part, which needs no state and so comes ready for all steps at once. On the way back only what goes through the
//! state is done step by step; the gradient of U is one product over all of them.
//!
//! References: K. Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014, arXiv:1406.1078, in the variant that PyTorch
//! has, where r acts on Uₙ h + bₙ.

use crate::nn::{
    cpu::{CpuTensor, holding, in_one_piece, numbers, room},
    dense::{DenseGradients, DenseOps},
};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, tensor::FloatTensor},
    tensor::{Shape, Tensor},
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind},
};
use kernels::recurrent::{KEPT, back, step};

/// Shapes: `of_input` `[t · n, 3 h]`, the first step's `n` rows first, `weight` `[h, 3 h]`, `bias` `[3 h]`, returns `[t · n, h]`.
#[backend_extension(Flex, Autodiff)]
pub trait RecurrentOps: Backend {
    /// The states after each step.
    fn states(
        of_input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        n: usize,
    ) -> FloatTensor<Self>;
}

fn matrix(rows: usize, columns: usize) -> CpuTensor {
    room(Shape::from(vec![rows, columns]))
}

/// The states, and what the way back needs of each.
fn forwards(of_input: CpuTensor, weight: CpuTensor, bias: CpuTensor, n: usize) -> [CpuTensor; 2] {
    let of_input = in_one_piece(of_input);
    let [rows, width] = [of_input.shape()[0], weight.shape()[0]];
    let [mut states, mut kept] = [matrix(rows, width), matrix(rows, KEPT * width)];
    let mut state = holding([n, width], &vec![0.0; n * width]);
    for first in (0..rows).step_by(n) {
        let of_state = in_one_piece(Flex::affine(state.clone(), weight.clone(), bias.clone()));
        let at = |columns: usize| first * columns..(first + n) * columns;
        let next = &mut states.storage_mut::<f32>()[at(width)];
        step(
            width,
            &numbers(&of_input)[at(3 * width)],
            numbers(&of_state),
            numbers(&state),
            next,
            &mut kept.storage_mut()[at(KEPT * width)],
        );
        state = holding([n, width], next);
    }
    [states, kept]
}

/// The gradients of the input's part, of U and of its bias.
fn backwards(grad: CpuTensor, before: CpuTensor, kept: &CpuTensor, weight: CpuTensor, n: usize) -> [CpuTensor; 3] {
    let grad = in_one_piece(grad);
    let [rows, width] = grad.shape().dims();
    let [mut by_input, mut by_state] = [matrix(rows, 3 * width), matrix(rows, 3 * width)];
    let mut carried = vec![0.0; n * width];
    for first in (0..rows).step_by(n).rev() {
        let at = |columns: usize| first * columns..(first + n) * columns;
        for (carried, grad) in carried.iter_mut().zip(&numbers(&grad)[at(width)]) {
            *carried += grad;
        }
        let of_state = &mut by_state.storage_mut::<f32>()[at(3 * width)];
        back(
            width,
            &mut carried,
            &numbers(&before)[at(width)],
            &numbers(kept)[at(KEPT * width)],
            &mut by_input.storage_mut()[at(3 * width)],
            of_state,
        );
        if first > 0 {
            let through = Flex::gradient_of_input(holding([n, 3 * width], of_state), weight.clone());
            for (carried, through) in carried.iter_mut().zip(numbers(&in_one_piece(through))) {
                *carried += through;
            }
        }
    }
    let by_weight = Flex::product_of_transposed(before, by_state.clone());
    let (_, by_bias) = Flex::affine_reverse(by_state);
    [by_input, by_weight, by_bias]
}

impl RecurrentOps for Flex {
    fn states(of_input: CpuTensor, weight: CpuTensor, bias: CpuTensor, n: usize) -> CpuTensor {
        let [states, _] = forwards(of_input, weight, bias, n);
        states
    }
}

/// The reverse of all steps.
#[derive(Debug)]
struct Steps;

/// The states before each step, what was kept, U, and how many rows a step has.
type Memory = (CpuTensor, CpuTensor, CpuTensor, usize);

impl Backward<Flex, 3> for Steps {
    type State = Memory;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let (before, kept, weight, n) = ops.state;
        let grad = grads.consume::<Flex>(&ops.node);
        let by = backwards(grad, before, &kept, weight, n);
        for (parent, by) in ops.parents.into_iter().zip(by) {
            if let Some(node) = parent {
                grads.register::<Flex>(node.id, by);
            }
        }
    }
}

impl<C: CheckpointStrategy> RecurrentOps for Autodiff<Flex, C> {
    fn states(
        of_input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        n: usize,
    ) -> FloatTensor<Self> {
        let nodes = [of_input.node(), weight.node(), bias.node()];
        let [of_input, weight, bias] = [of_input, weight, bias].map(|tensor| tensor.into_primitive());
        let [states, kept] = forwards(of_input, weight.clone(), bias, n);
        match Steps.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prep) => {
                let [rows, width] = states.shape().dims();
                let mut before = matrix(rows, width);
                let (start, rest) = before.storage_mut::<f32>().split_at_mut(n * width);
                start.fill(0.0);
                rest.copy_from_slice(&numbers(&states)[..(rows - n) * width]);
                prep.finish((before, kept, weight, n), states)
            }
            OpsKind::UnTracked(prep) => prep.finish(states),
        }
    }
}

/// The states after each step of `n` sequences, from a state of zeros.
///
/// # Shapes
/// - `of_input`: `[t · n, 3 h]`, the first step's `n` rows first, `weight`: `[h, 3 h]`, `bias`: `[3 h]`, returns `[t · n, h]`
pub fn states(of_input: Tensor<2>, weight: Tensor<2>, bias: Tensor<1>, n: usize) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::states(
        of_input.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        n,
    ))
}
