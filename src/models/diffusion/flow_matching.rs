//! Flow matching: straight paths from noise to data, and a network that learns their mean velocity.
//!
//! ```text
//! x_t = (1 − t) x0 + t x1      loss = E|v(x_t, t) − (x1 − x0)|²      x0 ~ N(0, I), x1 ~ data, t ~ U[0, 1], independent
//! ```
//!
//! Each path is straight; where paths of different data cross the mean velocity bends, so the flow's own lines are curves.
//!
//! References: Y. Lipman, R. Chen, H. Ben-Hamu, M. Nickel, M. Le, *Flow Matching for Generative Modeling*, 2023, arXiv:2210.02747.

use super::{
    Answered, Net, Objective,
    method::{Diffusion, LOSSES, TRAINING, VIEWS},
    network::{FEATURES, FREQUENCY},
    solvers::{DENSITY_STEPS, SOLVER, SOLVER_STEPS},
    transport::Coupling,
};
use crate::{
    data::Space,
    models::{
        act::Deed,
        spec::{DensityKind, Family, ModelSpec, Views},
    },
    spec::{
        DEPTH, Text, WIDTH,
        classes::{COMPOSE, CONDITION, CONDITIONAL, GUIDANCE, LABEL_DROPOUT, OTHER},
        training::{Training, settings},
    },
};
use burn::tensor::Tensor;

/// The registry row.
pub const FM: ModelSpec = ModelSpec {
    id: "fm",
    family: Family::Diffusion,
    label: Text {
        en: "Flow matching",
        zh: "流匹配",
    },
    help: Text {
        en: "Pairs each data point with random noise, draws a straight line between them, and learns at every place and time the mean direction of the lines that pass there.",
        zh: "给每个数据点随机配一个噪声点，两点之间连一条直线，再学出每个位置、每个时刻经过那里的直线的平均方向。",
    },
    formula: r"\mathcal L=\mathbb E\,\lVert v_\phi(x_t,t)-(x_1-x_0)\rVert^2,\quad x_t=(1-t)\,x_0+t\,x_1",
    paper: "Lipman, Chen, Ben-Hamu, Nickel, Le: Flow Matching for Generative Modeling",
    year: 2023,
    arxiv: "2210.02747",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        TRAINING;
        SOLVER,
        SOLVER_STEPS,
        DENSITY_STEPS,
        FEATURES,
        FREQUENCY,
        WIDTH,
        DEPTH,
        CONDITIONAL,
        CONDITION,
        COMPOSE,
        OTHER,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        Diffusion::model(StraightPaths, Coupling::Independent, dim, settings, rng, device)
    },
};

/// The registry row over dequantised pixels.
pub const FM_PIXELS: ModelSpec = ModelSpec {
    id: "fm-pixels",
    label: Text {
        en: "Flow matching over pixels",
        zh: "像素流匹配",
    },
    help: Text {
        en: "The same arrows among pictures: noise in every pixel is led, all pixels at once, to a digit. What it says of a picture would ask the network 64 more times at every step, so no density is worked out; samples are compared.",
        zh: "同样的箭头，用在图片之间：所有像素的噪声一起被带成一个数字。要算一幅图的密度，每一步都得再问网络 64 次，所以这里不算密度，只比较样本。",
    },
    dims: &[64],
    density: DensityKind::None,
    views: Views::NONE,
    params: settings![
        Training {
            learning_rate: 1e-3,
            batch: 64.0,
            ..TRAINING
        };
        SOLVER,
        SOLVER_STEPS.with_default(32.0),
        DENSITY_STEPS,
        FEATURES.with_default(64.0),
        FREQUENCY.with_default(0.25),
        WIDTH.with_default(256.0),
        DEPTH,
        CONDITIONAL,
        CONDITION,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    ..FM
};

/// Straight lines; the network answers with the velocity itself.
#[derive(Clone)]
pub struct StraightPaths;

impl Objective for StraightPaths {
    fn answered(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Answered {
        let right = x1 - x0.clone();
        let x = x0 + right.clone() * t.clone();
        Answered {
            answer: net.forward(x.clone(), t),
            x,
            right,
        }
    }

    fn asked(&self) -> Deed {
        Deed::TargetVelocity
    }

    fn shares(&self, t: f64) -> [f64; 2] {
        [t, 1.0 - t]
    }

    fn velocity_scale(&self) -> f64 {
        1.0
    }
}
