//! What a row of the registry says of a model: its words, papers, data, losses, pictures and settings, and how to build it.

use crate::{
    data::Space,
    models::{Model, by_class::ByClass},
    rng::Rng,
    spec::{
        ParamSpec, Text,
        classes::{COMPOSE, CONDITION, GUIDANCE, OTHER},
    },
};
use burn::tensor::Device;
use serde::Serialize;

pub use super::settings::Settings;

/// The six ways around the normaliser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Family {
    Energy,
    Flow,
    Vae,
    Gan,
    Autoregressive,
    Diffusion,
}

impl Family {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Energy,
        Self::Flow,
        Self::Vae,
        Self::Gan,
        Self::Autoregressive,
        Self::Diffusion,
    ];

    /// Its name.
    pub const fn label(self) -> Text {
        match self {
            Self::Energy => Text {
                en: "Energy-based model",
                zh: "能量模型",
            },
            Self::Flow => Text {
                en: "Normalizing flow",
                zh: "标准化流",
            },
            Self::Vae => Text {
                en: "Variational autoencoder",
                zh: "变分自编码器",
            },
            Self::Gan => Text {
                en: "Generative adversarial network",
                zh: "生成对抗网络",
            },
            Self::Autoregressive => Text {
                en: "Autoregressive model",
                zh: "自回归模型",
            },
            Self::Diffusion => Text {
                en: "Diffusion and flow matching",
                zh: "扩散与流匹配",
            },
        }
    }

    /// Its way around the normaliser, in a sentence.
    pub const fn idea(self) -> Text {
        match self {
            Self::Energy => Text {
                en: "Learns a landscape that is low where data is common. Most of these methods learn without its total mass; one learns the total as a number beside it, one adds it up on a grid.",
                zh: "学一片地形：数据常见的地方低，少见的地方高。多数方法学习时不需要总量；有一种把总量当作一个数一起学，还有一种在网格上把它加出来。",
            },
            Self::Flow => Text {
                en: "Stretches and bends a Gaussian into the data; because no step tears, the density is exact.",
                zh: "把高斯分布拉伸、弯折成数据的形状；因为处处不撕裂，密度是精确的。",
            },
            Self::Vae => Text {
                en: "Squeezes each point into a small cloud of latents and back; the density is bounded from below, not known.",
                zh: "把每个点压成一小团隐变量再还原；密度只有下界，没有精确值。",
            },
            Self::Gan => Text {
                en: "A generator learns to fool a discriminator; it makes samples and never writes down a density.",
                zh: "生成器学着骗过判别器；只会造样本，从不写出密度。",
            },
            Self::Autoregressive => Text {
                en: "Predicts one coordinate after the other; each prediction is a small density that already integrates to one.",
                zh: "一个坐标接一个坐标地预测；每次预测都是一个积分恰为 1 的小密度。",
            },
            Self::Diffusion => Text {
                en: "Learns which way noise must move, at each moment, to become data; how the movement spreads and gathers gives the density.",
                zh: "学出噪声在每一刻该往哪边走才能变成数据；由这流动的疏散与聚拢算出密度。",
            },
        }
    }
}

/// What a number about the density is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DensityKind {
    Exact,
    Bound,
    /// With a numerical error: of Z on a grid, or of a solver's steps.
    Estimate,
    Unnormalized,
    None,
}

/// A scalar field over the data space that fits the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum FieldKind {
    /// E(x) in nats, up to a constant.
    Energy,
    /// log P_phi(x) in nats, in data units.
    LogDensity,
    /// A lower bound on log P_phi(x) in nats.
    LogBound,
    /// Logits of "this is data".
    Discriminator,
}

/// Which pictures a model can give.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Views {
    /// The first is shown unless the reader chooses another.
    pub fields: &'static [FieldKind],
    pub walkers: bool,
    pub grid: bool,
    pub latent: bool,
}

impl Views {
    /// Samples alone.
    pub const NONE: Self = Self {
        fields: &[],
        walkers: false,
        grid: false,
        latent: false,
    };
}

/// A curve of the loss chart.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LossSpec {
    pub id: &'static str,
    pub label: Text,
}

/// A model as a reader meets it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ModelSpec {
    pub id: &'static str,
    pub family: Family,
    pub label: Text,
    pub help: Text,
    /// KaTeX.
    pub formula: &'static str,
    pub paper: &'static str,
    pub year: u16,
    pub arxiv: &'static str,
    /// Dimensions of data it can learn.
    pub dims: &'static [usize],
    /// Whether it gives probabilities to whole numbers. Other models learn those dequantised.
    pub discrete: bool,
    pub density: DensityKind,
    /// In the order of a step's losses; the first is the one minimised, or a distance that falls as the model learns.
    pub losses: &'static [LossSpec],
    pub views: Views,
    pub params: &'static [ParamSpec],
    /// Builds it for data of that space on an autodiff device.
    #[serde(skip)]
    pub build: fn(space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Box<dyn Model>,
}

impl ModelSpec {
    /// Builds what `settings` ask for: as above, or a model of each class of the data.
    pub fn model(&self, space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Box<dyn Model> {
        let model = (self.build)(space, settings, rng, device);
        if !settings.is_conditional() {
            return model;
        }
        let mut by_class = ByClass::new(model, space.classes);
        for spec in [CONDITION, COMPOSE, OTHER, GUIDANCE] {
            if let Some(value) = settings.get(spec.id) {
                by_class.set(spec.id, value);
            }
        }
        Box::new(by_class)
    }

    /// Whether it can learn data of `space`.
    pub fn learns(&self, space: Space) -> bool {
        self.dims.contains(&space.dim) && (!self.discrete || space.levels.is_some())
    }
}
