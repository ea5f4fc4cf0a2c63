//! A perceptron with connections cut so that output group i sees the inputs up to the i-th and no later one.
//!
//! ```text
//! y = x (W ∘ M) + b      M[j, k] = 1 if degree(k) ≥ degree(j), else 0
//! ```
//!
//! An input's degree is its place in the order; hidden units get degrees in turn; an output group's is the last input it may see.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509.

#[cfg(feature = "gpu")]
use crate::nn::perceptron::{Perceptron, perceptron};
use crate::{
    nn::{
        activation::{Activate, Activation},
        classes::{ClassVectors, Conditional},
        dense::dense,
        dropout::thinned,
        linear,
    },
    rng::Rng,
    tensors::tensor,
};
use burn::{
    module::{Module, Param, ParamId},
    nn::Linear,
    tensor::{Device, Tensor},
};

/// A linear layer some of whose weights are held at zero.
#[derive(Module, Debug)]
struct MaskedLinear {
    inner: Linear,
    /// A plain tensor travels with the module but does not learn; None where every connection stays.
    mask: Option<Tensor<2>>, // [d_input, d_output], 0 or 1
}

impl MaskedLinear {
    fn new(inputs: &[usize], outputs: &[usize], gain: f64, rng: &mut Rng, device: &Device) -> Self {
        let mask: Vec<f32> = inputs
            .iter()
            .flat_map(|from| outputs.iter().map(move |to| f32::from(u8::from(to >= from))))
            .collect();
        Self {
            inner: linear(inputs.len(), outputs.len(), gain, rng, device),
            mask: mask
                .contains(&0.0)
                .then(|| tensor(mask, [inputs.len(), outputs.len()], device)),
        }
    }

    fn forward(&self, x: Tensor<2>, activation: Option<Activation>) -> Tensor<2> {
        dense(x, self.connected(), self.bias(), activation)
    }

    /// The weights of the connections that are there, zeros for the others.
    fn connected(&self) -> Tensor<2> {
        let weight = self.inner.weight.val();
        match &self.mask {
            Some(mask) => weight * mask.clone(),
            None => weight,
        }
    }

    fn bias(&self) -> Tensor<1> {
        self.inner.bias.as_ref().expect("nn::linear gives a bias").val()
    }
}

/// Masked layers with a SiLU between them.
#[derive(Module, Debug)]
pub struct MaskedMlp {
    hidden: Vec<MaskedLinear>,
    head: MaskedLinear,
    /// Before the first non-linearity: every unit may know the class.
    classes: Option<ClassVectors>,
}

impl MaskedMlp {
    /// A perceptron over `groups` inputs of `d_input` numbers each, with `depth` hidden layers of `width` and `groups` outputs of
    /// `d_output` numbers each; output group i sees input groups 0..=i. `head_gain` scales the last layer's initial weights.
    pub fn new(
        groups: usize,
        [d_input, d_output]: [usize; 2],
        [width, depth]: [usize; 2],
        head_gain: f64,
        rng: &mut Rng,
        device: &Device,
    ) -> Self {
        let repeated = |each: usize| -> Vec<usize> { (0..groups * each).map(|i| i / each).collect() };
        let in_turn: Vec<usize> = (0..width).map(|i| i % groups).collect();
        let mut before = repeated(d_input);
        let hidden = (0..depth)
            .map(|_| {
                let layer = MaskedLinear::new(&before, &in_turn, 1.0, rng, device);
                before.clone_from(&in_turn);
                layer
            })
            .collect();
        let head = MaskedLinear::new(&before, &repeated(d_output), head_gain, rng, device);
        Self {
            hidden,
            head,
            classes: None,
        }
    }

    /// The network that [`dropout`](super::dropout) leaves for one step: each input and each hidden unit is missing with probability `share`.
    pub fn thinned(&self, share: f64, rng: &mut Rng) -> Self {
        let mut thin = |layer: &MaskedLinear| MaskedLinear {
            inner: Linear {
                weight: Param::initialized(ParamId::new(), thinned(layer.inner.weight.val(), share, rng)),
                bias: layer.inner.bias.clone(),
            },
            mask: layer.mask.clone(),
        };
        Self {
            hidden: self.hidden.iter().map(&mut thin).collect(),
            head: thin(&self.head),
            classes: self.classes.clone(),
        }
    }

    /// Its layers, input first, between which a SiLU stands; none where connections are cut or a class is told.
    #[cfg(feature = "gpu")]
    pub fn plain(&self) -> Option<Vec<&Linear>> {
        let layers = self.hidden.iter().chain([&self.head]);
        let told = self.classes.as_ref().is_some_and(ClassVectors::is_given);
        let whole = |layer: &MaskedLinear| layer.mask.is_none();
        (!told && layers.clone().all(whole)).then(|| layers.map(|layer| &layer.inner).collect())
    }

    /// The output by one operation, where the device has it: of no class.
    #[cfg(feature = "gpu")]
    fn in_one(&self, x: &Tensor<2>) -> Option<Tensor<2>> {
        if self.classes.as_ref().is_some_and(ClassVectors::is_given) {
            return None;
        }
        let layers = self.hidden.iter().chain([&self.head]);
        let outputs = layers.clone().map(|layer| layer.inner.weight.dims()[1]);
        let shape = Perceptron {
            sizes: std::iter::once(x.dims()[1]).chain(outputs).collect(),
            activation: Activation::Silu,
            head_bias: true,
        };
        perceptron(x, shape, || {
            let parameters = layers.flat_map(|layer| [layer.connected().into_dispatch(), layer.bias().into_dispatch()]);
            parameters.collect()
        })
    }

    /// # Shapes
    /// - `x`: `[n, groups · d_input]`, returns `[n, groups · d_output]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        #[cfg(feature = "gpu")]
        if let Some(y) = self.in_one(&x) {
            return y;
        }
        let through = |hidden: &[MaskedLinear], x: Tensor<2>| {
            let silu = Some(Activation::Silu);
            hidden.iter().fold(x, |h, layer| layer.forward(h, silu))
        };
        let h = match (&self.classes, self.hidden.split_first()) {
            (Some(classes), Some((first, hidden))) => {
                let h = classes.added(first.forward(x, None));
                through(hidden, Activation::Silu.apply(h))
            }
            _ => through(&self.hidden, x),
        };
        self.head.forward(h, None)
    }
}

impl Conditional for MaskedMlp {
    fn with_classes(self, classes: usize) -> Self {
        let first = &self.hidden[0].inner.weight;
        let vectors = ClassVectors::new(classes, first.dims()[1], &first.device());
        Self {
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn output_groups_see_no_later_input() {
        const GROUPS: usize = 4;
        let mut rng = Rng::new(7, Stream::Init);
        let device = Device::flex().autodiff();
        let net = MaskedMlp::new(GROUPS, [2, 3], [32, 2], 1.0, &mut rng, &device);
        let x = rng
            .normal_tensor([1, GROUPS * 2], &Device::flex())
            .autodiff()
            .require_grad();
        for i in 0..GROUPS {
            let grads = net.forward(x.clone()).narrow(1, i * 3, 3).sum().backward();
            let row = x.grad(&grads).expect("tracked").into_data();
            let row = row.as_slice::<f32>().expect("f32");
            for (j, slope) in row.iter().enumerate() {
                assert_eq!(*slope != 0.0, j / 2 <= i, "d(output {i}) / d(input {j}) = {slope}");
            }
        }
    }
}
