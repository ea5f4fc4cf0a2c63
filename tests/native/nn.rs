//! Building blocks against what they claim: derivatives against differences, the optimiser against its formula.

use crate::common::{batch, device, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    nn::{
        fourier::FourierFeatures,
        mlp::{Activation, Mlp},
        optim::Learner,
    },
    rng::{Rng, Stream},
    spec::training::Training,
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
fn the_derivative_along_the_weights_is_that_of_a_central_difference() {
    for activation in [Activation::Silu, Activation::Tanh] {
        let net = |seed| {
            Mlp::new(
                &[2, 16, 16, 3],
                activation,
                1.0,
                &mut Rng::new(seed, Stream::Init),
                &device(),
            )
        };
        let learner = Learner::new(net(2), Training::DEFAULT);
        let along = Learner::new(net(3), Training::DEFAULT).parameters();
        let x = batch(64, 2, 1);
        let (y, dy) = learner.module().parameter_jvp(x.clone(), &net(3));
        assert_eq!(values(y), values(learner.module().forward(x.clone())));
        let moved = |h: f64| {
            let theta = learner.parameters() + along.clone() * h;
            learner.module_at(theta).valid().forward(x.clone())
        };
        let h = 1e-2;
        for (found, expected) in values(dy).iter().zip(values((moved(h) - moved(-h)) / (2.0 * h))) {
            assert!(
                (found - expected).abs() < 2e-3 * expected.abs().max(1.0),
                "{activation:?}: {found}, the difference is {expected}"
            );
        }
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
