//! Modes found, high-quality samples, KL of mode counts.

use super::{assert_estimates, assert_states_its_spread, rng};
use dgm::{
    data::{Modes, Points},
    metrics::{Estimate, coverage::coverage},
};

#[test]
fn a_perfect_sampler_covers_every_mode() {
    for row in crate::common::with_density() {
        let data = (row.build)(0.0);
        let Some(modes) = data.modes() else { continue };
        let (n, k) = (2500, modes.centres.len() as f64);
        let draw = |score: fn(f64, f64) -> f64| {
            let mut rng = rng(4);
            let floors = (0..20).map(|_| coverage(&data.sample(n, &mut rng), &modes));
            let scores: Vec<f64> = floors
                .map(|floor| score(floor.high_quality.value, floor.mode_kl.value))
                .collect();
            Estimate::mean(scores.iter().copied())
        };
        assert_eq!(
            coverage(&data.sample(n, &mut rng(5)), &modes).modes,
            modes.centres.len(),
            "{}",
            row.id
        );
        // Modes 6σ apart, as in 8gaussians, lend each other up to 0.1 % of the samples that miss their own.
        let Estimate { value, stderr } = draw(|quality, _| quality);
        let excess = value - (1.0 - (-4.5_f64).exp());
        assert!(
            -4.0 * stderr < excess && excess < 0.001 + 4.0 * stderr && stderr < 0.001,
            "{}: {value}",
            row.id
        );
        assert_estimates(draw(|_, kl| kl), (k - 1.0) / (2.0 * n as f64), 0.001, row.id);
    }
}

#[test]
fn coverage_of_chosen_points() {
    let modes = Modes {
        centres: vec![vec![0.0, 0.0], vec![10.0, 0.0], vec![0.0, 10.0], vec![10.0, 10.0]],
        sigma: 1.0,
    };
    // Two in the first mode, one just outside three sigma of the second, one in the third.
    let points = Points::new(2, vec![0.0, 0.0, 2.0, 2.0, 10.0, 3.1, 0.0, 13.0]);
    let found = coverage(&points, &modes);
    assert_eq!(
        (found.modes, found.high_quality.value),
        (2, 0.75),
        "modes and high quality"
    );
    let shares = [0.5, 0.25, 0.25_f64];
    let expected = shares.iter().map(|s| s * (4.0 * s).ln()).sum::<f64>();
    let mode_kl = found.mode_kl.value;
    assert!(
        (mode_kl - expected).abs() < 1e-12,
        "mode KL is {mode_kl}, expected {expected}"
    );
    let collapsed = coverage(&Points::new(2, vec![0.0; 20]), &modes);
    assert_eq!(
        (collapsed.modes, collapsed.high_quality.value),
        (1, 1.0),
        "all in one mode"
    );
    let mode_kl = collapsed.mode_kl.value;
    assert!(
        (mode_kl - 4.0_f64.ln()).abs() < 1e-12,
        "one of four modes has a mode KL of {mode_kl}"
    );
}

#[test]
fn the_stated_error_of_mode_kl_is_its_spread() {
    let centres: Vec<Vec<f64>> = (0..8).map(|k| vec![10.0 * f64::from(k)]).collect();
    let modes = Modes { centres, sigma: 1.0 };
    let mut rng = rng(6);
    // Even modes, where only the rest of order 1/n is left, and one that takes a third.
    for favoured in [1.0 / 8.0, 1.0 / 3.0] {
        let runs: Vec<_> = (0..300)
            .map(|_| {
                let mut mode = || match rng.uniform() < favoured {
                    true => 0,
                    false => 1 + rng.index(7),
                };
                let values = (0..1000).map(|_| 10.0 * mode() as f32).collect();
                coverage(&Points::new(1, values), &modes).mode_kl
            })
            .collect();
        assert_states_its_spread(&runs, "mode KL");
    }
}
