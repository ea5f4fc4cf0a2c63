//! A projection discriminator and a guided velocity, against PyTorch's on the same numbers (`tests/fixtures/golden_control.py`).

use super::agree;
use crate::common::{device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        classes::one_hot,
        diffusion::{Learned, VelocityField, guidance::Guided, network::TimeNet},
        gan::{
            Discriminator,
            losses::Objective,
            penalties::logits_and_squared_slopes,
            perceptron::{PerceptronDiscriminator, Shape},
        },
    },
    nn::{activation::Activation, classes::Conditional, optim::Learner},
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// Points of the fixture, of classes in turn.
const POINTS: usize = 8;

#[derive(Deserialize)]
struct Fixture {
    classes: usize,
    hidden: [usize; 2],
    projection: Projection,
    guided: Guide,
}

#[derive(Deserialize)]
struct Projection {
    theta: Vec<f32>,
    x: Vec<f32>,
    fakes: Vec<f32>,
    logits: Vec<f32>,
    loss: f32,
    gradient: Vec<f32>,
}

#[derive(Deserialize)]
struct Guide {
    theta: Vec<f32>,
    frequencies: Vec<f32>,
    x: Vec<f32>,
    strength: f64,
    time: f64,
    velocity: Vec<f32>,
    divergence: Vec<f32>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_control.json")).expect("the fixture is readable")
}

fn in_turn(classes: usize) -> Tensor<2> {
    let labels: Vec<u8> = (0..POINTS).map(|i| (i % classes) as u8).collect();
    one_hot(&labels, classes, &device())
}

#[test]
fn a_projection_discriminator_agrees_with_pytorch() {
    let Fixture {
        classes,
        hidden,
        projection: expected,
        ..
    } = fixture();
    let shape = Shape {
        dim: 2,
        pack: 1,
        waves: 0,
        width: hidden[0],
        depth: hidden.len(),
        activation: Activation::LeakyRelu,
        spectral_norm: false,
    };
    let (objective, mut rng) = (Objective::NonSaturating, Rng::new(0, Stream::Init));
    let net = PerceptronDiscriminator::new(shape, objective, &mut rng, &device().autodiff());
    let mut learner = Learner::new(net.with_classes(classes), Training::DEFAULT);
    learner.set_parameters(Tensor::from_data(expected.theta.as_slice(), &device()));
    let told = learner.module().given(Some(&in_turn(classes).autodiff()));
    let at = |points: &[f32]| tensor(points.to_vec(), 2).autodiff();
    let (real, squares) = logits_and_squared_slopes(&told, at(&expected.x));
    agree(&values(real.clone().inner()), &expected.logits, "logits");
    let loss = objective.discriminator(real, told.discriminate(at(&expected.fakes))) + squares.mean() * 0.5;
    agree(&values(loss.clone().inner()), &[expected.loss], "loss");
    agree(&values(learner.gradient(loss)), &expected.gradient, "gradient");
}

#[test]
fn a_guided_velocity_agrees_with_pytorch() {
    let Fixture {
        classes,
        hidden,
        guided: expected,
        ..
    } = fixture();
    let features = expected.frequencies.len() / 2;
    let frequencies = tensor(expected.frequencies, features).autodiff();
    let mut rng = Rng::new(0, Stream::Init);
    let net = TimeNet::with_frequencies(frequencies, &hidden, &mut rng, &device().autodiff());
    let mut learner = Learner::new(net.with_classes(classes), Training::DEFAULT);
    learner.set_parameters(Tensor::from_data(expected.theta.as_slice(), &device()));
    let net = learner.frozen();
    let guided = Guided::beyond(net.given(Some(&in_turn(classes))), net.given(None), expected.strength);
    let field = Learned {
        net: guided,
        scale: 1.0,
    };
    let (velocity, divergence) = field.velocity_and_divergence(tensor(expected.x.clone(), 2), expected.time);
    agree(&values(velocity), &expected.velocity, "velocity");
    agree(&values(divergence), &expected.divergence, "divergence");
    let velocity = field.velocity(tensor(expected.x, 2), expected.time);
    agree(&values(velocity), &expected.velocity, "velocity alone");
}
