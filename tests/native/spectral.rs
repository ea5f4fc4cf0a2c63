//! Spectral normalisation: against singular values from the host, through learning, and across a snapshot.

use crate::{
    common::{batch, device, values},
    gan::{SHAPE, discriminator, game, noise},
};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    models::gan::{
        Discriminator,
        losses::Objective,
        perceptron::{PerceptronDiscriminator, Shape},
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    session::{Session, config::Patch},
    spec::training::Training,
};
use pollster::block_on;
use std::collections::BTreeMap;

/// Largest singular value of a matrix given row by row, by 500 power iterations in double precision.
fn largest_singular_value(matrix: &Tensor<2>) -> f64 {
    let columns = matrix.dims()[1];
    let entries: Vec<f64> = values(matrix.clone()).iter().map(|&w| w.into()).collect();
    let rows: Vec<&[f64]> = entries.chunks(columns).collect();
    let length = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut u: Vec<f64> = (0..columns).map(|i| 1.0 + 0.1 * i as f64).collect();
    let mut sigma = 0.0;
    for _ in 0..500 {
        let size = length(&u);
        u.iter_mut().for_each(|u| *u /= size);
        let image: Vec<f64> = rows
            .iter()
            .map(|row| row.iter().zip(&u).map(|(w, u)| w * u).sum())
            .collect();
        sigma = length(&image);
        for (column, u) in u.iter_mut().enumerate() {
            *u = rows.iter().zip(&image).map(|(row, y)| row[column] * y).sum();
        }
    }
    sigma
}

#[test]
fn spectral_normalisation_makes_every_largest_singular_value_one() {
    let mut net = discriminator(Shape {
        spectral_norm: true,
        ..SHAPE
    });
    for _ in 0..50 {
        net.learned();
    }
    for (layer, weight) in net.effective().weights().iter().enumerate() {
        let sigma = largest_singular_value(weight);
        assert!((sigma - 1.0).abs() < 1e-2, "layer {layer}: {sigma}");
    }
}

#[test]
fn a_normalised_discriminator_moves_with_its_weights_as_differences_say() {
    let net = |seed| {
        let shape = Shape {
            spectral_norm: true,
            pack: 2,
            ..SHAPE
        };
        PerceptronDiscriminator::new(
            shape,
            Objective::NonSaturating,
            &mut Rng::new(seed, Stream::Init),
            &device(),
        )
    };
    let learner = Learner::new(net(2), Training::DEFAULT);
    let along = Learner::new(net(3), Training::DEFAULT).parameters();
    let x = batch(64, 2, 1);
    let (logits, moves) = learner.module().parameter_jvp(x.clone(), &net(3));
    assert_eq!(values(logits), values(learner.module().discriminate(x.clone())));
    let h = 1e-2;
    let at = |h: f64| {
        let theta = learner.parameters() + along.clone() * h;
        learner.module_at(theta).valid().discriminate(x.clone())
    };
    for (found, expected) in values(moves).iter().zip(values((at(h) - at(-h)) / (2.0 * h))) {
        assert!(
            (found - expected).abs() < 2e-3 * expected.abs().max(1.0),
            "{found}, the difference is {expected}"
        );
    }
}

#[test]
fn a_spectral_norm_follows_weights_that_learn() {
    let mut model = game("gan", &[("spectral_norm", 1.0), ("waves", 0.0), ("r1_gamma", 0.0)]);
    for step in 0..100 {
        model.train_step(batch(64, 2, step), &mut noise());
    }
    // leaky ReLU and layers of norm 1: no two logits differ by more than their points
    let x = batch(2000, 2, 9);
    let (a, b) = (x.clone().narrow(0, 0, 1000), x.narrow(0, 1000, 1000));
    let logits = |x: &Tensor<2>| model.discriminate(x.clone()).expect("a discriminator");
    let rise = (logits(&a) - logits(&b)).abs();
    let way: Tensor<1> = (a - b).square().sum_dim(1).sqrt().squeeze_dim(1);
    let steepest = values((rise / way).max())[0];
    assert!((0.05..1.02).contains(&steepest), "the steepest slope is {steepest}");
}

#[test]
fn a_snapshot_keeps_the_singular_vectors() {
    let params = BTreeMap::from([("spectral_norm".to_owned(), 1.0), ("batch".to_owned(), 32.0)]);
    let patch = Patch {
        model: Some("gan".into()),
        params,
        ..Patch::default()
    };
    let mut session = Session::new(device());
    session.configure(&patch).expect("configures");
    block_on(session.step(4)).expect("steps");
    let mut other = Session::new(device());
    other
        .restore(&block_on(session.snapshot()).expect("a snapshot"))
        .expect("restores");
    let go_on = |session: &mut Session| block_on(session.step(3)).expect("steps").losses;
    assert_eq!(go_on(&mut session), go_on(&mut other));
}
