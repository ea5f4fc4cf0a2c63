//! One vector cut into many, and joined again.

use crate::nn::many::Many;
use burn::{
    backend::{Backend, Dispatch, Flex, backend_extension, tensor::FloatTensor},
    tensor::{Slice, Tensor},
};

/// Shapes: all 1-D; the pieces follow one another and fill the whole.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"))]
pub trait PieceOps: Backend {
    /// The pieces of these lengths.
    fn cut(whole: FloatTensor<Self>, lengths: Vec<usize>) -> Vec<FloatTensor<Self>> {
        let mut start = 0;
        let mut piece = |length: usize| {
            let end = start + length;
            let slice = Slice::new(start as isize, Some(end as isize), 1);
            start = end;
            Self::float_slice(whole.clone(), &[slice])
        };
        lengths.into_iter().map(&mut piece).collect()
    }

    /// The whole of these pieces.
    fn join(#[extension_type] pieces: Many<Self>) -> FloatTensor<Self> {
        Self::float_cat(pieces.0, 0)
    }
}

impl PieceOps for Flex {}

/// The pieces of these lengths, which fill `whole`; off the tape.
///
/// # Shapes
/// - `whole`: `[p]`, returns one `[length]` each
pub fn cut(whole: Tensor<1>, lengths: Vec<usize>) -> Vec<Tensor<1>> {
    let pieces = Dispatch::cut(whole.into_dispatch(), lengths);
    pieces.into_iter().map(Tensor::from_dispatch).collect()
}

/// What [`cut`] took apart.
///
/// # Shapes
/// - `pieces`: `[length]` each and at least one, returns `[p]`
pub fn join(pieces: Vec<Tensor<1>>) -> Tensor<1> {
    let pieces = pieces.into_iter().map(Tensor::into_dispatch).collect();
    Tensor::from_dispatch(Dispatch::join(Many(pieces)))
}
