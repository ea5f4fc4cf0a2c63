//! What derivatives promise: gradients are slopes of losses, scores are slopes of energies, and every parameter learns.

use crate::common::{batch, device, fresh_small_model, small_model, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::{Density, Model, spec::ModelSpec},
    rng::{Rng, Stream},
};

/// Mean loss of a player at other parameters, with the same data and the same noise.
fn loss_at(model: &mut dyn Model, player: usize, theta: Tensor<1>, x: &Tensor<2>) -> f64 {
    model.set_parameters(player, theta);
    values(model.loss(player, x.clone(), &mut Rng::new(5, Stream::Noise)).inner())[0].into()
}

/// Whether a player's last tensor may have no slope at first: data and samples pull the hinge's constant equally while all of them lie within
/// its margin.
fn may_rest(spec: &ModelSpec, player: usize) -> bool {
    (spec.id, player) == ("gan-hinge", 0)
}

pub fn every_parameter_has_a_finite_gradient(spec: &'static ModelSpec, dim: usize) {
    let model = small_model(spec, dim);
    for player in 0..model.players() {
        let gradient = values(model.gradient(player, batch(256, dim, 6), &mut Rng::new(5, Stream::Noise)));
        assert!(
            gradient.iter().all(|g| g.is_finite()),
            "{} player {player} has a gradient that is not finite",
            spec.id
        );
        let mut rest = gradient.as_slice();
        for (index, size) in model.parameter_sizes(player).into_iter().enumerate() {
            let (tensor, tail) = rest.split_at(size);
            assert!(
                tensor.iter().any(|&g| g != 0.0) || (tail.is_empty() && may_rest(spec, player)),
                "{} on {dim}-D data, player {player}: tensor {index} does not learn",
                spec.id
            );
            rest = tail;
        }
        assert!(
            rest.is_empty(),
            "{} player {player}: sizes do not cover its parameters",
            spec.id
        );
    }
}

/// Steps within which every tensor must have had a gradient: one that starts shut, a head at zero say, lets the others learn one step later.
const WAKING_STEPS: u64 = 2;

pub fn every_parameter_learns_from_its_first_weights_on(spec: &'static ModelSpec, dim: usize) {
    let (mut model, _) = fresh_small_model(spec, dim);
    let sizes: Vec<Vec<usize>> = (0..model.players())
        .map(|player| model.parameter_sizes(player))
        .collect();
    let mut asleep: Vec<Vec<bool>> = sizes.iter().map(|sizes| vec![true; sizes.len()]).collect();
    for step in 0..WAKING_STEPS {
        for (player, sizes) in sizes.iter().enumerate() {
            let x = batch(256, dim, 6 + step);
            let gradient = values(model.gradient(player, x, &mut Rng::new(5 + step, Stream::Noise)));
            let mut start = 0;
            for (index, &size) in sizes.iter().enumerate() {
                let moved = gradient[start..start + size].iter().any(|&g| g != 0.0);
                asleep[player][index] &= !moved;
                start += size;
            }
        }
        model.train_step(batch(256, dim, 6 + step), &mut Rng::new(5 + step, Stream::Noise));
    }
    for (player, tensors) in asleep.iter().enumerate() {
        for (index, &asleep) in tensors.iter().enumerate() {
            assert!(
                !asleep || (index + 1 == tensors.len() && may_rest(spec, player)),
                "{} on {dim}-D data, player {player}: tensor {index} has no gradient in the first {WAKING_STEPS} steps",
                spec.id
            );
        }
    }
}

pub fn gradient_is_the_slope_of_the_loss(spec: &'static ModelSpec, dim: usize) {
    let mut model = small_model(spec, dim);
    // By definition not the loss's own: each such row takes the difference in tests of its own, with what moves held.
    if model.surrogate_gradient() {
        return;
    }
    let what = format!("{} on {dim}-D data", spec.id);
    assert_gradients_are_those_of_the_losses(&what, model.as_mut(), &batch(64, dim, 8));
}

/// Compares every player's gradient with slopes of its loss in four directions.
pub fn assert_gradients_are_those_of_the_losses(what: &str, model: &mut dyn Model, x: &Tensor<2>) {
    for player in 0..model.players() {
        let theta = model.parameters(player);
        let gradient = model.gradient(player, x.clone(), &mut Rng::new(5, Stream::Noise));
        let n = theta.dims()[0];
        let mut rng = Rng::new(9, Stream::Eval);
        for direction in 0..4 {
            // Along the gradient the slope is largest; the other directions keep half of it and add as much of something else.
            let along = gradient.clone() / gradient.clone().square().sum().sqrt();
            let random = rng.normal_tensor([1, n], &device()).reshape([n]) / (n as f64).sqrt();
            let u = if direction == 0 {
                along
            } else {
                along * 0.5 + random * 0.5
            };
            let expected: f64 = values((gradient.clone() * u.clone()).sum())[0].into();
            let h = 1e-2;
            let (up, down) = (theta.clone() + u.clone() * h, theta.clone() - u * h);
            let found = (loss_at(model, player, up, x) - loss_at(model, player, down, x)) / (2.0 * h);
            let error = (found - expected).abs() / expected.abs().max(0.05);
            assert!(
                error < 0.02,
                "{what}, player {player}: slope {found}, gradient says {expected}"
            );
        }
        model.set_parameters(player, theta);
    }
}

pub fn score_is_minus_the_slope_of_the_energy(spec: &'static ModelSpec, dim: usize) {
    const H: f64 = 1e-2;
    let model = small_model(spec, dim);
    let x = batch(64, dim, 10);
    let Some(score) = model.score(x.clone()) else { return };
    let score = values(score);
    for axis in 0..dim {
        let step: Vec<f32> = (0..dim).map(|i| if i == axis { H as f32 } else { 0.0 }).collect();
        let log_prob = |sign: f64| match model.density(
            x.clone() + tensor(step.clone(), dim) * sign,
            &mut Rng::new(1, Stream::Eval),
        ) {
            Density::Unnormalized(log_prob) => log_prob,
            other => panic!("{} has a score but {other:?}", spec.id),
        };
        let slope = values((log_prob(1.0) - log_prob(-1.0)) / (2.0 * H));
        for (n, slope) in slope.iter().enumerate() {
            let found = score[n * dim + axis];
            let error = (found - slope).abs() / slope.abs().max(1.0);
            assert!(
                error < 0.03,
                "{} on {dim}-D data: score {found}, slope of −E {slope}",
                spec.id
            );
        }
    }
}
