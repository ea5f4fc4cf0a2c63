//! One pass over the numbers of a CPU tensor.

use super::ops::{ActivationGradients, ActivationOps};
use crate::nn::cpu::{CpuTensor, in_one_piece, numbers, room};
use burn::backend::{Flex, TensorMetadata};
use kernels::{Activation, activation};

impl ActivationOps for Flex {
    fn activated(x: CpuTensor, kind: Activation) -> CpuTensor {
        let x = in_one_piece(x);
        let mut y = room(x.shape());
        activation::apply(kind, numbers(&x), y.storage_mut());
        y
    }

    fn with_slope(x: CpuTensor, kind: Activation) -> (CpuTensor, CpuTensor) {
        let x = in_one_piece(x);
        let [mut y, mut slope] = [(); 2].map(|()| room(x.shape()));
        activation::with_slope(kind, numbers(&x), y.storage_mut(), slope.storage_mut());
        (y, slope)
    }

    fn with_bend(x: CpuTensor, kind: Activation) -> (CpuTensor, CpuTensor, CpuTensor) {
        let x = in_one_piece(x);
        let [mut y, mut slope, mut bend] = [(); 3].map(|()| room(x.shape()));
        let to = [&mut y, &mut slope, &mut bend].map(|to| to.storage_mut());
        activation::with_bend(kind, numbers(&x), to);
        (y, slope, bend)
    }
}

impl ActivationGradients for Flex {
    fn with_twist(x: CpuTensor, kind: Activation) -> (CpuTensor, CpuTensor, CpuTensor, CpuTensor) {
        let x = in_one_piece(x);
        let [mut y, mut slope, mut bend, mut twist] = [(); 4].map(|()| room(x.shape()));
        let to = [&mut y, &mut slope, &mut bend, &mut twist].map(|to| to.storage_mut());
        activation::with_twist(kind, numbers(&x), to);
        (y, slope, bend, twist)
    }
}
