//! One composition for every flow: pieces applied one after the other.
//!
//! ```text
//! z = f_L(… f₂(f₁(x)))      log|det ∂z/∂x| = Σₗ log|det ∂fₗ|
//! ```

use super::{
    Bijector,
    autoregressive::{Autoregressive, Inverted},
    coupling::Coupling,
    elementwise::Elementwise,
    plane::{Reverse, Turn},
};
use burn::{module::Module, tensor::Tensor};

/// Anything a flow can be stacked from.
#[derive(Module, Debug)]
pub enum Piece {
    Elementwise(Elementwise),
    Coupling(Coupling),
    Autoregressive(Autoregressive),
    InverseAutoregressive(Inverted),
    Turn(Turn),
    Reverse(Reverse),
}

impl Piece {
    fn bijector(&self) -> &dyn Bijector {
        match self {
            Self::Elementwise(piece) => piece,
            Self::Coupling(piece) => piece,
            Self::Autoregressive(piece) => piece,
            Self::InverseAutoregressive(piece) => piece,
            Self::Turn(piece) => piece,
            Self::Reverse(piece) => piece,
        }
    }
}

/// Pieces from the data's side to the latents'.
#[derive(Module, Debug)]
pub struct Stack {
    pieces: Vec<Piece>,
}

impl Stack {
    /// The composition of `pieces`, the first of which meets the data.
    pub fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        Self {
            pieces: pieces.into_iter().collect(),
        }
    }

    /// `layers` pieces with what `between` gives after each but the last; both are told the index of the layer before.
    pub fn interleaved(
        layers: usize,
        mut layer: impl FnMut(usize) -> Piece,
        between: impl Fn(usize) -> Option<Piece>,
    ) -> Self {
        Self::new((0..layers).flat_map(|i| {
            let after = if i + 1 < layers { between(i) } else { None };
            std::iter::once(layer(i)).chain(after)
        }))
    }

    /// The same with one more piece at the latents' end.
    pub fn then(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }
}

impl Bijector for Stack {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let log_det = Tensor::zeros([x.dims()[0]], &x.device());
        self.pieces.iter().fold((x, log_det), |(x, sum), piece| {
            let (z, log_det) = piece.bijector().forward_and_log_det(x);
            (z, sum + log_det)
        })
    }

    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let log_det = Tensor::zeros([z.dims()[0]], &z.device());
        self.pieces.iter().rev().fold((z, log_det), |(z, sum), piece| {
            let (x, log_det) = piece.bijector().inverse_and_log_det(z);
            (x, sum + log_det)
        })
    }
}
