//! NICE: additive couplings, which keep every volume, and one stretching of the axes at the end.
//!
//! ```text
//! x = (a, b)        z = (a, b + t(a))        last: z = x · exp s        log|det ∂z/∂x| = Σᵢ sᵢ, the same everywhere
//! ```
//!
//! Since a shift makes no place denser than another, the density's heights are a Gaussian's: it can be bent to any shape and not torn.
//!
//! References: L. Dinh, D. Krueger, Y. Bengio, *NICE: Non-linear Independent Components Estimation*, 2014, arXiv:1410.8516.

use super::{
    LOSSES, TRAINING, VIEWS,
    conditioner::Size,
    coupling::Coupling,
    elementwise::Elementwise,
    method::FlowMethod,
    monotone::Monotone,
    plane::Lead,
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
pub const NICE: ModelSpec = ModelSpec {
    id: "nice",
    family: Family::Flow,
    label: Text { en: "NICE", zh: "NICE" },
    help: Text {
        en: "Only shears the plane: each coordinate is moved by what the other says and never stretched, so volumes stay as they are. Compare with RealNVP to see what stretching adds.",
        zh: "只做剪切：每个坐标按另一个坐标的指示平移，从不拉伸，因此体积处处不变。和 RealNVP 比一比，就能看出拉伸带来了什么。",
    },
    formula: r"\log p_\phi(x)=\log\mathcal N(f(x);0,I)+\sum_i s_i,\quad s\ \text{constant}",
    paper: "Dinh, Krueger, Bengio: NICE: Non-linear Independent Components Estimation",
    year: 2014,
    arxiv: "1410.8516",
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
        let flow = nice(settings.int("layers"), Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// `layers` additive couplings and the diagonal that ends them.
fn nice(layers: usize, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    let diagonal = Piece::Elementwise(Elementwise::new(2, Monotone::Scale, rng, device));
    Stack::interleaved(
        layers,
        |i| Piece::Coupling(Coupling::new(Monotone::Shift, Lead::alternating(i), size, rng, device)),
        |_| None,
    )
    .then(diagonal)
}
