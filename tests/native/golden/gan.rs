//! Losses, penalties and unrolling against PyTorch's double backward on the same numbers (`tests/fixtures/golden_gan.py`).

use crate::common::{device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::gan::{
        losses::Objective,
        penalties::{gradient_penalty, logits_and_squared_slopes},
        perceptron::{PerceptronDiscriminator, Shape},
        unrolled,
    },
    nn::{activation::Activation, optim::Learner},
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// float32 against float64.
const TOLERANCE: f32 = 1e-5;

#[derive(Deserialize)]
struct Fixture {
    objectives: Objectives,
    discriminators: Vec<Case>,
}

#[derive(Deserialize)]
struct Objectives {
    real: Vec<f32>,
    fake: Vec<f32>,
    minimax: Pair,
    non_saturating: Pair,
    least_squares: Pair,
    hinge: Pair,
    wasserstein: Pair,
    relativistic: Pair,
}

#[derive(Deserialize)]
struct Pair {
    discriminator: Loss,
    generator: Loss,
}

#[derive(Deserialize)]
struct Loss {
    loss: f32,
    real: Vec<f32>,
    fake: Vec<f32>,
}

#[derive(Deserialize)]
struct Case {
    network: Vec<usize>,
    pack: usize,
    theta: Vec<f32>,
    x: Vec<f32>,
    fakes: Vec<f32>,
    between: Vec<f32>,
    r1: Term,
    r2: Term,
    gradient_penalty: Term,
    unrolled: Unrolled,
}

#[derive(Deserialize)]
struct Term {
    value: f32,
    gradient: Vec<f32>,
}

#[derive(Deserialize)]
struct Unrolled {
    steps: usize,
    rate: f64,
    loss: f32,
    gradient: Vec<f32>,
}

impl Case {
    fn learner(&self) -> Learner<PerceptronDiscriminator> {
        let shape = Shape {
            dim: 2,
            pack: self.pack,
            waves: 0,
            width: self.network[1],
            depth: self.network.len() - 2,
            activation: Activation::LeakyRelu,
            spectral_norm: false,
        };
        let mut rng = Rng::new(0, Stream::Init);
        let net = PerceptronDiscriminator::new(shape, Objective::NonSaturating, &mut rng, &device().autodiff());
        let mut learner = Learner::new(net, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        learner
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_gan.json")).expect("the fixture is readable")
}

fn agree(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        let off = (a - b).abs() / b.abs().max(1.0);
        assert!(off < TOLERANCE, "{what}, number {i}: {a}, PyTorch has {b}");
    }
}

#[test]
fn every_pair_of_losses_and_its_gradients_are_pytorchs() {
    let all = fixture().objectives;
    for objective in Objective::ALL {
        let pair = match objective {
            Objective::Minimax => &all.minimax,
            Objective::NonSaturating => &all.non_saturating,
            Objective::LeastSquares => &all.least_squares,
            Objective::Hinge => &all.hinge,
            Objective::Wasserstein => &all.wasserstein,
            Objective::Relativistic => &all.relativistic,
        };
        let leaf = |values: &[f32]| Tensor::<1>::from_data(values, &device()).autodiff().require_grad();
        for (player, expected) in [("discriminator", &pair.discriminator), ("generator", &pair.generator)] {
            let (real, fake) = (leaf(&all.real), leaf(&all.fake));
            let loss = match player {
                "discriminator" => objective.discriminator(real.clone(), fake.clone()),
                _ => objective.generator(real.clone(), fake.clone()),
            };
            let what = format!("{objective:?}, {player}");
            agree(&values(loss.clone().inner()), &[expected.loss], &what);
            let grads = loss.backward();
            for (logits, expected) in [(real, &expected.real), (fake, &expected.fake)] {
                let none = || logits.clone().inner().zeros_like();
                let found = logits.grad(&grads).unwrap_or_else(none);
                agree(&values(found), expected, &format!("{what}, gradient"));
            }
        }
        let (real, fake) = objective.discriminator_slopes(leaf(&all.real), leaf(&all.fake));
        let n = all.real.len() as f64;
        for (slopes, expected) in [(real, &pair.discriminator.real), (fake, &pair.discriminator.fake)] {
            agree(&values(slopes.inner() / n), expected, &format!("{objective:?}, slopes"));
        }
    }
}

#[test]
fn penalties_and_their_gradients_are_pytorchs() {
    for case in fixture().discriminators {
        let learner = case.learner();
        let at = |points: &[f32]| tensor(points.to_vec(), 2).autodiff();
        let r = |points: &[f32]| logits_and_squared_slopes(learner.module(), at(points)).1.mean();
        let terms = [
            ("R1", r(&case.x), &case.r1),
            ("R2", r(&case.fakes), &case.r2),
            (
                "gradient penalty",
                gradient_penalty(learner.module(), at(&case.between)),
                &case.gradient_penalty,
            ),
        ];
        for (name, found, expected) in terms {
            let what = format!("{name}, {} at once", case.pack);
            agree(&values(found.clone().inner()), &[expected.value], &what);
            agree(
                &values(learner.gradient(found)),
                &expected.gradient,
                &format!("{what}, gradient"),
            );
        }
    }
}

#[test]
fn unrolling_differentiates_through_the_steps_as_pytorch_does() {
    for case in fixture().discriminators {
        assert_eq!(case.unrolled.rate, unrolled::RATE);
        let fakes = tensor(case.fakes.clone(), 2).autodiff().require_grad();
        let loss = unrolled::generator_loss(
            Objective::NonSaturating,
            &case.learner(),
            &tensor(case.x.clone(), 2),
            fakes.clone(),
            case.unrolled.steps,
            None,
        );
        let what = format!("{} steps ahead, {} at once", case.unrolled.steps, case.pack);
        agree(&values(loss.clone().inner()), &[case.unrolled.loss], &what);
        let gradient = fakes.grad(&loss.backward()).expect("the loss depends on the samples");
        agree(&values(gradient), &case.unrolled.gradient, &format!("{what}, gradient"));
    }
}
