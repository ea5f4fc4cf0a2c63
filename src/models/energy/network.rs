//! The network behind every energy here: a Gaussian bowl, tilted by a perceptron on Fourier features.
//!
//! ```text
//! E(x) = |x|² / 2s² − net(φ(x))
//! ```
//!
//! Beside |x|² the net grows at most linearly, so Z is finite whatever the weights. Without the waves φ a smooth perceptron stops at a
//! ring on data with eight modes.
//!
//! References: M. Tancik et al., *Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains*, 2020,
//! arXiv:2006.10739.

use super::{Energy, score_matching::SmoothEnergy};
use crate::{
    models::spec::Settings,
    nn::{activation::Activation, classes::told_through, fourier::FourierFeatures, jet::Jet, mlp::Mlp},
    rng::Rng,
    spec::{Group, ParamKind, ParamSpec, Scale, Text},
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// Initial size of the tilt: the first landscape is the bowl, with a hint of relief.
const HEAD_GAIN: f64 = 0.3;

/// Number of waves.
pub const FEATURES: ParamSpec = ParamSpec {
    id: "features",
    kind: ParamKind::Int,
    min: 1.0,
    max: 128.0,
    default: 32.0,
    scale: Scale::Log,
    unit: "waves",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Fourier features",
        zh: "傅里叶特征数",
    },
    help: Text {
        en: "How many random waves the network sees besides the coordinates. With few of them separate modes melt into one ring; more cost time.",
        zh: "除坐标外，网络还能看到多少个随机方向的波。太少，分开的峰会融成一个环；越多，每步越慢。",
    },
};

/// Standard deviation of the waves' frequencies.
pub const FREQUENCY: ParamSpec = ParamSpec {
    id: "frequency",
    kind: ParamKind::Float,
    min: 0.25,
    max: 16.0,
    default: 4.0,
    scale: Scale::Log,
    unit: "rad",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Feature frequency",
        zh: "特征频率",
    },
    help: Text {
        en: "How quickly those waves oscillate. Low frequencies keep the landscape smooth and blunt; high ones carve fine detail, and ripples where there is little data.",
        zh: "这些波振荡得多快。频率低，地形平滑而迟钝；频率高，能刻出细节，但在数据稀少处会留下波纹。",
    },
};

/// Width of the bowl.
pub const TAIL_SCALE: ParamSpec = ParamSpec {
    id: "tail_scale",
    kind: ParamKind::Float,
    min: 0.8,
    max: 4.0,
    default: 1.5,
    scale: Scale::Log,
    unit: "",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Width of the bowl",
        zh: "碗的宽度",
    },
    help: Text {
        en: "Standard deviation of the Gaussian the model starts from and draws its noise from; the data's own is 1. Too narrow and outlying data is never compared with noise; too wide and most noise is wasted far away.",
        zh: "模型起步所用、也是噪声所用的高斯的标准差（数据自身为 1）。太窄，外围的数据碰不到噪声；太宽，大部分噪声白白落在远处。",
    },
};

/// The bowl and its tilt.
#[derive(Module, Debug)]
pub struct EnergyNet {
    features: FourierFeatures,
    net: Mlp,
    #[module(skip)]
    tail_scale: f64,
}

impl EnergyNet {
    /// The network that `settings` describe, for `dim`-dimensional data.
    pub fn new(dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let features = FourierFeatures::new(
            dim,
            settings.int(FEATURES.id),
            settings.float(FREQUENCY.id),
            rng,
            device,
        );
        let hidden = vec![settings.int("width"); settings.int("depth")];
        let sizes = [vec![features.output_size()], hidden, vec![1]].concat();
        let net = Mlp::new(&sizes, Activation::Silu, HEAD_GAIN, rng, device);
        Self::of(features, net, settings.float(TAIL_SCALE.id))
    }

    /// A bowl of width `tail_scale` with the tilt of `net` on `features`.
    pub fn of(features: FourierFeatures, net: Mlp, tail_scale: f64) -> Self {
        Self {
            features,
            net,
            tail_scale,
        }
    }

    /// The same without the constant in the tilt: for an objective that sees only differences of energy.
    pub fn without_head_bias(self) -> Self {
        Self {
            net: self.net.without_head_bias(),
            ..self
        }
    }

    /// log of exp(−E) over the bowl's own density, up to a constant: what the network adds to the Gaussian.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    pub fn tilt(&self, x: Tensor<2>) -> Tensor<1> {
        self.net.forward(self.features.forward(x)).squeeze_dim(1)
    }

    /// 1 / s².
    fn bowl_curvature(&self) -> f64 {
        1.0 / (self.tail_scale * self.tail_scale)
    }
}

told_through!(EnergyNet: net);

impl Energy for EnergyNet {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        let bowl = dot(x.clone(), x.clone()) * (0.5 * self.bowl_curvature());
        bowl - self.tilt(x)
    }

    fn each_energy(&self, x: Tensor<2>, classes: &[Tensor<2>]) -> Vec<Tensor<1>> {
        let bowl = dot(x.clone(), x.clone()) * (0.5 * self.bowl_curvature());
        let tilts = self.net.forward_each(self.features.forward(x), classes);
        let energy = |tilt: Tensor<2>| bowl.clone() - tilt.squeeze_dim::<1>(1);
        tilts.into_iter().map(energy).collect()
    }

    fn tail_scale(&self) -> f64 {
        self.tail_scale
    }
}

impl SmoothEnergy for EnergyNet {
    fn slope(&self, x: Tensor<2>, v: Tensor<2>) -> Tensor<1> {
        let bowl = dot(x.clone(), v.clone()) * self.bowl_curvature();
        let (features, turn) = self.features.jvp(x, v);
        bowl - self.net.jvp(features, turn).1.squeeze_dim::<1>(1)
    }

    fn slope_and_curvature(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
        let bowl = self.bowl_curvature();
        let (slope, curvature) = (dot(x.clone(), v.clone()) * bowl, dot(v.clone(), v.clone()) * bowl);
        let tilt = self.net.jet(self.features.jet(Jet::line(x, v)));
        (
            slope - tilt.first.squeeze_dim::<1>(1),
            curvature - tilt.second.squeeze_dim::<1>(1),
        )
    }
}

/// Row by row.
fn dot(a: Tensor<2>, b: Tensor<2>) -> Tensor<1> {
    (a * b).sum_dim(1).squeeze_dim(1)
}
