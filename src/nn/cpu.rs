//! CPU tensors as slices, for what this crate computes itself.

use burn::{
    backend::{Flex, TensorMetadata, ops::FloatTensorOps, tensor::FloatTensor},
    tensor::{DType, Device, Shape},
};

/// A tensor of the CPU's backend.
pub type CpuTensor = FloatTensor<Flex>;

/// Whether tensors there are [`CpuTensor`]s, on the tape or off.
pub fn is_cpu(device: &Device) -> bool {
    // the small engine has nothing else, and need not carry what only others take
    cfg!(not(feature = "gpu")) || device.clone().inner() == Device::flex()
}

/// The same numbers in one piece: itself where it is, be it a view of a larger one.
pub fn in_one_piece(x: CpuTensor) -> CpuTensor {
    if x.is_contiguous() { x } else { x.to_contiguous() }
}

/// The numbers of a tensor in one piece.
pub fn numbers(x: &CpuTensor) -> &[f32] {
    x.as_slice().expect("numbers in one piece")
}

/// A tensor of that shape to be filled.
pub fn room(shape: Shape) -> CpuTensor {
    Flex::float_empty(shape, &Default::default(), DType::F32.into())
}

/// A tensor of that shape with these numbers, as many as it holds.
pub fn holding<const D: usize>(shape: [usize; D], numbers: &[f32]) -> CpuTensor {
    let mut tensor = room(Shape::from(shape));
    tensor.storage_mut().copy_from_slice(numbers);
    tensor
}

/// The same numbers in a buffer of just their size, to be written to by `storage_mut`; copied where others hold them too.
pub fn to_write(x: CpuTensor) -> CpuTensor {
    if x.is_contiguous() && x.storage::<f32>().len() == x.shape().num_elements() {
        x
    } else {
        x.to_contiguous()
    }
}
