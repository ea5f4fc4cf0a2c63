//! A probe tells of a point what the model itself says there, and looking changes nothing.

use crate::{
    common::{dataset, provide_digits, table},
    session::{data_for, patch, small},
};
use dgm::{
    data::Table,
    models::{
        composition::Asked,
        registry::{self, MODELS},
        spec::{DensityKind, Family},
    },
    session::{Session, probe::Probe},
};
use pollster::block_on;

const POINTS: [f64; 6] = [0.4, -0.3, 1.9, 0.2, -1.1, 1.3];

fn probe(session: &Session, points: &[f64]) -> Probe {
    block_on(session.probe(points)).expect("a probe")
}

fn log_prob(session: &Session, values: Vec<f64>, dim: usize) -> Vec<f32> {
    block_on(session.log_prob(&Table {
        dim,
        values,
        labels: None,
    }))
    .expect("densities")
    .values
}

fn learned(model: &str, data: &str) -> Session {
    let mut session = small(model, data);
    block_on(session.step(20)).expect("steps");
    session
}

#[test]
fn of_one_class_all_that_a_probe_and_a_slice_tell_is_of_that_class() {
    for model in ["made", "realnvp", "nce"] {
        let mut session = small(model, "8gaussians");
        let choose = |session: &mut Session, settings: &[(&str, f64)]| {
            session
                .configure(&patch(model, "8gaussians", settings))
                .expect("settings of the row");
        };
        choose(&mut session, &[("conditional", 1.0)]);
        block_on(session.step(20)).expect("steps");
        let data = dataset("8gaussians");
        let points = Table {
            dim: 2,
            values: POINTS.to_vec(),
            labels: None,
        };
        for class in [2, 5] {
            choose(&mut session, &[("condition", class as f64)]);
            let of_class = block_on(session.log_prob_of(&points, Asked::Class(class))).expect("densities");
            let seen = probe(&session, &POINTS);
            assert_eq!(seen.log_prob, of_class.values, "{model}");
            let truth = seen.truth.expect("a density");
            for (x, log_p) in POINTS.chunks_exact(2).zip(truth) {
                let expected = data.log_prob_of_class(x, class).expect("a density");
                assert!(
                    (f64::from(log_p) - expected).abs() < 1e-3,
                    "{model}: {log_p} and {expected}"
                );
            }
            let slice = block_on(session.slice(POINTS[0], 0)).expect("a slice");
            let mass = slice.truth.expect("a density");
            let cell = (slice.range[1] - slice.range[0]) / mass.len() as f64;
            let mean = |log_p: &[f32]| -> f64 {
                let place = |i: usize| slice.range[0] + cell * (i as f64 + 0.5);
                log_p
                    .iter()
                    .enumerate()
                    .map(|(i, &log_p)| f64::from(log_p).exp() * cell * place(i))
                    .sum()
            };
            // Each class is a round cluster: its second coordinate has one mean, whatever the first is.
            let angle = class as f64 * std::f64::consts::FRAC_PI_4;
            let expected = 4.0 * angle.sin() / 1.414;
            assert!(
                (mean(&mass) - expected).abs() < 0.02,
                "{model}: {} and {expected}",
                mean(&mass)
            );
        }
        choose(&mut session, &[("condition", -1.0)]);
        assert_eq!(
            probe(&session, &POINTS).log_prob,
            log_prob(&session, POINTS.to_vec(), 2),
            "{model}"
        );
    }
}

#[test]
fn every_model_tells_of_a_point_what_its_family_has() {
    provide_digits();
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let mut session = small(spec.id, data);
            block_on(session.step(2)).expect("two steps");
            let what = format!("{} on {data}", spec.id);
            let points = session.data(3).expect("data").0;
            let (n, dim) = (points.len(), points.dim);
            let seen = probe(&session, &points.values);
            assert_eq!((seen.step, seen.dim), (2, dim), "{what}");
            let density = block_on(session.log_prob(&points)).expect("densities");
            assert_eq!(seen.kind, density.kind, "{what}");
            assert_eq!(seen.log_prob, density.values, "{what}: as logProb has it");
            let drawn = dim <= 2;
            assert_eq!(seen.truth.is_some(), drawn, "{what}: the truth");
            assert_eq!(seen.nearest.is_some(), !drawn, "{what}: training pictures");
            assert_eq!(
                seen.energy.is_some(),
                spec.family == Family::Energy,
                "{what}: an energy"
            );
            assert_eq!(seen.logit.is_some(), spec.family == Family::Gan, "{what}: a logit");
            let slopes = drawn && (spec.density != DensityKind::None || spec.family == Family::Gan);
            assert_eq!(seen.score.map(|score| score.len()), slopes.then_some(n * dim), "{what}");
            let chain = spec.family == Family::Autoregressive && dim == 2;
            assert_eq!(seen.conditional.is_some(), chain, "{what}: a conditional");
        }
    }
}

