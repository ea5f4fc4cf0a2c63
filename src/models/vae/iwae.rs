//! The importance-weighted autoencoder: the Gaussian VAE, trained on the tighter bound that K latents give.
//!
//! ```text
//! iwae_K(x) = E[ log 1/K Σ_k p(x|z_k) p(z_k) / q(z_k|x) ],  z_k ~ q(·|x)      elbo = iwae_1 ≤ iwae_K ≤ log p(x)
//! ```
//!
//! Only the best of K latents need to explain x. So the encoder may be vaguer than the posterior, and the decoder is not forced to make
//! the posterior Gaussian.
//!
//! Reference: Y. Burda, R. Grosse, R. Salakhutdinov, *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519.

use super::{
    gaussian::{TRAINING, VAE},
    settings::{BETA, BOUND_SAMPLES, FREE_BITS, K_SAMPLES, KL_WARMUP, LATENT},
};
use crate::{
    models::spec::ModelSpec,
    spec::{
        DEPTH, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::{Training, settings},
    },
};

/// Steps over which the KL term sets in: at full weight from the start some seeds give one of two latents up for good.
pub(super) const WARMUP: f64 = 300.0;

/// How it learns: the weighted bound needs fewer steps than the plain one.
pub(super) const FASTER: Training = Training {
    schedule_steps: 3000.0,
    batch: 128.0,
    ..TRAINING
};

/// The registry row.
pub const IWAE: ModelSpec = ModelSpec {
    id: "iwae",
    label: Text {
        en: "IWAE",
        zh: "重要性加权自编码器（IWAE）",
    },
    help: Text {
        en: "A VAE that tries K codes for each point and lets the good ones count most: the bound is tighter, so the fit is better, at K times the work.",
        zh: "给每个点试 K 个编码、让解得好的占更大权重的 VAE：下界更紧，拟合更好，代价是 K 倍的计算。",
    },
    formula: r"\log p_\phi(x)\ \ge\ \mathbb E_{z_k\sim q}\Big[\log\tfrac1K\sum_{k=1}^{K}\tfrac{p(x|z_k)\,p(z_k)}{q(z_k|x)}\Big]",
    paper: "Burda, Grosse, Salakhutdinov: Importance Weighted Autoencoders",
    year: 2016,
    arxiv: "1509.00519",
    params: settings![
        FASTER;
        LATENT,
        K_SAMPLES.with_default(8.0),
        BETA,
        KL_WARMUP.with_default(WARMUP),
        FREE_BITS,
        WIDTH,
        DEPTH,
        BOUND_SAMPLES,
        CONDITIONAL,
        CONDITION,
    ],
    ..VAE
};
