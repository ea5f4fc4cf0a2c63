//! Noise-contrastive estimation: learn a density by telling data from noise of a known density.
//!
//! ```text
//! G(x) = −E(x) − c − log p_noise(x) − log ν      loss = E_data[softplus(−G)] + ν · E_noise[softplus(G)]
//! ```
//!
//! The best classifier's logit is the log-ratio of the two densities, so at the optimum exp(−E − c) is P_data itself and the learned
//! number c is log Z. ν is the number of noise points per data point.
//!
//! References: M. Gutmann and A. Hyvärinen, *Noise-Contrastive Estimation of Unnormalized Statistical Models*, JMLR 13, 2012.

use super::{
    Energy, Objective, VIEWS,
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    temperature::TEMPERATURE,
    told_apart,
};
use crate::{
    data::Space,
    models::{
        act::{Act, Deed, Insides},
        spec::{DensityKind, Family, LossSpec, ModelSpec},
    },
    nn::{
        HALF_LN_2PI,
        activation::{Activate, Activation},
        classes::{ClassVectors, Conditional},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        classes::{COMPOSE, CONDITION, CONDITIONAL, GUIDANCE, OTHER},
        training::{Training, settings},
    },
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

const NOISE_RATIO: ParamSpec = ParamSpec {
    id: "noise_ratio",
    kind: ParamKind::Int,
    min: 1.0,
    max: 8.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Noise points per data point",
        zh: "每个数据点配几个噪声点",
    },
    help: Text {
        en: "How many noise points each data point is told apart from. More of them steady the landscape, most of all where data is rare, and slow each step down.",
        zh: "每个数据点要与多少个噪声点区分。噪声点越多，地形越稳，数据稀少处尤其明显；每步也越慢。",
    },
};

/// The registry row.
pub const NCE: ModelSpec = ModelSpec {
    id: "nce",
    family: Family::Energy,
    label: Text {
        en: "Noise-contrastive",
        zh: "噪声对比估计",
    },
    help: Text {
        en: "Learns a landscape that is low where data lies, by playing spot-the-fake against plain Gaussian noise; its normaliser is learned as one more number.",
        zh: "让模型分辨数据与普通的高斯噪声，由此学出一片数据处低、别处高的能量地形；归一化常数也当作一个数一起学。",
    },
    formula: r"p_\phi(x)=e^{-E_\phi(x)-c},\quad \mathcal L=-\mathbb E_{p}\log\sigma(G)-\nu\,\mathbb E_{p_n}\log\sigma(-G),\quad G=\log\frac{p_\phi(x)}{\nu\,p_n(x)}",
    paper: "Gutmann, Hyvärinen: Noise-Contrastive Estimation of Unnormalized Statistical Models",
    year: 2012,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: &[
        LossSpec {
            id: "nce",
            label: Text {
                en: "Classification loss (nats)",
                zh: "分类损失（纳特）",
            },
        },
        LossSpec {
            id: "log_normalizer",
            label: Text {
                en: "Learned log Z (nats)",
                zh: "学到的 log Z（纳特）",
            },
        },
    ],
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 5e-3,
            ..Training::DEFAULT
        };
        NOISE_RATIO,
        TAIL_SCALE,
        FEATURES,
        FREQUENCY,
        SAMPLER,
        STEP_SIZE,
        TEMPERATURE,
        WIDTH.with_default(32.0),
        DEPTH,
        CONDITIONAL,
        CONDITION,
        COMPOSE,
        OTHER,
        GUIDANCE,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device);
        let objective = NoiseContrast {
            ratio: settings.int(NOISE_RATIO.id),
            dim,
        };
        let energy = SelfNormalized::new(energy, dim, device);
        EnergyMethod::model(energy, objective, dim, settings, device)
    },
};

/// An energy that learns its own log Z.
#[derive(Module, Debug)]
pub struct SelfNormalized {
    energy: EnergyNet,
    log_normalizer: Param<Tensor<1>>,
    /// What a class adds to it: every class has a Z of its own.
    classes: Option<ClassVectors>,
}

impl SelfNormalized {
    /// `energy` with log Z as it would be without a tilt.
    pub fn new(energy: EnergyNet, dim: usize, device: &Device) -> Self {
        Self {
            log_normalizer: Param::from_tensor(tensor(vec![bowl_log_z(&energy, dim) as f32], [1], device)),
            energy,
            classes: None,
        }
    }
}

impl SelfNormalized {
    /// log Z, of each class where they are given.
    ///
    /// # Shapes
    /// - returns `[1]`, or `[n]` for points of `n` classes
    fn log_z(&self, n: usize) -> Tensor<1> {
        let log_z = self.log_normalizer.val();
        match self.classes.as_ref().and_then(|classes| classes.rows(n)) {
            Some(rows) => log_z + rows.squeeze_dim(1),
            None => log_z,
        }
    }
}

/// log Z of the bowl alone, in nats.
fn bowl_log_z(energy: &impl Energy, dim: usize) -> f64 {
    dim as f64 * (energy.tail_scale().ln() + HALF_LN_2PI)
}

impl Conditional for SelfNormalized {
    fn with_classes(self, classes: usize) -> Self {
        let vectors = ClassVectors::new(classes, 1, &self.log_normalizer.device());
        Self {
            energy: self.energy.with_classes(classes),
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            energy: self.energy.given(y),
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}

impl Energy for SelfNormalized {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        self.energy.energy(x)
    }

    fn each_energy(&self, x: Tensor<2>, classes: &[Tensor<2>]) -> Vec<Tensor<1>> {
        self.energy.each_energy(x, classes)
    }

    fn tail_scale(&self) -> f64 {
        self.energy.tail_scale()
    }

    fn learned_log_z(&self) -> Option<Tensor<1>> {
        Some(self.log_z(1))
    }
}

/// Tells data from N(0, s² I), the very Gaussian that the energy's bowl is.
#[derive(Clone)]
pub struct NoiseContrast {
    /// ν.
    pub ratio: usize,
    /// d.
    pub dim: usize,
}

impl NoiseContrast {
    /// G(x): the bowl cancels against the noise, which leaves the tilt.
    fn logits(&self, model: &SelfNormalized, x: Tensor<2>) -> Tensor<1> {
        let constant = bowl_log_z(model, self.dim) - (self.ratio as f64).ln();
        let log_z = model.log_z(x.dims()[0]);
        model.energy.tilt(x) - log_z + constant
    }
}

impl Objective<SelfNormalized> for NoiseContrast {
    fn draw(&self, energy: &SelfNormalized, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        rng.normal_tensor([x.dims()[0] * self.ratio, self.dim], &x.device()) * energy.tail_scale()
    }

    fn loss(&self, model: &SelfNormalized, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        let (n, m) = (x.dims()[0], drawn.dims()[0]);
        let logits = self.logits(model, Tensor::cat(vec![x, drawn], 0));
        let data = Activation::Softplus.apply(logits.clone().narrow(0, 0, n).neg()).mean();
        let noise = Activation::Softplus.apply(logits.narrow(0, n, m)).mean() * self.ratio as f64;
        Tensor::cat(vec![data + noise, model.log_z(n).mean()], 0)
    }

    fn insides(&self, model: &SelfNormalized, lifted: &SelfNormalized, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let noise = self.draw(lifted, &x, rng);
        Insides {
            made: vec![Act::points(Deed::Noise, noise.clone())],
            slopes: told_apart(x, noise, |x, noise| self.loss(model, x, noise)),
        }
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if id == NOISE_RATIO.id {
            self.ratio = value as usize;
            return true;
        }
        false
    }
}