#[test]
fn a_slope_is_that_of_the_density_and_the_truth_that_of_the_data() {
    for model in ["mle", "realnvp", "fm", "vae", "made"] {
        let session = learned(model, "8gaussians");
        let seen = probe(&session, &POINTS);
        let score = seen.score.expect("slopes");
        for (axis, slope) in score.iter().enumerate() {
            // A bound is drawn with noise of its own at each point: only its sign of life is held.
            if model == "vae" {
                assert!(slope.is_finite());
                continue;
            }
            const H: f64 = 0.02;
            let moved = |by: f64| {
                let mut points = POINTS.to_vec();
                points[axis] += by;
                f64::from(log_prob(&session, points, 2)[axis / 2])
            };
            let expected = (moved(H) - moved(-H)) / (2.0 * H);
            assert!(
                (f64::from(*slope) - expected).abs() < 0.05 * (1.0 + expected.abs()),
                "{model}: {slope}, not {expected}"
            );
        }
    }
    // The middle of a cluster of eight, of deviation 0.2: log(1/8) − log(2π 0.04), and the others are far.
    let session = small("nce", "8gaussians");
    let centre = session.data(1).expect("data");
    let truth = probe(&session, &centre.0.values).truth.expect("a known density");
    let exact = crate::common::dataset("8gaussians")
        .log_prob(&centre.0.values)
        .expect("known");
    assert!((f64::from(truth[0]) - exact).abs() < 1e-5, "{truth:?}, not {exact}");
}

#[test]
fn a_conditional_is_what_a_density_says_along_its_line() {
    for model in ["made", "tokens"] {
        for (order, axis) in [(0.0, 1), (1.0, 0)] {
            let mut session = small(model, "8gaussians");
            session
                .configure(&crate::session::patch(model, "8gaussians", &[("order", order)]))
                .expect("an order");
            block_on(session.step(150)).expect("steps");
            let seen = probe(&session, &POINTS);
            let line = seen.conditional.expect("a chain has one");
            assert_eq!(line.axis, axis, "{model}");
            let places = line.log_prob.len() / 3;
            let cell = (line.range[1] - line.range[0]) / places as f64;
            for (point, row) in line.log_prob.chunks_exact(places).enumerate() {
                let mass: f64 = row.iter().map(|&value| f64::from(value).exp() * cell).sum();
                assert!((0.9..1.02).contains(&mass), "{model}: it holds {mass}");
                let at = |place: usize| {
                    let mut values = POINTS[2 * point..2 * point + 2].to_vec();
                    values[axis] = line.range[0] + cell * (place as f64 + 0.5);
                    log_prob(&session, values, 2)[0]
                };
                let (here, there) = (places / 3, 2 * places / 3);
                let off = (row[here] - row[there]) - (at(here) - at(there));
                assert!(off.abs() < 1e-3, "{model}: {off} off along the line");
            }
        }
    }
}

#[test]
fn the_nearest_training_pictures_of_one_begin_with_itself() {
    provide_digits();
    for (model, data) in [
        ("made-pixels", "digits-binary"),
        ("vae-pixels", "digits"),
        ("nsf-pixels", "digits"),
    ] {
        let session = small(model, data);
        let spec = registry::find(model).expect("a row");
        let picture = crate::common::dataset(data).training(1, &mut dgm::rng::Rng::new(5, dgm::rng::Stream::Data));
        let mut given = table(&picture).values;
        if !spec.discrete {
            given.iter_mut().for_each(|value| *value += 0.5);
        }
        let seen = probe(&session, &given);
        let near = seen.nearest.expect("training pictures");
        let itself: Vec<f64> = picture.values.iter().map(|&value| value.into()).collect();
        assert_eq!(near.points.values[..64], itself[..], "{model}: itself first");
        assert!(near.distances.is_sorted(), "{model}: {:?}", near.distances);
        assert_eq!(near.points.len(), near.distances.len());
        assert!(near.distances[1] > near.distances[0], "{model}");
    }
}

#[test]
fn looking_changes_nothing_that_is_learned() {
    for model in ["pcd", "nsf", "vae", "gan", "tokens", "fm"] {
        let run = |look: bool| {
            let mut session = small(model, "moons");
            (0..3)
                .flat_map(|_| {
                    if look {
                        probe(&session, &POINTS);
                    }
                    block_on(session.step(2)).expect("steps").losses
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(run(true), run(false), "{model}");
    }
}
