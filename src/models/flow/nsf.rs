//! Neural spline flows: layers that bend coordinates by monotone rational-quadratic splines, as couplings or autoregressively.
//!
//! On the line a layer is one spline. In a coupling on the plane one coordinate has a spline of its own and decides, through a network, the
//! spline of the other; the next layer exchanges their roles. Over pixels a layer is autoregressive: each coordinate's spline is decided by all
//! earlier ones, and then the order is reversed. With two coordinates that is the coupling again, so it has no row of its own on the plane.
//!
//! ```text
//! z₁ = spline(x₁; φ₀)      zᵢ = spline(xᵢ; φᵢ(x₁ … xᵢ₋₁))      log|det ∂z/∂x| = Σᵢ log dzᵢ/dxᵢ
//! ```
//!
//! References: C. Durkan, A. Bekasov, I. Murray, G. Papamakarios, *Neural Spline Flows*, 2019, arXiv:1906.04032.

use super::{
    LOSSES, TRAINING, VIEWS,
    autoregressive::Autoregressive,
    conditioner::Size,
    coupling::Coupling,
    elementwise::Elementwise,
    method::FlowMethod,
    monotone::Monotone,
    plane::{Lead, Reverse},
    settings::{BINS, FEATURES, LAYERS},
    stack::{Piece, Stack},
};
use crate::{
    data::Space,
    models::spec::{DensityKind, Family, ModelSpec, Views},
    rng::Rng,
    spec::{
        DEPTH, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::{Optimizer, Training, settings},
    },
};
use burn::tensor::Device;

/// The registry row of the couplings on the plane and the splines on the line.
pub const NSF: ModelSpec = ModelSpec {
    id: "nsf",
    family: Family::Flow,
    label: Text {
        en: "Neural spline flow",
        zh: "神经样条流",
    },
    help: Text {
        en: "Re-rules each axis by a smooth rising curve, finer where the data is dense. On the plane one axis decides the curve of the other, through a network; on the line there is one curve a layer and no network.",
        zh: "用一条光滑上升的曲线重新给坐标轴刻度，数据密处刻得更细。在平面上，一根轴通过网络决定另一根轴的曲线；在直线上，每层只有一条曲线，没有网络。",
    },
    formula: r"\log p_\phi(x)=\log\mathcal N(f(x);0,I)+\sum_i\log f_i'(x_i)",
    paper: "Durkan, Bekasov, Murray, Papamakarios: Neural Spline Flows",
    year: 2019,
    arxiv: "1906.04032",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Exact,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 6e-3,
            ..TRAINING
        };
        LAYERS.with_default(3.0),
        BINS,
        FEATURES,
        WIDTH,
        DEPTH,
        CONDITIONAL,
        CONDITION,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let map = Monotone::Spline {
            bins: settings.int("bins"),
        };
        let flow = couplings(dim, settings.int("layers"), map, Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// The registry row of the autoregressive layers over pixels.
pub const NSF_PIXELS: ModelSpec = ModelSpec {
    id: "nsf-pixels",
    label: Text {
        en: "Neural spline flow over pixels",
        zh: "像素神经样条流",
    },
    help: Text {
        en: "Spreads every grey level over an interval of its own, then bends pixel after pixel into a Gaussian, each by a curve that the earlier ones decide. What it says of a picture is a lower bound on its probability.",
        zh: "先把每级灰度摊开到各自的一小段区间上，再把像素一个接一个弯成高斯分布，每条曲线由前面的像素决定。它给一幅图的密度，是这幅图概率的下界。",
    },
    formula: r"z_i=f(x_i;\phi_i(x_{<i})),\quad\log p_\phi(x)=\log\mathcal N(z;0,I)+\sum_i\log f'(x_i;\phi_i)",
    dims: &[64],
    views: Views::NONE,
    params: settings![
        Training {
            learning_rate: 2e-3,
            batch: 64.0,
            optimizer: Optimizer::AdamW,
            weight_decay: 0.3,
            ..TRAINING
        };
        LAYERS.with_default(2.0),
        BINS,
        FEATURES.with_default(0.0),
        WIDTH.with_default(256.0),
        DEPTH.with_default(1.0),
        CONDITIONAL,
        CONDITION,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let map = Monotone::Spline {
            bins: settings.int("bins"),
        };
        let flow = autoregressive(dim, settings.int("layers"), map, Size::of(settings), rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
    ..NSF
};

/// `layers` spline couplings on the plane, exchanging who leads, or as many splines on the line.
pub fn couplings(dim: usize, layers: usize, map: Monotone, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    assert!(
        dim == 1 || dim == 2,
        "a spline coupling acts on the line or on the plane, not on {dim} dimensions"
    );
    let layer = |i| match dim {
        1 => Piece::Elementwise(Elementwise::new(1, map, rng, device)),
        _ => Piece::Coupling(Coupling::of_both(map, Lead::alternating(i), size, rng, device)),
    };
    Stack::interleaved(layers, layer, |_| None)
}

/// `layers` masked spline layers with a reversal between each two.
fn autoregressive(dim: usize, layers: usize, map: Monotone, size: Size, rng: &mut Rng, device: &Device) -> Stack {
    Stack::interleaved(
        layers,
        |_| Piece::Autoregressive(Autoregressive::new(dim, map, size, rng, device)),
        |_| (dim > 1).then_some(Piece::Reverse(Reverse)),
    )
}
