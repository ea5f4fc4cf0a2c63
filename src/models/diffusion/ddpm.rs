//! Denoising diffusion: data sinks into noise on a fixed schedule, and a network learns to tell the two apart.
//!
//! ```text
//! x_t = α x1 + σ x0      α = sin θ,  σ = cos θ,  θ rises evenly from 0.05 at t = 0 to π/2 at t = 1
//! v = α x0 − σ x1        x0 = σ x_t + α v        x1 = α x_t − σ v        dx_t/dt = −θ' v
//! predicting v:  v_φ = net(x_t, t)               loss = E|v_φ − v|²
//! predicting ε:  ε_φ = σ x_t + α net(x_t, t)     loss = E|ε_φ − x0|² = E α² |net − v|²
//! ```
//!
//! This is the cosine schedule in continuous time, turned so that data lie at t = 1. θ starts a little above 0, so that the losses ask
//! something of the first moment too; a start at N(0, I) then errs by terms of order α⁴ ≈ 10⁻⁵, as standardised data have the noise's
//! variance. The velocity with the network's mean answer has the same marginals as the diffusion (probability-flow ODE), so solvers and
//! likelihood are those of the family.
//!
//! A network that gave ε bare would have its errors divided by α on the way to a velocity. At the noisy end ε is nearly x_t itself: the
//! skip σ x_t says so, and what is left to learn is well posed. The two rows then differ in their weights alone.
//!
//! References: J. Ho, A. Jain, P. Abbeel, *Denoising Diffusion Probabilistic Models*, 2020, arXiv:2006.11239; A. Nichol and P. Dhariwal,
//! *Improved Denoising Diffusion Probabilistic Models*, 2021, arXiv:2102.09672 (the schedule); T. Salimans and J. Ho, *Progressive
//! Distillation for Fast Sampling of Diffusion Models*, 2022, arXiv:2202.00512 (v); T. Karras, M. Aittala, T. Aila, S. Laine, *Elucidating the Design Space
//! of Diffusion-Based Generative Models*, 2022, arXiv:2206.00364 (the skip).

use super::{
    Answered, Net, Objective,
    ancestral::SAMPLER,
    method::{Diffusion, LOSSES, TRAINING, VIEWS},
    network::{FEATURES, FREQUENCY},
    schedule::{ANGLE_RATE, ANGLE_START, angle},
    solvers::{DENSITY_STEPS, SOLVER, SOLVER_STEPS},
    transport::Coupling,
};
use crate::{
    data::Space,
    models::{
        act::Deed,
        spec::{DensityKind, Family, ModelSpec},
    },
    nn::waves::sine_and_cosine,
    spec::{
        DEPTH, ParamSpec, Text, WIDTH,
        classes::{COMPOSE, CONDITION, CONDITIONAL, GUIDANCE, LABEL_DROPOUT, OTHER},
        training::settings,
    },
};
use burn::tensor::Tensor;

const PARAMS: &[ParamSpec] = settings![
    TRAINING;
    SAMPLER,
    SOLVER,
    SOLVER_STEPS,
    // the cosine schedule leaves the last details to the end, where steps must be shorter
    DENSITY_STEPS.with_default(12.0),
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
];

/// The registry row of noise prediction.
pub const DDPM: ModelSpec = ModelSpec {
    id: "ddpm",
    family: Family::Diffusion,
    label: Text {
        en: "DDPM, predicting the noise",
        zh: "DDPM，预测噪声",
    },
    help: Text {
        en: "Mixes data with more and more noise and learns to say which noise was mixed in; run backwards, that turns noise into data. Its loss counts most where the data are nearly clean, and little where the first rough shape is decided.",
        zh: "往数据里掺越来越多的噪声，学着说出掺进去的是哪份噪声；倒过来走，噪声就变成数据。它的损失最看重数据接近干净的时刻，对决定大致轮廓的早期时刻看得轻。",
    },
    formula: r"\mathcal L=\mathbb E\,\lVert \epsilon_\phi(x_t,t)-\epsilon\rVert^2,\quad x_t=\sin\theta\,x_1+\cos\theta\,\epsilon",
    paper: "Ho, Jain, Abbeel: Denoising Diffusion Probabilistic Models",
    year: 2020,
    arxiv: "2006.11239",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: PARAMS,
    build: |Space { dim, .. }, settings, rng, device| {
        Diffusion::model(PredictNoise, Coupling::Independent, dim, settings, rng, device)
    },
};

/// The registry row of v prediction.
pub const DDPM_V: ModelSpec = ModelSpec {
    id: "ddpm-v",
    label: Text {
        en: "DDPM, predicting v",
        zh: "DDPM，预测 v",
    },
    help: Text {
        en: "The same mixing of data and noise, but the network answers with v, the direction in which the mix turns. Every moment from pure noise to clean data then counts alike.",
        zh: "同样把数据和噪声混在一起，但网络回答的是 v，也就是混合比例转动的方向。从纯噪声到干净数据，每个时刻一视同仁。",
    },
    formula: r"\mathcal L=\mathbb E\,\lVert v_\phi(x_t,t)-(\sin\theta\,\epsilon-\cos\theta\,x_1)\rVert^2,\quad x_t=\sin\theta\,x_1+\cos\theta\,\epsilon",
    paper: "Salimans, Ho: Progressive Distillation for Fast Sampling of Diffusion Models",
    year: 2022,
    arxiv: "2202.00512",
    build: |Space { dim, .. }, settings, rng, device| {
        Diffusion::model(PredictV, Coupling::Independent, dim, settings, rng, device)
    },
    ..DDPM
};

/// α and σ, each `[n, 1]`, at times `[n, 1]`.
fn shares(t: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    let theta = t * ANGLE_RATE + ANGLE_START;
    sine_and_cosine(theta).into()
}

/// The answer is the noise in x_t.
#[derive(Clone)]
pub struct PredictNoise;

impl Objective for PredictNoise {
    fn answered(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Answered {
        let (alpha, sigma) = shares(t.clone());
        let x = x1 * alpha.clone() + x0.clone() * sigma.clone();
        Answered {
            answer: x.clone() * sigma + net.forward(x.clone(), t) * alpha,
            x,
            right: x0,
        }
    }

    fn asked(&self) -> Deed {
        Deed::TargetNoise
    }

    fn shares(&self, t: f64) -> [f64; 2] {
        angle(t).sin_cos().into()
    }

    fn velocity_scale(&self) -> f64 {
        -ANGLE_RATE
    }
}

/// The answer is v: minus the velocity, per radian of θ.
#[derive(Clone)]
pub struct PredictV;

impl Objective for PredictV {
    fn answered(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Answered {
        let (alpha, sigma) = shares(t.clone());
        let x = x1.clone() * alpha.clone() + x0.clone() * sigma.clone();
        Answered {
            answer: net.forward(x.clone(), t),
            x,
            right: x0 * alpha - x1 * sigma,
        }
    }

    fn asked(&self) -> Deed {
        Deed::TargetV
    }

    fn shares(&self, t: f64) -> [f64; 2] {
        angle(t).sin_cos().into()
    }

    fn velocity_scale(&self) -> f64 {
        -ANGLE_RATE
    }
}
