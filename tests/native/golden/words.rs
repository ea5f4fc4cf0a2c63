//! Log-probabilities, loss and gradient of the models of sequences against PyTorch's on the same numbers (`tests/fixtures/golden_words.py`).

use super::agree;
use crate::common::{device, values};
use burn::tensor::Tensor;
use dgm::{
    data::text::{Sequence, Windows},
    models::{
        language::{
            gru::{GRU, Gru},
            predictor::{Predictor, log_prob, loss},
            transformer::Transformer,
        },
        settings::Settings,
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

const VOCABULARY: usize = 7;
const WINDOWS: usize = 3;
const LENGTH: usize = 6;

#[derive(Deserialize)]
struct Fixture {
    gru: Case,
    transformer: Case,
}

#[derive(Deserialize)]
struct Case {
    theta: Vec<f32>,
    tokens: Vec<u32>,
    log_prob: Vec<f32>,
    loss: Vec<f32>,
    gradient: Vec<f32>,
}

impl Case {
    fn compare(self, net: impl Predictor) {
        let windows = Windows {
            count: WINDOWS,
            length: LENGTH,
            tokens: self.tokens,
        };
        let mut learner = Learner::new(net, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let log_prob = log_prob(learner.module(), &windows);
        agree(&values(log_prob.inner()), &self.log_prob, "log p");
        let loss = loss(learner.module(), &windows, None);
        agree(&values(loss.clone().inner()), &self.loss, "loss");
        agree(&values(learner.gradient(loss)), &self.gradient, "gradient");
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_words.json")).expect("the fixture is readable")
}

#[test]
fn gru_agrees_with_pytorch() {
    let mut settings = Settings::defaults(GRU.params);
    for (id, value) in [("width", 5.0), ("embedding", 8.0)] {
        settings.set(GRU.params, id, value).expect("within range");
    }
    let sequence = Sequence::even(VOCABULARY);
    let mut rng = Rng::new(0, Stream::Init);
    fixture()
        .gru
        .compare(Gru::new(&sequence, &settings, &mut rng, &device().autodiff()));
}

#[test]
fn transformer_agrees_with_pytorch() {
    let (sequence, mut rng) = (Sequence::even(VOCABULARY), Rng::new(0, Stream::Init));
    let net = Transformer::sized(&sequence, LENGTH, [8, 2, 2], 0.0, &mut rng, &device().autodiff());
    fixture().transformer.compare(net);
}
