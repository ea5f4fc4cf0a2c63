//! The settings of a codebook.

use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text};

/// Vectors in the codebook.
pub const CODES: ParamSpec = ParamSpec {
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
pub const COMMITMENT: ParamSpec = ParamSpec {
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
