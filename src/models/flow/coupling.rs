//! Affine coupling, and RealNVP, the flow that stacks it.
//!
//! A coupling moves one half of the coordinates by a scale and a shift that the other half decides, so it inverts in closed form and its
//! Jacobian is triangular.
//!
//! ```text
//! x = (a, b)        z = (a, b · exp s(a) + t(a))        log|det ∂z/∂x| = Σ s(a)
//! ```
//!
//! References: L. Dinh, J. Sohl-Dickstein, S. Bengio, *Density estimation using Real NVP*, 2017, arXiv:1605.08803.

use super::{Bijector, FlowMethod, LOSSES, TRAINING};
use crate::{
    models::registry::{DensityKind, Family, FieldKind, ModelSpec, Views},
    nn::{
        fourier::FourierFeatures,
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
use std::f64::consts::FRAC_1_SQRT_2;

/// Largest |s|: keeps a layer from stretching by more than e² while training is wild.
const LOG_SCALE_MAX: f64 = 2.0;

/// Gain of the last layer at the start: the flow begins gently, not far from a turned Gaussian.
const HEAD_GAIN: f64 = 0.5;

/// How many layers a flow stacks.
pub(super) const LAYERS: ParamSpec = ParamSpec {
    id: "layers",
    kind: ParamKind::Int,
    min: 1.0,
    max: 16.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "layers",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Flow layers",
        zh: "流的层数",
    },
    help: Text {
        en: "How many invertible layers are stacked. Each can be undone exactly; more of them fold the data more finely.",
        zh: "叠加多少个可逆层。每层都能精确退回；层数越多，折叠越精细。",
    },
};

const FEATURES: ParamSpec = ParamSpec {
    id: "features",
    kind: ParamKind::Int,
    min: 0.0,
    max: 32.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "waves",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Fourier features",
        zh: "傅里叶特征数",
    },
    help: Text {
        en: "Waves through which each layer sees the coordinate that stays. With none the layers bend too gently to pull clusters apart.",
        zh: "每层借助多少个波来看不动的那个坐标。设为 0 时，弯折太平缓，分不开一团一团的数据。",
    },
};

/// Standard deviation of the waves' frequencies, in radians per standardised unit: a wave then turns a few times over the data.
const FREQUENCY: f64 = 3.0;

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
            learning_rate: 5e-3,
            ..TRAINING
        };
        LAYERS,
        FEATURES,
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |dim, settings, rng, device| {
        let hidden = vec![settings.int("width"); settings.int("depth")];
        let flow = RealNvp::new(settings.int("layers"), settings.int("features"), &hidden, rng, device);
        FlowMethod::model(flow, dim, settings.training(), device)
    },
};

/// A stack of affine couplings on the plane, alternating which coordinate moves. After every second one the plane is turned by 45°, so
/// that the next two slide along other directions: without it runs from some seeds stop far from the data.
#[derive(Module, Debug)]
pub struct RealNvp {
    couplings: Vec<Coupling>,
}

impl RealNvp {
    /// `layers` couplings whose networks have the `hidden` widths and see the staying coordinate through `features` waves.
    pub fn new(layers: usize, features: usize, hidden: &[usize], rng: &mut Rng, device: &Device) -> Self {
        Self {
            couplings: (0..layers)
                .map(|i| Coupling::new(features, hidden, i % 2 == 1, rng, device))
                .collect(),
        }
    }

    /// Whether the plane is turned after coupling `index`.
    fn turns_after(&self, index: usize) -> bool {
        index % 2 == 1 && index + 1 < self.couplings.len()
    }
}

/// Turns points `[n, 2]` by 45°, against the clock for `sign` 1 and back for −1. Volumes stay, so log|det| is 0.
fn turn(x: Tensor<2>, sign: f64) -> Tensor<2> {
    let (first, second) = (x.clone().narrow(1, 0, 1), x.narrow(1, 1, 1));
    let rotated = vec![first.clone() - second.clone() * sign, first * sign + second];
    Tensor::cat(rotated, 1) * FRAC_1_SQRT_2
}

impl Bijector for RealNvp {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let log_det = Tensor::zeros([x.dims()[0]], &x.device());
        self.couplings
            .iter()
            .enumerate()
            .fold((x, log_det), |(x, sum), (i, coupling)| {
                let (z, log_det) = coupling.forward_and_log_det(x);
                (if self.turns_after(i) { turn(z, 1.0) } else { z }, sum + log_det)
            })
    }

    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let log_det = Tensor::zeros([z.dims()[0]], &z.device());
        self.couplings
            .iter()
            .enumerate()
            .rev()
            .fold((z, log_det), |(z, sum), (i, coupling)| {
                let (x, log_det) = coupling.inverse_and_log_det(if self.turns_after(i) { turn(z, -1.0) } else { z });
                (x, sum + log_det)
            })
    }
}

/// One affine coupling: the coordinate that stays decides how the other moves.
#[derive(Module, Debug)]
struct Coupling {
    waves: Option<FourierFeatures>,
    net: Mlp,
    #[module(skip)]
    moves_first: bool,
}

impl Coupling {
    fn new(features: usize, hidden: &[usize], moves_first: bool, rng: &mut Rng, device: &Device) -> Self {
        let waves = (features > 0).then(|| FourierFeatures::new(1, features, FREQUENCY, rng, device));
        let input = waves.as_ref().map_or(1, FourierFeatures::output_size);
        let sizes = [vec![input], hidden.to_vec(), vec![2]].concat();
        Self {
            waves,
            net: Mlp::new(&sizes, Activation::Silu, HEAD_GAIN, rng, device),
            moves_first,
        }
    }

    /// Log-scale s and shift t, each `[n, 1]`, from the coordinate that stays, `[n, 1]`.
    fn scale_and_shift(&self, stays: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let seen = match &self.waves {
            Some(waves) => waves.forward(stays), // [n, 1 + 2 features]
            None => stays,
        };
        let out = self.net.forward(seen); // [n, 2]
        (out.clone().narrow(1, 0, 1).tanh() * LOG_SCALE_MAX, out.narrow(1, 1, 1))
    }

    /// (stays, moves), each `[n, 1]`; [`Coupling::join`] undoes it.
    fn split(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let moves = usize::from(!self.moves_first);
        (x.clone().narrow(1, 1 - moves, 1), x.narrow(1, moves, 1))
    }

    fn join(&self, stays: Tensor<2>, moved: Tensor<2>) -> Tensor<2> {
        Tensor::cat(
            if self.moves_first {
                vec![moved, stays]
            } else {
                vec![stays, moved]
            },
            1,
        )
    }
}

impl Bijector for Coupling {
    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (stays, moves) = self.split(x);
        let (s, t) = self.scale_and_shift(stays.clone());
        (self.join(stays, moves * s.clone().exp() + t), s.squeeze_dim(1))
    }

    fn inverse_and_log_det(&self, z: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (stays, moved) = self.split(z);
        let (s, t) = self.scale_and_shift(stays.clone());
        (
            self.join(stays, (moved - t) * s.clone().neg().exp()),
            s.neg().squeeze_dim(1),
        )
    }
}
