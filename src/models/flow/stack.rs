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
#[cfg(feature = "gpu")]
use super::{chain::chain, link::Link};
#[cfg(feature = "gpu")]
use crate::nn::couplings::Chain;
use crate::nn::{classes::Conditional, standard_normal_log_prob};
#[cfg(feature = "gpu")]
use burn::tensor::Device;
use burn::{
    module::{Module, ModuleDisplay},
    tensor::Tensor,
};

/// What the flows here are stacked from. A flow of layers of another kind is a stack of those, or of an enum like this one.
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

impl Bijector for Piece {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        self.bijector().forward_and_log_det(x)
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        self.bijector().inverse(z)
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Elementwise(_) => "elementwise",
            Self::Coupling(_) => "coupling",
            Self::Autoregressive(_) => "autoregressive",
            Self::InverseAutoregressive(_) => "inverse_autoregressive",
            Self::Turn(_) => "turn",
            Self::Reverse(_) => "reverse",
        }
    }

    #[cfg(feature = "gpu")]
    fn link(&self) -> Option<Link<'_>> {
        self.bijector().link()
    }
}

/// Pieces from the data's side to the latents'.
#[derive(Module, Debug)]
pub struct Stack<P: Module = Piece> {
    pieces: Vec<P>,
}

impl<P: Module> Stack<P> {
    /// The composition of `pieces`, the first of which meets the data.
    pub fn new(pieces: impl IntoIterator<Item = P>) -> Self {
        Self {
            pieces: pieces.into_iter().collect(),
        }
    }

    /// `layers` pieces with what `between` gives after each but the last; both are told the index of the layer before.
    pub fn interleaved(layers: usize, mut layer: impl FnMut(usize) -> P, between: impl Fn(usize) -> Option<P>) -> Self {
        Self::new((0..layers).flat_map(|i| {
            let after = if i + 1 < layers { between(i) } else { None };
            std::iter::once(layer(i)).chain(after)
        }))
    }

    /// The same with one more piece at the latents' end.
    pub fn then(mut self, piece: P) -> Self {
        self.pieces.push(piece);
        self
    }
}

impl<P: Module + Bijector> Stack<P> {
    /// All pieces as one operation, where the device has it.
    #[cfg(feature = "gpu")]
    fn chain(&self, device: &Device) -> Option<Chain> {
        chain(self.pieces.iter().map(Bijector::link), device)
    }
}

impl<P: Module + Bijector> Bijector for Stack<P> {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        #[cfg(feature = "gpu")]
        if let Some(chain) = self.chain(&x.device()).filter(|_| !x.device().is_autodiff()) {
            return chain.run(x, false);
        }
        let log_det = Tensor::zeros([x.dims()[0]], &x.device());
        self.pieces.iter().fold((x, log_det), |(x, sum), piece| {
            let (z, log_det) = piece.forward_and_log_det(x);
            (z, sum + log_det)
        })
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        #[cfg(feature = "gpu")]
        if let Some(chain) = self.chain(&z.device()).filter(|_| !z.device().is_autodiff()) {
            return chain.run(z, true).0;
        }
        self.pieces.iter().rev().fold(z, |z, piece| piece.inverse(z))
    }

    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        #[cfg(feature = "gpu")]
        if let Some(chain) = self.chain(&x.device()) {
            return chain.log_prob(x);
        }
        let (z, log_det) = self.forward_and_log_det(x);
        standard_normal_log_prob(z) + log_det
    }

    fn pieces(&self) -> Vec<&dyn Bijector> {
        self.pieces.iter().map(|piece| piece as &dyn Bijector).collect()
    }
}

impl Conditional for Piece {
    fn with_classes(self, classes: usize) -> Self {
        match self {
            Self::Elementwise(piece) => Self::Elementwise(piece.with_classes(classes)),
            Self::Coupling(piece) => Self::Coupling(piece.with_classes(classes)),
            Self::Autoregressive(piece) => Self::Autoregressive(piece.with_classes(classes)),
            Self::InverseAutoregressive(piece) => Self::InverseAutoregressive(piece.with_classes(classes)),
            Self::Turn(_) | Self::Reverse(_) => self,
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        match self {
            Self::Elementwise(piece) => Self::Elementwise(piece.given(y)),
            Self::Coupling(piece) => Self::Coupling(piece.given(y)),
            Self::Autoregressive(piece) => Self::Autoregressive(piece.given(y)),
            Self::InverseAutoregressive(piece) => Self::InverseAutoregressive(piece.given(y)),
            Self::Turn(_) | Self::Reverse(_) => self.clone(),
        }
    }
}

impl<P: Module + ModuleDisplay + Conditional> Conditional for Stack<P> {
    fn with_classes(self, classes: usize) -> Self {
        Self::new(self.pieces.into_iter().map(|piece| piece.with_classes(classes)))
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self::new(self.pieces.iter().map(|piece| piece.given(y)))
    }
}
