//! Modes found, high-quality samples, KL of mode counts.

use super::{assert_estimates, rng};
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
            let scores: Vec<f64> = floors.map(|floor| score(floor.high_quality, floor.mode_kl)).collect();
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
    let points = Points {
        dim: 2,
        values: vec![0.0, 0.0, 2.0, 2.0, 10.0, 3.1, 0.0, 13.0],
    };
    let found = coverage(&points, &modes);
    assert_eq!((found.modes, found.high_quality), (2, 0.75));
    let shares = [0.5, 0.25, 0.25_f64];
    assert!((found.mode_kl - shares.iter().map(|s| s * (4.0 * s).ln()).sum::<f64>()).abs() < 1e-12);
    let collapsed = coverage(
        &Points {
            dim: 2,
            values: vec![0.0; 20],
        },
        &modes,
    );
    assert_eq!((collapsed.modes, collapsed.high_quality), (1, 1.0));
    assert!((collapsed.mode_kl - 4.0_f64.ln()).abs() < 1e-12);
}
