//! Integrals from draws of another distribution.

use super::{assert_states_its_spread, log_normal, rng};
use dgm::{
    metrics::{
        Estimate,
        importance::{effective_sample_size, log_z},
    },
    rng::Rng,
};

/// log Z of the integrand.
const LOG_Z: f64 = 3.7;

/// log-weights of `n` draws of N(0, 1.5²) for Z N(x; 0.5, 0.8²).
fn log_weights(n: usize, rng: &mut Rng) -> Vec<f64> {
    let log_weight = |x: f64| LOG_Z + log_normal(x, 0.5, 0.8) - log_normal(x, 0.0, 1.5);
    (0..n).map(|_| log_weight(1.5 * rng.normal())).collect()
}

#[test]
fn equal_weights_are_all_effective_and_one_heavy_weight_is_one() {
    assert!((effective_sample_size(&[-3.0; 50]) - 50.0).abs() < 1e-9);
    assert!((effective_sample_size(&[0.0, -900.0, -900.0]) - 1.0).abs() < 1e-12);
    // (1 + 2 + 3)² / (1 + 4 + 9), whatever the scale, also one that exp cannot hold.
    let weights = [1.0_f64, 2.0, 3.0].map(|w| w.ln() + 2000.0);
    assert!((effective_sample_size(&weights) - 36.0 / 14.0).abs() < 1e-9);
    assert!(effective_sample_size(&[f64::NEG_INFINITY; 3]).is_nan());
}

#[test]
fn the_error_of_log_z_is_the_delta_method_of_the_weights() {
    let weights = [0.5_f64, 1.0, 1.5, 4.0];
    let mean = Estimate::mean(weights.into_iter());
    let found = log_z(&weights.map(f64::ln));
    assert!((found.value - mean.value.ln()).abs() < 1e-12);
    assert!((found.stderr - mean.stderr / mean.value).abs() < 1e-12);
    // A proposal that is the distribution itself makes no error.
    let exact = log_z(&[LOG_Z; 10]);
    assert!((exact.value - LOG_Z).abs() < 1e-12 && exact.stderr < 1e-7, "{exact:?}");
}

#[test]
fn log_z_of_a_known_integral_is_found_within_its_error() {
    let mut rng = rng(22);
    // Single runs: two-sided, 4 standard errors, a chance of 6e-5 each.
    for _ in 0..20 {
        let Estimate { value, stderr } = log_z(&log_weights(4000, &mut rng));
        assert!(
            (value - LOG_Z).abs() < 4.0 * stderr && stderr < 0.02,
            "{value} ± {stderr}"
        );
    }
    let runs: Vec<Estimate> = (0..600).map(|_| log_z(&log_weights(500, &mut rng))).collect();
    assert_states_its_spread(&runs, "log Z");
    // Low by half of its variance on average.
    let bias = Estimate::mean(runs.iter().map(|run| run.value + 0.5 * run.stderr.powi(2)));
    assert!((bias.value - LOG_Z).abs() < 4.0 * bias.stderr, "{bias:?}");
}

#[test]
fn the_effective_share_is_what_the_two_densities_say() {
    // E[w²] / E[w]² = ∫ p² / q, by quadrature.
    let (cells, half) = (20_000, 12.0);
    let step = 2.0 * half / f64::from(cells);
    let square: f64 = (0..cells)
        .map(|k| -half + step * (f64::from(k) + 0.5))
        .map(|x| (2.0 * log_normal(x, 0.5, 0.8) - log_normal(x, 0.0, 1.5)).exp() * step)
        .sum();
    let n = 200_000;
    let share = effective_sample_size(&log_weights(n, &mut rng(23))) / n as f64;
    assert!(
        (share * square - 1.0).abs() < 0.02,
        "{share}, expected {}",
        1.0 / square
    );
}
