//! RealNVP: affine couplings on the plane, alternating which coordinate moves.
//!
//! ```text
//! x = (a, b)        z = (a, b · exp s(a) + t(a))        log|det ∂z/∂x| = Σ s(a)
//! ```
//!
//! After every second coupling the plane is turned by 45°, so that the next two slide along other directions: without it runs from some
//! seeds stop far from the data.
//!
//! References: L. Dinh, J. Sohl-Dickstein, S. Bengio, *Density estimation using Real NVP*, 2017, arXiv:1605.08803.

use super::{
    LOSSES, TRAINING, VIEWS,
    conditioner::Size,
    coupling::Coupling,
    method::FlowMethod,
    monotone::Monotone,
    plane::{Lead, Turn},
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
pub const REALNVP: ModelSpec = ModelSpec {
    id: "realnvp",
    family: Family::Flow,
    label: Text {
        en: "RealNVP",
        zh: "RealNVP",
    },
    help: Text {
        en: "Slides one coordinate by an amount the other decides, again and again, until the data looks like a Gaussian; every step can be undone.",
        zh: "让一个坐标按另一个坐标决定的量滑动，反复多次，直到数据看起来像高斯分布；每一步都能原样退回。",
    },
    formula: r"\log p_\phi(x)=\log\mathcal N(f(x);0,I)+\sum_i s_i",
    paper: "Dinh, Sohl-Dickstein, Bengio: Density estimation using Real NVP",
    year: 2017,
    arxiv: "1605.08803",
    dims: &[2],
    discrete: false,
    density: DensityKind::Exact,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 5e-3,
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
        let flow = realnvp(settings.int("layers"), Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// `layers` affine couplings, two and two with a turn between.
pub fn realnvp(layers: usize, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    Stack::interleaved(
        layers,
        |i| Piece::Coupling(Coupling::new(Monotone::Affine, Lead::alternating(i), size, rng, device)),
        |i| (i % 2 == 1).then_some(Piece::Turn(Turn::eighth(device))),
    )
}
