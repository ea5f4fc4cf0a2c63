//! Numbers of the host as tensors. Burn's own way converts between all types of numbers, which a page would load to use one.

use burn::{
    backend::{Dispatch, ops::FloatTensorOps},
    tensor::{Device, Tensor, TensorData},
};

/// `values`, the last index first.
///
/// # Panics
/// Where there are more or fewer than `shape` holds.
pub fn tensor<const D: usize>(values: Vec<f32>, shape: [usize; D], device: &Device) -> Tensor<D> {
    let data = TensorData::new(values, shape);
    Tensor::from_dispatch(Dispatch::float_from_data(data, device.as_dispatch()))
}

/// The `d` unit rows.
///
/// # Shapes
/// - returns `[d, d]`
pub fn identity(d: usize, device: &Device) -> Tensor<2> {
    let at = |k: usize| f32::from(u8::from(k / d == k % d));
    tensor((0..d * d).map(at).collect(), [d, d], device)
}
