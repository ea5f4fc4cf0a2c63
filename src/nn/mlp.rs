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

#[cfg(feature = "gpu")]
use crate::nn::perceptron::{Perceptron, perceptron};
use crate::{
    nn::{
        activation::{Activate, Activation},
        classes::{ClassVectors, Conditional, told},
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
    /// Before the first non-linearity.
    classes: Option<ClassVectors>,
    /// In place of it, what a class adds to the last layer's weights ([`Mlp::with_projection`]).
    projection: Option<ClassVectors>,
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
        Self {
            layers,
            classes: None,
            projection: None,
            activation,
        }
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
            ..self.clone()
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
        #[cfg(feature = "gpu")]
        if let Some(y) = self.in_one(&x) {
            return y;
        }
        let (head, hidden) = self.split();
        let h = match (&self.classes, hidden.split_first()) {
            (Some(classes), Some((first, hidden))) => {
                let h = self.activation.apply(classes.added(dense::through(first, x, None)));
                self.through(hidden, h)
            }
            _ => self.through(hidden, x),
        };
        let y = dense::through(head, h.clone(), None);
        self.projected(y, h)
    }

    /// The output by one operation, where the device has it: of no class, and with a bias at every hidden layer.
    #[cfg(feature = "gpu")]
    fn in_one(&self, x: &Tensor<2>) -> Option<Tensor<2>> {
        let told = [&self.classes, &self.projection];
        let (head, hidden) = self.split();
        let plain = hidden.iter().all(|layer| layer.bias.is_some());
        if !plain || told.into_iter().flatten().any(ClassVectors::is_given) {
            return None;
        }
        let outputs = self.layers.iter().map(|layer| layer.weight.dims()[1]);
        let shape = Perceptron {
            sizes: std::iter::once(x.dims()[1]).chain(outputs).collect(),
            activation: self.activation,
            head_bias: head.bias.is_some(),
        };
        perceptron(x, shape, || {
            let parameters = self.layers.iter().flat_map(|layer| {
                let bias = layer.bias.as_ref().map(|bias| bias.val().into_dispatch());
                std::iter::once(layer.weight.val().into_dispatch()).chain(bias)
            });
            parameters.collect()
        })
    }

    /// What the network says of the same points for each of several classes, `[1, classes]` each: what comes before the class is computed once.
    ///
    /// # Shapes
    /// - `x`: `[n, d_input]`, returns one `[n, d_output]` a class
    pub fn forward_each(&self, x: Tensor<2>, classes: &[Tensor<2>]) -> Vec<Tensor<2>> {
        let (head, hidden) = self.split();
        let (Some(vectors), Some((first, hidden))) = (&self.classes, hidden.split_first()) else {
            return classes.iter().map(|y| self.given(Some(y)).forward(x.clone())).collect();
        };
        let before = dense::through(first, x, None);
        let each = classes.iter().map(|y| {
            let h = self.activation.apply(vectors.given(Some(y)).added(before.clone()));
            dense::through(head, self.through(hidden, h), None)
        });
        each.collect()
    }

    fn through(&self, hidden: &[Linear], x: Tensor<2>) -> Tensor<2> {
        hidden
            .iter()
            .fold(x, |h, layer| dense::through(layer, h, Some(self.activation)))
    }

    /// What a hidden layer's non-linearity is applied to.
    fn before(&self, index: usize, h: Tensor<2>) -> Tensor<2> {
        match index {
            0 => told(self.classes.as_ref(), h),
            _ => h,
        }
    }

    /// `y` with what the class adds to it along the last hidden units `h`.
    fn projected(&self, y: Tensor<2>, h: Tensor<2>) -> Tensor<2> {
        let along = self
            .projection
            .as_ref()
            .and_then(|projection| projection.rows(h.dims()[0]));
        match along {
            Some(along) => y + (h * along).sum_dim(1),
            None => y,
        }
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
        let (h, dhs) = hidden.iter().enumerate().fold((x, vs), |(h, dhs), (i, layer)| {
            let first = self.before(i, dense::through(layer, h, None));
            let (y, slope) = self.activation.with_derivative(first);
            let along = |dh: Tensor<2>| slope.clone() * dense::product(dh, layer.weight.val());
            (y, dhs.into_iter().map(along).collect())
        });
        let along = |dh: Tensor<2>| self.projected(dense::product(dh.clone(), head.weight.val()), dh);
        let y = dense::through(head, h.clone(), None);
        (self.projected(y, h), dhs.into_iter().map(along).collect())
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
        let layers = hidden.iter().zip(along_hidden).enumerate();
        let (h, dh) = layers.fold(start, |(h, dh), (i, (layer, along))| {
            let first = self.before(i, dense::through(layer, h.clone(), None));
            let (y, slope) = self.activation.with_derivative(first);
            (y, slope * direction.before(i, tangent(h, dh, layer, along)))
        });
        let moved = self.projected(tangent(h.clone(), dh.clone(), head, along_head), dh);
        let y = dense::through(head, h.clone(), None);
        (self.projected(y, h.clone()), direction.projected(moved, h))
    }

    /// The output and its first two derivatives along a direction.
    ///
    /// # Shapes
    /// - `[n, d_input]` becomes `[n, d_output]`
    pub fn jet(&self, x: Jet) -> Jet {
        assert!(
            self.projection.is_none(),
            "no second derivative of a projection is needed"
        );
        let (head, hidden) = self.split();
        hidden
            .iter()
            .enumerate()
            .fold(x, |h, (i, layer)| {
                let h = h.affine(layer);
                let value = self.before(i, h.value);
                Jet { value, ..h }.activate(self.activation)
            })
            .affine(head)
    }

    /// The same with classes that are told at the other end, by what they add to the weights of the one output:
    ///
    /// ```text
    /// y = h_L (W_L + V yᵀ) + b_L
    /// ```
    ///
    /// Reference: T. Miyato and M. Koyama, *cGANs with Projection Discriminator*, 2018, arXiv:1802.05637.
    pub fn with_projection(self, classes: usize) -> Self {
        let [units, outputs] = self.split().0.weight.dims();
        assert_eq!(outputs, 1, "a projection acts on one output");
        let device = self.split().0.weight.device();
        Self {
            projection: Some(ClassVectors::new(classes, units, &device)),
            ..self
        }
    }

    fn split(&self) -> (&Linear, &[Linear]) {
        self.layers.split_last().expect("an MLP has at least one layer")
    }
}

impl Conditional for Mlp {
    fn with_classes(self, classes: usize) -> Self {
        let first = &self.layers[0].weight;
        let vectors = ClassVectors::new(classes, first.dims()[1], &first.device());
        Self {
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        let told = |vectors: &Option<ClassVectors>| vectors.as_ref().map(|vectors| vectors.given(y));
        Self {
            classes: told(&self.classes),
            projection: told(&self.projection),
            ..self.clone()
        }
    }
}
