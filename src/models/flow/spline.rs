//! Neural spline flow: each layer bends its coordinates by monotone rational-quadratic splines.
//!
//! On the line a layer is one spline. On the plane its first coordinate has a spline of its own and decides, through a network, the spline
//! of the second; the next layer exchanges their roles. So the Jacobian of a layer is triangular and its inverse is in closed form.
//!
//! ```text
//! z₁ = spline(x₁; φ₀)      z₂ = spline(x₂; φ(x₁))      log|det ∂z/∂x| = Σᵢ log dzᵢ/dxᵢ
//! ```
//!
//! References: C. Durkan, A. Bekasov, I. Murray, G. Papamakarios, *Neural Spline Flows*, 2019, arXiv:1906.04032.

use super::{Bijector, FlowMethod, LOSSES, TRAINING, coupling::LAYERS, forward_through, inverse_through};
use crate::{
    models::registry::{DensityKind, Family, FieldKind, ModelSpec, Views},
    nn::{
        mlp::{Activation, Mlp},
        spline::{Spline, raw_size},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
    },
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

const BINS: ParamSpec = ParamSpec {
    id: "bins",
    kind: ParamKind::Int,
    min: 3.0,
    max: 32.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "bins",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Spline bins",
        zh: "样条分段数",
    },
    help: Text {
        en: "Pieces of each spline. More pieces follow sharper edges and take more data to place well.",
        zh: "每条样条的分段数。段越多越能贴合陡边，也要更多数据才放得准。",
    },
};

/// The registry row.
pub const NSF: ModelSpec = ModelSpec {
    id: "nsf",
    family: Family::Flow,
    label: Text {
        en: "Neural spline flow",
        zh: "神经样条流",
    },
    help: Text {
        en: "Re-rules each axis by a smooth rising curve, finer where the data is dense; on the plane one axis decides the curve of the other.",
        zh: "用一条光滑上升的曲线重新给坐标轴刻度，数据密处刻得更细；在平面上，一根轴决定另一根轴的曲线。",
    },
    formula: r"\log p_\phi(x)=\log\mathcal N(f(x);0,I)+\sum_i\log f_i'(x_i)",
    paper: "Durkan, Bekasov, Murray, Papamakarios: Neural Spline Flows",
    year: 2019,
    arxiv: "1906.04032",
    dims: &[1, 2],
    density: DensityKind::Exact,
    losses: LOSSES,
    views: Views {
        fields: &[FieldKind::LogDensity],
        walkers: false,
        grid: true,
        latent: false,
    },
    params: settings![
        Training {
            learning_rate: 2e-3,
            ..TRAINING
        };
        LAYERS.with_default(3.0),
        BINS,
        WIDTH,
        DEPTH,
    ],
    build: |dim, settings, rng, device| {
        let hidden = vec![settings.int("width"); settings.int("depth")];
        let flow = SplineFlow::new(dim, settings.int("layers"), settings.int("bins"), &hidden, rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// Spread of the initial raw numbers of the splines: small, so that each begins near the identity.
const RAW_SPREAD: f64 = 0.1;

/// A stack of spline layers on the line or on the plane.
#[derive(Module, Debug)]
pub struct SplineFlow {
    layers: Vec<SplineLayer>,
}

impl SplineFlow {
    /// `layers` layers of splines of `bins` bins whose networks have the `hidden` widths.
    pub fn new(dim: usize, layers: usize, bins: usize, hidden: &[usize], rng: &mut Rng, device: &Device) -> Self {
        let layers = (0..layers)
            .map(|i| SplineLayer::new(dim, bins, hidden, i % 2 == 1, rng, device))
            .collect();
        Self { layers }
    }
}

impl Bijector for SplineFlow {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        forward_through(&self.layers, x)
    }

    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        inverse_through(self.layers.iter(), z)
    }
}

/// One spline a coordinate; on the plane the leading one decides the other's.
#[derive(Module, Debug)]
struct SplineLayer {
    leading: Param<Tensor<2>>, // [1, raw]
    follower: Option<Mlp>,     // [n, 1] -> [n, raw]
    #[module(skip)]
    second_leads: bool,
    #[module(skip)]
    bins: usize,
}

impl SplineLayer {
    fn new(dim: usize, bins: usize, hidden: &[usize], second_leads: bool, rng: &mut Rng, device: &Device) -> Self {
        assert!(
            dim == 1 || dim == 2,
            "a spline layer acts on the line or on the plane, not on {dim} dimensions"
        );
        let raw = raw_size(bins);
        let leading = Param::from_tensor(rng.normal_tensor([1, raw], device) * RAW_SPREAD);
        let sizes = [vec![1], hidden.to_vec(), vec![raw]].concat();
        let follower = (dim == 2).then(|| Mlp::new(&sizes, Activation::Silu, 0.1, rng, device));
        Self {
            leading,
            follower,
            second_leads,
            bins,
        }
    }

    fn leading_spline(&self, rows: usize) -> Spline {
        Spline::new(self.leading.val().expand([rows, raw_size(self.bins)]), self.bins)
    }

    fn following_spline(&self, net: &Mlp, leader: Tensor<2>) -> Spline {
        Spline::new(net.forward(leader), self.bins)
    }

    /// (leader, follower), each `[n, 1]`; [`SplineLayer::join`] undoes it.
    fn split(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let leads = usize::from(self.second_leads);
        (x.clone().narrow(1, leads, 1), x.narrow(1, 1 - leads, 1))
    }

    fn join(&self, leader: Tensor<2>, follower: Tensor<2>) -> Tensor<2> {
        Tensor::cat(
            if self.second_leads {
                vec![follower, leader]
            } else {
                vec![leader, follower]
            },
            1,
        )
    }
}

impl Bijector for SplineLayer {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [n, _] = x.dims();
        let Some(net) = &self.follower else {
            let (z, log_slope) = self.leading_spline(n).forward(x);
            return (z, log_slope.squeeze_dim(1));
        };
        let (leader, follower) = self.split(x);
        let (z1, log_slope1) = self.leading_spline(n).forward(leader.clone());
        let (z2, log_slope2) = self.following_spline(net, leader).forward(follower);
        (self.join(z1, z2), (log_slope1 + log_slope2).squeeze_dim(1))
    }

    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [n, _] = z.dims();
        let Some(net) = &self.follower else {
            let (x, log_slope) = self.leading_spline(n).inverse(z);
            return (x, log_slope.squeeze_dim(1));
        };
        let (z1, z2) = self.split(z);
        let (leader, log_slope1) = self.leading_spline(n).inverse(z1);
        let (follower, log_slope2) = self.following_spline(net, leader.clone()).inverse(z2);
        (self.join(leader, follower), (log_slope1 + log_slope2).squeeze_dim(1))
    }
}
