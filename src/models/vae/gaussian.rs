//! The Gaussian VAE: encoder and decoder are perceptrons that output a mean and a log-variance per coordinate.
//!
//! ```text
//! q(z|x) = N(mu(x), exp log_var(x))      p(x|z) = N(mu(z), exp log_var(z))
//! ```
//!
//! The decoder learns how far its guesses may be off: with a fixed variance the bound would say more about that choice than about the
//! data. The units saturate (tanh), because clusters want a decoder with plateaus: on 8gaussians the bound came six times closer to the truth than with SiLU.
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114. O. Rybkin, K. Daniilidis, S. Levine,
//! *Simple and Effective VAE Training with Calibrated Decoders*, 2021, arXiv:2006.13202.

use super::{LOSSES, Vae, VaeMethod, VaeSettings};
use crate::{
    models::registry::{DensityKind, Family, FieldKind, ModelSpec, Views},
    nn::{
        gaussian::DiagonalGaussian,
        mlp::{Activation, Mlp},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
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

const LATENT: ParamSpec = ParamSpec {
    id: "latent",
    kind: ParamKind::Int,
    min: 1.0,
    max: 8.0,
    default: 2.0,
    scale: Scale::Linear,
    unit: "dimensions",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Latent size",
        zh: "隐变量维数",
    },
    help: Text {
        en: "Numbers that the encoder may keep of each point. One forces the plane onto a curve; with two the latent plane can be drawn; the model leaves unused what it does not need.",
        zh: "编码器为每个点保留几个数。只留一个，平面就被压成一条曲线；留两个，可以把隐空间画出来；用不上的维度，模型会自己闲置。",
    },
};

const BETA: ParamSpec = ParamSpec {
    id: "beta",
    kind: ParamKind::Float,
    min: 0.0,
    max: 10.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text { en: "β", zh: "β" },
    help: Text {
        en: "Weight of the KL term. At 1 the loss is the bound itself. Larger: latents crowd together until the decoder ignores them; near 0: an autoencoder, whose samples miss the data.",
        zh: "KL 项的权重。取 1 时损失就是下界本身。调大，隐变量挤成一团，解码器渐渐不理它们；接近 0，就退化成自编码器，采样会落到数据之外。",
    },
};

const K_SAMPLES: ParamSpec = ParamSpec {
    id: "k_samples",
    kind: ParamKind::Int,
    min: 1.0,
    max: 32.0,
    default: 8.0,
    scale: Scale::Log,
    unit: "latents",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Training samples K",
        zh: "训练采样数 K",
    },
    help: Text {
        en: "Latents drawn per point in the loss. 1 is the original bound; more of them tighten it, so the model fits better while the encoder grows vaguer and steps slow down.",
        zh: "损失里每个点抽几个隐变量。取 1 就是最初的下界；多抽几个，下界更紧、拟合更好，但编码器会变得更含糊，每步也更慢。",
    },
};

const BOUND_SAMPLES: ParamSpec = ParamSpec {
    id: "bound_samples",
    kind: ParamKind::Int,
    min: 1.0,
    max: 500.0,
    default: 64.0,
    scale: Scale::Log,
    unit: "latents",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Bound samples",
        zh: "下界采样数",
    },
    help: Text {
        en: "Latents averaged per point when the density is drawn or measured. Training does not change; more of them lift the bound towards the true density and make the picture slower.",
        zh: "画密度、量密度时，每个点平均多少个隐变量。它不影响训练；越多，下界越贴近真实密度，画面也越慢。",
    },
};

/// The registry row.
pub const VAE: ModelSpec = ModelSpec {
    id: "vae",
    family: Family::Vae,
    label: Text { en: "VAE", zh: "VAE" },
    help: Text {
        en: "Squeezes each point into a small fuzzy code and learns to decode it; fresh codes drawn from a Gaussian then decode to new data.",
        zh: "把每个点压成一小团模糊的编码，再学着还原；之后从高斯分布里随手抽一个编码，就能解出新的数据。",
    },
    formula: r"\log p_\phi(x)\ \ge\ \mathbb E_{z_k\sim q}\Big[\log\tfrac1K\sum_{k=1}^{K}\tfrac{p(x|z_k)\,p(z_k)}{q(z_k|x)}\Big]\ \overset{K=1}{=}\ \mathbb E_q[\log p(x|z)]-\mathrm{KL}(q(z|x)\,\|\,p(z))",
    paper: "Kingma, Welling: Auto-Encoding Variational Bayes",
    year: 2014,
    arxiv: "1312.6114",
    dims: &[1, 2],
    density: DensityKind::Bound,
    losses: LOSSES,
    views: Views {
        fields: &[FieldKind::LogBound],
        walkers: false,
        grid: false,
        latent: true,
    },
    params: settings![
        Training {
            learning_rate: 7e-3,
            batch: 128.0,
            clip: 10.0,
            ..Training::DEFAULT
        };
        LATENT,
        BETA,
        K_SAMPLES,
        WIDTH,
        DEPTH,
        BOUND_SAMPLES,
    ],
    build: |dim, settings, rng, device| {
        let latent = settings.int("latent");
        let vae = GaussianVae::new(dim, latent, settings.int("width"), settings.int("depth"), rng, device);
        let bound = VaeSettings {
            latent,
            beta: settings.float("beta"),
            k_samples: settings.int("k_samples"),
            bound_samples: settings.int("bound_samples"),
        };
        VaeMethod::model(vae, bound, settings.training(), device)
    },
};

/// Two perceptrons that output Gaussians.
#[derive(Module, Debug)]
pub struct GaussianVae {
    encoder: Mlp,
    decoder: Mlp,
}

impl GaussianVae {
    /// For `dim`-dimensional data; encoder and decoder have `depth` hidden layers of `width`.
    pub fn new(dim: usize, latent: usize, width: usize, depth: usize, rng: &mut Rng, device: &Device) -> Self {
        let mut net = |from: usize, to: usize| {
            let sizes = [vec![from], vec![width; depth], vec![2 * to]].concat();
            Mlp::new(&sizes, Activation::Tanh, 1.0, rng, device)
        };
        Self {
            encoder: net(dim, latent),
            decoder: net(latent, dim),
        }
    }
}

impl Vae for GaussianVae {
    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.encoder.forward(x))
    }

    fn decode(&self, z: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.decoder.forward(z))
    }
}

/// Means from the first half of a network's output `[n, 2 d]`, bounded log-variances from the second.
fn gaussian(out: Tensor<2>) -> DiagonalGaussian {
    let mut halves = out.chunk(2, 1).into_iter(); // 2 of [n, d]
    let mut half = || halves.next().expect("two chunks were asked for");
    let (mu, raw) = (half(), half());
    DiagonalGaussian {
        mu,
        log_var: (raw / LOG_VAR_RANGE).tanh() * LOG_VAR_RANGE + LOG_VAR_START,
    }
}
