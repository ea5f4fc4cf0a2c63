//! Density, loss and gradient of MADE and of two tokens against PyTorch's on the same numbers (`tests/fixtures/golden_autoregressive.py`).

use super::agree;
use crate::common::{device, settings, tensor, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    models::autoregressive::{
        Autoregressive,
        made::{MADE, Made},
        tokens::{TOKENS, Tokens},
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    made: Case,
    tokens: Case,
}

#[derive(Deserialize)]
struct Case {
    theta: Vec<f32>,
    x: Vec<f32>,
    log_prob: Vec<f32>,
    loss: Vec<f32>,
    gradient: Vec<f32>,
}

impl Case {
    fn compare(&self, chain: impl Module + Autoregressive) {
        let mut learner = Learner::new(chain, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let log_prob = learner.module().log_prob(tensor(self.x.clone(), 2).autodiff());
        let loss = log_prob.clone().mean().neg();
        agree(&values(log_prob.inner()), &self.log_prob, "log p");
        agree(&values(loss.clone().inner()), &self.loss, "loss");
        agree(&values(learner.gradient(loss)), &self.gradient, "gradient");
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_autoregressive.json")).expect("the fixture is readable")
}

#[test]
fn made_agrees_with_pytorch() {
    let own = [("components", 3.0), ("features", 0.0), ("width", 8.0), ("depth", 2.0)];
    let mut rng = Rng::new(0, Stream::Init);
    fixture()
        .made
        .compare(Made::new(2, &settings(&MADE, &own), &mut rng, &device().autodiff()));
}

#[test]
fn tokens_agree_with_pytorch() {
    let own = [("bins", 8.0), ("width", 8.0), ("depth", 2.0)];
    let mut rng = Rng::new(0, Stream::Init);
    fixture()
        .tokens
        .compare(Tokens::new(2, &settings(&TOKENS, &own), &mut rng, &device().autodiff()));
}
