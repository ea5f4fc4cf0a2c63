//! MADE with mixtures of Gaussians: one masked network gives every conditional in a single pass.
//!
//! ```text
//! p(xᵢ | x₁ … xᵢ₋₁) = Σₖ πᵢₖ N(xᵢ; μᵢₖ, σᵢₖ²)      (π, μ, σ)ᵢ = b + net(φ(x₁), …, φ(xᵢ₋₁))ᵢ
//! ```
//!
//! The first conditional depends on nothing, so its parameters are the numbers b alone: on the line the model is a plain mixture.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509; C. Bishop, *Mixture Density Networks*, 1994.

use super::{
    Autoregressive, ChainMethod,
    order::{ORDER, Order},
};
use crate::{
    data::Space,
    models::spec::{DensityKind, Family, FieldKind, LossSpec, ModelSpec, Settings, Views},
    nn::{
        classes::{ClassVectors, Conditional},
        distributions::{GaussianMixture, PER_COMPONENT, raw_width},
        masked_waves::MaskedWaves,
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL, GUIDANCE, LABEL_DROPOUT},
        training::{Schedule, Training, settings},
    },
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

/// Initial means are spread evenly over ± this, in standard deviations of the data: components that started together would stay together.
const SPREAD: f64 = 2.0;

/// Initial size of what the network adds to b.
const HEAD_GAIN: f64 = 0.3;

const COMPONENTS: ParamSpec = ParamSpec {
    id: "components",
    kind: ParamKind::Int,
    min: 1.0,
    max: 32.0,
    default: 32.0,
    scale: Scale::Log,
    unit: "Gaussians",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Mixture components",
        zh: "混合成分数",
    },
    help: Text {
        en: "How many Gaussians make up each conditional. With one, every slice of the plane has a single bump; more of them follow several bumps and flat edges.",
        zh: "每个条件分布由多少个高斯混合而成。只用一个，平面的每条切片都只有一个峰；越多，越能贴合多个峰和平直的边缘。",
    },
};

const FEATURES: ParamSpec = ParamSpec {
    id: "features",
    kind: ParamKind::Int,
    min: 0.0,
    max: 64.0,
    default: 32.0,
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
        en: "How many random waves of a coordinate the network sees besides the coordinate itself. With few of them the second conditional changes only slowly along the first coordinate.",
        zh: "除坐标本身外，网络还能看到这个坐标的多少个随机频率的波。太少，第二个坐标的条件分布沿第一个坐标只能缓慢变化。",
    },
};

/// Standard deviation of the waves' frequencies, in radians per standard deviation of the data.
const FREQUENCY: f64 = 4.0;

/// The registry row.
pub const MADE: ModelSpec = ModelSpec {
    id: "made",
    family: Family::Autoregressive,
    label: Text { en: "MADE", zh: "MADE" },
    help: Text {
        en: "Draws the first coordinate, then the second given the first, each from a mixture of Gaussians; the two densities multiply to the exact whole. On the line it is one plain mixture, without a network.",
        zh: "先抽第一个坐标，再据此抽第二个，每次都从一个高斯混合里抽；两个密度相乘，正好是完整的密度。在直线上，它就是一个普通的高斯混合，没有网络。",
    },
    formula: r"p_\phi(x)=\prod_i\sum_k\pi_{ik}\,\mathcal N(x_i;\mu_{ik},\sigma_{ik}^2),\quad(\pi,\mu,\sigma)_i=f_i(x_{<i})",
    paper: "Germain, Gregor, Murray, Larochelle: MADE: Masked Autoencoder for Distribution Estimation",
    year: 2015,
    arxiv: "1502.03509",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Exact,
    losses: &[LossSpec {
        id: "nll",
        label: Text {
            en: "−log P (nats)",
            zh: "−log P（纳特）",
        },
    }],
    views: Views {
        fields: &[FieldKind::LogDensity],
        walkers: false,
        grid: false,
        latent: false,
    },
    params: settings![
        Training {
            learning_rate: 1e-2,
            schedule: Schedule::InverseSqrt,
            schedule_steps: 500.0,
            ..Training::DEFAULT
        };
        ORDER,
        COMPONENTS,
        FEATURES,
        WIDTH.with_default(32.0),
        DEPTH,
        CONDITIONAL,
        CONDITION,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let made = Made::new(dim, settings, rng, device);
        ChainMethod::model(made, dim, settings, device)
    },
};

