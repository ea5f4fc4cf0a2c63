//! Laws that hold for every registered model: registering one is what puts it under test.

use crate::common::{batch, device, for_every_model, fresh_small_model, small_model, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    data::Bounds,
    models::{Density, spec::ModelSpec},
    rng::{Rng, Stream},
    session::frame::{cell_volume, lattice},
};

/// Mean loss of a player at other parameters, with the same data and the same noise.
fn loss_at(model: &mut dyn dgm::models::Model, player: usize, theta: Tensor<1>, x: &Tensor<2>) -> f64 {
    model.set_parameters(player, theta);
    values(model.loss(player, x.clone(), &mut Rng::new(5, Stream::Noise)).inner())[0].into()
}

#[test]
fn every_normalised_density_integrates_to_one() {
    // Models are small and near a standard Gaussian: ±10 holds all but a negligible part.
    let bounds = Bounds {
        x: [-12.0, 12.0],
        y: [-12.0, 12.0],
    };
    for_every_model(|spec, dim| {
        if dim > 2 {
            return; // too many cells; the pictures' tests add up all pictures of four pixels
        }
        let side = if dim == 1 { 8000 } else { 400 };
        let x = tensor(lattice(&bounds, side, dim).values, dim);
        let density = small_model(spec, dim).density(x, &mut Rng::new(1, Stream::Eval));
        let (Density::Exact(log_prob) | Density::Estimate(log_prob)) = density else {
            return;
        };
        let mass: f64 =
            values(log_prob).iter().map(|&l| f64::from(l).exp()).sum::<f64>() * cell_volume(&bounds, side, dim);
        assert!(
            (mass - 1.0).abs() < 0.01,
            "{} on {dim}-D data integrates to {mass}",
            spec.id
        );
    });
}

#[test]
fn every_inverse_undoes_its_forward() {
    for_every_model(|spec, dim| {
        let model = small_model(spec, dim);
        let x = batch(256, dim, 3);
        let Some((z, _)) = model.latent_from_data(x.clone()) else {
            return;
        };
        let back = model.data_from_latent(z).expect("a flow goes both ways");
        let worst = values((back - x).abs().max())[0];
        assert!(worst < 1e-3, "{} on {dim}-D data comes back {worst} off", spec.id);
    });
}

/// log|det| by elimination with the largest pivot.
fn log_abs_det(mut rows: Vec<Vec<f64>>) -> f64 {
    let mut sum = 0.0;
    for k in 0..rows.len() {
        let largest = (k..rows.len()).max_by(|&a, &b| rows[a][k].abs().total_cmp(&rows[b][k].abs()));
        rows.swap(k, largest.expect("a row is left"));
        let (done, left) = rows.split_at_mut(k + 1);
        let pivot = &done[k];
        sum += pivot[k].abs().ln();
        for row in left {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(pivot).for_each(|(entry, p)| *entry -= factor * p);
        }
    }
    sum
}

#[test]
fn every_log_det_is_that_of_a_central_difference_jacobian() {
    const H: f64 = 1e-2; // f32: truncation h² ≈ 1e-4 and rounding ε/h ≈ 1e-5 balance here
    for_every_model(|spec, dim| {
        let model = small_model(spec, dim);
        let x = batch(128, dim, 4);
        let Some((_, log_det)) = model.latent_from_data(x.clone()) else {
            return;
        };
        let column = |axis: usize| {
            let step: Vec<f32> = (0..dim).map(|i| if i == axis { H as f32 } else { 0.0 }).collect();
            let at = |sign: f64| {
                model
                    .latent_from_data(x.clone() + tensor(step.clone(), dim) * sign)
                    .expect("a flow")
                    .0
            };
            values((at(1.0) - at(-1.0)) / (2.0 * H)) // row by row, [n, d]
        };
        let columns: Vec<Vec<f32>> = (0..dim).map(column).collect();
        let mut errors: Vec<f32> = values(log_det)
            .iter()
            .enumerate()
            .map(|(n, log_det)| {
                let row = |row: usize| (0..dim).map(|col| f64::from(columns[col][n * dim + row])).collect();
                (log_abs_det((0..dim).map(row).collect()) as f32 - log_det).abs()
            })
            .collect();
        // Splines have kinks in the second derivative at their knots, where a difference straddles two pieces: judge all but the worst few.
        errors.sort_by(f32::total_cmp);
        let judged = errors[errors.len() * 95 / 100];
        assert!(judged < 2e-2, "{} on {dim}-D data: log det is {judged} off", spec.id);
    });
}

/// Whether a player's last tensor may have no slope at first: data and samples pull the hinge's constant equally while all of them lie within
/// its margin.
fn may_rest(spec: &ModelSpec, player: usize) -> bool {
    (spec.id, player) == ("gan-hinge", 0)
}

#[test]
fn every_parameter_gets_a_finite_non_zero_gradient() {
    for_every_model(|spec, dim| {
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
    });
}

/// Steps within which every tensor must have had a gradient: one that starts shut, a head at zero say, lets the others learn one step later.
const WAKING_STEPS: u64 = 2;

#[test]
fn every_parameter_learns_from_its_first_weights_on() {
    for_every_model(|spec, dim| {
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
    });
}

#[test]
fn every_gradient_agrees_with_a_central_difference_of_the_loss() {
    for_every_model(|spec, dim| {
        let mut model = small_model(spec, dim);
        // By definition not the loss's own: each such row takes the difference in tests of its own, with what moves held.
        if model.surrogate_gradient() {
            return;
        }
        let what = format!("{} on {dim}-D data", spec.id);
        assert_gradients_are_those_of_the_losses(&what, model.as_mut(), &batch(64, dim, 8));
    });
}

/// Compares every player's gradient with slopes of its loss in four directions.
pub fn assert_gradients_are_those_of_the_losses(what: &str, model: &mut dyn dgm::models::Model, x: &Tensor<2>) {
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

#[test]
fn every_score_is_minus_the_central_difference_of_the_energy() {
    const H: f64 = 1e-2;
    for_every_model(|spec, dim| {
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
    });
}
