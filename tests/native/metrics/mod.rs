//! Measures against closed forms, mostly of Gaussians, and on what they promise for equal distributions.

mod coverage;
mod divergence;
mod importance;
mod neighbours;
mod pairs;
mod sliced_wasserstein;

use dgm::{
    data::Points,
    metrics::Estimate,
    rng::{Rng, Stream},
};
use std::f64::consts::TAU;

fn rng(seed: u64) -> Rng {
    Rng::new(seed, Stream::Eval)
}

/// Points of N(mean, sigma² I).
fn gaussian(n: usize, mean: &[f64], sigma: f64, rng: &mut Rng) -> Points {
    let values = (0..n * mean.len()).map(|k| (mean[k % mean.len()] + sigma * rng.normal()) as f32);
    Points::new(mean.len(), values.collect())
}

/// log N(x; mean, sigma²).
fn log_normal(x: f64, mean: f64, sigma: f64) -> f64 {
    -0.5 * ((x - mean) / sigma).powi(2) - sigma.ln() - 0.5 * TAU.ln()
}

/// Asserts that an estimate is within four standard errors of its expectation, and that the error is small enough to tell.
fn assert_estimates(estimate: Estimate, expected: f64, at_most: f64, what: &str) {
    let Estimate { value, stderr } = estimate;
    assert!(
        (value - expected).abs() < 4.0 * stderr,
        "{what}: {value} ± {stderr}, expected {expected}"
    );
    assert!(stderr < at_most, "{what}: ± {stderr}");
}

/// Asserts that the error that single runs state is how far runs spread. The standard deviation of n values is itself known to 1/√2n.
fn assert_states_its_spread(runs: &[Estimate], what: &str) {
    let n = runs.len() as f64;
    let stated = runs.iter().map(|run| run.stderr).sum::<f64>() / n;
    let seen = Estimate::mean(runs.iter().map(|run| run.value)).stderr * n.sqrt();
    assert!(
        (stated / seen - 1.0).abs() < 4.0 / (2.0 * n).sqrt(),
        "{what}: {stated} stated, {seen} seen"
    );
}

#[test]
fn a_mean_has_the_error_of_its_sample() {
    let Estimate { value, stderr } = Estimate::mean([1.0, 2.0, 3.0, 6.0].into_iter());
    assert_eq!(value, 3.0);
    // The unbiased variance is 14/3, over n = 4.
    assert!((stderr - (14.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    assert!(Estimate::mean([1.0].into_iter()).stderr.is_nan());
}

#[test]
fn a_share_has_the_error_of_its_count() {
    let share = Estimate::share(20, 100);
    assert!((share.value - 0.2).abs() < 1e-12 && (share.stderr - 0.04).abs() < 1e-12);
    assert_eq!(Estimate::share(7, 7).stderr, 0.0);
}
