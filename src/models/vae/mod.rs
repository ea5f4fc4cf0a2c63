//! Variational autoencoders: compress to a distribution over a small latent, decode back, and bound the density while doing so.
//!
//! ```text
//! p(x) = ∫ p(x|z) N(z; 0, I) dz
//! elbo(x) = E_q(z|x)[log p(x|z)] − KL(q(z|x) ‖ N(0, I))  ≤  log p(x)
//! iwae_K(x) = E[ log (1/K) Σ_k p(x|z_k) N(z_k; 0, I) / q(z_k|x) ],  z_k ~ q(·|x):   elbo ≤ iwae_K ≤ log p(x)
//! loss = reconstruction + beta · kl
//! ```
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. Y. Burda, R. Grosse, R. Salakhutdinov,
//! *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519. I. Higgins et al., *beta-VAE*, 2017.

pub mod gaussian;

use crate::{
    models::{Density, Model, State, registry::LossSpec},
    nn::{gaussian::DiagonalGaussian, optim::Learner, standard_normal_log_prob},
    rng::Rng,
    spec::Text,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// An encoder q(z|x) and a decoder p(x|z), under the prior N(0, I).
pub trait Vae {
    /// q(z|x).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns Gaussians over `[n, latent]`
    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian;

    /// p(x|z).
    ///
    /// # Shapes
    /// - `z`: `[n, latent]`, returns Gaussians over `[n, d]`
    fn decode(&self, z: Tensor<2>) -> DiagonalGaussian;

    /// The two terms of the bound with one latent per point.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    fn elbo(&self, x: Tensor<2>, rng: &mut Rng) -> Elbo {
        let q = self.encode(x.clone());
        let eps = rng.normal_tensor(q.mu.dims(), &x.device());
        self.elbo_terms(q, x, eps)
    }

    /// The same from q(z|x) and given noise: z = mu + sigma · eps.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `q` over `[n, latent]`, `eps`: `[n, latent]`
    fn elbo_terms(&self, q: DiagonalGaussian, x: Tensor<2>, eps: Tensor<2>) -> Elbo {
        Elbo {
            reconstruction: self.decode(q.sample(eps)).log_prob(x).neg(),
            kl: q.kl_to_standard(),
        }
    }

    /// The importance-weighted bound with `k_samples` latents per point; with 1 it is an estimate of the elbo.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]` in nats
    fn iwae(&self, x: Tensor<2>, k_samples: usize, rng: &mut Rng) -> Tensor<1> {
        assert!(k_samples > 0, "an importance-weighted bound needs at least 1 latent");
        let [n, _] = x.dims();
        let device = x.device();
        let q = self.encode(x.clone());
        let [_, latent] = q.mu.dims();
        let mut log_sum: Option<Tensor<1>> = None;
        let mut done = 0;
        while done < k_samples {
            let k = (IWAE_ROWS / n).clamp(1, k_samples - done);
            let q = q.repeat(k);
            let z = q.sample(rng.normal_tensor([k * n, latent], &device)); // [k n, latent]
            let log_joint =
                self.decode(z.clone()).log_prob(x.clone().repeat_dim(0, k)) + standard_normal_log_prob(z.clone());
            let log_weights = (log_joint - q.log_prob(z)).reshape([k, n]);
            let all = match log_sum {
                None => log_weights,
                Some(sum) => Tensor::cat(vec![log_weights, sum.unsqueeze()], 0),
            };
            log_sum = Some(log_sum_exp(all));
            done += k;
        }
        log_sum.expect("at least one round") - (k_samples as f64).ln()
    }
}

/// −log p(x|z) and KL(q(z|x) ‖ p(z)), `[n]` each, in nats: minus their sum is the bound.
#[derive(Clone, Debug)]
pub struct Elbo {
    pub reconstruction: Tensor<1>,
    pub kl: Tensor<1>,
}

