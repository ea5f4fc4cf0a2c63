//! One vector cut into many, and joined again: where a backend copies, many pieces at a time.

use burn::{
    backend::{Backend, Dispatch, Flex, backend_extension, tensor::FloatTensor},
    tensor::{Slice, Tensor},
};

/// Pieces that are cut or joined at once: with the whole and what says where they lie eight tensors, which every GPU takes.
pub const MOST: usize = 6;

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

    /// The first `count` of these, one after the other.
    fn join(
        a: FloatTensor<Self>,
        b: FloatTensor<Self>,
        c: FloatTensor<Self>,
        d: FloatTensor<Self>,
        e: FloatTensor<Self>,
        f: FloatTensor<Self>,
        count: usize,
    ) -> FloatTensor<Self> {
        let mut pieces = vec![a, b, c, d, e, f];
        pieces.truncate(count);
        Self::float_cat(pieces, 0)
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
pub fn join(mut pieces: Vec<Tensor<1>>) -> Tensor<1> {
    while pieces.len() > 1 {
        pieces = pieces.chunks(MOST).map(join_few).collect();
    }
    pieces.pop().expect("at least one piece")
}

fn join_few(pieces: &[Tensor<1>]) -> Tensor<1> {
    // a place without a piece is filled with any, which is not looked at
    let [a, b, c, d, e, f] = std::array::from_fn(|i| pieces.get(i).unwrap_or(&pieces[0]).clone().into_dispatch());
    Tensor::from_dispatch(Dispatch::join(a, b, c, d, e, f, pieces.len()))
}
