//! Non-linearities on the tape.

use super::ops::{ActivationGradients, ActivationOps};
use crate::nn::pointwise::pointwise;
use burn::backend::{Backend, tensor::FloatTensor};
use burn_autodiff::{Autodiff, checkpoint::strategy::CheckpointStrategy};
use kernels::Activation;

impl<B: Backend + ActivationGradients, C: CheckpointStrategy> ActivationOps for Autodiff<B, C> {
    fn activated(x: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self> {
        let node = x.node();
        let x = x.into_primitive();
        pointwise::<B, C>(
            node,
            || B::activated(x.clone(), activation),
            || B::with_slope(x.clone(), activation),
        )
    }

    fn with_slope(x: FloatTensor<Self>, activation: Activation) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [of_y, of_slope] = [x.node(), x.node()];
        let (y, slope, bend) = B::with_bend(x.into_primitive(), activation);
        (
            pointwise::<B, C>(of_y, || y.clone(), || (y.clone(), slope.clone())),
            pointwise::<B, C>(of_slope, || slope.clone(), || (slope.clone(), bend)),
        )
    }

    fn with_bend(
        x: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let [of_y, of_slope, of_bend] = [x.node(), x.node(), x.node()];
        let (y, slope, bend, twist) = B::with_twist(x.into_primitive(), activation);
        (
            pointwise::<B, C>(of_y, || y.clone(), || (y.clone(), slope.clone())),
            pointwise::<B, C>(of_slope, || slope.clone(), || (slope.clone(), bend.clone())),
            pointwise::<B, C>(of_bend, || bend.clone(), || (bend.clone(), twist)),
        )
    }
}
