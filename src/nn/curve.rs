//! Rising curves of one number, each row's shaped by raw numbers of its own, as one operation with two results.

use super::rowwise::tracked;
use crate::nn::cpu::{CpuTensor, in_one_piece, numbers, room};
use burn::{
    backend::{Backend, Dispatch, Flex, TensorMetadata, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};
use burn_autodiff::{Autodiff, checkpoint::strategy::CheckpointStrategy};
pub use kernels::curve::Curve;
use kernels::curve::{self, Values};

/// Shapes: `x` `[n, 1]`, `raw` `[n, m]`, returns two of `[n, 1]`.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub trait CurveOps: Backend {
    /// y and log dy/dx.
    fn curve(x: FloatTensor<Self>, raw: FloatTensor<Self>, curve: Curve) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// x and log dx/dy, not differentiated.
    fn curve_inverse(
        y: FloatTensor<Self>,
        raw: FloatTensor<Self>,
        curve: Curve,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// A result with its gradients, row by row.
pub struct Differentiated<B: Backend> {
    /// `[n, 1]`
    pub value: FloatTensor<B>,
    /// `[n, 1]`
    pub by_x: FloatTensor<B>,
    /// `[n, m]`
    pub by_raw: FloatTensor<B>,
}

/// What the tape needs of a backend.
pub trait CurveGradients: CurveOps {
    /// y and log dy/dx.
    fn curve_with_gradients(x: FloatTensor<Self>, raw: FloatTensor<Self>, curve: Curve) -> [Differentiated<Self>; 2];
}

fn two_columns(x: CpuTensor, raw: CpuTensor, fill: impl FnOnce(&[f32], &[f32], Values)) -> (CpuTensor, CpuTensor) {
    let [x, raw] = [x, raw].map(in_one_piece);
    let [mut y, mut log_slope] = [(); 2].map(|()| room(x.shape()));
    let to = Values {
        y: y.storage_mut(),
        log_slope: log_slope.storage_mut(),
    };
    fill(numbers(&x), numbers(&raw), to);
    (y, log_slope)
}

impl CurveOps for Flex {
    fn curve(x: CpuTensor, raw: CpuTensor, curve: Curve) -> (CpuTensor, CpuTensor) {
        two_columns(x, raw, |x, raw, to| curve::forward(curve, x, raw, to))
    }

    fn curve_inverse(y: CpuTensor, raw: CpuTensor, curve: Curve) -> (CpuTensor, CpuTensor) {
        two_columns(y, raw, |y, raw, to| curve::inverse(curve, y, raw, to))
    }
}

impl CurveGradients for Flex {
    fn curve_with_gradients(x: CpuTensor, raw: CpuTensor, curve: Curve) -> [Differentiated<Self>; 2] {
        let [x, raw] = [x, raw].map(in_one_piece);
        let mut results = [(); 2].map(|()| Differentiated::<Self> {
            value: room(x.shape()),
            by_x: room(x.shape()),
            by_raw: room(raw.shape()),
        });
        let [y, log_slope] = &mut results;
        curve::with_gradients(
            curve,
            numbers(&x),
            numbers(&raw),
            Values {
                y: y.value.storage_mut(),
                log_slope: log_slope.value.storage_mut(),
            },
            curve::Gradients {
                y_by_x: y.by_x.storage_mut(),
                y_by_raw: y.by_raw.storage_mut(),
                log_slope_by_x: log_slope.by_x.storage_mut(),
                log_slope_by_raw: log_slope.by_raw.storage_mut(),
            },
        );
        results
    }
}

impl<B: Backend + CurveGradients, C: CheckpointStrategy> CurveOps for Autodiff<B, C> {
    fn curve(x: FloatTensor<Self>, raw: FloatTensor<Self>, curve: Curve) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [of_y, of_log_slope] = [(); 2].map(|()| [x.node(), raw.node()]);
        let [y, log_slope] = B::curve_with_gradients(x.into_primitive(), raw.into_primitive(), curve);
        (
            tracked::<B, C>(of_y, y.value, [y.by_x, y.by_raw]),
            tracked::<B, C>(of_log_slope, log_slope.value, [log_slope.by_x, log_slope.by_raw]),
        )
    }

    fn curve_inverse(
        _y: FloatTensor<Self>,
        _raw: FloatTensor<Self>,
        _curve: Curve,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        unreachable!("what is differentiated is written in Burn's operations")
    }
}

/// y and log dy/dx of a curve for each row.
///
/// # Shapes
/// - `x`: `[n, 1]`, `raw`: `[n, m]`, returns two of `[n, 1]`
pub fn curve(x: Tensor<2>, raw: Tensor<2>, curve: Curve) -> (Tensor<2>, Tensor<2>) {
    let (y, log_slope) = Dispatch::curve(x.into_dispatch(), raw.into_dispatch(), curve);
    (Tensor::from_dispatch(y), Tensor::from_dispatch(log_slope))
}

/// x and log dx/dy of its inverse, off the tape.
///
/// # Shapes
/// - `y`: `[n, 1]`, `raw`: `[n, m]`, returns two of `[n, 1]`
pub fn curve_inverse(y: Tensor<2>, raw: Tensor<2>, curve: Curve) -> (Tensor<2>, Tensor<2>) {
    let (x, log_slope) = Dispatch::curve_inverse(y.into_dispatch(), raw.into_dispatch(), curve);
    (Tensor::from_dispatch(x), Tensor::from_dispatch(log_slope))
}
