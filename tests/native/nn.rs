//! Building blocks against what they claim: derivatives against differences, the optimiser against its formula.

use crate::common::{batch, device, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    nn::{activation::Activation, fourier::FourierFeatures, jet::Jet, mlp::Mlp, optim::Learner},
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

/// Compares a jet along v with the plain function and with central differences along v.
fn assert_jet(what: &str, jet: Jet, at: impl Fn(Tensor<2>) -> Tensor<2>, x: &Tensor<2>, v: &Tensor<2>) {
    const H: f64 = 2e-2; // f32: rounding ε/h² ≈ 1.5e-4 times the size of the values, truncation h² ≈ 4e-4 times the fourth derivative
    let [back, here, on] = [-H, 0.0, H].map(|h| at(x.clone() + v.clone() * h));
    assert_eq!(values(jet.value), values(here.clone()), "{what}");
    let first = (on.clone() - back.clone()) / (2.0 * H);
    let second = (on - here * 2.0 + back) / (H * H);
    for (name, found, expected) in [("first", jet.first, first), ("second", jet.second, second)] {
        for (found, expected) in values(found).iter().zip(values(expected)) {
            assert!(
                (found - expected).abs() < 1e-2 * expected.abs().max(1.0),
                "{what}, {name} derivative: {found}, the difference is {expected}"
            );
        }
    }
}

#[test]
fn the_jet_of_every_smooth_activation_is_that_of_central_differences() {
    for activation in [Activation::Silu, Activation::Tanh] {
        let mut rng = Rng::new(2, Stream::Init);
        let net = Mlp::new(&[2, 16, 16, 3], activation, 1.0, &mut rng, &device());
        let (x, v) = (batch(64, 2, 1), rng.normal_tensor([64, 2], &device()));
        let jet = net.jet(Jet::line(x.clone(), v.clone()));
        assert_jet(&format!("{activation:?}"), jet, |x| net.forward(x), &x, &v);
    }
}

#[test]
fn the_jet_of_a_leaky_relu_has_no_bend_and_the_slope_of_its_forward_derivative() {
    let mut rng = Rng::new(2, Stream::Init);
    let net = Mlp::new(&[2, 16, 1], Activation::LeakyRelu, 1.0, &mut rng, &device());
    let (x, v) = (batch(64, 2, 1), rng.normal_tensor([64, 2], &device()));
    let jet = net.jet(Jet::line(x.clone(), v.clone()));
    let (value, first) = net.jvp(x, v);
    assert_eq!(values(jet.value), values(value));
    assert_eq!(values(jet.first), values(first));
    assert!(values(jet.second).iter().all(|&bend| bend == 0.0));
}

#[test]
fn the_jet_of_fourier_features_is_that_of_central_differences() {
    let mut rng = Rng::new(4, Stream::Init);
    let features = FourierFeatures::new(2, 5, 1.5, &mut rng, &device());
    let net = Mlp::new(
        &[features.output_size(), 8, 1],
        Activation::Silu,
        1.0,
        &mut rng,
        &device(),
    );
    let (x, v) = (batch(64, 2, 1), rng.normal_tensor([64, 2], &device()) * 0.5);
    let waves = features.jet(Jet::line(x.clone(), v.clone()));
    assert_jet("waves", waves.clone(), |x| features.forward(x), &x, &v);
    // the waves' own second derivatives must travel on through the net
    assert_jet(
        "net on waves",
        net.jet(waves),
        |x| net.forward(features.forward(x)),
        &x,
        &v,
    );
}

#[test]
fn a_net_without_head_bias_lacks_its_last_bias_alone() {
    let net = || {
        Mlp::new(
            &[2, 8, 3],
            Activation::Silu,
            1.0,
            &mut Rng::new(2, Stream::Init),
            &device(),
        )
    };
    let x = batch(16, 2, 1);
    let difference = values(net().forward(x.clone()) - net().without_head_bias().forward(x));
    let level = &difference[..3];
    assert!(level.iter().all(|&bias| bias != 0.0));
    for row in difference.chunks(3) {
        for (found, expected) in row.iter().zip(level) {
            assert!((found - expected).abs() < 1e-5, "{found}, the level is {expected}");
        }
    }
}
