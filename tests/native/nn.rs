//! Building blocks against what they claim: derivatives against differences, the optimiser against its formula.

use crate::common::{batch, device, values};
use burn::{
    module::{Module, Param},
    tensor::Tensor,
};
use dgm::{
    nn::{
        fourier::FourierFeatures,
        mlp::{Activation, Mlp},
        optim::Learner,
    },
    rng::{Rng, Stream},
};

/// Compares J(x) v with a central difference along v, output by output.
fn assert_jvp(what: &str, jvp: Tensor<2>, at: impl Fn(Tensor<2>) -> Tensor<2>, x: &Tensor<2>, v: &Tensor<2>) {
    const H: f64 = 1e-2;
    let difference = (at(x.clone() + v.clone() * H) - at(x.clone() - v.clone() * H)) / (2.0 * H);
    for (found, expected) in values(jvp).iter().zip(values(difference)) {
        assert!(
            (found - expected).abs() < 2e-3 * expected.abs().max(1.0),
            "{what}: {found}, the difference is {expected}"
        );
    }
}

#[test]
fn the_forward_derivative_of_every_activation_is_that_of_a_central_difference() {
    for activation in [Activation::Silu, Activation::Tanh] {
        let mut rng = Rng::new(2, Stream::Init);
        let net = Mlp::new(&[2, 16, 16, 3], activation, 1.0, &mut rng, &device());
        let (x, v) = (batch(64, 2, 1), rng.normal_tensor([64, 2], &device()));
        let (y, dy) = net.jvp(x.clone(), v.clone());
        assert_eq!(values(y), values(net.forward(x.clone())));
        assert_jvp(&format!("{activation:?}"), dy, |x| net.forward(x), &x, &v);
    }
}

#[test]
fn the_forward_derivative_of_a_leaky_relu_holds_away_from_its_kinks() {
    let mut rng = Rng::new(2, Stream::Init);
    let net = Mlp::new(&[2, 16, 1], Activation::LeakyRelu, 1.0, &mut rng, &device());
    let (x, v) = (batch(256, 2, 1), rng.normal_tensor([256, 2], &device()));
    let h = 1e-3;
    let difference = (net.forward(x.clone() + v.clone() * h) - net.forward(x.clone() - v.clone() * h)) / (2.0 * h);
    let off = values((net.jvp(x, v).1 - difference).abs());
    let bad = off.iter().filter(|&&off| off > 5e-3).count();
    // A difference over 2e-3 straddles one of 16 kinks for a few of 256 points.
    assert!(bad <= 12, "{bad} of {} derivatives are off", off.len());
}

#[test]
fn fourier_features_are_the_coordinates_and_unit_circles() {
    let features = FourierFeatures::new(2, 5, 3.0, &mut Rng::new(4, Stream::Init), &device());
    let x = batch(32, 2, 1);
    let seen = features.forward(x.clone());
    assert_eq!(seen.dims(), [32, features.output_size()]);
    assert_eq!(values(seen.clone().narrow(1, 0, 2)), values(x));
    let circle = seen.clone().narrow(1, 2, 5).square() + seen.narrow(1, 7, 5).square();
    assert!(values(circle).iter().all(|r| (r - 1.0).abs() < 1e-5));
}

/// A single weight, so that the optimiser can be followed by hand.
#[derive(Module, Debug)]
struct Weights {
    w: Param<Tensor<1>>,
}

fn learner(values: [f32; 2]) -> Learner<Weights> {
    let w = Param::from_tensor(Tensor::<1>::from_data(values, &device().autodiff()));
    Learner::new(Weights { w })
}

/// ½ Σ aᵢ wᵢ²: its gradient is a · w.
fn bowl(learner: &Learner<Weights>, a: [f32; 2]) -> Tensor<1> {
    let w = learner.module().w.val();
    let a = Tensor::<1>::from_data(a, &w.device());
    (w.square() * a).sum() * 0.5
}

#[test]
fn the_first_step_of_adam_has_the_length_of_the_learning_rate_in_every_coordinate() {
    let mut learner = learner([3.0, -2.0]);
    let loss = bowl(&learner, [1.0, 100.0]);
    learner.descend(loss, 0.1);
    let found = values(learner.parameters());
    assert!(
        (found[0] - 2.9).abs() < 1e-5 && (found[1] + 1.9).abs() < 1e-5,
        "{found:?}"
    );
}

#[test]
fn a_cooled_learning_rate_falls_with_the_square_root_of_the_updates() {
    // Under a constant gradient every update of Adam has the length of the learning rate.
    let mut learner = learner([0.0, 0.0]).with_cooling(4.0);
    for update in 0..12u32 {
        let before = values(learner.parameters())[0];
        let loss = learner.module().w.val().sum();
        learner.descend(loss, 0.1);
        let expected = 0.1 / (1.0 + update as f32 / 4.0).sqrt();
        let found = before - values(learner.parameters())[0];
        assert!(
            (found - expected).abs() < 1e-4,
            "update {update}: {found}, expected {expected}"
        );
    }
}

#[test]
fn clipping_scales_the_whole_gradient_to_the_given_norm() {
    // m after one step is (1 − β₁) g: it shows the gradient that the optimiser saw. Before clipping it is (3, 4).
    let mut clipped = learner([3.0, 4.0]).with_clip(1.0);
    let loss = bowl(&clipped, [1.0, 1.0]);
    clipped.descend(loss, 0.1);
    let m = values(clipped.state().0[1].clone());
    assert!((m[0] - 0.06).abs() < 1e-6 && (m[1] - 0.08).abs() < 1e-6, "{m:?}");
    let mut short = learner([3.0, 4.0]).with_clip(10.0);
    let loss = bowl(&short, [1.0, 1.0]);
    short.descend(loss, 0.1);
    let m = values(short.state().0[1].clone());
    assert!(
        (m[0] - 0.3).abs() < 1e-6 && (m[1] - 0.4).abs() < 1e-6,
        "a short gradient stays as it is: {m:?}"
    );
}

#[test]
fn the_average_of_weights_follows_its_formula() {
    const DECAY: f64 = 0.9;
    let mut learner = learner([3.0, -2.0]).with_average(DECAY);
    let mut expected = values(learner.parameters());
    for update in 1..=120u32 {
        let loss = bowl(&learner, [1.0, 1.0]);
        learner.descend(loss, 0.05);
        let decay = DECAY.min(f64::from(1 + update) / f64::from(10 + update)) as f32;
        for (average, now) in expected.iter_mut().zip(values(learner.parameters())) {
            *average = *average * decay + now * (1.0 - decay);
        }
    }
    let found = values(learner.frozen().w.val());
    assert!(
        found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4),
        "{found:?}, by hand {expected:?}"
    );
    assert!(
        (found[0] - values(learner.parameters())[0]).abs() > 1e-3,
        "the average lags behind the weights"
    );
}

#[test]
fn a_learner_goes_on_exactly_from_its_state() {
    let mut one = learner([3.0, -2.0]).with_average(0.9);
    let mut other = learner([0.0, 0.0]).with_average(0.9);
    let step = |learner: &mut Learner<Weights>| {
        let loss = bowl(learner, [1.0, 5.0]);
        learner.descend(loss, 0.1);
    };
    (0..5).for_each(|_| step(&mut one));
    let (tensors, updates) = one.state();
    other.load_state(&tensors, updates);
    for _ in 0..3 {
        step(&mut one);
        step(&mut other);
    }
    assert_eq!(values(one.parameters()), values(other.parameters()));
    assert_eq!(values(one.frozen().w.val()), values(other.frozen().w.val()));
}
