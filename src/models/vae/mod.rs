//! Variational autoencoders: compress to a distribution over a small latent, decode back, and bound the density while doing so.
//!
//! ```text
//! p(x) = ∫ p(x|z) N(z; 0, I) dz      w_k = p(x|z_k) N(z_k; 0, I) / q(z_k|x),  z_k ~ q(·|x)
//! elbo(x) = E_q[log p(x|z)] − KL(q(z|x) ‖ N(0, I))  ≤  iwae_K(x) = E[log 1/K Σ w_k]  ≤  log p(x)
//! loss = reconstruction + beta · kl;  at beta = 1 it is −elbo (K = 1) or −iwae_K
//! ```
//!
//! With K > 1 latents the two terms are those of the importance-weighted posterior, w̄_k = w_k / Σ w_j:
//!
//! ```text
//! −log 1/K Σ w_k  =  Σ w̄_k (−log p(x|z_k))  +  Σ w̄_k log( K w̄_k q(z_k|x) / N(z_k; 0, I) )
//! ```
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. Y. Burda, R. Grosse, R. Salakhutdinov,
//! *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519. C. Cremer, Q. Morris, D. Duvenaud, *Reinterpreting Importance-Weighted
//! Autoencoders*, 2017, arXiv:1704.02916. I. Higgins et al., *beta-VAE*, 2017.

pub mod gaussian;

use crate::{
    models::{
        Density, Model,
        one_player::{Method, OnePlayer},
        registry::LossSpec,
    },
    nn::{gaussian::DiagonalGaussian, standard_normal_log_prob},
    rng::Rng,
    spec::{Text, training::Training},
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

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

    /// The two terms of the bound with one latent per point, the KL in closed form.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[n, latent]` standard normal
    fn elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Terms {
        let q = self.encode(x.clone());
        Terms {
            reconstruction: self.decode(q.sample(eps)).log_prob(x).neg(),
            kl: q.kl_to_standard(),
        }
    }

    /// The two terms of the importance-weighted bound, one latent per point in each block of `eps`.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[k n, latent]` standard normal
    fn weighted_elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Terms {
        let [n, _] = x.dims();
        let k = eps.dims()[0] / n;
        let (log_likelihood, log_ratio) =
            self.log_weight_terms(&self.encode(x.clone()).repeat(k), x.repeat_dim(0, k), eps);
        let (log_likelihood, log_ratio) = (log_likelihood.reshape([k, n]), log_ratio.reshape([k, n]));
        let log_weights = log_likelihood.clone() + log_ratio.clone();
        let log_share = log_weights.clone() - log_sum_exp(log_weights).unsqueeze(); // log w̄
        let share = log_share.clone().exp();
        let mean = |x: Tensor<2>| (share.clone() * x).sum_dim(0).reshape([n]);
        Terms {
            reconstruction: mean(log_likelihood.neg()),
            kl: mean(log_share - log_ratio) + (k as f64).ln(),
        }
    }

    /// The importance-weighted bound with `k_samples` latents per point; with 1 it is an estimate of the elbo.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]` in nats
    fn iwae(&self, x: Tensor<2>, k_samples: usize, rng: &mut Rng) -> Tensor<1> {
        let [n, _] = x.dims();
        let q = self.encode(x.clone());
        let [_, latent] = q.mu.dims();
        let mut blocks = Vec::new();
        let mut left = k_samples;
        while left > 0 {
            let k = (IWAE_ROWS / n).clamp(1, left);
            let eps = rng.normal_tensor([k * n, latent], &x.device());
            let (log_likelihood, log_ratio) = self.log_weight_terms(&q.repeat(k), x.clone().repeat_dim(0, k), eps);
            blocks.push(log_sum_exp((log_likelihood + log_ratio).reshape([k, n])).unsqueeze::<2>());
            left -= k;
        }
        log_sum_exp(Tensor::cat(blocks, 0)) - (k_samples as f64).ln()
    }

    /// log p(x|z) and log N(z; 0, I) − log q(z|x) at z = μ + σ eps: they add up to log w.
    ///
    /// # Shapes
    /// - `q`, `x`, `eps`: rows that belong together, `[m, _]`, returns two of `[m]`
    fn log_weight_terms(&self, q: &DiagonalGaussian, x: Tensor<2>, eps: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
        let z = q.sample(eps);
        let log_ratio = standard_normal_log_prob(z.clone()) - q.log_prob(z.clone());
        (self.decode(z).log_prob(x), log_ratio)
    }
}

/// Reconstruction −log p(x|z) and KL(q(z|x) ‖ N(0, I)), `[n]` each, in nats: minus their sum is the bound.
#[derive(Clone, Debug)]
pub struct Terms {
    pub reconstruction: Tensor<1>,
    pub kl: Tensor<1>,
}

/// Rows decoded at once for the importance-weighted bound: the activations of two layers of 128 then stay near 16 MB.
const IWAE_ROWS: usize = 16_384;

/// log Σ exp over the first axis, with the largest term taken out so that nothing overflows.
fn log_sum_exp(x: Tensor<2>) -> Tensor<1> {
    let [_, n] = x.dims();
    let largest = x.clone().detach().max_dim(0); // [1, n]; its gradient cancels
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

/// What a [`VaeMethod`] is trained and measured with.
#[derive(Clone, Copy, Debug)]
pub struct VaeSettings {
    /// Latent coordinates.
    pub latent: usize,
    /// Weight of the KL term.
    pub beta: f64,
    /// Latents per point in the loss; 1 trains on the plain bound.
    pub k_samples: usize,
    /// Latents per point when the density is bounded.
    pub bound_samples: usize,
}

/// Learning by maximising the bound.
pub struct VaeMethod<V> {
    vae: PhantomData<V>,
    settings: VaeSettings,
    device: Device,
}

impl<V: Module + Vae + 'static> VaeMethod<V> {
    /// A model that learns `vae`, built on the autodiff `device`.
    pub fn model(vae: V, settings: VaeSettings, training: Training, device: &Device) -> Box<dyn Model> {
        let method = Self {
            vae: PhantomData,
            settings,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(vae, method, training))
    }
}

impl<V: Module + Vae> Method for VaeMethod<V> {
    type Net = V;

    fn loss(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let VaeSettings {
            latent,
            beta,
            k_samples,
            ..
        } = self.settings;
        let eps = rng
            .normal_tensor([x.dims()[0] * k_samples, latent], &self.device)
            .autodiff();
        let terms = match k_samples {
            1 => vae.elbo(x.autodiff(), eps),
            _ => vae.weighted_elbo(x.autodiff(), eps),
        };
        let (reconstruction, kl) = (terms.reconstruction.mean(), terms.kl.mean());
        Tensor::cat(vec![reconstruction.clone() + kl.clone() * beta, reconstruction, kl], 0)
    }

    fn sample(&self, vae: &V, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.settings.latent], &self.device);
        let p = vae.decode(z);
        let eps = rng.normal_tensor(p.mu.dims(), &self.device);
        p.sample(eps)
    }

    fn density(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Density {
        Density::LowerBound(vae.iwae(x, self.settings.bound_samples, rng))
    }

    fn bound_samples(&self) -> Option<usize> {
        Some(self.settings.bound_samples)
    }

    fn data_from_latent(&self, vae: &V, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.decode(z).mu)
    }

    fn encode(&self, vae: &V, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.encode(x).mu)
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            "beta" => self.settings.beta = value,
            "k_samples" => self.settings.k_samples = value as usize,
            "bound_samples" => self.settings.bound_samples = value as usize,
            _ => return false,
        }
        true
    }
}
