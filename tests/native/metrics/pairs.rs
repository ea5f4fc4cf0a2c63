//! Distances over all pairs of points: energy distance and maximum mean discrepancy.

use super::{assert_estimates, assert_states_its_spread, gaussian, rng};
use dgm::{
    data::Points,
    metrics::{
        Estimate,
        energy_distance::energy_distance,
        floor::floor,
        mmd::{median_distance, mmd_squared},
    },
};
use std::f64::consts::PI;

/// Mean over runs, with the error of the mean.
fn mean(runs: &[Estimate]) -> Estimate {
    Estimate::mean(runs.iter().map(|run| run.value))
}

#[test]
fn energy_distance_between_gaussians_is_the_closed_form() {
    // On the line E|N(m, s²)| = s √(2/π) e^(−m²/2s²) + m erf(m / s√2); here m = 1, s² = 2.
    let (erf_half, spread) = (0.520_499_877_813_046_5, 2.0 / PI.sqrt());
    let expected = 2.0 * (spread * (-0.25_f64).exp() + erf_half) - 2.0 * spread;
    let mut rng = rng(9);
    let runs: Vec<Estimate> = (0..400)
        .map(|_| {
            energy_distance(
                &gaussian(200, &[0.0], 1.0, &mut rng),
                &gaussian(150, &[1.0], 1.0, &mut rng),
            )
        })
        .collect();
    assert_estimates(mean(&runs), expected, 0.03, "energy distance");
    assert_states_its_spread(&runs, "energy distance");
}

#[test]
fn mmd_between_gaussians_is_the_closed_form() {
    // A Gaussian kernel averaged over a Gaussian difference N(m, v I): (b²/(b² + v))^(d/2) exp(−|m|²/2(b² + v)).
    let (bandwidth, d) = (0.8_f64, 2.0);
    let kernel = |square: f64, variance: f64| {
        let total = bandwidth.powi(2) + variance;
        (bandwidth.powi(2) / total).powf(d / 2.0) * (-square / (2.0 * total)).exp()
    };
    let expected = kernel(0.0, 2.0) + kernel(0.0, 0.5) - 2.0 * kernel(1.0, 1.25);
    let mut rng = rng(10);
    let runs: Vec<Estimate> = (0..400)
        .map(|_| {
            let a = gaussian(200, &[0.0, 0.0], 1.0, &mut rng);
            mmd_squared(&a, &gaussian(150, &[0.6, 0.8], 0.5, &mut rng), bandwidth)
        })
        .collect();
    assert_estimates(mean(&runs), expected, 0.005, "MMD²");
    assert_states_its_spread(&runs, "MMD²");
}

#[test]
fn unbiased_distances_vanish_on_average_for_every_data_set() {
    for row in crate::common::with_density() {
        let data = (row.build)(0.0);
        let mut rng = rng(12);
        let mut draw = || [data.sample(100, &mut rng), data.sample(100, &mut rng)];
        let distances = |a: &Points, b: &Points| [energy_distance(a, b), mmd_squared(a, b, 0.5)];
        let repeats: Vec<_> = (0..60)
            .map(|_| {
                let [a, b] = draw();
                distances(&a, &b).map(|distance| distance.value)
            })
            .collect();
        let [energy, mmd] = floor(&repeats);
        assert_estimates(energy, 0.0, 1.0, row.id);
        assert_estimates(mmd, 0.0, 0.01, row.id);
        let [a, b] = draw();
        for (one, other) in distances(&a, &b).iter().zip(distances(&b, &a)) {
            assert!((one.value - other.value).abs() < 1e-9, "{}", row.id);
            assert!((one.stderr - other.stderr).abs() < 1e-9, "{}", row.id);
        }
    }
}

#[test]
fn the_stated_error_of_a_distance_between_equals_is_not_too_small() {
    let mut rng = rng(15);
    let mut draw = || gaussian(150, &[0.0, 0.0], 1.0, &mut rng);
    let runs: Vec<Estimate> = (0..300).map(|_| mmd_squared(&draw(), &draw(), 1.0)).collect();
    let stated = runs.iter().map(|run| run.stderr).sum::<f64>() / 300.0;
    let seen = mean(&runs).stderr * 300.0_f64.sqrt();
    assert!((0.9..2.0).contains(&(stated / seen)), "{stated} stated, {seen} seen");
}

#[test]
fn the_median_distance_is_the_middle_one() {
    let line = |values: &[f32]| Points::new(1, values.to_vec());
    // Distances 1, 3, 4, 5, 8, 9: the middle of an even number is the upper one.
    assert_eq!(median_distance(&line(&[0.0, 1.0, 4.0, 9.0])), 5.0);
    // |x − y| of two unit Gaussians on the line is √2 |N(0, 1)|, whose median is √2 · 0.6745.
    let found = median_distance(&gaussian(500, &[3.0], 1.0, &mut rng(16)));
    assert!((found - 2.0_f64.sqrt() * 0.6745).abs() < 0.08, "{found}");
}
