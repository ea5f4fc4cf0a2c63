//! Kullback-Leibler and Jensen-Shannon divergences.

use super::{assert_estimates, assert_states_its_spread, log_normal, rng};
use dgm::{
    metrics::{
        Estimate,
        divergence::kl_from_log_ratio,
        jensen_shannon::{Draws, jensen_shannon},
    },
    rng::Rng,
};
use std::f64::consts::LN_2;

/// Two Gaussians on the line, mean and sigma of each.
const PAIRS: [[(f64, f64); 2]; 3] = [
    [(0.0, 1.0), (0.7, 1.0)],
    [(0.0, 1.0), (0.0, 2.0)],
    [(0.3, 0.5), (-0.5, 1.5)],
];

/// log-densities of P, then of Q, at `n` draws of P.
fn at_draws(n: usize, p: (f64, f64), q: (f64, f64), rng: &mut Rng) -> [Vec<f64>; 2] {
    let x: Vec<f64> = (0..n).map(|_| p.0 + p.1 * rng.normal()).collect();
    [p, q].map(|(mean, sigma)| x.iter().map(|&x| log_normal(x, mean, sigma)).collect())
}

/// JS from `n` draws of each.
fn js(n: usize, p: (f64, f64), q: (f64, f64), rng: &mut Rng) -> Estimate {
    let ([p_p, p_q], [q_q, q_p]) = (at_draws(n, p, q, rng), at_draws(n, q, p, rng));
    jensen_shannon(Draws { own: &p_p, other: &p_q }, Draws { own: &q_q, other: &q_p })
}

/// The same by a sum over a fine grid.
fn js_by_quadrature(p: (f64, f64), q: (f64, f64)) -> f64 {
    let (cells, half) = (40_000, 15.0);
    let step = 2.0 * half / f64::from(cells);
    let term = |own: f64, other: f64| own * (2.0 * own / (own + other)).max(f64::MIN_POSITIVE).ln();
    let at = |k: i32| {
        let x = -half + step * (f64::from(k) + 0.5);
        let [p, q] = [p, q].map(|(mean, sigma)| log_normal(x, mean, sigma).exp());
        if p + q == 0.0 {
            0.0
        } else {
            0.5 * (term(p, q) + term(q, p))
        }
    };
    (0..cells).map(at).sum::<f64>() * step
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
fn reverse_kl_between_gaussians_is_the_closed_form() {
    let mut rng = rng(3);
    for [p, q] in PAIRS {
        let [log_q, log_p] = at_draws(40_000, q, p, &mut rng);
        let reverse = kl_from_log_ratio(&log_q, &log_p);
        let expected = (p.1 / q.1).ln() + (q.1.powi(2) + (p.0 - q.0).powi(2)) / (2.0 * p.1.powi(2)) - 0.5;
        assert_estimates(reverse, expected, 0.05, "reverse KL");
    }
}

#[test]
fn stated_errors_of_divergences_are_their_spread() {
    let mut rng = rng(2);
    let (p, q) = ((0.0, 1.0), (0.5, 1.2));
    let runs: Vec<Estimate> = (0..400)
        .map(|_| {
            let [log_p, log_q] = at_draws(200, p, q, &mut rng);
            kl_from_log_ratio(&log_p, &log_q)
        })
        .collect();
    assert_states_its_spread(&runs, "KL");
    let runs: Vec<Estimate> = (0..400).map(|_| js(200, p, q, &mut rng)).collect();
    assert_states_its_spread(&runs, "JS");
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
fn js_between_gaussians_is_what_quadrature_says() {
    let mut rng = rng(14);
    for [p, q] in PAIRS {
        let expected = js_by_quadrature(p, q);
        assert_estimates(js(40_000, p, q, &mut rng), expected, 0.003, "JS");
        // Symmetric: the other order draws other points of the same two.
        assert_estimates(js(40_000, q, p, &mut rng), expected, 0.003, "JS");
        let same = js(1000, p, p, &mut rng);
        assert!(same.value.abs() < 1e-12 && same.stderr < 1e-12, "{same:?}");
    }
}

#[test]
fn js_of_distributions_that_share_no_point_is_log_two() {
    let apart = Draws {
        own: &[-1.0, -2.0],
        other: &[f64::NEG_INFINITY, f64::NEG_INFINITY],
    };
    let found = jensen_shannon(apart, apart);
    assert!((found.value - LN_2).abs() < 1e-12 && found.stderr == 0.0, "{found:?}");
    // So it is a bound, and stays one where exp overflows.
    let far = jensen_shannon(
        Draws {
            own: &[900.0],
            other: &[-900.0],
        },
        Draws {
            own: &[900.0],
            other: &[-900.0],
        },
    );
    assert!((far.value - LN_2).abs() < 1e-12);
}

#[test]
fn kl_sees_mass_that_draws_of_the_data_never_meet() {
    // A twentieth of Q lies where P has nothing, in reach of no draw of P.
    let mut rng = rng(16);
    let x: Vec<f64> = (0..4000).map(|_| rng.normal()).collect();
    let log_p: Vec<f64> = x.iter().map(|&x| log_normal(x, 0.0, 1.0)).collect();
    let log_q: Vec<f64> = log_p.iter().map(|log_p| log_p + 0.95_f64.ln()).collect();
    let Estimate { value, stderr } = kl_from_log_ratio(&log_p, &log_q);
    assert!(
        (value + 0.95_f64.ln()).abs() < 1e-9 && stderr < 1e-9,
        "{value} ± {stderr}"
    );
    // Where q/p has no finite variance the logarithm still has one, and the error that is stated is the spread.
    let (p, q) = ((0.0, 1.0), (0.0, 1.6));
    let runs: Vec<Estimate> = (0..400)
        .map(|_| {
            let [log_p, log_q] = at_draws(200, p, q, &mut rng);
            kl_from_log_ratio(&log_p, &log_q)
        })
        .collect();
    assert_states_its_spread(&runs, "KL to a Gaussian of 1.6 times the width");
}
