//! The vector-quantised autoencoder: the code is one of K learned vectors, so the density is a mixture that can be summed exactly.
//!
//! ```text
//! k(x) = argmin_k |z − e_k|,  z = encode(x)      p(x|k) = N(x; μ(e_k), σ²(e_k)) = decode(e_k)
//! loss = −log p(x | z + sg[e_k − z])  +  |sg[z] − e_k|²  +  β |z − sg[e_k]|²         sg: a constant to the gradient
//! p(x) = Σ_k π_k p(x|k)                                                              π: how often each code was chosen lately
//! ```
//!
//! The choice of k has no slope, so the reconstruction's gradient passes straight through it, from the code to z: it is the exact gradient
//! of the loss with all that stands in sg and the k held as they are. The loss does not charge for k, whose prior is counted and not learned.
//!
//! A code that no point of the batch chose is drawn by the codebook term to the encoded point nearest to it. The paper leaves such codes
//! where they are, and those that start far off then stay dead.
//!
//! Reference: A. van den Oord, O. Vinyals, K. Kavukcuoglu, *Neural Discrete Representation Learning*, 2017, arXiv:1711.00937.

mod row;
mod settings;

pub use row::VQ_VAE;

use super::gaussian::gaussian;
use crate::{
    models::{
        Density,
        act::{Act, Deed, Insides},
        one_player::{Effect, Method},
    },
    nn::{
        activation::Activation, classes::Conditional, dense::product, distributions::gumbel,
        gaussian::DiagonalGaussian, mlp::Mlp,
    },
    rng::Rng,
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Int, Tensor},
};

/// Standard deviation of the first codes: the spread of an untrained encoder's output.
const CODE_SPREAD: f64 = 0.3;

/// Share of the past that a step keeps in the counts of chosen codes: they remember about 100 steps, as the paper's own averages do (appendix A.1).
const COUNT_DECAY: f64 = 0.99;

/// Two perceptrons and the vectors between them.
#[derive(Module, Debug)]
pub struct VectorQuantized {
    encoder: Mlp,
    decoder: Mlp,
    /// `[k, latent]`
    codebook: Param<Tensor<2>>,
}

impl Conditional for VectorQuantized {}

/// Sizes of a [`VectorQuantized`].
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub latent: usize,
    /// How many vectors the codebook has.
    pub codes: usize,
    pub width: usize,
    pub depth: usize,
}

/// What a gradient must not see: the encoded points, their codes and all choices, as they are.
#[derive(Clone, Debug)]
pub struct Held {
    /// z, `[n, latent]`
    pub encoded: Tensor<2>,
    /// The nearest code, `[n, latent]`
    pub code: Tensor<2>,
    /// 1 at each point's code, `[n, k]`
    pub chosen: Tensor<2>,
    /// 1 for each code that no point chose, `[k, 1]`
    pub unused: Tensor<2>,
    /// The encoded point nearest to each code, `[k, latent]`
    pub nearest: Tensor<2>,
}

impl VectorQuantized {
    /// For `dim`-dimensional data; encoder and decoder have `depth` hidden layers of `width`.
    pub fn new(dim: usize, size: Size, rng: &mut Rng, device: &Device) -> Self {
        let Size {
            latent,
            codes,
            width,
            depth,
        } = size;
        let mut net = |from: usize, to: usize| {
            let sizes = [vec![from], vec![width; depth], vec![to]].concat();
            Mlp::new(&sizes, Activation::Tanh, 1.0, rng, device)
        };
        let (encoder, decoder) = (net(dim, latent), net(latent, 2 * dim));
        let first: Vec<f32> = (0..codes * latent)
            .map(|_| (rng.normal() * CODE_SPREAD) as f32)
            .collect();
        Self {
            encoder,
            decoder,
            codebook: Param::from_tensor(tensor(first, [codes, latent], device)),
        }
    }

    /// The vectors e_k.
    ///
    /// # Shapes
    /// - returns `[k, latent]`
    pub fn codes(&self) -> Tensor<2> {
        self.codebook.val()
    }

    /// Encodes, chooses and cuts from the gradient.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    pub fn hold(&self, x: Tensor<2>) -> Held {
        let encoded = self.encoder.forward(x).detach();
        let codebook = self.codebook.val().detach();
        let apart = encoded.clone().unsqueeze_dim::<3>(1) - codebook.clone().unsqueeze_dim(0); // [n, k, latent]
        let nearness: Tensor<2> = apart.square().sum_dim(2).squeeze_dim(2).neg(); // [n, k]
        let ([n, k], device) = (nearness.dims(), nearness.device());
        let chosen = one_hot(nearness.clone().argmax(1), k, &device);
        let nearest = product(one_hot(nearness.transpose().argmax(1), n, &device), encoded.clone());
        Held {
            code: product(chosen.clone(), codebook),
            unused: chosen.clone().sum_dim(0).lower_elem(0.5).float().transpose(),
            encoded,
            chosen,
            nearest,
        }
    }

    /// Reconstruction (nats), codebook and commitment terms, each a mean over the batch; `held` at these parameters makes their gradient
    /// the straight-through one.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns three of `[1]`
    pub fn terms(&self, x: Tensor<2>, held: &Held) -> [Tensor<1>; 3] {
        let [n, _] = x.dims();
        let z = self.encoder.forward(x.clone());
        let passed = z.clone() + (held.code.clone() - held.encoded.clone());
        let codebook = self.codebook.val();
        let own = product(held.chosen.clone(), codebook.clone()) - held.encoded.clone(); // [n, latent]
        let drawn = (codebook - held.nearest.clone()).square() * held.unused.clone(); // [k, latent]
        [
            self.decode(passed).log_prob(x).neg().mean(),
            (own.square().sum() + drawn.sum()) / n as f64,
            (z - held.code.clone()).square().sum() / n as f64,
        ]
    }

    /// p(x|z).
    ///
    /// # Shapes
    /// - `z`: `[n, latent]`, returns Gaussians over `[n, d]`
    pub fn decode(&self, z: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.decoder.forward(z))
    }

    /// log Σ_k π_k p(x|k) in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `log_prior`: `[k]`, returns `[n]`
    pub fn log_prob(&self, x: Tensor<2>, log_prior: Tensor<1>) -> Tensor<1> {
        self.decode(self.codebook.val())
            .mixture_log_prob(x, log_prior.unsqueeze_dim(1))
    }
}

