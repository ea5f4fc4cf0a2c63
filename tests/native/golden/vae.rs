//! Losses and gradients of the autoencoders, against PyTorch's on the same numbers (`tests/fixtures/golden_vae.py`).

use super::agree;
use crate::common::{device, tensor, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    models::vae::{
        Vae,
        gaussian::GaussianVae,
        method::losses,
        vector_quantized::{Size, VectorQuantized},
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// Those of the fixture.
const SIZE: Size = Size {
    latent: 2,
    codes: 5,
    width: 8,
    depth: 2,
};
const BETA: f64 = 0.7;
const FREE_BITS: f64 = 0.52;
const COMMITMENT: f64 = 0.4;

#[derive(Deserialize)]
struct Fixture {
    free_bits: Case,
    iwae: Case,
    vq: Case,
}

#[derive(Deserialize)]
struct Case {
    theta: Vec<f32>,
    x: Vec<f32>,
    eps: Vec<f32>,
    losses: Vec<f32>,
    gradient: Vec<f32>,
}

impl Case {
    /// Compares the losses of `module` at the fixture's parameters, and the gradient of the first, with PyTorch's.
    fn compare<M: Module>(&self, module: M, losses: impl Fn(&M, Tensor<2>, Tensor<2>) -> Tensor<1>) {
        let mut learner = Learner::new(module, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let (x, eps) = (tensor(self.x.clone(), 2), tensor(self.eps.clone(), SIZE.latent));
        let found = losses(learner.module(), x.autodiff(), eps.autodiff());
        agree(&values(found.clone().inner()), &self.losses, "losses");
        agree(
            &values(learner.gradient(found.narrow(0, 0, 1))),
            &self.gradient,
            "gradient",
        );
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_vae.json")).expect("the fixture is readable")
}

fn gaussian_vae() -> GaussianVae {
    let mut rng = Rng::new(0, Stream::Init);
    GaussianVae::new(2, SIZE.latent, SIZE.width, SIZE.depth, &mut rng, &device().autodiff())
}

#[test]
fn a_vae_with_free_bits_and_a_beta_agrees_with_pytorch() {
    fixture()
        .free_bits
        .compare(gaussian_vae(), |vae, x, eps| losses(vae.elbo(x, eps), BETA, FREE_BITS));
}

#[test]
fn an_iwae_agrees_with_pytorch() {
    fixture().iwae.compare(gaussian_vae(), |vae, x, eps| {
        losses(vae.weighted_elbo(x, eps), 1.0, 0.0)
    });
}

#[test]
fn a_vq_vae_agrees_with_pytorch() {
    let mut rng = Rng::new(0, Stream::Init);
    let net = VectorQuantized::new(2, SIZE, &mut rng, &device().autodiff());
    fixture().vq.compare(net, |net, x, _| {
        let [reconstruction, codebook, commitment] = net.terms(x.clone(), &net.hold(x));
        let loss = reconstruction.clone() + codebook.clone() + commitment.clone() * COMMITMENT;
        Tensor::cat(vec![loss, reconstruction, codebook, commitment], 0)
    });
}
