//! Filling in by a VAE: importance over latents, whose proposals find the picture by themselves.
//!
//! ```text
//! p(u | k) = ∫ p(u|z) p(z|k) dz      p(z|k) ∝ p(z) p(k|z),   p(k|z) = Π over the known coordinates
//! wᵢ = p(zᵢ) p(k|zᵢ) / q(zᵢ)         q(z) = ⅞ · 1/M Σ q(z | k, u_m) + ⅛ p(z)
//! ```
//!
//! Given the latent all coordinates are independent, so only z has to be found. The prior rarely finds it: what the decoder makes of the best of its
//! draws completes the point M times, the encoder says what latents such points have, and the next round proposes there. The last round's weights are
//! exact for its own proposals, however these came about.
//!
//! References: O. Cappé, A. Guillin, J.-M. Marin, C. Robert, *Population Monte Carlo*, Journal of Computational and Graphical Statistics 13, 2004;
//! D. Rezende, S. Mohamed, D. Wierstra, *Stochastic Backpropagation and Approximate Inference in Deep Generative Models*, 2014, arXiv:1401.4082,
//! appendix F (completing by decoder and encoder in turns).

use super::{Observation, Vae};
use crate::{
    models::fill::{Filled, Part, chosen},
    nn::log_sum_exp,
    rng::Rng,
};
use burn::tensor::{Device, Tensor};

/// Latents that a round proposes.
const PROPOSALS: usize = 1024;

/// Those of them that are the prior's: what no round has found yet can still be.
const OF_PRIOR: usize = PROPOSALS / 8;

/// Completed points behind a round's proposals.
const COMPLETED: usize = 32;

/// Rounds after the first, which knows the prior alone.
const ROUNDS: usize = 4;

/// `n` points whose unknown coordinates `vae` has drawn.
pub fn filled<V: Vae>(vae: &V, part: &Part, n: usize, rng: &mut Rng, device: &Device) -> Filled {
    let prior = vae.prior();
    let complete = |z: Tensor<2>, rng: &mut Rng| part.restored_in(vae.decode(z).draw(rng));
    let of_known = |z: Tensor<2>| -> Tensor<1> {
        let rows = z.dims()[0];
        let each = vae.decode(z).log_factors(part.repeat(rows)) * part.mask();
        each.sum_dim(1).squeeze_dim(1) // log p(k|z)
    };
    let mut z = prior.sample(PROPOSALS, rng, device);
    let mut log_weights = of_known(z.clone());
    for _ in 0..ROUNDS {
        let found = chosen(z, log_weights, COMPLETED, rng);
        let codes = vae.encode(complete(found, rng));
        let near = codes.repeat((PROPOSALS - OF_PRIOR) / COMPLETED);
        let near = near.sample(rng.normal_tensor(near.mu.dims(), device));
        z = Tensor::cat(vec![near, prior.sample(OF_PRIOR, rng, device)], 0);
        let equal = Tensor::full([COMPLETED, 1], -(COMPLETED as f64).ln(), device);
        let share = OF_PRIOR as f64 / PROPOSALS as f64;
        let log_prior = prior.log_prob(z.clone());
        let log_q = log_sum_exp(Tensor::stack(
            vec![
                codes.mixture_log_prob(z.clone(), equal) + (1.0 - share).ln(),
                log_prior.clone() + share.ln(),
            ],
            0,
        ));
        log_weights = log_prior + of_known(z.clone()) - log_q;
    }
    let mean_weight = log_sum_exp(log_weights.clone().reshape([PROPOSALS, 1])) - (PROPOSALS as f64).ln();
    let latents = Filled::weighted(z, log_weights, n, rng);
    Filled {
        x: complete(latents.x, rng),
        log_known: Some(mean_weight),
        ..latents
    }
}
