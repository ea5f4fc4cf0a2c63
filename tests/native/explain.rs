//! What the lessons compute, against numbers worked by hand and closed forms.

use dgm::explain::{
    bars::compare,
    bumps::{Bump, Pair},
    partition::{grid_cost, normalise},
};
use std::f64::consts::{LN_2, PI};

fn assert_near(what: &str, found: f64, exact: f64, tolerance: f64) {
    assert!((found - exact).abs() <= tolerance, "{what}: {found}, not {exact}");
}

#[test]
fn the_worked_numbers_of_the_course_come_out() {
    let bars = compare(&[0.9, 0.1], &[0.1, 0.9]).expect("two distributions");
    assert_near("the frequent outcome missed", bars.terms[0], 1.98, 0.005);
    assert_near("the rare outcome exaggerated", bars.terms[1], -0.22, 0.005);
    assert_near("their sum", bars.kl, 0.8 * 9_f64.ln(), 1e-12);
    let same = compare(&[0.9, 0.1], &[0.9, 0.1]).expect("two distributions");
    assert_eq!((same.kl, same.terms), (0.0, vec![0.0, 0.0]));
    let excluded = compare(&[0.5, 0.5], &[1.0, 0.0]).expect("two distributions");
    assert_eq!((excluded.terms[1], excluded.kl), (f64::INFINITY, f64::INFINITY));
    // the other way round nothing is excluded
    assert_near("reverse", excluded.reverse_kl, LN_2, 1e-12);
    assert_near("bounded by log 2", excluded.jensen_shannon, 0.215_761_554, 1e-9);
}

#[test]
fn a_divergence_of_bars_is_never_negative_whatever_their_heights() {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as f64
    };
    for outcomes in 2..=64 {
        let [p, q]: [Vec<f64>; 2] = std::array::from_fn(|_| (0..outcomes).map(|_| next()).collect());
        let bars = compare(&p, &q).expect("two distributions");
        for (name, sum) in [("P", &bars.p), ("Q", &bars.q)] {
            assert_near(name, sum.iter().sum(), 1.0, 1e-12);
        }
        assert!(bars.kl >= 0.0 && bars.reverse_kl >= 0.0, "{bars:?}");
        assert!((0.0..=LN_2).contains(&bars.jensen_shannon), "{bars:?}");
        assert!((0.0..=1.0).contains(&bars.total_variation), "{bars:?}");
        // Pinsker
        assert!(bars.kl >= 2.0 * bars.total_variation.powi(2), "{bars:?}");
        assert_near("H(P, Q) = H(P) + KL", bars.cross_entropy - bars.entropy, bars.kl, 1e-12);
    }
    let large = compare(&[f64::MAX, f64::MAX], &[1.0, 3.0]).expect("their shares are finite");
    assert_eq!(large.p, [0.5, 0.5]);
}

#[test]
fn bars_that_are_no_distributions_are_refused() {
    let cases: [[&[f64]; 2]; 6] = [
        [&[1.0], &[1.0]],
        [&[1.0, 1.0], &[1.0, 1.0, 1.0]],
        [&[1.0, -0.1], &[1.0, 1.0]],
        [&[1.0, f64::NAN], &[1.0, 1.0]],
        [&[0.0, 0.0], &[1.0, 1.0]],
        [&[1.0; 65], &[1.0; 65]],
    ];
    for [p, q] in cases {
        let error = compare(p, q).expect_err("refused");
        assert_eq!(error.code(), "bad_request", "{error}");
        assert!(compare(q, p).is_err());
    }
}

fn pair(means: [f64; 2], deviations: [f64; 2], share: f64) -> Pair {
    let [a, b] = [0, 1].map(|i| Bump {
        mean: means[i],
        deviation: deviations[i],
    });
    Pair::new([a, b], share).expect("within range")
}

#[test]
fn both_directions_find_a_gaussian_that_is_there() {
    for (mean, deviation) in [(0.0, 1.0), (-7.0, 0.3), (250.0, 40.0)] {
        let fits = pair([mean; 2], [deviation; 2], 0.4).fits();
        assert_eq!(fits.reverse.len(), 1, "{fits:?}");
        for fit in [fits.forward, fits.reverse[0]] {
            assert_near("mean", fit.fit.mean, mean, 1e-6 * deviation);
            assert_near("deviation", fit.fit.deviation, deviation, 1e-6 * deviation);
            assert_near("KL(P ‖ Q)", fit.forward, 0.0, 1e-9);
            assert_near("KL(Q ‖ P)", fit.reverse, 0.0, 1e-9);
        }
    }
}

#[test]
fn forward_covers_two_bumps_and_reverse_settles_in_one() {
    let apart = pair([-4.0, 4.0], [0.5, 1.0], 0.3);
    let fits = apart.fits();
    // mean −1.2 + 2.8, variance .3 (.25 + 31.36) + .7 (1 + 5.76)
    assert_near("mean of P", fits.forward.fit.mean, 1.6, 1e-12);
    assert_near("variance of P", fits.forward.fit.deviation.powi(2), 14.215, 1e-9);
    assert_eq!(fits.reverse.len(), 2, "{fits:?}");
    // Where the other bump is out of reach, log P is log N plus the log of the share.
    for (found, (bump, share)) in fits
        .reverse
        .iter()
        .zip([(apart.bumps[1], 0.7_f64), (apart.bumps[0], 0.3)])
    {
        assert_near("mean", found.fit.mean, bump.mean, 0.02);
        assert_near("deviation", found.fit.deviation, bump.deviation, 0.02);
        assert_near("the price of the other bump", found.reverse, -share.ln(), 0.005);
        assert!(
            found.forward > fits.forward.forward,
            "no fit covers better than the mean and variance"
        );
    }
    // near enough to be one bump, they are fitted as one
    assert_eq!(pair([-0.5, 0.5], [1.0; 2], 0.5).fits().reverse.len(), 1);
}

