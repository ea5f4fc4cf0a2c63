//! The mixture that the reader edits: its density, its samples, its modes, and what a session makes of it.

use crate::common::device;
use dgm::{
    data::{Dataset, Ellipse, Ellipses, START_MIXTURE, checked_mixture},
    rng::{Rng, Stream},
    session::{Session, config::Patch},
};
use pollster::block_on;

fn ellipse(weight: f64, mean: [f64; 2], sigma: [f64; 2], angle: f64) -> Ellipse {
    Ellipse {
        weight,
        mean,
        sigma,
        angle,
    }
}

fn mixture(components: &[Ellipse], noise: f64) -> Ellipses {
    Ellipses::new(checked_mixture(components).expect("valid"), noise)
}

/// Mean and covariance of many draws, against R diag(s²) Rᵀ written out.
#[test]
fn a_turned_ellipse_has_its_covariance() {
    let (angle, [s1, s2], noise) = (0.7_f64, [1.2, 0.3], 0.4);
    let data = mixture(&[ellipse(3.0, [1.0, -2.0], [s1, s2], angle)], noise);
    let (sin, cos) = angle.sin_cos();
    let (v1, v2) = (s1 * s1 + noise * noise, s2 * s2 + noise * noise);
    let expected = [
        cos * cos * v1 + sin * sin * v2,
        cos * sin * (v1 - v2),
        sin * sin * v1 + cos * cos * v2,
    ];
    let n = 200_000;
    let points = data.sample(n, &mut Rng::new(1, Stream::Data));
    let offsets = points
        .rows()
        .map(|row| [f64::from(row[0]) - 1.0, f64::from(row[1]) + 2.0]);
    let sums = offsets.fold([0.0; 5], |s, [x, y]| {
        [s[0] + x, s[1] + y, s[2] + x * x, s[3] + x * y, s[4] + y * y]
    });
    let [x, y, xx, xy, yy] = sums.map(|sum| sum / n as f64);
    assert!(x.abs() < 0.012 && y.abs() < 0.012, "mean off by {x}, {y}");
    for (found, expected) in [xx, xy, yy].into_iter().zip(expected) {
        // About four standard errors of a second moment of this size.
        assert!((found - expected).abs() < 0.02, "{found} for {expected}");
    }
    // The density at the end of the first axis, one standard deviation out.
    let at = [1.0 + cos * v1.sqrt(), -2.0 + sin * v1.sqrt()];
    let log_p = -0.5 - std::f64::consts::TAU.ln() - 0.5 * (v1 * v2).ln();
    assert!((data.log_prob(&at).expect("known") - log_p).abs() < 1e-12);
}

#[test]
fn equal_round_components_far_apart_are_modes_and_others_are_not() {
    let round = |x: f64, weight| ellipse(weight, [x, 0.0], [0.2, 0.2], 0.3);
    let modes = |parts: &[Ellipse], noise| mixture(parts, noise).modes();
    let two = modes(&[round(-1.0, 1.0), round(1.0, 1.0)], 0.0).expect("separated");
    assert_eq!((two.centres, two.sigma), (vec![vec![-1.0, 0.0], vec![1.0, 0.0]], 0.2));
    assert!(
        modes(&[round(-1.0, 1.0), round(1.0, 1.0)], 0.5).is_none(),
        "noise joins them"
    );
    assert!(
        modes(&[round(-0.5, 1.0), round(0.5, 1.0)], 0.0).is_none(),
        "they overlap"
    );
    assert!(
        modes(&[round(-1.0, 1.0), round(1.0, 2.0)], 0.0).is_none(),
        "unequal weights"
    );
    assert!(modes(&START_MIXTURE, 0.0).is_none(), "ellipses");
}

#[test]
fn weights_are_normalised_once() {
    let parts = [1.0, 2.0, 4.0].map(|weight| ellipse(weight, [weight, 0.0], [1.0, 1.0], 0.0));
    let once = checked_mixture(&parts).expect("valid");
    let weights: Vec<f64> = once.iter().map(|part| part.weight).collect();
    assert_eq!(weights, [1.0 / 7.0, 2.0 / 7.0, 4.0 / 7.0]);
    assert_eq!(
        checked_mixture(&once),
        Ok(once.clone()),
        "a second time changes nothing"
    );
}

#[test]
fn a_session_learns_keeps_and_restores_it() {
    let mut session = Session::new(device());
    session.configure(&Patch::default()).expect("8gaussians");
    let choose = |session: &mut Session, data: &str| {
        let patch = Patch {
            data: Some(data.into()),
            ..Patch::default()
        };
        session.configure(&patch).expect("a data set").config
    };
    assert_eq!(choose(&mut session, "mixture").mixture, START_MIXTURE);
    let edited = vec![
        ellipse(1.0, [30.0, 0.0], [0.5, 0.1], 0.2),
        ellipse(3.0, [34.0, 1.0], [0.2, 0.2], 0.0),
    ];
    let applied = session.set_mixture(edited).expect("valid");
    assert!(applied.restarted && applied.config.data == "mixture" && applied.config.mixture[1].weight == 0.75);
    let (points, bounds) = session.data(500).expect("configured");
    assert!(
        points.rows().all(|row| row[0] > 25.0) && bounds.x[0] > 20.0,
        "the edited one is what is learned"
    );
    block_on(session.step(2)).expect("steps");
    let bytes = block_on(session.snapshot()).expect("a snapshot");
    let mut other = Session::new(device());
    other.restore(&bytes).expect("restores");
    assert_eq!((other.config(), other.data(50)), (session.config(), session.data(50)));
    let again = session.set_mixture(applied.config.mixture.clone()).expect("valid");
    assert_eq!(
        (again.restarted, again.step),
        (false, 2),
        "the same mixture is no change"
    );
    choose(&mut session, "moons");
    assert_eq!(
        choose(&mut session, "mixture").mixture,
        applied.config.mixture,
        "edits outlast another data set"
    );
}

#[test]
fn unusable_components_are_refused_by_name_and_change_nothing() {
    let mut session = Session::new(device());
    session.configure(&Patch::default()).expect("8gaussians");
    session.set_mixture(START_MIXTURE.to_vec()).expect("valid");
    block_on(session.step(1)).expect("steps");
    let before = (session.config(), session.data(20));
    let good = ellipse(1.0, [0.0, 0.0], [1.0, 1.0], 0.0);
    let cases = [
        (vec![], "components"),
        (vec![good; 13], "components"),
        (vec![good, Ellipse { weight: 0.0, ..good }], "weight"),
        (
            vec![Ellipse {
                weight: f64::NAN,
                ..good
            }],
            "weight",
        ),
        (vec![Ellipse { weight: -1.0, ..good }], "weight"),
        (
            vec![Ellipse {
                mean: [0.0, f64::INFINITY],
                ..good
            }],
            "mean",
        ),
        (
            vec![Ellipse {
                sigma: [1.0, 0.0],
                ..good
            }],
            "sigma",
        ),
        (
            vec![Ellipse {
                sigma: [-1.0, 1.0],
                ..good
            }],
            "sigma",
        ),
        (
            vec![Ellipse {
                angle: f64::NAN,
                ..good
            }],
            "angle",
        ),
    ];
    for (components, name) in cases {
        match session.set_mixture(components) {
            Err(dgm::error::Error::OutOfRange { id, .. }) => assert_eq!(id, name),
            other => panic!("{name}: {other:?}"),
        }
        assert_eq!((session.config(), session.data(20)), before, "{name}");
    }
    assert_eq!(block_on(session.step(1)).expect("goes on").step, 2);
}
