//! Sliced score matching: slope and curvature along random lines, at the same price in any dimension.
//!
//! ```text
//! loss = E_data E_v[ ½ (∇E·v)² − vᵀ ∇²E v ]      v ∈ {−1, 1}ᵈ, each sign by a fair coin
//! ```
//!
//! E[v vᵀ] = I makes this exact score matching in the mean. Coins rather than Gaussians: their vᵀ ∇²E v is exact on the diagonal. On the line
//! nothing random is left, and the loss is exact score matching itself.
//!
//! References: Y. Song, S. Garg, J. Shi, S. Ermon, *Sliced Score Matching: A Scalable Approach to Density and Score Estimation*, 2019,
//! arXiv:1905.07088, equation 8; M. Hutchinson, *A Stochastic Estimator of the Trace*, 1990.

use super::{
    Objective, VIEWS,
    exact_score_matching::{LOSSES, TRAINING},
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    score_matching::{SmoothEnergy, hyvarinen},
    temperature::TEMPERATURE,
};
use crate::{
    data::Space,
    models::{
        act::{Act, Deed, Insides},
        spec::{DensityKind, Family, ModelSpec},
    },
    rng::Rng,
    spec::{DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH, training::settings},
};
use burn::tensor::Tensor;

const SLICES: ParamSpec = ParamSpec {
    id: "slices",
    kind: ParamKind::Int,
    min: 1.0,
    max: 8.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "lines",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Lines per point",
        zh: "每点的方向数",
    },
    help: Text {
        en: "Along how many random lines each data point looks at slope and curvature. More make a steadier loss and slower steps.",
        zh: "在每个数据点上，沿多少条随机直线看坡度和曲率。越多，损失越平稳，每步也越慢。",
    },
};

/// The registry row.
pub const SSM: ModelSpec = ModelSpec {
    id: "ssm",
    family: Family::Energy,
    label: Text {
        en: "Sliced score matching",
        zh: "切片得分匹配",
    },
    help: Text {
        en: "Score matching along random lines through the data: one line a point is enough on average, however many dimensions there are.",
        zh: "沿着穿过数据点的随机直线做得分匹配：不论多少维，平均而言每点一条线就够了。",
    },
    formula: r"\mathcal L=\mathbb E_{p}\mathbb E_{v}\Big[\tfrac12\big(v^\top\nabla_x E_\phi(x)\big)^2-v^\top\nabla_x^2E_\phi(x)\,v\Big]",
    paper: "Song, Garg, Shi, Ermon: Sliced Score Matching",
    year: 2019,
    arxiv: "1905.07088",
    // On the line a random direction is the only one: it would be exact score matching.
    dims: &[2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        TRAINING;
        SLICES,
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
        let objective = SlicedScoreMatching {
            slices: settings.int(SLICES.id),
        };
        EnergyMethod::model(energy, objective, dim, settings, device)
    },
};

/// How far a line is drawn to either side along each axis, in model units.
const LINE: f64 = 0.08;

/// Slope and curvature along a few random lines.
#[derive(Clone)]
pub struct SlicedScoreMatching {
    /// Lines per point.
    pub slices: usize,
}

impl<E: SmoothEnergy> Objective<E> for SlicedScoreMatching {
    fn draw(&self, _energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let [n, d] = x.dims();
        let heads = rng.uniform_tensor([n * self.slices, d], &x.device()).lower_elem(0.5);
        heads.float() * 2.0 - 1.0
    }

    /// A point's first line.
    fn insides(&self, _energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let lines = Objective::<E>::draw(self, lifted, &x, rng).narrow(0, 0, x.dims()[0]) * LINE;
        Insides {
            made: vec![Act::moves(Deed::Lines, x.clone() - lines.clone(), x.clone() + lines)],
            slopes: vec![Act::arrows(Deed::Score, x.clone(), lifted.score(x))],
        }
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        hyvarinen(energy, x, drawn, false)
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if id == SLICES.id {
            self.slices = value as usize;
            return true;
        }
        false
    }
}
