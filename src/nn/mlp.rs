//! The multilayer perceptron, with its forward-mode derivative.
//!
//! ```text
//! h₀ = x      hᵢ₊₁ = a(hᵢ Wᵢ + bᵢ)      y = h_L W_L + b_L
//! ẏ = J(x) v, by the same recursion:     ḣᵢ₊₁ = a'(hᵢ Wᵢ + bᵢ) · (ḣᵢ Wᵢ)
//! along a direction (V, c) of the weights: ḣᵢ₊₁ = a'(hᵢ Wᵢ + bᵢ) · (ḣᵢ Wᵢ + hᵢ Vᵢ + cᵢ),  ḣ₀ = 0
//! ```
//!
//! Burn differentiates in reverse and once. What needs a gradient of a gradient (R1, score matching, unrolling) takes the first derivative forwards,
//! written as ordinary operations, and the second in reverse through them.

use crate::{
    nn::{
        activation::{Activate, Activation},
        dense,
        dropout::thinned,
        jet::Jet,
        linear,
    },
    rng::Rng,
};
use burn::{
    module::{Module, Param, ParamId},
    nn::Linear,
    tensor::{Device, Tensor},
};

/// Linear layers with a non-linearity between them, none after the last.
#[derive(Module, Debug)]
pub struct Mlp {
    layers: Vec<Linear>,
    #[module(skip)]
    activation: Activation,
}

impl Mlp {
    /// A perceptron through `sizes`: input, hidden widths, output. `head_gain` scales the last layer's initial weights: small keeps a flow
    /// near the identity.
    pub fn new(sizes: &[usize], activation: Activation, head_gain: f64, rng: &mut Rng, device: &Device) -> Self {
        assert!(
            sizes.len() >= 2,
            "an MLP needs an input and an output size, got {sizes:?}"
        );
        let last = sizes.len() - 2;
        let layers = sizes
            .windows(2)
            .enumerate()
            .map(|(i, pair)| linear(pair[0], pair[1], if i == last { head_gain } else { 1.0 }, rng, device))
            .collect();
        Self { layers, activation }
    }

    /// The same without the last layer's bias, for outputs of which only differences count.
    pub fn without_head_bias(mut self) -> Self {
        self.layers.last_mut().expect("an MLP has at least one layer").bias = None;
        self
    }

    /// The weight matrices, input first.
    ///
    /// # Shapes
    /// - returns one `[d_input, d_output]` a layer
    pub fn weights(&self) -> Vec<Tensor<2>> {
        self.layers.iter().map(|layer| layer.weight.val()).collect()
    }

    /// The same with other weight matrices, which may be functions of what learns.
    ///
    /// # Shapes
    /// - `weights`: as [`Mlp::weights`] gives them
    pub fn with_weights(&self, weights: Vec<Tensor<2>>) -> Self {
        let layers = self.layers.iter().zip(weights).map(|(layer, weight)| Linear {
            weight: Param::initialized(ParamId::new(), weight),
            bias: layer.bias.clone(),
        });
        Self {
            layers: layers.collect(),
            activation: self.activation,
        }
    }

    /// The network that [`dropout`](super::dropout) leaves for one step: each hidden unit is missing with probability `share`.
    pub fn thinned(&self, share: f64, rng: &mut Rng) -> Self {
        let mut weights = self.weights();
        for weight in &mut weights[1..] {
            *weight = thinned(weight.clone(), share, rng);
        }
        self.with_weights(weights)
    }

    /// # Shapes
    /// - `x`: `[n, d_input]`, returns `[n, d_output]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let (head, hidden) = self.split();
        let h = hidden
            .iter()
            .fold(x, |h, layer| dense::through(layer, h, Some(self.activation)));
        dense::through(head, h, None)
    }

    /// The output and its directional derivative J(x) v.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d_input]`, returns two of `[n, d_output]`
    pub fn jvp(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (y, mut dys) = self.jvps(x, vec![v]);
        (y, dys.remove(0))
    }

    /// The output and its derivatives along several directions: the output is computed once for all.
    ///
    /// # Shapes
    /// - `x`, each of `vs`: `[n, d_input]`, returns `[n, d_output]` and one such for each of `vs`
    pub fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let (head, hidden) = self.split();
        let (h, dhs) = hidden.iter().fold((x, vs), |(h, dhs), layer| {
            let (y, slope) = self.activation.with_derivative(dense::through(layer, h, None));
            let along = |dh: Tensor<2>| slope.clone() * dense::product(dh, layer.weight.val());
            (y, dhs.into_iter().map(along).collect())
        });
        let along = |dh: Tensor<2>| dense::product(dh, head.weight.val());
        (dense::through(head, h, None), dhs.into_iter().map(along).collect())
    }

    /// The output and its derivative as the weights move along those of `direction`.
    ///
    /// # Shapes
    /// - `x`: `[n, d_input]`, returns two of `[n, d_output]`
    pub fn parameter_jvp(&self, x: Tensor<2>, direction: &Self) -> (Tensor<2>, Tensor<2>) {
        let (head, hidden) = self.split();
        let (along_head, along_hidden) = direction.split();
        let tangent = |h: Tensor<2>, dh: Tensor<2>, layer: &Linear, along: &Linear| {
            dense::product(dh, layer.weight.val()) + dense::through(along, h, None)
        };
        let start = (x.clone(), x.zeros_like());
        let (h, dh) = hidden.iter().zip(along_hidden).fold(start, |(h, dh), (layer, along)| {
            let (y, slope) = self.activation.with_derivative(dense::through(layer, h.clone(), None));
            (y, slope * tangent(h, dh, layer, along))
        });
        (dense::through(head, h.clone(), None), tangent(h, dh, head, along_head))
    }

    /// The output and its first two derivatives along a direction.
    ///
    /// # Shapes
    /// - `[n, d_input]` becomes `[n, d_output]`
    pub fn jet(&self, x: Jet) -> Jet {
        let (head, hidden) = self.split();
        hidden
            .iter()
            .fold(x, |h, layer| h.affine(layer).activate(self.activation))
            .affine(head)
    }

    fn split(&self) -> (&Linear, &[Linear]) {
        self.layers.split_last().expect("an MLP has at least one layer")
    }
}
