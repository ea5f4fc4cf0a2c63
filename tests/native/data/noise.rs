//! Extra noise on the data: what it adds to, and the density's own approximations where they meet.

use super::noisy;
use dgm::{
    data::{DataSpec, Dataset, Own, OwnDraws, Points},
    rng::{Rng, Stream},
    session::standardize::Standardizer,
};
use std::sync::Arc;

fn variance(points: &Points) -> f64 {
    let (n, dim) = (points.len() as f64, points.dim);
    let mean = |axis: usize, f: &dyn Fn(f64) -> f64| points.rows().map(|row| f(row[axis].into())).sum::<f64>() / n;
    let along = |axis| mean(axis, &|x| x * x) - mean(axis, &|x| x).powi(2);
    (0..dim).map(along).sum::<f64>() / dim as f64
}

#[test]
fn variances_add() {
    for spec in crate::common::with_density() {
        for share in [0.1, 0.5] {
            let (n, scale) = (100_000, Standardizer::of((spec.build)(0.0).as_ref()).scale());
            let found = variance(&noisy(spec, share).sample(n, &mut Rng::new(2, Stream::Eval)));
            let expected =
                variance(&(spec.build)(0.0).sample(n, &mut Rng::new(9, Stream::Eval))) + (share * scale).powi(2);
            // Sampling moves either variance by about 0.3 %; a noise that were lost would change it by 1 % or more.
            assert!(
                (found / expected - 1.0).abs() < 0.0095,
                "{} at {share}: {found} for {expected}",
                spec.id
            );
        }
    }
}

#[test]
fn no_noise_changes_nothing() {
    for spec in crate::common::with_density() {
        let draw = |noise| (spec.build)(noise).sample(50, &mut Rng::new(1, Stream::Data));
        assert_eq!(draw(0.0), draw(0.0), "{}", spec.id);
        let x = vec![0.3; spec.dim];
        let at = |noise| (spec.build)(noise).log_prob(&x).expect("a density");
        let (none, little) = (at(0.0), at(1e-7));
        assert!(
            none == little || (none - little).abs() < 1e-3,
            "{}: {none} without noise, {little} with hardly any",
            spec.id
        );
    }
}

/// Noise is averaged over below 0.02 and integrated along the arms from there on.
#[test]
fn both_ways_to_blur_a_pinwheel_agree() {
    let pinwheel = DataSpec::find("pinwheel").expect("registered");
    let (below, above) = ((pinwheel.build)(0.019_999), (pinwheel.build)(0.020_001));
    let points = below.sample(300, &mut Rng::new(5, Stream::Eval));
    for row in points.rows() {
        let x = [f64::from(row[0]), f64::from(row[1])];
        let (a, b) = (
            below.log_prob(&x).expect("a density"),
            above.log_prob(&x).expect("a density"),
        );
        assert!((a - b).abs() < 2e-3, "at {x:?}: {a} averaged, {b} integrated");
    }
}

/// Where the integral along the arms gives way to the mean over a winding; the noise has to bridge the 0.5 between arms there.
#[test]
fn a_blurred_pinwheel_is_continuous_far_out() {
    let pinwheel = DataSpec::find("pinwheel").expect("registered");
    for noise in [0.3, 0.5, 0.8] {
        let (data, along) = ((pinwheel.build)(noise), 0.36);
        let edge = 2.0 * (1.0 + 2.0 * (along + noise * noise) / along);
        for angle in [0.1, 1.3, 2.9] {
            let at = |r: f64| {
                data.log_prob(&[r * f64::cos(angle), r * f64::sin(angle)])
                    .expect("a density")
            };
            let (inside, outside) = (at(edge - 1e-6), at(edge + 1e-6));
            assert!(
                (inside - outside).abs() < 0.1,
                "noise {noise}, angle {angle}: {inside}, {outside}"
            );
        }
    }
}

#[test]
fn the_readers_points_take_noise_too() {
    let own = Arc::new(Own::new(crate::common::own_data(&[&[-1.0, 1.0]])).expect("usable points"));
    let draws = |noise| variance(&OwnDraws::new(own.clone(), noise).sample(100_000, &mut Rng::new(1, Stream::Data)));
    assert!((draws(0.0) - 1.0).abs() < 1e-3);
    assert!((draws(0.5) - 1.25).abs() < 0.015);
}

/// Gaussian noise reaches any distance: far out the density is tiny but known, also where each of its terms underflows.
#[test]
fn a_noisy_density_is_finite_everywhere() {
    for spec in crate::common::with_density() {
        let data = noisy(spec, 0.3);
        let at = |x: f64| data.log_prob(&vec![x; spec.dim]).expect("a density");
        let log_p = [20.0, 250.0, 1e3, 1e6].map(|further| at(data.bounds().x[1] + further));
        assert!(log_p.iter().all(|l| l.is_finite()), "{}: {log_p:?}", spec.id);
        assert!(log_p.is_sorted_by(|a, b| a > b), "{}: {log_p:?}", spec.id);
    }
}
