//! The non-linearities between layers, each with its derivatives.

use burn::tensor::{
    Tensor,
    activation::{leaky_relu, sigmoid, silu},
};

/// Slope of the leaky ReLU below zero, the value the GAN literature uses (Radford et al., 2016, arXiv:1511.06434).
const LEAK: f64 = 0.2;

/// The non-linearity between layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// x · sigmoid(x): smooth, for everything that is differentiated in its input.
    Silu,
    /// max(x, 0.2 x): for discriminators.
    LeakyRelu,
    Tanh,
}

impl Activation {
    /// a(x), element by element.
    pub fn apply(self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Silu => silu(x),
            Self::LeakyRelu => leaky_relu(x, LEAK),
            Self::Tanh => x.tanh(),
        }
    }

    /// a(x) and a'(x).
    pub fn with_derivative(self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        match self {
            Self::Silu => {
                let s = sigmoid(x.clone());
                let y = x * s.clone();
                (y.clone(), s.clone() + y.clone() - y * s)
            }
            Self::LeakyRelu => {
                let slope = x.clone().greater_elem(0.0).float() * (1.0 - LEAK) + LEAK;
                (x * slope.clone(), slope)
            }
            Self::Tanh => {
                let y = x.tanh();
                (y.clone(), y.square().neg() + 1.0)
            }
        }
    }

    /// a(x), a'(x) and a''(x).
    pub fn with_two_derivatives(self, x: Tensor<2>) -> [Tensor<2>; 3] {
        match self {
            Self::Silu => {
                let s = sigmoid(x.clone());
                let y = x.clone() * s.clone();
                let slope = s.clone() + y.clone() - y.clone() * s.clone();
                let bend = (s.clone() - s.square()) * (x - y.clone() * 2.0 + 2.0);
                [y, slope, bend]
            }
            Self::LeakyRelu => {
                let (y, slope) = self.with_derivative(x);
                [y, slope.clone(), slope.zeros_like()]
            }
            Self::Tanh => {
                let (y, slope) = self.with_derivative(x);
                [y.clone(), slope.clone(), y * slope * -2.0]
            }
        }
    }
}
