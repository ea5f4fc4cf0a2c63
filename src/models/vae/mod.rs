//! Variational autoencoders: compress to a distribution over a small latent, decode back, and bound the density while doing so.
//!
//! ```text
//! p(x) = ∫ p(x|z) p(z) dz      w_k = p(x|z_k) p(z_k) / q(z_k|x),  z_k ~ q(·|x)
//! elbo(x) = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z))  ≤  iwae_K(x) = E[log 1/K Σ w_k]  ≤  log p(x)
//! reconstruction + kl is −elbo (K = 1) or −iwae_K
//! ```
//!
//! With K > 1 latents the two terms are those of the importance-weighted posterior, w̄_k = w_k / Σ w_j:
//!
//! ```text
//! −log 1/K Σ w_k  =  Σ w̄_k (−log p(x|z_k))  +  Σ w̄_k log( K w̄_k q(z_k|x) / p(z_k) )
//! ```
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. Y. Burda, R. Grosse, R. Salakhutdinov,
//! *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519. C. Cremer, Q. Morris, D. Duvenaud, *Reinterpreting Importance-Weighted
//! Autoencoders*, 2017, arXiv:1704.02916.

pub mod autoencoder;
pub mod gaussian;
pub mod iwae;
pub mod learned_prior;
pub mod method;
pub mod pixels;
pub mod prior;
pub mod settings;
pub mod vector_quantized;

use crate::{
    nn::{gaussian::DiagonalGaussian, log_sum_exp},
    rng::Rng,
};
use burn::tensor::Tensor;
use prior::Prior;

/// An encoder q(z|x) and a decoder p(x|z), under a prior p(z).
pub trait Vae {
    /// What p(x|z) is.
    type Observation: Observation;

    /// p(z).
    fn prior(&self) -> &Prior;

    /// q(z|x).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns Gaussians over `[n, latent]`
    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian;

    /// p(x|z).
    ///
    /// # Shapes
    /// - `z`: `[n, latent]`, returns distributions over `[n, d]`
    fn decode(&self, z: Tensor<2>) -> Self::Observation;

    /// The two terms of the bound with one latent per point, the KL in closed form where there is one.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[n, latent]` standard normal
    fn elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Terms {
        let q = self.encode(x.clone());
        let z = q.sample(eps);
        Terms {
            reconstruction: self.decode(z.clone()).log_prob(x).neg(),
            kl: self.prior().kl_from(&q, z),
            kl_by_latent: self.prior().kl_by_coordinate(&q),
        }
    }

    /// The two terms of the importance-weighted bound, one latent per point in each block of `eps`.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[k n, latent]` standard normal
    fn weighted_elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Terms {
        let [n, _] = x.dims();
        let k = eps.dims()[0] / n;
        let q = self.encode(x.clone());
        let (log_likelihood, log_ratio) = self.log_weight_terms(&q.repeat(k), x.repeat_dim(0, k), eps);
        let (log_likelihood, log_ratio) = (log_likelihood.reshape([k, n]), log_ratio.reshape([k, n]));
        let log_weights = log_likelihood.clone() + log_ratio.clone();
        let log_share = log_weights.clone() - log_sum_exp(log_weights).unsqueeze(); // log w̄
        let share = log_share.clone().exp();
        let mean = |x: Tensor<2>| (share.clone() * x).sum_dim(0).reshape([n]);
        Terms {
            reconstruction: mean(log_likelihood.neg()),
            kl: mean(log_share - log_ratio) + (k as f64).ln(),
            kl_by_latent: self.prior().kl_by_coordinate(&q),
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

    /// log p(x|z) and log p(z) − log q(z|x) at z = μ + σ eps: they add up to log w.
    ///
    /// # Shapes
    /// - `q`, `x`, `eps`: rows that belong together, `[m, _]`, returns two of `[m]`
    fn log_weight_terms(&self, q: &DiagonalGaussian, x: Tensor<2>, eps: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
        let z = q.sample(eps);
        let log_ratio = self.prior().log_prob(z.clone()) - q.log_prob(z.clone());
        (self.decode(z).log_prob(x), log_ratio)
    }
}

/// Distributions of data, one per row.
pub trait Observation {
    /// Log-probability or log-density in nats, row by row.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1>;

    /// One draw per row.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn draw(&self, rng: &mut Rng) -> Tensor<2>;

    /// Their means.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn mean(&self) -> Tensor<2>;
}

impl Observation for DiagonalGaussian {
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.log_prob(x)
    }

    fn draw(&self, rng: &mut Rng) -> Tensor<2> {
        self.sample(rng.normal_tensor(self.mu.dims(), &self.mu.device()))
    }

    fn mean(&self) -> Tensor<2> {
        self.mu.clone()
    }
}

/// Reconstruction −log p(x|z) and KL(q(z|x) ‖ p(z)), `[n]` each, in nats: minus their sum is the bound.
#[derive(Clone, Debug)]
pub struct Terms {
    pub reconstruction: Tensor<1>,
    pub kl: Tensor<1>,
    /// What each latent dimension carries of it, `[n, latent]`: see [`Prior::kl_by_coordinate`].
    pub kl_by_latent: Tensor<2>,
}

/// Rows decoded at once for the importance-weighted bound: the activations of two layers of 128 then stay near 16 MB.
const IWAE_ROWS: usize = 16_384;
