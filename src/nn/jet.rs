//! Second derivatives along a line, forwards: a value travels through the layers with its first and second derivative.
//!
//! ```text
//! along x + τ v, at τ = 0:   h, ḣ = dh/dτ, ḧ = d²h/dτ²      at the start (x, v, 0), so that f(x) arrives with ∇f·v and vᵀ ∇²f v
//! affine       y = h W + b     ẏ = ḣ W           ÿ = ḧ W
//! elementwise  y = a(h)        ẏ = a'(h) ḣ       ÿ = a''(h) ḣ² + a'(h) ḧ
//! ```
//!
//! Written as ordinary operations, so that one reverse pass gives the gradient of a curvature in the parameters: score matching's third
//! derivative.
//!
//! References: A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd edition, SIAM 2008, chapter 13.

use crate::nn::{
    activation::{Activate, Activation},
    dense,
};
use burn::{nn::Linear, tensor::Tensor};

/// A batch of values with their derivatives along one direction each.
#[derive(Clone, Debug)]
pub struct Jet {
    /// `[n, d]`
    pub value: Tensor<2>,
    /// `[n, d]`
    pub first: Tensor<2>,
    /// `[n, d]`
    pub second: Tensor<2>,
}

impl Jet {
    /// The straight line through `x` with velocity `v`.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`
    pub fn line(x: Tensor<2>, v: Tensor<2>) -> Self {
        let second = v.zeros_like();
        Self {
            value: x,
            first: v,
            second,
        }
    }

    /// Through a linear layer.
    ///
    /// # Shapes
    /// - `[n, d_input]` becomes `[n, d_output]`
    pub fn affine(self, layer: &Linear) -> Self {
        let weight = layer.weight.val();
        Self {
            value: dense::through(layer, self.value, None),
            first: dense::product(self.first, weight.clone()),
            second: dense::product(self.second, weight),
        }
    }

    /// Through a function of each number alone, given a(h), a'(h) and a''(h) at `value`.
    ///
    /// # Shapes
    /// - all `[n, d]`
    pub fn elementwise(self, [y, slope, bend]: [Tensor<2>; 3]) -> Self {
        Self {
            value: y,
            second: bend * self.first.clone().square() + slope.clone() * self.second,
            first: slope * self.first,
        }
    }

    /// Through a non-linearity.
    ///
    /// # Shapes
    /// - all `[n, d]`
    pub fn activate(self, activation: Activation) -> Self {
        let derivatives = activation.with_two_derivatives(self.value.clone());
        self.elementwise(derivatives)
    }

    /// Columns of several jets side by side.
    ///
    /// # Shapes
    /// - `[n, dᵢ]` become `[n, Σ dᵢ]`
    pub fn beside(parts: Vec<Self>) -> Self {
        let join = |part: fn(&Self) -> &Tensor<2>| Tensor::cat(parts.iter().map(|jet| part(jet).clone()).collect(), 1);
        Self {
            value: join(|jet| &jet.value),
            first: join(|jet| &jet.first),
            second: join(|jet| &jet.second),
        }
    }
}
