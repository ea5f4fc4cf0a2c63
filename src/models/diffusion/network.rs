//! The network behind every velocity here: waves of the point and waves of the time meet in a perceptron.
//!
//! ```text
//! y(x, t) = net( a( A φ(x) + B ψ(t) ) )      ψ(t) = (t, sin kπt, cos kπt)  for k = 1, …, 8
//! ```
//!
//! One time serves all the points of a solver's step, so ψ is then computed once.
//!
//! References: M. Tancik et al., *Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains*, 2020,
//! arXiv:2006.10739.

use super::Net;
use crate::{
    models::spec::Settings,
    nn::{
        activation::{Activate, Activation},
        classes::{ClassVectors, Conditional, told},
        dense::{product, through},
        fourier::FourierFeatures,
        linear,
        mlp::Mlp,
    },
    rng::Rng,
    spec::{Group, ParamKind, ParamSpec, Scale, Text},
    tensors::tensor,
};
use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor},
};
use std::f64::consts::PI;

/// Smooth, because its derivative is the density's.
const ACTIVATION: Activation = Activation::Silu;

/// Waves of the time, at multiples of half a turn over [0, 1].
const TIME_FEATURES: usize = 8;

/// Number of waves of the point.
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
        en: "How many random waves the network sees besides the coordinates. With few of them the arrows turn too gently to part neighbouring clusters; more cost time.",
        zh: "除坐标外，网络还能看到多少个随机方向的波。太少，箭头转得太缓，分不开相邻的团块；越多，每步越慢。",
    },
};

/// Standard deviation of the waves' frequencies.
pub const FREQUENCY: ParamSpec = ParamSpec {
    id: "frequency",
    kind: ParamKind::Float,
    min: 0.25,
    max: 16.0,
    default: 2.0,
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
        en: "How quickly those waves oscillate. Low frequencies keep the arrows smooth; high ones follow fine detail and make the solver work harder.",
        zh: "这些波振荡得多快。频率低，箭头的变化平滑；频率高，能跟上细节，求解器也更吃力。",
    },
};

/// A function of a point and a time with as many outputs as the point has coordinates.
#[derive(Module, Debug)]
pub struct TimeNet {
    space: FourierFeatures,
    time: FourierFeatures,
    from_space: Linear, // A
    from_time: Linear,  // B
    net: Mlp,
    classes: Option<ClassVectors>,
}

impl TimeNet {
    /// The network that `settings` describe, for `dim`-dimensional data.
    pub fn new(dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let (features, frequency) = (settings.int(FEATURES.id), settings.float(FREQUENCY.id));
        let frequencies = rng.normal_tensor([dim, features], device) * frequency;
        let hidden = vec![settings.int("width"); settings.int("depth")];
        Self::with_frequencies(frequencies, &hidden, rng, device)
    }

    /// A network through the `hidden` widths that sees the point through waves of these frequencies.
    ///
    /// # Shapes
    /// - `frequencies`: `[d, features]`, in radians per standardised unit
    pub fn with_frequencies(frequencies: Tensor<2>, hidden: &[usize], rng: &mut Rng, device: &Device) -> Self {
        let [dim, _] = frequencies.dims();
        let space = FourierFeatures::of(frequencies);
        let turns: Vec<f32> = (1..=TIME_FEATURES).map(|k| (k as f64 * PI) as f32).collect();
        let turns = tensor(turns, [1, TIME_FEATURES], device);
        let time = FourierFeatures::of(turns);
        let sizes = [hidden, &[dim]].concat();
        Self {
            from_space: linear(space.output_size(), hidden[0], 1.0, rng, device),
            from_time: linear(time.output_size(), hidden[0], 1.0, rng, device),
            net: Mlp::new(&sizes, ACTIVATION, 1.0, rng, device),
            space,
            time,
            classes: None,
        }
    }

    /// Whether it is that of a class.
    pub fn is_given(&self) -> bool {
        self.classes.as_ref().is_some_and(ClassVectors::is_given)
    }

    /// What the non-linearity is first applied to, from waves of the point.
    fn first(&self, waves: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        told(
            self.classes.as_ref(),
            through(&self.from_space, waves, None) + self.seen(t),
        )
    }

    /// B ψ(t): `[n, 1]` to `[n, width]`.
    fn seen(&self, t: Tensor<2>) -> Tensor<2> {
        through(&self.from_time, self.time.forward(t), None)
    }
}

impl Net for TimeNet {
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        let first = self.first(self.space.forward(x), t);
        self.net.forward(ACTIVATION.apply(first))
    }

    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let (features, turns) = self.space.jvps(x, vs);
        let first = self.first(features, t);
        let (h, slope) = ACTIVATION.with_derivative(first);
        let weight = self.from_space.weight.val();
        let along = |turn: Tensor<2>| slope.clone() * product(turn, weight.clone());
        self.net.jvps(h, turns.into_iter().map(along).collect())
    }
}

impl Conditional for TimeNet {
    fn with_classes(self, classes: usize) -> Self {
        let first = &self.from_space.weight;
        let vectors = ClassVectors::new(classes, first.dims()[1], &first.device());
        Self {
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}
