//! Tensors side by side in one buffer: a kernel with a place for one of them reaches them all.

use super::shader::room;
use burn::tensor::{DType, Shape};
use burn_wgpu::CubeTensor;
use std::ptr;

/// Bytes of a number.
const BYTES: usize = 4;

/// A buffer, and at which of its numbers each of its tensors begins: where a GPU lets a tensor begin.
pub struct Arena {
    pub whole: CubeTensor, // [length], gaps between the tensors included
    pub starts: Vec<usize>,
}

impl Arena {
    /// Room for tensors of these lengths on the device of `like`.
    pub fn new(like: &CubeTensor, lengths: impl IntoIterator<Item = usize>) -> Self {
        let step = (like.client.properties().memory.alignment as usize).div_ceil(BYTES);
        let mut end = 0;
        let next = |length: usize| {
            let start = end;
            end += length.next_multiple_of(step);
            start
        };
        let starts = lengths.into_iter().map(next).collect();
        Self {
            starts,
            whole: room(like, [end]),
        }
    }

    /// The buffer that all of `tensors` lie in, each in one piece.
    pub fn shared_by(tensors: &[CubeTensor]) -> Option<Self> {
        let first = tensors.first()?;
        let shared = |tensor: &CubeTensor| tensor.is_contiguous() && in_one_buffer(tensor, first);
        tensors.iter().all(shared).then(|| {
            let mut handle = first.handle.clone();
            (handle.offset_start, handle.offset_end) = (None, None);
            let length = handle.size() as usize / BYTES;
            let start = |tensor: &CubeTensor| tensor.handle.offset_start.unwrap_or(0) as usize / BYTES;
            Self {
                starts: tensors.iter().map(start).collect(),
                whole: CubeTensor::new_contiguous(
                    first.client.clone(),
                    first.device.clone(),
                    [length].into(),
                    handle,
                    DType::F32,
                ),
            }
        })
    }

    /// `x` as a kernel may have it beside the whole: a copy, where it lies in it.
    pub fn beside(&self, x: CubeTensor) -> CubeTensor {
        if in_one_buffer(&x, &self.whole) { x.copy() } else { x }
    }

    /// How many numbers it has room for.
    pub fn length(&self) -> usize {
        self.whole.meta.shape().num_elements()
    }

    /// Its tensors, which have these shapes.
    pub fn tensors(&self, shapes: impl IntoIterator<Item = Shape>) -> Vec<CubeTensor> {
        let bytes = |numbers: usize| (numbers * BYTES) as u64;
        let tensor = |(shape, &start): (Shape, &usize)| {
            let after = self.length() - start - shape.num_elements();
            let handle = self.whole.handle.clone();
            CubeTensor::new_contiguous(
                self.whole.client.clone(),
                self.whole.device.clone(),
                shape,
                handle.offset_start(bytes(start)).offset_end(bytes(after)),
                DType::F32,
            )
        };
        shapes.into_iter().zip(&self.starts).map(tensor).collect()
    }
}

fn in_one_buffer(a: &CubeTensor, b: &CubeTensor) -> bool {
    ptr::eq(a.handle.memory.descriptor(), b.handle.memory.descriptor())
}
