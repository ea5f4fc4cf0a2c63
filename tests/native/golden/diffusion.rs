//! Loss and gradient of the diffusion family, against PyTorch's on the same numbers (`tests/fixtures/golden_diffusion.py`).

use super::agree;
use crate::common::{device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::diffusion::{
        Objective,
        ddpm::{PredictNoise, PredictV},
        flow_matching::StraightPaths,
        network::TimeNet,
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// Hidden widths of the fixture's network.
const HIDDEN: [usize; 2] = [6, 6];
/// Waves of the fixture's network.
const FEATURES: usize = 3;

#[derive(Deserialize)]
struct Fixture {
    theta: Vec<f32>,
    x1: Vec<f32>,
    x0: Vec<f32>,
    t: Vec<f32>,
    frequencies: Vec<f32>,
    fm: Expected,
    ddpm: Expected,
    ddpm_v: Expected,
}

#[derive(Deserialize)]
struct Expected {
    loss: f32,
    gradient: Vec<f32>,
}

/// Compares an objective's loss and gradient with what PyTorch found.
fn compare(objective: &impl Objective, expected: impl Fn(&Fixture) -> &Expected) {
    let fixture: Fixture =
        serde_json::from_str(include_str!("../../fixtures/golden_diffusion.json")).expect("the fixture is readable");
    let rng = &mut Rng::new(0, Stream::Init);
    let frequencies = tensor(fixture.frequencies.clone(), FEATURES).autodiff();
    let net = TimeNet::with_frequencies(frequencies, &HIDDEN, rng, &device().autodiff());
    let mut learner = Learner::new(net, Training::DEFAULT);
    learner.set_parameters(Tensor::from_data(fixture.theta.as_slice(), &device()));
    let given = |values: &[f32], dim| tensor(values.to_vec(), dim).autodiff();
    let (x0, x1, t) = (given(&fixture.x0, 2), given(&fixture.x1, 2), given(&fixture.t, 1));
    let loss = objective.loss(learner.module(), x0, x1, t);
    agree(&values(loss.clone().inner()), &[expected(&fixture).loss], "loss");
    agree(
        &values(learner.gradient(loss)),
        &expected(&fixture).gradient,
        "gradient",
    );
}

#[test]
fn flow_matching_agrees_with_pytorch() {
    compare(&StraightPaths, |fixture| &fixture.fm);
}

#[test]
fn noise_prediction_agrees_with_pytorch() {
    compare(&PredictNoise, |fixture| &fixture.ddpm);
}

#[test]
fn v_prediction_agrees_with_pytorch() {
    compare(&PredictV, |fixture| &fixture.ddpm_v);
}
