//! The last layer of a model of tokens, with the mean of what it says of the tokens that came, as one operation of the CPU's engine.
//!
//! ```text
//! L = 1/n Σᵢ log softmax(hᵢ Eᵀ + b)[xᵢ]      ∂L/∂h = G E / n,  ∂L/∂E = Gᵀ h / n,  ∂L/∂b = Σᵢ Gᵢ / n,  Gᵢₖ = [k = xᵢ] − softmax(hᵢ Eᵀ + b)ₖ
//! ```
//!
//! A row of logits is as long as the vocabulary, by far the longest rows there are. Some rows at a time go all the way, from the states to the three
//! gradients, while they are still near the processor; what reverse is left to do is to multiply by one number.

use crate::nn::cpu::{CpuTensor, holding, in_one_piece, numbers, room, to_write};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, ops::FloatTensorOps, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_autodiff::{
    Autodiff,
    checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
    grads::Gradients,
    ops::{Backward, Ops, OpsKind},
};
use kernels::foretold::gradients;

/// Logits that are held at a time, if a row is no longer: a megabyte.
const AT_ONCE: usize = 1 << 18;

/// Shapes: `h` `[n, e]`, `vectors` `[v, e]`, `bias` `[v]`, as many `next` as `h` has rows, returns `[1]`.
#[backend_extension(Flex, Autodiff)]
pub trait ForetoldOps: Backend {
    /// The mean of log P(next).
    fn mean_log_prob(
        h: FloatTensor<Self>,
        vectors: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        next: Vec<u32>,
    ) -> FloatTensor<Self>;
}

/// The mean, and its gradients in h, the vectors and the bias.
fn pass(h: CpuTensor, vectors: CpuTensor, bias: CpuTensor, next: &[u32]) -> (CpuTensor, [CpuTensor; 3]) {
    let [h, vectors, bias] = [h, vectors, bias].map(in_one_piece);
    let ([n, size], [tokens, _]) = (h.shape().dims(), vectors.shape().dims());
    let mut by_h = room(h.shape());
    let mut by_vectors: Option<CpuTensor> = None;
    let mut by_bias = holding([tokens], &vec![0.0; tokens]);
    let mut sum = 0.0;
    let rows = (AT_ONCE / tokens).clamp(1, n);
    for first in (0..n).step_by(rows) {
        let last = (first + rows).min(n);
        let here = first * size..last * size;
        let part = holding([last - first, size], &numbers(&h)[here.clone()]);
        let logits = Flex::float_matmul(part.clone(), Flex::float_transpose(vectors.clone()));
        let mut logits = to_write(logits);
        sum += gradients(
            &next[first..last],
            numbers(&bias),
            logits.storage_mut(),
            by_bias.storage_mut(),
        );
        let of_part = in_one_piece(Flex::float_matmul(logits.clone(), vectors.clone()));
        by_h.storage_mut::<f32>()[here].copy_from_slice(numbers(&of_part));
        let of_vectors = Flex::float_matmul(Flex::float_transpose(logits), part);
        by_vectors = Some(match by_vectors {
            Some(before) => Flex::float_add(before, of_vectors),
            None => of_vectors,
        });
    }
    let mean = holding([1], &[(sum / n as f64) as f32]);
    let share = 1.0 / n as f32;
    let by = [by_h, by_vectors.expect("at least a row"), by_bias].map(|by| scaled(by, share));
    (mean, by)
}

fn scaled(x: CpuTensor, by: f32) -> CpuTensor {
    let mut x = to_write(x);
    x.storage_mut::<f32>().iter_mut().for_each(|x| *x *= by);
    x
}

impl ForetoldOps for Flex {
    fn mean_log_prob(h: CpuTensor, vectors: CpuTensor, bias: CpuTensor, next: Vec<u32>) -> CpuTensor {
        pass(h, vectors, bias, &next).0
    }
}

/// The mean on the tape; its state is the gradients.
#[derive(Debug)]
struct Mean;

impl Backward<Flex, 3> for Mean {
    type State = [CpuTensor; 3];

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let grad = in_one_piece(grads.consume::<Flex>(&ops.node));
        let factor = numbers(&grad)[0];
        for (parent, by) in ops.parents.into_iter().zip(ops.state) {
            if let Some(node) = parent {
                grads.register::<Flex>(node.id, scaled(by, factor));
            }
        }
    }
}

impl<C: CheckpointStrategy> ForetoldOps for Autodiff<Flex, C> {
    fn mean_log_prob(
        h: FloatTensor<Self>,
        vectors: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        next: Vec<u32>,
    ) -> FloatTensor<Self> {
        let nodes = [h.node(), vectors.node(), bias.node()];
        let [h, vectors, bias] = [h, vectors, bias].map(|tensor| tensor.into_primitive());
        let (mean, by) = pass(h, vectors, bias, &next);
        match Mean.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish(by, mean),
            OpsKind::UnTracked(prep) => prep.finish(mean),
        }
    }
}

/// The mean of log softmax(h Eᵀ + b) at the tokens that came, in nats.
///
/// # Shapes
/// - `h`: `[n, e]`, `vectors`: `[v, e]`, `bias`: `[v]`, `next`: `[n]`, returns `[1]`
///
/// # Panics
/// Where there are not as many tokens as rows, or one is not below v.
pub fn mean_log_prob(h: Tensor<2>, vectors: Tensor<2>, bias: Tensor<1>, next: Vec<u32>) -> Tensor<1> {
    assert_eq!(h.dims()[0], next.len(), "a token for each row");
    Tensor::from_dispatch(Dispatch::mean_log_prob(
        h.into_dispatch(),
        vectors.into_dispatch(),
        bias.into_dispatch(),
        next,
    ))
}
