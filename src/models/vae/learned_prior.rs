//! The VAE whose prior learns too: the Gaussian VAE with a mixture in place of N(0, I).
//!
//! ```text
//! p(x) = ∫ p(x|z) p(z) dz      p(z) = Σ_c π_c N(z; m_c, diag s_c²)
//! ```
//!
//! Data in clusters have codes in clusters. Under N(0, I) the encoder must smear them out until they meet, and the decoder must jump where they
//! do; what is drawn near a seam decodes to something between two clusters. A prior that lies where the codes are spares both, and the plain bound,
//! K = 1, is then nearly tight.
//!
//! Reference: J. Tomczak and M. Welling, *VAE with a VampPrior*, 2018, arXiv:1705.07120, where this mixture is one of the priors compared.

use super::{
    gaussian::{GaussianVae, VAE},
    iwae::{FASTER, WARMUP},
    method::VaeMethod,
    prior::Prior,
    settings::{BETA, BOUND_SAMPLES, FREE_BITS, K_SAMPLES, KL_WARMUP, LATENT, PRIOR_COMPONENTS},
};
use crate::{
    data::Space,
    models::spec::ModelSpec,
    spec::{
        DEPTH, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::settings,
    },
};

/// The registry row.
pub const VAE_PRIOR: ModelSpec = ModelSpec {
    id: "vae-prior",
    label: Text {
        en: "VAE with a learned prior",
        zh: "先验可学的 VAE",
    },
    help: Text {
        en: "A VAE whose codes need not look like one round Gaussian: the prior is a mixture that moves to where the codes are, so that what is drawn from it decodes to data.",
        zh: "编码不必再凑成一个圆形的高斯：先验是几个高斯的混合，会自己移到编码所在之处，从中抽到的编码解出来就像数据。",
    },
    formula: r"p_\phi(x)=\int p(x|z)\,p_\phi(z)\,\mathrm dz,\qquad p_\phi(z)=\sum_{c=1}^{C}\pi_c\,\mathcal N\big(z;\,m_c,\,\mathrm{diag}\,s_c^2\big)",
    paper: "Tomczak, Welling: VAE with a VampPrior",
    year: 2018,
    arxiv: "1705.07120",
    params: settings![
        FASTER;
        LATENT,
        PRIOR_COMPONENTS.with_default(16.0),
        BETA,
        KL_WARMUP.with_default(WARMUP),
        FREE_BITS,
        K_SAMPLES,
        WIDTH,
        DEPTH,
        BOUND_SAMPLES,
        CONDITIONAL,
        CONDITION,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let vae = GaussianVae::of(dim, settings, rng, device);
        let prior = Prior::new(settings.int(PRIOR_COMPONENTS.id), settings.int("latent"), rng, device);
        VaeMethod::model(vae.with_prior(prior), settings, device)
    },
    ..VAE
};
