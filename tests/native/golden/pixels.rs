//! Losses and gradients of the models over pixels, against PyTorch's on the same numbers (`tests/fixtures/golden_pixels.py`).

use super::agree;
use crate::common::{device, settings, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{
        Density,
        autoregressive::made_pixels::MADE_PIXELS,
        vae::{
            Vae,
            method::losses,
            pixels::{PixelVae, VAE_PRIOR_PIXELS},
        },
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// Those of the fixture.
const PIXELS: Space = Space {
    dim: 4,
    levels: Some(3),
    classes: 0,
};
const LATENT: usize = 2;
const BETA: f64 = 0.7;
const FREE_BITS: f64 = 0.3;

#[derive(Deserialize)]
struct Fixture {
    vae: Case,
    made: Case,
}

#[derive(Deserialize)]
struct Case {
    theta: Vec<f32>,
    x: Vec<f32>,
    eps: Vec<f32>,
    log_prob: Vec<f32>,
    losses: Vec<f32>,
    gradient: Vec<f32>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_pixels.json")).expect("the fixture is readable")
}

#[test]
fn a_vae_over_pixels_with_a_learned_prior_agrees_with_pytorch() {
    let case = fixture().vae;
    let settings = settings(
        &VAE_PRIOR_PIXELS,
        &[
            ("width", 8.0),
            ("depth", 2.0),
            ("latent", LATENT as f64),
            ("prior_components", 3.0),
        ],
    );
    let mut rng = Rng::new(0, Stream::Init);
    let vae = PixelVae::new(PIXELS, &settings, &mut rng, &device().autodiff());
    let mut learner = Learner::new(vae, Training::DEFAULT);
    learner.set_parameters(Tensor::from_data(case.theta.as_slice(), &device()));
    let [x, eps] = [(case.x, PIXELS.dim), (case.eps, LATENT)].map(|(rows, dim)| tensor(rows, dim).autodiff());
    let found = losses(learner.module().weighted_elbo(x, eps), BETA, FREE_BITS);
    agree(&values(found.clone().inner()), &case.losses, "losses");
    let gradient = learner.gradient(found.narrow(0, 0, 1));
    agree(&values(gradient), &case.gradient, "gradient");
}

#[test]
fn made_over_pixels_agrees_with_pytorch() {
    let case = fixture().made;
    let settings = settings(
        &MADE_PIXELS,
        &[("width", 8.0), ("depth", 2.0), ("orders", 2.0), ("dropout", 0.0)],
    );
    let mut rng = Rng::new(0, Stream::Init);
    let mut model = (MADE_PIXELS.build)(PIXELS, &settings, &mut rng, &device().autodiff());
    model.set_parameters(0, Tensor::from_data(case.theta.as_slice(), &device()));
    let x = tensor(case.x, PIXELS.dim);
    match model.density(x.clone(), &mut rng) {
        Density::Exact(log_prob) => agree(&values(log_prob), &case.log_prob, "log P of the mean"),
        other => panic!("exact, not {other:?}"),
    }
    agree(
        &values(model.loss(0, x.clone(), &mut rng).inner()),
        &case.losses,
        "loss",
    );
    agree(&values(model.gradient(0, x, &mut rng)), &case.gradient, "gradient");
}
