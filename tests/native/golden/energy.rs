//! Loss and gradient of each energy objective, against PyTorch's on the same numbers (`tests/fixtures/golden_energy.py`).
//!
//! PyTorch takes derivatives in x by reverse mode over reverse mode; here they are forward-mode rules.

use super::agree;
use crate::common::{device, tensor, values};
use burn::{
    module::Module,
    tensor::{Tensor, TensorData},
};
use dgm::{
    models::{
        Extent,
        energy::{
            Energy, Objective,
            chains::Chains,
            denoising_score_matching::DenoisingScoreMatching,
            exact_score_matching::ExactScoreMatching,
            maximum_likelihood::MaximumLikelihood,
            network::EnergyNet,
            noise_contrastive::{NoiseContrast, SelfNormalized},
            sampler::{Kind, Sampler},
            sliced_score_matching::SlicedScoreMatching,
        },
    },
    nn::{activation::Activation, fourier::FourierFeatures, mlp::Mlp, optim::Learner},
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;
use std::collections::HashMap;

const NETWORK: [usize; 4] = [8, 6, 5, 1];
const WAVES: usize = 3;
const TAIL_SCALE: f64 = 1.3;

#[derive(Deserialize)]
struct Case {
    theta: Vec<f32>,
    frequencies: Vec<f32>,
    batch: Vec<f32>,
    drawn: Vec<f32>,
    losses: Vec<f32>,
    gradient: Vec<f32>,
}

impl Case {
    fn named(id: &str) -> Self {
        let mut all: HashMap<String, Self> =
            serde_json::from_str(include_str!("../../fixtures/golden_energy.json")).expect("the fixture is readable");
        all.remove(id).expect("the fixture has the case")
    }

    fn net(&self) -> EnergyNet {
        let device = device().autodiff();
        let frequencies = Tensor::from_data(TensorData::new(self.frequencies.clone(), [2, WAVES]), &device);
        let net = Mlp::new(&NETWORK, Activation::Silu, 1.0, &mut Rng::new(0, Stream::Init), &device);
        EnergyNet::of(FourierFeatures::of(frequencies), net, TAIL_SCALE)
    }

    /// Compares `loss` of the energy, the data and what was drawn with what PyTorch found.
    fn check<E: Module>(&self, energy: E, loss: impl Fn(&E, Tensor<2>, Tensor<2>) -> Tensor<1>) {
        let mut learner = Learner::new(energy, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let input = |values: &Vec<f32>| tensor(values.clone(), 2).autodiff();
        let losses = loss(learner.module(), input(&self.batch), input(&self.drawn));
        agree(&values(losses.clone().inner()), &self.losses, "losses");
        let gradient = learner.gradient(losses.narrow(0, 0, 1));
        agree(&values(gradient), &self.gradient, "gradient");
    }

    fn check_objective<E: Module + Energy>(&self, energy: E, objective: impl Objective<E>) {
        self.check(energy, |energy, x, drawn| objective.loss(energy, x, drawn));
    }
}

#[test]
fn noise_contrastive_estimation_agrees_with_pytorch() {
    let case = Case::named("nce");
    let energy = SelfNormalized::new(case.net(), 2, &device().autodiff());
    case.check_objective(energy, NoiseContrast { ratio: 2, dim: 2 });
}

#[test]
fn the_contrastive_loss_agrees_with_pytorch() {
    let case = Case::named("cd");
    let chains = Chains {
        sampler: Sampler {
            kind: Kind::Ula,
            step_size: 0.01,
        },
        k_steps: 1,
        alpha: 0.05,
    };
    case.check(case.net(), |energy, x, drawn| chains.loss(energy, x, drawn));
}

#[test]
fn denoising_score_matching_agrees_with_pytorch() {
    let case = Case::named("dsm");
    case.check_objective(case.net().without_head_bias(), DenoisingScoreMatching { sigma: 0.3 });
}

#[test]
fn sliced_score_matching_agrees_with_pytorch() {
    let case = Case::named("ssm");
    case.check_objective(case.net().without_head_bias(), SlicedScoreMatching { slices: 2 });
}

#[test]
fn exact_score_matching_agrees_with_pytorch() {
    let case = Case::named("esm");
    case.check_objective(case.net().without_head_bias(), ExactScoreMatching);
}

#[test]
fn maximum_likelihood_agrees_with_pytorch() {
    let case = Case::named("mle");
    let objective = MaximumLikelihood {
        side: 6,
        extent: Extent::DEFAULT,
    };
    // The fixture's lattice is one of equal cells, 3.5 widths of the bowl to every side.
    let cells = case.drawn.len() / 2;
    let log_volume = 2.0 * (7.0 * TAIL_SCALE).ln() - (cells as f64).ln();
    case.check(case.net().without_head_bias(), |energy, x, drawn| {
        let log_volume = Tensor::full([cells, 1], log_volume, &drawn.device());
        objective.loss(energy, x, Tensor::cat(vec![drawn, log_volume], 1))
    });
}
