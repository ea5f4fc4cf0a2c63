//! The registry row of the VQ-VAE and its own settings.

use super::{Quantizing, Size, VectorQuantized};
use crate::{
    data::Space,
    models::{
        one_player::OnePlayer,
        spec::{DensityKind, Family, FieldKind, LossSpec, ModelSpec, Views},
        vae::settings::LATENT,
    },
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
    },
};

const CODES: ParamSpec = ParamSpec {
    id: "codes",
    kind: ParamKind::Int,
    min: 2.0,
    max: 256.0,
    default: 64.0,
    scale: Scale::Log,
    unit: "codes",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Codes",
        zh: "码本大小",
    },
    help: Text {
        en: "Vectors in the codebook. Each becomes one Gaussian blob of the density: with 2 the model has only two blobs, with many it can lay a chain of small ones along a curve.",
        zh: "码本里有多少个向量。每个向量对应密度里的一个高斯团：只有 2 个就只能画两团，多了就能沿着曲线排出一串小团。",
    },
};

/// The paper found β between 0.1 and 2 alike.
pub(super) const COMMITMENT: ParamSpec = ParamSpec {
    id: "commitment",
    kind: ParamKind::Float,
    min: 0.0,
    max: 5.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Commitment β",
        zh: "承诺权重 β",
    },
    help: Text {
        en: "How strongly the encoder is held to the code it chose. At 0 its outputs may run away from the codebook, which has to chase them; large values make it slow to change its mind.",
        zh: "编码器被拉向所选码字的力度。取 0，编码器的输出可能越跑越远，码本只能在后面追；太大，编码器就很难改选别的码字。",
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
