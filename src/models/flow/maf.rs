//! Masked autoregressive flow: each coordinate is shifted and scaled by what the earlier ones decide, and then the order is reversed.
//!
//! ```text
//! zᵢ = xᵢ · exp sᵢ(x₁ … xᵢ₋₁) + tᵢ(x₁ … xᵢ₋₁)        log|det ∂z/∂x| = Σᵢ sᵢ
//! ```
//!
//! The density of data takes one pass of each network; a sample takes one for each coordinate. On the plane two orders are all there are, so
//! a turn by 45° takes the place of every second reversal, as in RealNVP.
//!
//! References: G. Papamakarios, T. Pavlakou, I. Murray, *Masked Autoregressive Flow for Density Estimation*, 2017, arXiv:1705.07057.

use super::{
    LOSSES, TRAINING, VIEWS,
    autoregressive::Autoregressive,
    conditioner::Size,
    method::FlowMethod,
    monotone::Monotone,
    plane::{Reverse, Turn},
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
pub const MAF: ModelSpec = ModelSpec {
    id: "maf",
    family: Family::Flow,
    label: Text {
        en: "Masked autoregressive flow",
        zh: "掩码自回归流",
    },
    help: Text {
        en: "In each layer a coordinate is shifted and stretched by what the earlier ones say, then the order turns round. Densities are quick, one pass; samples are drawn coordinate by coordinate.",
        zh: "每一层里，一个坐标怎样平移、拉伸由排在它前面的坐标决定，然后把次序倒过来。算密度快，一遍即可；采样要一个坐标接一个坐标地来。",
    },
    formula: r"z_i=x_i\,e^{s_i(x_{<i})}+t_i(x_{<i}),\quad\log p_\phi(x)=\log\mathcal N(z;0,I)+\sum_i s_i",
    paper: "Papamakarios, Pavlakou, Murray: Masked Autoregressive Flow for Density Estimation",
    year: 2017,
    arxiv: "1705.07057",
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
        let flow = maf(dim, settings.int("layers"), Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// `layers` masked affine layers with what mixes coordinates [`between`] them.
pub fn maf(dim: usize, layers: usize, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    Stack::interleaved(
        layers,
        |_| Piece::Autoregressive(Autoregressive::new(dim, Monotone::Affine, size, rng, device)),
        |i| Some(between(dim, i, device)),
    )
}

/// What follows affine layer `index`: a reversal, or on the plane every second time a turn.
pub(super) fn between(dim: usize, index: usize, device: &Device) -> Piece {
    match dim {
        2 if index % 2 == 1 => Piece::Turn(Turn::eighth(device)),
        _ => Piece::Reverse(Reverse),
    }
}
