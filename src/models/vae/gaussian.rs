//! The Gaussian VAE: encoder and decoder are perceptrons that output a mean and a log-variance per coordinate.
//!
//! ```text
//! q(z|x) = N(mu(x), exp log_var(x))      p(x|z) = N(mu(z), exp log_var(z))
//! ```
//!
//! The decoder learns how far its guesses may be off: with a fixed variance the bound would say more about that choice than about the
//! data. The units saturate (tanh), because clusters want a decoder with plateaus: on 8gaussians the bound came six times closer to the truth than with SiLU.
//!
//! Its bound is the plain one, K = 1, and its prior N(0, I). The decoder must then also make the posterior look like a Gaussian with axes along
//! the latents', which is what stands between it and the data; [`iwae`](super::iwae) and [`learned_prior`](super::learned_prior) each lift one of
//! the two limits. A third layer, a long warm-up of the KL term and a rate that falls over 5000 steps more than halved what was lost.
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. O. Rybkin, K. Daniilidis, S. Levine,
//! *Simple and Effective VAE Training with Calibrated Decoders*, 2021, arXiv:2006.13202.

use super::{
    Vae,
    method::{LOSSES, VaeMethod},
    prior::Prior,
    settings::{BETA, BOUND_SAMPLES, FREE_BITS, K_SAMPLES, KL_WARMUP, LATENT},
};
use crate::{
    data::Space,
    models::spec::{DensityKind, Family, FieldKind, ModelSpec, Settings, Views},
    nn::{activation::Activation, classes::told_through, dropout::Thinned, gaussian::DiagonalGaussian, mlp::Mlp},
    rng::Rng,
    spec::{
        DEPTH, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::{Schedule, Training, settings},
    },
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// Largest distance of a log-variance from its start. A point that is hit exactly then cannot make the density infinite.
const LOG_VAR_RANGE: f64 = 10.0;

/// Where log-variances start, σ ≈ 0.37 of the data's own. From σ = 1 the decoder explains everything as one Gaussian, and the encoder
/// has nothing to add for the first thousands of steps.
const LOG_VAR_START: f64 = -2.0;

/// Steps over which the KL term sets in. At full weight from the start latents are given up before the decoder has learned to use them, some of
/// them for good.
const WARMUP: f64 = 1000.0;

/// How it learns: the rate falls, because at a constant one the noise of the bound keeps the last hundredths of a nat.
pub(super) const TRAINING: Training = Training {
    learning_rate: 7e-3,
    schedule: Schedule::Cosine,
    schedule_steps: 5000.0,
    clip: 10.0,
    ..Training::DEFAULT
};

/// The registry row.
pub const VAE: ModelSpec = ModelSpec {
    id: "vae",
    family: Family::Vae,
    label: Text { en: "VAE", zh: "VAE" },
    help: Text {
        en: "Squeezes each point into a small fuzzy code and learns to decode it; fresh codes drawn from a Gaussian then decode to new data. One code is drawn for each point at each step, and the KL term sets in over the first 1000 steps.",
        zh: "把每个点压成一小团模糊的编码，再学着还原；之后从高斯分布里随手抽一个编码，就能解出新的数据。每一步给每个点抽一个编码；KL 项在前 1000 步里逐渐加入。",
    },
    formula: r"\log p_\phi(x)\ \ge\ \mathbb E_{q(z|x)}[\log p(x|z)]-\mathrm{KL}(q(z|x)\,\|\,p(z)),\qquad p(z)=\mathcal N(0,I)",
    paper: "Kingma, Welling: Auto-Encoding Variational Bayes",
    year: 2014,
    arxiv: "1312.6114",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Bound,
    losses: LOSSES,
    views: Views {
        fields: &[FieldKind::LogBound],
        walkers: false,
        grid: false,
        latent: true,
    },
    params: settings![
        TRAINING;
        LATENT,
        BETA,
        KL_WARMUP.with_default(WARMUP),
        FREE_BITS,
        K_SAMPLES,
        WIDTH,
        DEPTH.with_default(3.0),
        BOUND_SAMPLES,
        CONDITIONAL,
        CONDITION,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let vae = GaussianVae::of(dim, settings, rng, device);
        VaeMethod::model(vae, settings, device)
    },
};

/// Two perceptrons that output Gaussians.
#[derive(Module, Debug)]
pub struct GaussianVae {
    encoder: Mlp,
    decoder: Mlp,
    prior: Prior,
}

impl GaussianVae {
    /// For `dim`-dimensional data, under the standard prior; encoder and decoder have `depth` hidden layers of `width`.
    pub fn new(dim: usize, latent: usize, width: usize, depth: usize, rng: &mut Rng, device: &Device) -> Self {
        let mut net = |from: usize, to: usize| {
            let sizes = [vec![from], vec![width; depth], vec![2 * to]].concat();
            Mlp::new(&sizes, Activation::Tanh, 1.0, rng, device)
        };
        Self {
            encoder: net(dim, latent),
            decoder: net(latent, dim),
            prior: Prior::standard(latent),
        }
    }

    /// The same, of the size that `settings` say.
    pub(super) fn of(dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let [latent, width, depth] = ["latent", "width", "depth"].map(|id| settings.int(id));
        Self::new(dim, latent, width, depth, rng, device)
    }

    /// The same under another prior over as many latents.
    pub fn with_prior(self, prior: Prior) -> Self {
        Self { prior, ..self }
    }
}

impl Thinned for GaussianVae {}

told_through!(GaussianVae: encoder, decoder);

impl Vae for GaussianVae {
    type Observation = DiagonalGaussian;

    fn prior(&self) -> &Prior {
        &self.prior
    }

    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.encoder.forward(x))
    }

    fn decode(&self, z: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.decoder.forward(z))
    }
}

/// Means from the first half of a network's output, bounded log-variances from the second.
///
/// # Shapes
/// - `out`: `[n, 2 d]`, returns Gaussians over `[n, d]`
pub(super) fn gaussian(out: Tensor<2>) -> DiagonalGaussian {
    let mut halves = out.chunk(2, 1).into_iter(); // 2 of [n, d]
    let mut half = || halves.next().expect("two chunks were asked for");
    let (mu, raw) = (half(), half());
    DiagonalGaussian {
        mu,
        log_var: (raw / LOG_VAR_RANGE).tanh() * LOG_VAR_RANGE + LOG_VAR_START,
    }
}
