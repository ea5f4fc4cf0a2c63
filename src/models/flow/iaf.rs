//! Inverse autoregressive flow: the same layers as a masked autoregressive flow, run backwards.
//!
//! ```text
//! xᵢ = zᵢ · exp sᵢ(z₁ … zᵢ₋₁) + tᵢ(z₁ … zᵢ₋₁)        log|det ∂z/∂x| = −Σᵢ sᵢ
//! ```
//!
//! A sample takes one pass of each network. The density of data takes one for each coordinate, since zᵢ needs the earlier latents: the price
//! of quick samples, and two passes on the plane.
//!
//! References: D. Kingma, T. Salimans, R. Jozefowicz, X. Chen, I. Sutskever, M. Welling, *Improving Variational Inference with Inverse
//! Autoregressive Flow*, 2016, arXiv:1606.04934.

use super::{
    LOSSES, TRAINING, VIEWS,
    autoregressive::{Autoregressive, Inverted},
    conditioner::Size,
    maf::between,
    method::FlowMethod,
    monotone::Monotone,
    settings::{FEATURES, LAYERS},
    stack::{Piece, Stack},
};
use crate::{
    data::Space,
    models::spec::{DensityKind, Family, ModelSpec},
    rng::Rng,
    spec::{
        DEPTH, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::{Training, settings},
    },
};
use burn::tensor::Device;

/// The registry row.
pub const IAF: ModelSpec = ModelSpec {
    id: "iaf",
    family: Family::Flow,
    label: Text {
        en: "Inverse autoregressive flow",
        zh: "逆自回归流",
    },
    help: Text {
        en: "A masked autoregressive flow run backwards: earlier latents decide how the next is shifted and stretched into data. Samples come in one pass; densities now go coordinate by coordinate.",
        zh: "把掩码自回归流反过来用：排在前面的隐变量决定下一个怎样平移、拉伸成数据。采样一遍即可；算密度反而要一个坐标接一个坐标地来。",
    },
    formula: r"x_i=z_i\,e^{s_i(z_{<i})}+t_i(z_{<i}),\quad\log p_\phi(x)=\log\mathcal N(z;0,I)-\sum_i s_i",
    paper: "Kingma, Salimans, Jozefowicz, Chen, Sutskever, Welling: Improving Variational Inference with Inverse Autoregressive Flow",
    year: 2016,
    arxiv: "1606.04934",
    dims: &[2],
    discrete: false,
    density: DensityKind::Exact,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 3e-3,
            ..TRAINING
        };
        LAYERS,
        FEATURES,
        WIDTH.with_default(32.0),
        DEPTH,
        CONDITIONAL,
        CONDITION,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let flow = iaf(dim, settings.int("layers"), Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// `layers` inverted masked affine layers, mixed as those of a masked autoregressive flow.
fn iaf(dim: usize, layers: usize, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    Stack::interleaved(
        layers,
        |_| {
            let layer = Autoregressive::new(dim, Monotone::Affine, size, rng, device);
            Piece::InverseAutoregressive(Inverted::new(layer))
        },
        |i| Some(between(dim, i, device)),
    )
}