/// Mixture parameters b and the network that moves them.
#[derive(Module, Debug)]
pub struct Made {
    base: Param<Tensor<3>>, // [1, d, 3 · k]
    /// None on the line, where there is nothing to depend on.
    net: Option<MaskedWaves>,
    /// What a class adds to b.
    classes: Option<ClassVectors>, // [classes, d · 3 k]
    #[module(skip)]
    order: Order,
    #[module(skip)]
    guidance: f64,
}

impl Made {
    /// The model that `settings` describe, for `dim`-dimensional data.
    pub fn new(dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let k = settings.int(COMPONENTS.id);
        let spacing = 2.0 * SPREAD / k as f64;
        let logits = std::iter::repeat_n(0.0, k);
        let mu = (0..k).map(|i| (i as f64 + 0.5) * spacing - SPREAD);
        let widths = std::iter::repeat_n(raw_width(spacing.clamp(0.1, 1.0)), k);
        let one: Vec<f32> = logits.chain(mu).chain(widths).map(|b| b as f32).collect();
        Self {
            base: Param::from_tensor(tensor(one.repeat(dim), [1, dim, PER_COMPONENT * k], device)),
            net: (dim > 1).then(|| {
                MaskedWaves::new(
                    [dim - 1, PER_COMPONENT * k],
                    [settings.int("width"), settings.int("depth")],
                    (settings.int(FEATURES.id), FREQUENCY),
                    HEAD_GAIN,
                    rng,
                    device,
                )
            }),
            classes: None,
            order: Order::of(settings),
            guidance: 0.0,
        }
    }

    /// b, for each of `n` points where they have classes.
    ///
    /// # Shapes
    /// - returns `[n, d, 3 k]` or `[1, d, 3 k]`
    fn base(&self, n: usize) -> Tensor<3> {
        let base = self.base.val();
        match self.classes.as_ref().and_then(|classes| classes.rows(n)) {
            Some(rows) => {
                let [_, d, width] = base.dims();
                base + rows.reshape([-1, d as i32, width as i32])
            }
            None => base,
        }
    }
}

impl Conditional for Made {
    fn with_classes(self, classes: usize) -> Self {
        let [_, d, width] = self.base.dims();
        let vectors = ClassVectors::new(classes, d * width, &self.base.device());
        Self {
            net: self.net.map(|net| net.with_classes(classes)),
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            net: self.net.as_ref().map(|net| net.given(y)),
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}

impl Autoregressive for Made {
    type Conditionals = GaussianMixture;

    fn order(&self) -> Order {
        self.order
    }

    /// Those of the weights: a component's place and width are what the class says.
    fn guided(&self, w: f64) -> Option<Self> {
        let guided = || Self {
            guidance: w,
            ..self.clone()
        };
        self.classes.as_ref().is_some_and(ClassVectors::is_given).then(guided)
    }

    fn conditionals(&self, x: Tensor<2>) -> GaussianMixture {
        if self.guidance == 0.0 {
            return self.mixtures(x);
        }
        let free = self.given(None).mixtures(x.clone());
        self.mixtures(x).away_from(&free, self.guidance)
    }
}

impl Made {
    /// The conditionals as they were learned.
    fn mixtures(&self, x: Tensor<2>) -> GaussianMixture {
        let [n, d] = x.dims();
        let base = self.base(n);
        let width = base.dims()[2];
        let Some(net) = &self.net else {
            return GaussianMixture::new(base.expand([n, d, width]));
        };
        let shift = net.forward(x.narrow(1, 0, d - 1)).reshape([n, d - 1, width]);
        let first = base.clone().narrow(1, 0, 1).expand([n, 1, width]);
        GaussianMixture::new(Tensor::cat(vec![first, shift + base.narrow(1, 1, d - 1)], 1))
    }
}
