//! Spectral normalisation: every layer divided by its largest singular value, so that no layer stretches anything.
//!
//! ```text
//! W̄ = W / σ      σ = vᵀ W u      v ← W u / |W u|,  u ← Wᵀ v / |Wᵀ v|   (one power iteration a step, W is [in, out])
//! along a direction V of the weights:      dW̄ = (V − W̄ · vᵀ V u) / σ
//! ```
//!
//! u and v are kept from step to step and held fixed while a loss is differentiated. With leaky ReLU between layers the whole network is
//! then 1-Lipschitz in what it is given.
//!
//! Reference: T. Miyato et al., *Spectral Normalization for Generative Adversarial Networks*, 2018, arXiv:1802.05957, algorithm 1.

use super::{dense::product, mlp::Mlp};
use crate::rng::Rng;
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// Power iterations before the first step: from a random vector one is far from enough.
const WARM_UP: usize = 10;

/// Keeps a direction finite where a weight matrix is zero.
const TINY: f64 = 1e-12;

/// The singular vectors of every layer of one perceptron, as far as they are known. Plain tensors: they travel and do not learn.
#[derive(Module, Debug)]
pub struct SpectralNorm {
    inputs: Vec<Tensor<2>>,  // v of each layer, [1, in]
    outputs: Vec<Tensor<2>>, // u of each layer, [1, out]
}

impl SpectralNorm {
    /// Random vectors for `net`, moved towards its singular vectors.
    pub fn new(net: &Mlp, rng: &mut Rng, device: &Device) -> Self {
        let device = device.clone().inner();
        let mut vector = |size: usize| rng.normal_tensor([1, size], &device);
        let sizes: Vec<[usize; 2]> = net.weights().iter().map(Tensor::dims).collect();
        let mut norm = Self {
            inputs: sizes.iter().map(|size| vector(size[0])).collect(),
            outputs: sizes.iter().map(|size| vector(size[1])).collect(),
        };
        for _ in 0..WARM_UP {
            norm.iterate(net);
        }
        norm
    }

    /// One power iteration for every layer of `net`.
    pub fn iterate(&mut self, net: &Mlp) {
        for (i, weight) in net.weights().into_iter().enumerate() {
            let weight = weight.inner();
            self.inputs[i] = unit(product(self.outputs[i].clone(), weight.clone().transpose()));
            self.outputs[i] = unit(product(self.inputs[i].clone(), weight));
        }
    }

    /// `net` with every weight matrix divided by its largest singular value. Gradients flow to `net`'s own weights.
    pub fn normalise(&self, net: &Mlp) -> Mlp {
        let weights = net.weights().into_iter().enumerate();
        net.with_weights(
            weights
                .map(|(i, weight)| weight.clone() / self.along(i, weight))
                .collect(),
        )
    }

    /// How the weights of [`SpectralNorm::normalise`] move when those of `net` move along `direction`'s.
    pub fn normalised_direction(&self, net: &Mlp, direction: &Mlp) -> Mlp {
        let pairs = net.weights().into_iter().zip(direction.weights()).enumerate();
        let moved = |(i, (weight, direction)): (usize, (Tensor<2>, Tensor<2>))| {
            let sigma = self.along(i, weight.clone());
            (direction.clone() - weight / sigma.clone() * self.along(i, direction)) / sigma
        };
        direction.with_weights(pairs.map(moved).collect())
    }

    /// vᵀ W u of layer `i`, `[1, 1]`.
    fn along(&self, i: usize, weight: Tensor<2>) -> Tensor<2> {
        let image = product(self.inputs[i].clone(), weight);
        (image * self.outputs[i].clone()).sum_dim(1)
    }

    /// All vectors one after the other, `[k]`.
    pub fn memory(&self) -> Tensor<1> {
        let all = self.inputs.iter().chain(&self.outputs);
        Tensor::cat(all.map(|vector| vector.clone().reshape([-1])).collect(), 0)
    }

    /// Undoes [`SpectralNorm::memory`].
    pub fn load_memory(&mut self, memory: Tensor<1>) {
        let mut offset = 0;
        for vector in self.inputs.iter_mut().chain(&mut self.outputs) {
            let size = vector.dims()[1];
            *vector = memory.clone().narrow(0, offset, size).reshape([1, size]);
            offset += size;
        }
    }
}

/// # Shapes
/// - `x`: `[1, k]`, returns the same at length 1
fn unit(x: Tensor<2>) -> Tensor<2> {
    let norm = (x.clone().square().sum_dim(1) + TINY).sqrt();
    x / norm
}
