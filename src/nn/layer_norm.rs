//! Numbers of a row brought to mean 0 and variance 1, then to a scale and a place that are learned.
//!
//! ```text
//! y = g (x − mean x) / √(var x + ε) + b
//! ```
//!
//! Reference: J. Ba, J. Kiros, G. Hinton, *Layer Normalization*, 2016, arXiv:1607.06450.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

/// PyTorch's.
const EPSILON: f64 = 1e-5;

/// Scale and place of each number.
#[derive(Module, Debug)]
pub struct LayerNorm {
    scale: Param<Tensor<1>>,
    place: Param<Tensor<1>>,
}

impl LayerNorm {
    /// For rows of `width` numbers.
    pub fn new(width: usize, device: &Device) -> Self {
        Self {
            scale: Param::from_tensor(Tensor::ones([width], device)),
            place: Param::from_tensor(Tensor::zeros([width], device)),
        }
    }

    /// # Shapes
    /// - `x`: `[n, d]`, returns the same
    pub fn of(&self, x: Tensor<2>) -> Tensor<2> {
        let centred = x.clone() - x.mean_dim(1);
        let spread = (centred.clone().square().mean_dim(1) + EPSILON).sqrt();
        centred / spread * self.scale.val().unsqueeze() + self.place.val().unsqueeze()
    }
}