/// Rows with a 1 where `index` says and 0 elsewhere.
///
/// # Shapes
/// - `index`: `[n, 1]`, returns `[n, k]`
fn one_hot(index: Tensor<2, Int>, k: usize, device: &Device) -> Tensor<2> {
    let numbers = Tensor::<1, Int>::arange(0..k as i64, device).float().unsqueeze::<2>(); // [1, k]
    let n = index.dims()[0];
    (index.float().repeat_dim(1, k) - numbers.repeat_dim(0, n))
        .equal_elem(0.0)
        .float()
}

/// Learning by reconstruction through the nearest code, and counting the codes.
#[derive(Clone)]
pub struct Quantizing {
    /// β.
    commitment: f64,
    /// How often each code was chosen lately, in shares, `[k]`.
    shares: Tensor<1>,
    device: Device,
}

impl Quantizing {
    /// Has seen no code yet: all are equally likely.
    pub fn new(codes: usize, commitment: f64, device: &Device) -> Self {
        let device = device.clone().inner();
        Self {
            commitment,
            shares: Tensor::ones([codes], &device) / codes as f64,
            device,
        }
    }

    fn losses(&self, net: &VectorQuantized, x: Tensor<2>, held: &Held) -> Tensor<1> {
        let [reconstruction, codebook, commitment] = net.terms(x, held);
        let loss = reconstruction.clone() + codebook.clone() + commitment.clone() * self.commitment;
        Tensor::cat(vec![loss, reconstruction, codebook, commitment], 0)
    }

    /// log π, `[k]`. A code of no weight at all gets e⁻⁶⁹ instead of −∞.
    fn log_prior(&self) -> Tensor<1> {
        (self.shares.clone() / self.shares.clone().sum()).clamp_min(1e-30).log()
    }
}

impl Method for Quantizing {
    type Net = VectorQuantized;

    fn loss(&self, net: &VectorQuantized, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        let x = x.autodiff();
        self.losses(net, x.clone(), &net.hold(x))
    }

    fn training_loss(&mut self, net: &VectorQuantized, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        let x = x.autodiff();
        let held = net.hold(x.clone());
        let now: Tensor<1> = held.chosen.clone().inner().mean_dim(0).squeeze_dim(0);
        self.shares = self.shares.clone() * COUNT_DECAY + now * (1.0 - COUNT_DECAY);
        self.losses(net, x, &held)
    }

    fn insides(&self, net: &VectorQuantized, x: Tensor<2>, _rng: &mut Rng) -> Insides {
        let held = net.hold(x.clone().autodiff());
        let restored = net.decode(held.code.clone()).mu.inner();
        Insides::of_data(x.clone(), |x| self.losses(net, x, &held)).with(Act::moves(Deed::Restored, x, restored))
    }

    fn surrogate_gradient(&self) -> bool {
        true
    }

    fn sample(&self, net: &VectorQuantized, n: usize, rng: &mut Rng) -> Tensor<2> {
        let [k] = self.shares.dims();
        let logits = self.log_prior().unsqueeze::<2>() + gumbel([n, k], rng, &self.device);
        let code = product(one_hot(logits.argmax(1), k, &self.device), net.codebook.val());
        let p = net.decode(code);
        let eps = rng.normal_tensor(p.mu.dims(), &self.device);
        p.sample(eps)
    }

    fn density(&self, net: &VectorQuantized, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(net.log_prob(x, self.log_prior()))
    }

    fn encode(&self, net: &VectorQuantized, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(net.hold(x).code)
    }

    fn data_from_latent(&self, net: &VectorQuantized, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(net.decode(z).mu)
    }

    /// Each code with its share, as a Gaussian without width.
    fn prior(&self, net: &VectorQuantized) -> Option<Tensor<2>> {
        let codes = net.codes();
        let share = self.log_prior().exp().unsqueeze_dim(1); // [k, 1]
        Some(Tensor::cat(vec![share, codes.clone(), codes.zeros_like()], 1))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        if id != settings::COMMITMENT.id {
            return Effect::None;
        }
        self.commitment = value;
        Effect::Learning
    }

    fn memory(&self) -> Option<Tensor<1>> {
        Some(self.shares.clone())
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.shares = memory;
    }
}
