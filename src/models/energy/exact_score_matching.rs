//! Exact score matching: make the landscape steep towards the data and curved upwards at it.
//!
//! ```text
//! loss = E_data[ ½ |∇E(x)|² − tr ∇²E(x) ] = E_data[ Σᵢ ½ (∇E·eᵢ)² − eᵢᵀ ∇²E eᵢ ]
//! ```
//!
//! Integration by parts turned the unknown score of the data into a curvature of the model. The trace costs one direction for each
//! coordinate: two on the plane, and too many for pictures.
//!
//! References: A. Hyvärinen, *Estimation of Non-Normalized Statistical Models by Score Matching*, JMLR 6, 2005.

use super::{
    Objective, VIEWS,
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    score_matching::{SmoothEnergy, hyvarinen, unit_vectors},
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
        DEPTH, Text, WIDTH,
        training::{Schedule, Training, settings},
    },
};
use burn::tensor::Tensor;

/// Of both objectives that see slope and curvature.
pub const LOSSES: &[LossSpec] = &[
    LossSpec {
        id: "score_matching",
        label: Text {
            en: "Score-matching loss",
            zh: "得分匹配损失",
        },
    },
    LossSpec {
        id: "slope",
        label: Text {
            en: "Half the squared slope at data",
            zh: "数据处坡度平方的一半",
        },
    },
    LossSpec {
        id: "curvature",
        label: Text {
            en: "Curvature at data",
            zh: "数据处的曲率",
        },
    },
];

/// How both learn. Their loss has heavy tails, rare points of great curvature, so the rate has to fall for the average to settle.
pub const TRAINING: Training = Training {
    learning_rate: 5e-3,
    schedule: Schedule::Cosine,
    schedule_steps: 3000.0,
    ..Training::DEFAULT
};

/// The registry row.
pub const ESM: ModelSpec = ModelSpec {
    id: "esm",
    family: Family::Energy,
    label: Text {
        en: "Exact score matching",
        zh: "精确得分匹配",
    },
    help: Text {
        en: "Learns from slope and curvature at the data alone: flat and curved upwards there means a valley floor. Needs no noise, no chains, no total.",
        zh: "只看数据处的坡度和曲率：坡缓而向上弯，就是谷底。不要噪声，不要链，也不要总量。",
    },
    formula: r"\mathcal L=\mathbb E_{p}\Big[\tfrac12\|\nabla_x E_\phi(x)\|^2-\operatorname{tr}\nabla_x^2E_\phi(x)\Big]",
    paper: "Hyvärinen: Estimation of Non-Normalized Statistical Models by Score Matching",
    year: 2005,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        TRAINING;
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
        EnergyMethod::model(energy, ExactScoreMatching, dim, settings, device)
    },
};

/// Every coordinate's slope and curvature.
#[derive(Clone)]
pub struct ExactScoreMatching;

impl<E: SmoothEnergy> Objective<E> for ExactScoreMatching {
    fn draw(&self, _energy: &E, x: &Tensor<2>, _rng: &mut Rng) -> Tensor<2> {
        let [n, d] = x.dims();
        unit_vectors(n, d, &x.device())
    }

    fn insides(&self, _energy: &E, lifted: &E, x: Tensor<2>, _rng: &mut Rng) -> Insides {
        Insides {
            made: Vec::new(),
            slopes: vec![Act::arrows(Deed::Score, x.clone(), lifted.score(x))],
        }
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        hyvarinen(energy, x, drawn, true)
    }
}
