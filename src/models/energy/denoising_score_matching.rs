//! Denoising score matching: shake the data and learn which way back is.
//!
//! ```text
//! x̃ = x + σ ε,  ε ~ N(0, I)      loss = E[ ½ |σ score(x̃) + ε|² ]
//! ```
//!
//! The best answer to "where did x̃ come from" is the score of the shaken data, so what is learned is the density of P_data blurred by σ:
//! small σ blurs little and makes a noisy loss. The factor σ inside keeps the loss near d/2 for every σ. Each point is shaken both ways, by
//! ε and by −ε: what score(x)·ε adds to the noise of the gradient, the most of it for small σ, then cancels.
//!
//! References: P. Vincent, *A Connection Between Score Matching and Denoising Autoencoders*, Neural Computation 23, 2011.

use super::{
    Objective, VIEWS,
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    score_matching::{SmoothEnergy, unit_vectors},
    temperature::TEMPERATURE,
};
use crate::{
    data::Space,
    models::{
        act::{Act, Deed, Insides},
        spec::{DensityKind, Family, LossSpec, ModelSpec},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Schedule, Training, settings},
    },
};
use burn::tensor::Tensor;

const SIGMA: ParamSpec = ParamSpec {
    id: "sigma",
    kind: ParamKind::Float,
    min: 0.01,
    max: 1.0,
    default: 0.05,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Denoising noise σ",
        zh: "去噪的噪声 σ",
    },
    help: Text {
        en: "How far data is shaken, where the data's own spread is 1. What is learned is the data blurred by this much: large σ melts modes together, small σ is sharp but learns slowly, because the noise drowns the slope.",
        zh: "把数据抖动多远（数据自身的标准差为 1）。学到的是被这么模糊过的数据：σ 大，峰会融在一起；σ 小，轮廓清晰，但坡度淹没在噪声里，学得慢。",
    },
};

/// The registry row.
pub const DSM: ModelSpec = ModelSpec {
    id: "dsm",
    family: Family::Energy,
    label: Text {
        en: "Denoising score matching",
        zh: "去噪得分匹配",
    },
    help: Text {
        en: "Shakes each data point and learns the way back: downhill on the landscape of the slightly blurred data. Diffusion models do this at many noise levels.",
        zh: "把数据点抖一抖，再学怎样回去：回去的方向，就是略微模糊后的数据地形的下坡方向。扩散模型做的是同一件事，只是用了许多级噪声。",
    },
    formula: r"\mathcal L=\mathbb E_{p}\,\mathbb E_{\varepsilon\sim\mathcal N(0,I)}\,\tfrac12\big\|\varepsilon-\sigma\nabla_x E_\phi(x+\sigma\varepsilon)\big\|^2",
    paper: "Vincent: A Connection Between Score Matching and Denoising Autoencoders",
    year: 2011,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: &[LossSpec {
        id: "denoising",
        label: Text {
            en: "Denoising loss",
            zh: "去噪损失",
        },
    }],
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 5e-3,
            schedule: Schedule::Cosine,
            schedule_steps: 3000.0,
            ..Training::DEFAULT
        };
        SIGMA,
        SAMPLER,
        STEP_SIZE,
        TEMPERATURE,
        TAIL_SCALE.with_default(1.2),
        FEATURES,
        FREQUENCY.with_default(2.0),
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device).without_head_bias();
        let objective = DenoisingScoreMatching {
            sigma: settings.float(SIGMA.id),
        };
        EnergyMethod::model(energy, objective, dim, settings, device)
    },
};

/// The way back from noise of one size.
#[derive(Clone)]
pub struct DenoisingScoreMatching {
    /// σ, in model units.
    pub sigma: f64,
}

impl<E: SmoothEnergy> Objective<E> for DenoisingScoreMatching {
    fn draw(&self, _energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let eps = rng.normal_tensor(x.dims(), &x.device());
        Tensor::cat(vec![eps.clone(), eps.neg()], 0)
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        let (n, [rows, d]) = (x.dims()[0], drawn.dims());
        let shaken = x.repeat_dim(0, rows / n) + drawn.clone() * self.sigma;
        let axes = unit_vectors(rows, d, &shaken.device());
        let slope = energy.slope(shaken.repeat_dim(0, d), axes); // [d · rows], axis by axis
        let eps = drawn.transpose().reshape([d * rows]);
        (eps - slope * self.sigma).square().sum() * (0.5 / rows as f64)
    }

    fn insides(&self, _energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let drawn = Objective::<E>::draw(self, lifted, &x, rng);
        let from = x.clone().repeat_dim(0, drawn.dims()[0] / x.dims()[0]);
        let shaken = from.clone() + drawn.clone() * self.sigma;
        Insides {
            made: vec![Act::moves(Deed::Shaken, from, shaken.clone())],
            slopes: vec![
                Act::arrows(Deed::WayBack, shaken.clone(), drawn / -self.sigma),
                Act::arrows(Deed::Answer, shaken.clone(), lifted.score(shaken)),
            ],
        }
    }

    fn blur(&self) -> Option<f64> {
        Some(self.sigma)
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if id == SIGMA.id {
            self.sigma = value;
            return true;
        }
        false
    }
}
