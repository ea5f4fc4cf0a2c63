//! The registry row of the VQ-VAE.

use super::{
    Quantizing, Size, VectorQuantized,
    settings::{CODES, COMMITMENT},
};
use crate::{
    data::Space,
    models::{
        one_player::OnePlayer,
        spec::{DensityKind, Family, FieldKind, LossSpec, ModelSpec, Views},
        vae::settings::LATENT,
    },
    spec::{
        DEPTH, Text, WIDTH,
        training::{Training, settings},
    },
};

/// The registry row.
pub const VQ_VAE: ModelSpec = ModelSpec {
    id: "vq-vae",
    family: Family::Vae,
    label: Text {
        en: "VQ-VAE",
        zh: "VQ-VAE",
    },
    help: Text {
        en: "Each point must choose one of a few learned codes, and each code decodes to a small Gaussian blob. Counting how often codes are chosen makes it a mixture whose density is exact.",
        zh: "每个点必须从学到的几个码字里选一个，每个码字解成一小团高斯分布。数一数各码字被选的次数，就得到一个密度精确可算的混合模型。",
    },
    formula: r"p_\phi(x)=\sum_{k=1}^{K}\pi_k\,p(x|e_k),\qquad \mathcal L=-\log p(x|e_k)+\|\mathrm{sg}[z]-e_k\|^2+\beta\,\|z-\mathrm{sg}[e_k]\|^2,\ k=k(x)",
    paper: "van den Oord, Vinyals, Kavukcuoglu: Neural Discrete Representation Learning",
    year: 2017,
    arxiv: "1711.00937",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Exact,
    losses: &[
        LossSpec {
            id: "loss",
            label: Text {
                en: "Loss = reconstruction + codebook + β·commitment",
                zh: "损失 = 重建 + 码本 + β·承诺",
            },
        },
        LossSpec {
            id: "reconstruction",
            label: Text {
                en: "Reconstruction −log P(x|e) (nats)",
                zh: "重建误差 −log P(x|e)（纳特）",
            },
        },
        LossSpec {
            id: "codebook",
            label: Text {
                en: "Codebook |sg[z] − e|²",
                zh: "码本项 |sg[z] − e|²",
            },
        },
        LossSpec {
            id: "commitment",
            label: Text {
                en: "Commitment |z − sg[e]|²",
                zh: "承诺项 |z − sg[e]|²",
            },
        },
    ],
    views: Views {
        fields: &[FieldKind::LogDensity],
        walkers: false,
        grid: false,
        latent: true,
    },
    params: settings![
        Training {
            learning_rate: 3e-3,
            ..Training::DEFAULT
        };
        CODES,
        LATENT,
        COMMITMENT,
        WIDTH,
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let size = Size {
            latent: settings.int("latent"),
            codes: settings.int("codes"),
            width: settings.int("width"),
            depth: settings.int("depth"),
        };
        let net = VectorQuantized::new(dim, size, rng, device);
        let method = Quantizing::new(size.codes, settings.float(COMMITMENT.id), device);
        Box::new(OnePlayer::new(net, method, settings.training()))
    },
};
