//! Sines and cosines as one operation, the one being the other's slope; and the waves that lift coordinates.

use crate::nn::{
    cpu::{CpuTensor, in_one_piece, numbers, room},
    pointwise::pointwise,
};
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

/// Sines and cosines, element by element.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait WaveOps: Backend {
    /// sin x and cos x.
    fn sine_and_cosine(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// (x, sin(x B), cos(x B)): `x` `[n, d]`, `frequencies` B `[d, f]`, returns `[n, d + 2 f]`.
    fn lift(x: FloatTensor<Self>, frequencies: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// What the tape needs of a backend beside.
pub trait WaveGradients: WaveOps {
    /// The gradient in x from that in what [`WaveOps::lift`] returned.
    fn lift_reverse(
        grad: FloatTensor<Self>,
        lifted: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

impl WaveOps for Flex {
    fn sine_and_cosine(x: CpuTensor) -> (CpuTensor, CpuTensor) {
        let x = in_one_piece(x);
        let [mut sin, mut cos] = [(); 2].map(|()| room(x.shape()));
        kernels::waves::sines_and_cosines(numbers(&x), sin.storage_mut(), cos.storage_mut());
        (sin, cos)
    }

    fn lift(x: CpuTensor, frequencies: CpuTensor) -> CpuTensor {
        let [x, frequencies] = [x, frequencies].map(in_one_piece);
        let ([n, d], [_, f]) = (x.shape().dims(), frequencies.shape().dims());
        let mut lifted = room([n, d + 2 * f].into());
        kernels::waves::lift(numbers(&x), numbers(&frequencies), d, lifted.storage_mut());
        lifted
    }
}

impl WaveGradients for Flex {
    fn lift_reverse(grad: CpuTensor, lifted: CpuTensor, frequencies: CpuTensor) -> CpuTensor {
        let [grad, lifted, frequencies] = [grad, lifted, frequencies].map(in_one_piece);
        let ([n, _], [d, _]) = (grad.shape().dims(), frequencies.shape().dims());
        let mut to = room([n, d].into());
        kernels::waves::reverse(
            numbers(&grad),
            numbers(&lifted),
            numbers(&frequencies),
            d,
            to.storage_mut(),
        );
        to
    }
}

/// The reverse of the lift; its state is what it gave and B, which does not learn.
#[derive(Debug)]
struct Lift;

impl<B: Backend + WaveGradients> Backward<B, 1> for Lift {
    type State = [FloatTensor<B>; 2];

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let [lifted, frequencies] = ops.state;
        unary::<B, _>(ops.parents, ops.node, grads, |grad| {
            B::lift_reverse(grad, lifted, frequencies)
        });
    }
}

impl<B: Backend + WaveGradients, C: CheckpointStrategy> WaveOps for Autodiff<B, C> {
    fn sine_and_cosine(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [of_sin, of_cos] = [x.node(), x.node()];
        let (sin, cos) = B::sine_and_cosine(x.into_primitive());
        (
            pointwise::<B, C>(of_sin, || sin.clone(), || (sin.clone(), cos.clone())),
            pointwise::<B, C>(of_cos, || cos.clone(), || (cos.clone(), B::float_neg(sin.clone()))),
        )
    }

    fn lift(x: FloatTensor<Self>, frequencies: FloatTensor<Self>) -> FloatTensor<Self> {
        let node = x.node();
        let frequencies = frequencies.into_primitive();
        let lifted = B::lift(x.into_primitive(), frequencies.clone());
        match Lift.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish([lifted.clone(), frequencies], lifted),
            OpsKind::UnTracked(prep) => prep.finish(lifted),
        }
    }
}

/// sin x and cos x, element by element.
pub fn sine_and_cosine(x: Tensor<2>) -> [Tensor<2>; 2] {
    let (sin, cos) = Dispatch::sine_and_cosine(x.into_dispatch());
    [sin, cos].map(Tensor::from_dispatch)
}

/// (x, sin(x B), cos(x B)); B does not learn.
///
/// # Shapes
/// - `x`: `[n, d]`, `frequencies`: B `[d, f]`, returns `[n, d + 2 · f]`
pub fn lift(x: Tensor<2>, frequencies: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::lift(x.into_dispatch(), frequencies.into_dispatch()))
}
