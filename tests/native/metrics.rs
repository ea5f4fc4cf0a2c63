//! Measures against closed forms, mostly of Gaussians, and on what they promise for equal distributions.

use dgm::{
    data::{DATA, Modes, Points},
    metrics::{
        Estimate,
        coverage::coverage,
        divergence::kl_from_log_ratio,
        energy_distance::energy_distance,
        floor::data_versus_data,
        mmd::mmd_squared,
        quadrature::{log_integral, log_integral_refined},
        sliced_wasserstein::sliced_wasserstein,
    },
    rng::{Rng, Stream},
};
use std::f64::consts::{PI, TAU};

fn rng(seed: u64) -> Rng {
    Rng::new(seed, Stream::Eval)
}

/// Points of N(mean, sigma² I).
fn gaussian(n: usize, mean: &[f64], sigma: f64, rng: &mut Rng) -> Points {
    let values = (0..n * mean.len()).map(|k| (mean[k % mean.len()] + sigma * rng.normal()) as f32);
    Points {
        dim: mean.len(),
        values: values.collect(),
    }
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

#[test]
fn a_mean_has_the_error_of_its_sample() {
    let Estimate { value, stderr } = Estimate::mean([1.0, 2.0, 3.0, 6.0].into_iter());
    assert_eq!(value, 3.0);
    // The unbiased variance is 14/3, over n = 4.
    assert!((stderr - (14.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    assert!(Estimate::mean([1.0].into_iter()).stderr.is_nan());
}

#[test]
fn kl_between_gaussians_is_the_closed_form() {
    let mut rng = rng(1);
    for (mean, sigma) in [(0.0, 1.0), (0.7, 1.0), (0.0, 2.0), (-0.5, 1.5)] {
        let x: Vec<f64> = (0..40_000).map(|_| rng.normal()).collect();
        let log_p: Vec<f64> = x.iter().map(|&x| log_normal(x, 0.0, 1.0)).collect();
        let log_q: Vec<f64> = x.iter().map(|&x| log_normal(x, mean, sigma)).collect();
        let kl = kl_from_log_ratio(&log_p, &log_q);
        let expected = sigma.ln() + (1.0 + mean * mean) / (2.0 * sigma * sigma) - 0.5;
        match expected == 0.0 {
            true => assert_eq!(
                kl,
                Estimate {
                    value: 0.0,
                    stderr: 0.0
                }
            ),
            false => assert_estimates(kl, expected, 0.005, "KL"),
        }
    }
}

#[test]
fn the_stated_error_of_kl_is_its_spread() {
    let mut rng = rng(2);
    let runs: Vec<Estimate> = (0..400)
        .map(|_| {
            let x: Vec<f64> = (0..200).map(|_| rng.normal()).collect();
            let log_p: Vec<f64> = x.iter().map(|&x| log_normal(x, 0.0, 1.0)).collect();
            let log_q: Vec<f64> = x.iter().map(|&x| log_normal(x, 0.5, 1.2)).collect();
            kl_from_log_ratio(&log_p, &log_q)
        })
        .collect();
    let stated = runs.iter().map(|run| run.stderr).sum::<f64>() / 400.0;
    let seen = Estimate::mean(runs.iter().map(|run| run.value)).stderr * 20.0;
    // The standard deviation of 400 values is itself known to 3.5 %.
    assert!((stated / seen - 1.0).abs() < 0.14, "{stated} stated, {seen} seen");
}

#[test]
fn kl_to_a_model_that_excludes_a_point_is_infinite() {
    let kl = kl_from_log_ratio(&[-1.0, -1.0], &[-1.0, f64::NEG_INFINITY]);
    assert_eq!(kl.value, f64::INFINITY);
    assert!(kl.stderr.is_nan());
    assert!(
        kl_from_log_ratio(&[f64::NEG_INFINITY], &[f64::NEG_INFINITY])
            .value
            .is_nan()
    );
}

#[test]
fn a_perfect_sampler_covers_every_mode() {
    for row in DATA {
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

#[test]
fn sliced_wasserstein_of_a_shift_and_a_scale() {
    let a = gaussian(500, &[1.0, -2.0], 1.0, &mut rng(6));
    let with = |f: fn(f32, usize) -> f32| Points {
        dim: 2,
        values: a.values.iter().enumerate().map(|(k, &x)| f(x, k % 2)).collect(),
    };
    let shifted = sliced_wasserstein(&a, &with(|x, axis| x + [3.0, 4.0][axis]));
    assert!((shifted - 5.0 / 2.0_f64.sqrt()).abs() < 1e-4, "{shifted}");
    // Doubling moves every point by itself: the average of ⟨θ, x⟩² over directions is |x|²/2.
    let mean_square = a.values.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / 500.0;
    let doubled = sliced_wasserstein(&a, &with(|x, _| 2.0 * x));
    assert!((doubled - (mean_square / 2.0).sqrt()).abs() < 1e-4, "{doubled}");
    assert_eq!(sliced_wasserstein(&a, &a), 0.0);
}

#[test]
fn sliced_wasserstein_on_the_line_and_between_sizes() {
    let line = |values: &[f32]| Points {
        dim: 1,
        values: values.to_vec(),
    };
    // Thirds against halves: masses 1/3, 1/6, 1/6, 1/3 move by 0, 1, 2, 0.
    let squared = sliced_wasserstein(&line(&[0.0, 1.0, 3.0]), &line(&[3.0, 0.0])).powi(2);
    assert!((squared - (1.0 / 6.0 + 4.0 / 6.0)).abs() < 1e-12, "{squared}");
    // Repeating every point changes no distribution.
    let (a, b) = (
        gaussian(60, &[0.0, 0.0], 1.0, &mut rng(7)),
        gaussian(40, &[1.0, 0.0], 2.0, &mut rng(8)),
    );
    let twice = Points {
        dim: 2,
        values: [&b.values[..], &b.values[..]].concat(),
    };
    let once = sliced_wasserstein(&a, &b);
    assert!((once - sliced_wasserstein(&a, &twice)).abs() < 1e-9);
    assert!((once - sliced_wasserstein(&b, &a)).abs() < 1e-12);
}

#[test]
fn quadrature_integrates_a_gaussian() {
    let grid = |side: usize, dim: u32, half: f64| {
        let step = 2.0 * half / side as f64;
        let at = move |k: usize| -half + step * (k as f64 + 0.5);
        let log_p = move |k: usize| match dim {
            1 => log_normal(at(k), 0.3, 0.5),
            _ => log_normal(at(k % side), 0.3, 0.5) + log_normal(at(k / side), -0.4, 0.8),
        };
        // Unnormalised by 7 nats, and far from what exp can hold.
        let values: Vec<f32> = (0..side.pow(dim)).map(|k| (log_p(k) + 7.0) as f32).collect();
        (values, step.powi(dim as i32))
    };
    for dim in [1, 2] {
        let (values, cell) = grid(64, dim, 5.0);
        let fine = log_integral_refined(&values, 64, dim as usize, cell);
        assert!((fine.value - 7.0).abs() < 1e-5, "{fine:?}");
        assert_eq!(fine.value, log_integral(&values, cell));
        assert!(fine.refinement_error < 1e-2, "{fine:?}");
        // Cells wider than the density: the error is there, and is admitted.
        let (values, cell) = grid(6, dim, 5.0);
        let coarse = log_integral_refined(&values, 6, dim as usize, cell);
        assert!(
            coarse.refinement_error > (coarse.value - 7.0).abs() && coarse.refinement_error > 0.1,
            "{coarse:?}"
        );
    }
    let (values, cell) = grid(64, 1, 5.0);
    let huge: Vec<f32> = values.iter().map(|v| v + 1e4).collect();
    assert!((log_integral(&huge, cell) - 10_007.0).abs() < 1e-3);
    assert_eq!(log_integral(&[f32::NEG_INFINITY; 4], 1.0), f64::NEG_INFINITY);
}

#[test]
fn energy_distance_between_gaussians_is_the_closed_form() {
    // On the line E|N(m, s²)| = s √(2/π) e^(−m²/2s²) + m erf(m / s√2); here m = 1, s² = 2.
    let (erf_half, spread) = (0.520_499_877_813_046_5, 2.0 / PI.sqrt());
    let expected = 2.0 * (spread * (-0.25_f64).exp() + erf_half) - 2.0 * spread;
    let mut rng = rng(9);
    let scores: Vec<f64> = (0..60)
        .map(|_| {
            energy_distance(
                &gaussian(200, &[0.0], 1.0, &mut rng),
                &gaussian(150, &[1.0], 1.0, &mut rng),
            )
        })
        .collect();
    assert_estimates(
        Estimate::mean(scores.iter().copied()),
        expected,
        0.03,
        "energy distance",
    );
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
    let scores: Vec<f64> = (0..60)
        .map(|_| {
            let a = gaussian(200, &[0.0, 0.0], 1.0, &mut rng);
            mmd_squared(&a, &gaussian(150, &[0.6, 0.8], 0.5, &mut rng), bandwidth)
        })
        .collect();
    assert_estimates(Estimate::mean(scores.iter().copied()), expected, 0.005, "MMD²");
}

#[test]
fn unbiased_distances_vanish_on_average_for_every_data_set() {
    for row in DATA {
        let data = (row.build)(0.0);
        let mut rng = rng(12);
        let mut draw = || data.sample(100, &mut rng);
        let energy = data_versus_data(60, &mut draw, energy_distance);
        let mmd = data_versus_data(60, &mut draw, |a, b| mmd_squared(a, b, 0.5));
        assert_estimates(energy, 0.0, 1.0, row.id);
        assert_estimates(mmd, 0.0, 0.01, row.id);
        let (a, b) = (draw(), draw());
        assert!(
            (energy_distance(&a, &b) - energy_distance(&b, &a)).abs() < 1e-9,
            "{}",
            row.id
        );
        assert!(
            (mmd_squared(&a, &b, 0.5) - mmd_squared(&b, &a, 0.5)).abs() < 1e-12,
            "{}",
            row.id
        );
    }
}

#[test]
fn the_floor_of_sliced_wasserstein_falls_with_more_points() {
    for row in DATA {
        let data = (row.build)(0.0);
        let mut rng = rng(13);
        let mut floor = |n: usize| data_versus_data(20, || data.sample(n, &mut rng), sliced_wasserstein);
        let (few, many) = (floor(200), floor(1800));
        // Nine times the points: a third of the distance, where it falls as 1/√n.
        let ratio = few.value / many.value;
        assert!((1.5..6.0).contains(&ratio), "{}: {few:?}, {many:?}", row.id);
    }
}
