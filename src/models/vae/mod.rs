//! Variational autoencoders: compress to a distribution over a small latent, decode back, and bound the density while doing so.
//!
//! ```text
//! p(x) = ∫ p(x|z) p(z) dz      w_k = p(x|z_k) p(z_k) / q(z_k|x),  z_k ~ q(·|x)
//! elbo(x) = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z))  ≤  iwae_K(x) = E[log 1/K Σ w_k]  ≤  log p(x)
//! ```
//!
//! The plain bound is −(reconstruction + kl). The importance-weighted one falls apart in the same way, under the importance-weighted posterior
//! w̄_k = w_k / Σ w_j:
//!
//! ```text
//! −log 1/K Σ w_k  =  Σ w̄_k (−log p(x|z_k))  +  Σ w̄_k log( K w̄_k q(z_k|x) / p(z_k) )
//! ```
//!
//! log p(x) − elbo(x) = KL(q(z|x) ‖ p(z|x)): how much higher the weighted bound lies says, from below, how far q is from the posterior.
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. Y. Burda, R. Grosse, R. Salakhutdinov,
//! *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519. C. Cremer, Q. Morris, D. Duvenaud, *Reinterpreting Importance-Weighted
//! Autoencoders*, 2017, arXiv:1704.02916.

pub mod autoencoder;
mod fill;
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
use burn::tensor::{Device, Tensor};
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

    /// The plain bound with one latent per point, its KL in closed form where there is one.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[n, latent]` standard normal
    fn elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Bound {
        let q = self.encode(x.clone());
        let z = q.sample(eps);
        let reconstruction = self.decode(z.clone()).log_prob(x).neg();
        let (kl, carried) = match self.prior().kl_by_coordinate(&q) {
            Some(each) => (each.clone().sum_dim(1).squeeze_dim(1), Carried::Each(each)),
            None => (self.prior().kl_at(&q, z), Carried::Together(q.mu.dims()[1])),
        };
        let terms = Terms { reconstruction, kl };
        Bound {
            plain: terms.clone(),
            terms,
            carried,
        }
    }

    /// The importance-weighted bound, one latent per point in each block of `eps`.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps`: `[k n, latent]` standard normal
    fn weighted_elbo(&self, x: Tensor<2>, eps: Tensor<2>) -> Bound {
        let [n, _] = x.dims();
        let [rows, latent] = eps.dims();
        let k = rows / n;
        let q = self.encode(x.clone());
        let (log_likelihood, log_ratio) = self.log_weight_terms(&q.repeat(k), x.repeat_dim(0, k), eps);
        let (log_likelihood, log_ratio) = (log_likelihood.reshape([k, n]), log_ratio.reshape([k, n]));
        let log_weights = log_likelihood.clone() + log_ratio.clone();
        let log_share = log_weights.clone() - log_sum_exp(log_weights).unsqueeze(); // log w̄
        let share = log_share.clone().exp();
        let weighted = |x: Tensor<2>| (share.clone() * x).sum_dim(0).reshape([n]);
        let mean = |x: &Tensor<2>| x.clone().detach().mean_dim(0).reshape([n]).neg();
        Bound {
            plain: Terms {
                reconstruction: mean(&log_likelihood),
                kl: mean(&log_ratio),
            },
            terms: Terms {
                reconstruction: weighted(log_likelihood.neg()),
                kl: weighted(log_share - log_ratio) + (k as f64).ln(),
            },
            carried: Carried::Together(latent),
        }
    }

    /// The importance-weighted bound with `k_samples` latents per point; with 1 it is an estimate of the elbo.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]` in nats
    fn iwae(&self, x: Tensor<2>, k_samples: usize, rng: &mut Rng) -> Tensor<1> {
        let [n, _] = x.dims();
        self.iwae_at(x, k_samples, |k, latent, device| {
            rng.normal_tensor([k * n, latent], device)
        })
    }

    /// The same with the same latents at every point: a bound at each, and as smooth from point to point as the networks are.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]` in nats
    fn smooth_iwae(&self, x: Tensor<2>, k_samples: usize, rng: &mut Rng) -> Tensor<1> {
        let [n, _] = x.dims();
        self.iwae_at(x, k_samples, |k, latent, device| {
            let eps = rng.normal_tensor([k, latent], device).unsqueeze_dim::<3>(1); // [k, 1, latent]
            eps.repeat_dim(1, n).reshape([k * n, latent])
        })
    }

    /// The same at the latents that `eps` gives: blocks of one for each point, for so many blocks, of so many coordinates.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `eps` returns `[k n, latent]` standard normal, returns `[n]` in nats
    fn iwae_at(
        &self,
        x: Tensor<2>,
        k_samples: usize,
        mut eps: impl FnMut(usize, usize, &Device) -> Tensor<2>,
    ) -> Tensor<1> {
        let [n, _] = x.dims();
        let q = self.encode(x.clone());
        let [_, latent] = q.mu.dims();
        let mut blocks = Vec::new();
        let mut left = k_samples;
        while left > 0 {
            let k = (IWAE_ROWS / n).clamp(1, left);
            let eps = eps(k, latent, &x.device());
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

    /// The same coordinate by coordinate, which are independent.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    fn log_factors(&self, x: Tensor<2>) -> Tensor<2>;

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

    fn log_factors(&self, x: Tensor<2>) -> Tensor<2> {
        self.log_factors(x)
    }

    fn draw(&self, rng: &mut Rng) -> Tensor<2> {
        self.sample(rng.normal_tensor(self.mu.dims(), &self.mu.device()))
    }

    fn mean(&self) -> Tensor<2> {
        self.mu.clone()
    }
}

/// Reconstruction −log p(x|z) and KL(q(z|x) ‖ p(z)), `[n]` each, in nats: minus their sum is a bound on log p(x).
#[derive(Clone, Debug)]
pub struct Terms {
    pub reconstruction: Tensor<1>,
    pub kl: Tensor<1>,
}

/// What a step of learning takes and shows.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Of the bound that is maximised.
    pub terms: Terms,
    /// Of the plain bound, from the same latents.
    pub plain: Terms,
    pub carried: Carried,
}

/// What is known of how much each latent dimension carries.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one a step, and it is never kept")]
pub enum Carried {
    /// The KL is the sum of theirs, `[n, latent]`: under N(0, I), with one latent per point.
    Each(Tensor<2>),
    /// Of so many dimensions only the KL of all together.
    Together(usize),
}

/// Rows decoded at once for the importance-weighted bound: the activations of two layers of 128 then stay near 16 MB.
const IWAE_ROWS: usize = 16_384;
