//! The non-linearities that there are.

/// Slope of the leaky ReLU below zero, the value the GAN literature uses (Radford et al., 2016, arXiv:1511.06434).
pub const LEAK: f64 = 0.2;

/// The non-linearity between layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// x · sigmoid(x): smooth, for everything that is differentiated in its input.
    Silu,
    /// max(x, 0.2 x): for discriminators.
    LeakyRelu,
    Tanh,
}
