//! One pass over the numbers of a CPU tensor.

use super::{
    kernel::{LANES, Lanes, derivatives},
    kind::Activation,
    ops::ActivationOps,
};
use burn::{
    backend::{Flex, TensorMetadata, ops::FloatTensorOps, tensor::FloatTensor},
    tensor::DType,
};

impl ActivationOps for Flex {
    fn activated(x: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self> {
        let [y] = pass(x, activation);
        y
    }

    fn with_slope(x: FloatTensor<Self>, activation: Activation) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [y, slope] = pass(x, activation);
        (y, slope)
    }

    fn with_bend(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let [y, slope, bend] = pass(x, activation);
        (y, slope, bend)
    }
}

/// The first `N` of a and its derivatives.
fn pass<const N: usize>(x: FloatTensor<Flex>, activation: Activation) -> [FloatTensor<Flex>; N] {
    match activation {
        Activation::Silu => each(x, |x| derivatives(Activation::Silu, x)),
        Activation::LeakyRelu => each(x, |x| derivatives(Activation::LeakyRelu, x)),
        Activation::Tanh => each(x, |x| derivatives(Activation::Tanh, x)),
    }
}

fn each<const N: usize>(x: FloatTensor<Flex>, f: impl Fn(Lanes) -> [Lanes; 3]) -> [FloatTensor<Flex>; N] {
    let x = x.to_contiguous();
    let mut out: [_; N] = std::array::from_fn(|_| Flex::float_empty(x.shape(), &x.device(), DType::F32.into()));
    {
        let x: &[f32] = x.as_slice().expect("contiguous numbers");
        let mut to = out.each_mut().map(|out| out.storage_mut::<f32>());
        let whole = x.len() - x.len() % LANES;
        for at in (0..whole).step_by(LANES) {
            let values = f(x[at..at + LANES].try_into().expect("as many"));
            for (to, values) in to.iter_mut().zip(values) {
                to[at..at + LANES].copy_from_slice(&values);
            }
        }
        let mut last = [0.0; LANES];
        last[..x.len() - whole].copy_from_slice(&x[whole..]);
        for (to, values) in to.iter_mut().zip(f(last)) {
            to[whole..].copy_from_slice(&values[..x.len() - whole]);
        }
    }
    out
}