/// Rows decoded at once for the importance-weighted bound: the activations of two layers of 128 then stay near 16 MB.
const IWAE_ROWS: usize = 16_384;

/// log Σ exp over the first axis, with the largest term taken out so that nothing overflows.
fn log_sum_exp(x: Tensor<2>) -> Tensor<1> {
    let [_, n] = x.dims();
    let largest = x.clone().max_dim(0); // [1, n]
    let sum = (x - largest.clone()).exp().sum_dim(0);
    (sum.log() + largest).reshape([n])
}

/// The losses of every VAE.
pub(super) const LOSSES: &[LossSpec] = &[
    LossSpec {
        id: "loss",
        label: Text {
            en: "Loss = reconstruction + β·KL (nats)",
            zh: "损失 = 重建 + β·KL（纳特）",
        },
    },
    LossSpec {
        id: "reconstruction",
        label: Text {
            en: "Reconstruction −log P(x|z)",
            zh: "重建误差 −log P(x|z)",
        },
    },
    LossSpec {
        id: "kl",
        label: Text {
            en: "KL(q(z|x) ‖ N(0, I))",
            zh: "KL(q(z|x) ‖ N(0, I))",
        },
    },
];

/// Longest gradient of a VAE's step: early on a sharp decoder meets points far from its mean.
const CLIP: f64 = 10.0;

/// A VAE that learns by maximising its bound.
pub struct VaeModel<V: Module> {
    learner: Learner<V>,
    latent: usize,
    beta: f64,
    k_samples: usize,
    device: Device,
}

impl<V: Module + Vae + 'static> VaeModel<V> {
    /// Learns `vae`, built on the autodiff `device`; its density is bounded with `k_samples` latents per point.
    pub fn new(vae: V, latent: usize, beta: f64, k_samples: usize, device: &Device) -> Self {
        Self {
            learner: Learner::new(vae).with_clip(CLIP),
            latent,
            beta,
            k_samples,
            device: device.clone().inner(),
        }
    }
}

impl<V: Module + Vae + 'static> Model for VaeModel<V> {
    fn parameters(&self, _player: usize) -> Tensor<1> {
        self.learner.parameters()
    }

    fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
        self.learner.parameter_sizes()
    }

    fn set_parameters(&mut self, _player: usize, theta: Tensor<1>) {
        self.learner.set_parameters(theta);
    }

    fn loss(&self, _player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let elbo = self.learner.module().elbo(x.autodiff(), rng);
        let (reconstruction, kl) = (elbo.reconstruction.mean(), elbo.kl.mean());
        Tensor::cat(
            vec![reconstruction.clone() + kl.clone() * self.beta, reconstruction, kl],
            0,
        )
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learner.gradient(self.loss(player, x, rng).narrow(0, 0, 1))
    }

    fn train_step(&mut self, x: Tensor<2>, learning_rate: f64, rng: &mut Rng) -> Tensor<1> {
        let losses = self.loss(0, x, rng);
        self.learner.descend(losses.clone().narrow(0, 0, 1), learning_rate);
        losses.inner()
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        let p = self
            .learner
            .frozen()
            .decode(rng.normal_tensor([n, self.latent], &self.device));
        let eps = rng.normal_tensor(p.mu.dims(), &self.device);
        p.sample(eps)
    }

    fn density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        Density::LowerBound(self.learner.frozen().iwae(x, self.k_samples, rng))
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.learner.frozen().decode(z).mu)
    }

    fn encode(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.learner.frozen().encode(x).mu)
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            "beta" => self.beta = value,
            "k_samples" => self.k_samples = value as usize,
            _ => return false,
        }
        true
    }

    fn state(&self) -> State {
        let (tensors, updates) = self.learner.state();
        State {
            tensors,
            counts: vec![updates],
        }
    }

    fn load_state(&mut self, state: &State) {
        self.learner.load_state(&state.tensors, state.counts[0]);
    }
}
