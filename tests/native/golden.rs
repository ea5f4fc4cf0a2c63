//! Ten optimiser steps of a flow and of a VAE, against PyTorch's on the same numbers (`tests/fixtures/golden.py`).

mod autoregressive;
mod control;
mod diffusion;
mod energy;
mod flow;
mod gan;
mod pixels;
mod vae;
mod words;

use crate::common::{device, tensor, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    models::{
        flow::{Bijector, conditioner::Size, realnvp::realnvp},
        vae::{Vae, gaussian::GaussianVae},
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// float32 against float64, over ten steps.
const TOLERANCE: f32 = 1e-4;

#[derive(Deserialize)]
struct Fixture {
    realnvp: Run,
    vae: Run,
}

#[derive(Deserialize)]
struct Run {
    networks: Vec<Vec<usize>>,
    learning_rate: f64,
    clip: f64,
    theta: Vec<f32>,
    batch: Vec<f32>,
    noise: Vec<f32>,
    losses: Vec<Vec<f32>>,
    final_theta: Vec<f32>,
}

impl Run {
    /// Widths of the hidden layers, the same in every network of a fixture.
    fn hidden(&self) -> Vec<usize> {
        let network = &self.networks[0];
        network[1..network.len() - 1].to_vec()
    }

    /// Takes the fixture's steps on `losses` and compares with what PyTorch found.
    fn replay<M: Module>(&self, module: M, losses: impl Fn(&M, Tensor<2>, Tensor<2>) -> Tensor<1>) {
        let training = Training {
            learning_rate: self.learning_rate,
            clip: self.clip,
            ..Training::DEFAULT
        };
        let mut learner = Learner::new(module, training);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let (x, noise) = (
            tensor(self.batch.clone(), 2).autodiff(),
            tensor(self.noise.clone(), 2).autodiff(),
        );
        for (step, expected) in self.losses.iter().enumerate() {
            let all = losses(learner.module(), x.clone(), noise.clone());
            learner.descend(all.clone().narrow(0, 0, 1));
            agree(&values(all.inner()), expected, &format!("losses of step {step}"));
        }
        agree(&values(learner.parameters()), &self.final_theta, "final parameters");
    }
}

fn agree(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() < TOLERANCE, "{what}, number {i}: {a}, PyTorch has {b}");
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../fixtures/golden.json")).expect("the fixture is readable")
}

#[test]
fn realnvp_follows_pytorch() {
    let run = fixture().realnvp;
    let mut rng = Rng::new(0, Stream::Init);
    let hidden = run.hidden();
    let size = Size {
        features: 0,
        width: hidden[0],
        depth: hidden.len(),
    };
    let flow = realnvp(run.networks.len(), size, &mut rng, &device().autodiff());
    run.replay(flow, |flow, x, _| flow.log_prob(x).mean().neg());
}

#[test]
fn vae_follows_pytorch() {
    let run = fixture().vae;
    let hidden = run.hidden();
    let mut rng = Rng::new(0, Stream::Init);
    let vae = GaussianVae::new(2, 2, hidden[0], hidden.len(), &mut rng, &device().autodiff());
    run.replay(vae, |vae, x, noise| {
        let terms = vae.elbo(x, noise).terms;
        let (reconstruction, kl) = (terms.reconstruction.mean(), terms.kl.mean());
        Tensor::cat(vec![reconstruction.clone() + kl.clone(), reconstruction, kl], 0)
    });
}