#[test]
fn a_reverse_fit_is_where_its_divergence_is_least() {
    for (means, deviations, share) in [([-2.0, 2.0], [1.0, 0.6], 0.5), ([-1.0, 3.0], [0.4, 2.0], 0.8)] {
        let pair = pair(means, deviations, share);
        let kl = |q: Bump| -> f64 {
            // by plain rectangles, which know nothing of the code's own quadrature
            let (n, reach) = (40_000, 12.0 * q.deviation);
            let step = 2.0 * reach / f64::from(n);
            (0..n)
                .map(|i| {
                    let x = q.mean - reach + (f64::from(i) + 0.5) * step;
                    let log_q = q.log_prob(x);
                    step * log_q.exp() * (log_q - pair.log_prob_and_slope(x)[0])
                })
                .sum()
        };
        for found in pair.fits().reverse {
            let best = kl(found.fit);
            assert_near("KL(Q ‖ P)", found.reverse, best, 1e-7);
            for (by_mean, by_width) in [(1e-3, 1.0), (-1e-3, 1.0), (0.0, 1.001), (0.0, 0.999)] {
                let moved = Bump {
                    mean: found.fit.mean + by_mean,
                    deviation: found.fit.deviation * by_width,
                };
                assert!(kl(moved) > best, "{found:?} is no minimum");
            }
        }
    }
}

#[test]
fn bumps_out_of_range_are_refused() {
    let bump = |mean, deviation| Bump { mean, deviation };
    let sound = bump(0.0, 1.0);
    for (bad, share) in [
        (bump(f64::NAN, 1.0), 0.5),
        (bump(2e3, 1.0), 0.5),
        (bump(0.0, 0.0), 0.5),
        (bump(0.0, -1.0), 0.5),
        (sound, 1.5),
        (sound, f64::NAN),
    ] {
        assert_eq!(
            Pair::new([sound, bad], share).expect_err("refused").code(),
            "out_of_range"
        );
    }
    // a bump without weight is none
    let fits = pair([0.0, 5.0], [1.0; 2], 1.0).fits();
    assert_near("mean", fits.forward.fit.mean, 0.0, 1e-12);
    assert_near("KL", fits.reverse[0].reverse, 0.0, 1e-9);
}

#[test]
fn any_curve_becomes_a_density() {
    let n = 2001;
    let [from, to] = [-10.0, 10.0];
    let at = |i: usize| from + (to - from) * i as f64 / (n - 1) as f64;
    let bowl: Vec<f64> = (0..n).map(|i| -0.5 * at(i).powi(2)).collect();
    let made = normalise(&bowl, [from, to], 1.0).expect("a curve");
    assert_near("log √2π", made.log_z, 0.5 * (2.0 * PI).ln(), 1e-9);
    assert_near("N(0; 0, 1)", made.density[n / 2], 1.0 / (2.0 * PI).sqrt(), 1e-9);
    // a constant on top changes Z and nothing else
    let raised: Vec<f64> = bowl.iter().map(|height| height + 900.0).collect();
    let same = normalise(&raised, [from, to], 1.0).expect("a curve");
    assert_near("raised", same.log_z, made.log_z + 900.0, 1e-9);
    assert_near("raised", same.density[n / 2], made.density[n / 2], 1e-12);
    // at temperature T the variance is T
    let warm = normalise(&bowl, [from, to], 2.0).expect("a curve");
    assert_near("N(0; 0, 2)", warm.density[n / 2], 1.0 / (4.0 * PI).sqrt(), 1e-7);
    for made in [made, same, warm] {
        let step = (to - from) / (n - 1) as f64;
        let inner: f64 = made.density[1..n - 1].iter().sum();
        let area = step * (inner + 0.5 * (made.density[0] + made.density[n - 1]));
        assert_near("area", area, 1.0, 1e-12);
        assert!(made.positive.iter().all(|height| (0.0..=1.0).contains(height)));
    }
}

#[test]
fn a_curve_that_makes_no_density_is_refused() {
    let f = [0.0, 1.0];
    assert!(normalise(&[1.0], [0.0, 1.0], 1.0).is_err());
    assert!(normalise(&[0.0, f64::INFINITY], [0.0, 1.0], 1.0).is_err());
    assert!(normalise(&f, [1.0, 1.0], 1.0).is_err());
    assert!(normalise(&f, [0.0, f64::INFINITY], 1.0).is_err());
    for temperature in [0.0, -1.0, f64::NAN] {
        assert!(normalise(&f, [0.0, 1.0], temperature).is_err());
    }
}

#[test]
fn a_grid_outgrows_every_computer() {
    let cost = |dim| grid_cost(dim, 100, 1e9).expect("a grid");
    assert_near("a plane", cost(2).log10_cells, 4.0, 1e-12);
    assert_near("its bytes", cost(2).log10_bytes, 4.0 + 4_f64.log10(), 1e-12);
    // 10²⁰ cells at 10⁹ a second are 10¹¹ seconds, 3169 years
    assert_near("ten dimensions", 10_f64.powf(cost(10).log10_years), 3168.8, 0.1);
    assert_near("784 pixels", cost(784).log10_cells, 1568.0, 1e-9);
    for (dim, side, speed) in [(0, 100, 1e9), (2, 0, 1e9), (2, 100, 0.0), (2, 100, f64::NAN)] {
        assert!(grid_cost(dim, side, speed).is_err());
    }
}
