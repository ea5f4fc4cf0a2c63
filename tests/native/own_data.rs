//! A session that learns what a reader brings: in f64 to the end, each axis at its own scale, and never with a loss that is not finite.

use crate::{
    common::{classes, device, own_data, own_file},
    session::patch,
};
use dgm::{
    data::{Bounds, NoteCode, OwnData, SpreadChoice, Table},
    models::spec::{DensityKind, Family, FieldKind},
    session::{
        Session,
        config::{Patch, default_model},
        frame::FrameRequest,
    },
};
use pollster::block_on;
use std::f64::consts::TAU;

const HEAVY_TAILS: &str = include_str!("../fixtures/own_data/heavy_tails.txt");
const TWO_SCALES: &str = include_str!("../fixtures/own_data/two_scales.csv");
const FAR_AWAY: &str = include_str!("../fixtures/own_data/far_away.csv");

/// A small model of some data.
fn learning(model: &str, data: OwnData) -> Session {
    let mut session = Session::new(device());
    let any = match data.columns.len() {
        1 => "exam-scores",
        _ => "moons",
    };
    session
        .configure(&patch(model, any, &[("batch", 64.0), ("width", 16.0)]))
        .expect("a small session starts");
    session.set_own(data).expect("usable data");
    session
}

fn dice() -> Vec<f64> {
    let text = include_str!("../fixtures/own_data/dice.txt");
    text.split_whitespace()
        .map(|word| word.parse().expect("a number"))
        .collect()
}

/// Centres of `side` · `side` cells of a box, and the volume of one.
fn cells(bounds: &Bounds, side: usize) -> (Table, f64) {
    let width = |[low, high]: [f64; 2]| (high - low) / side as f64;
    let at = |ends: [f64; 2], i: usize| ends[0] + width(ends) * (i as f64 + 0.5);
    let values = (0..side * side).flat_map(|k| [at(bounds.x, k % side), at(bounds.y, k / side)]);
    let table = Table {
        dim: 2,
        values: values.collect(),
        labels: None,
    };
    (table, width(bounds.x) * width(bounds.y))
}

#[test]
fn a_density_is_one_in_the_readers_units_with_a_scale_for_each_axis() {
    let mut session = learning("nsf", own_file(TWO_SCALES));
    block_on(session.step(30)).expect("steps");
    let (_, bounds) = session.data(10).expect("configured");
    let tall = (bounds.y[1] - bounds.y[0]) / (bounds.x[1] - bounds.x[0]);
    assert!((8.0..25.0).contains(&tall), "each axis has its own scale: {tall}");
    let (at, cell) = cells(&bounds, 100);
    let density = block_on(session.log_prob(&at)).expect("a density");
    assert_eq!(density.kind, DensityKind::Exact);
    let mass: f64 = density.values.iter().map(|&v| f64::from(v).exp() * cell).sum();
    assert!((mass - 1.0).abs() < 0.05, "{mass} by logProb");

    let request = FrameRequest {
        field: Some(FieldKind::LogDensity),
        side: 100,
        samples: 400,
        ..FrameRequest::default()
    };
    let frame = block_on(session.frame(&request)).expect("a frame");
    assert_eq!(frame.bounds, bounds);
    let field = frame.field.expect("a density").values;
    let drawn: f64 = field.iter().map(|&v| f64::from(v).exp() * cell).sum();
    assert!((drawn - mass).abs() < 1e-3, "{drawn} by the picture");
    let inside = frame
        .samples
        .chunks_exact(2)
        .filter(|row| (bounds.x[0]..bounds.x[1]).contains(&row[0]) && (bounds.y[0]..bounds.y[1]).contains(&row[1]));
    assert!(inside.count() > 360, "samples lie where the data do");

    // A part of it has as many cells as the whole, and the same density in them.
    let tenth = |[low, high]: [f64; 2]| [low + 0.4 * (high - low), low + 0.5 * (high - low)];
    let part = Bounds {
        x: tenth(bounds.x),
        y: tenth(bounds.y),
    };
    let asked = FrameRequest {
        bounds: Some(part),
        side: 12,
        samples: 0,
        ..request
    };
    let drawn = block_on(session.frame(&asked))
        .expect("a frame")
        .field
        .expect("a density");
    let said = block_on(session.log_prob(&cells(&part, 12).0))
        .expect("a density")
        .values;
    let apart = drawn.values.iter().zip(&said).map(|(a, b)| (a - b).abs());
    assert!(apart.fold(0.0, f32::max) < 1e-2, "{drawn:?} {said:?}");
    assert!((drawn.bounds.y[1] - part.y[1]).abs() < 1e-6 && said.len() == 144);
    let none = Bounds { x: [1.0, 1.0], ..part };
    let asked = FrameRequest {
        bounds: Some(none),
        ..asked
    };
    let frame = block_on(session.frame(&asked)).expect("a frame");
    assert_eq!(frame.bounds, bounds, "where there is no room all of it is drawn");

    // Held-out points by both ways: the score is a mean of what logProb says.
    let metrics = block_on(session.evaluate(2000)).expect("metrics");
    let score = metrics.iter().find(|metric| metric.id == "nll").expect("a score");
    let shown = session.data(2000).expect("configured").0;
    let density = block_on(session.log_prob(&shown)).expect("a density");
    let mean = -density.values.iter().map(|&v| f64::from(v)).sum::<f64>() / 2000.0;
    assert!(
        (score.value - mean).abs() < 6.0 * score.stderr,
        "{} ± {}, {mean}",
        score.value,
        score.stderr
    );
}

/// log of .36 N((2, 54.5), diag(.28², 5.8²)) + .64 N((4.3, 80), diag(.42², 6²)), which the file was drawn from.
fn two_scales_log_prob([x, y]: [f64; 2]) -> f64 {
    let normal = |z: f64, mu: f64, sigma: f64| (-0.5 * ((z - mu) / sigma).powi(2)).exp() / (sigma * TAU.sqrt());
    let [one, other] =
        [(2.0, 0.28, 54.5, 5.8), (4.3, 0.42, 80.0, 6.0)].map(|(mx, sx, my, sy)| normal(x, mx, sx) * normal(y, my, sy));
    (0.36 * one + 0.64 * other).ln()
}

/// KL from the density of that file to a session's, by quadrature.
fn two_scales_kl(session: &Session) -> f64 {
    let bounds = Bounds {
        x: [0.0, 7.0],
        y: [25.0, 110.0],
    };
    let (at, cell) = cells(&bounds, 80);
    let found = block_on(session.log_prob(&at)).expect("a density").values;
    let gap = at.values.chunks_exact(2).zip(found).map(|(row, q)| {
        let p = two_scales_log_prob([row[0], row[1]]);
        p.exp() * (p - f64::from(q)) * cell
    });
    gap.sum()
}

#[test]
fn a_flow_with_the_pages_defaults_does_not_learn_the_points_by_heart() {
    let mut session = Session::new(device());
    session
        .configure(&patch("nsf", "moons", &[]))
        .expect("the page's defaults");
    session.set_own(own_file(TWO_SCALES)).expect("usable data");
    // Without noise it is at its best after 80, with .06.
    block_on(session.step(800)).expect("steps");
    let kl = two_scales_kl(&session);
    assert!(kl < 0.06, "{kl}");
}

/// An energy's Z is of other units than the density it gives.
#[test]
fn an_energys_density_is_one_in_the_readers_units_too() {
    let mut session = learning("nce", own_file(TWO_SCALES));
    block_on(session.step(30)).expect("steps");
    let (_, bounds) = session.data(10).expect("configured");
    let wider = |[low, high]: [f64; 2]| [low - 0.3 * (high - low), high + 0.3 * (high - low)];
    let (at, cell) = cells(
        &Bounds {
            x: wider(bounds.x),
            y: wider(bounds.y),
        },
        60,
    );
    let density = block_on(session.log_prob(&at)).expect("a density");
    let mass: f64 = density.values.iter().map(|&v| f64::from(v).exp() * cell).sum();
    assert!((0.8..1.1).contains(&mass), "{mass}");
}

#[test]
fn both_bounds_of_an_autoencoder_are_in_the_readers_units() {
    let mut session = learning("iwae", own_file(TWO_SCALES));
    block_on(session.step(5)).expect("steps");
    let metrics = block_on(session.evaluate(500)).expect("metrics");
    let value = |id: &str| metrics.iter().find(|metric| metric.id == id).expect("measured").value;
    assert!((value("iw_bound") + value("nll")).abs() < 1e-9);
    assert!((value("iw_bound") - value("elbo") - value("bound_gap")).abs() < 1e-9);
}

#[test]
fn samples_of_numbers_far_from_zero_spread_as_the_data_do() {
    let data = own_file(FAR_AWAY);
    let spread = |values: &mut dyn Iterator<Item = f64>| {
        let values: Vec<f64> = values.collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
    };
    let given: Vec<f64> = data
        .columns
        .iter()
        .map(|column| spread(&mut column.values.iter().copied()))
        .collect();
    let mut session = learning("nsf", data);
    block_on(session.step(150)).expect("steps");
    let samples = block_on(session.sample(4000)).expect("samples");
    for (axis, given) in given.into_iter().enumerate() {
        let ratio = spread(&mut samples.values.iter().copied().skip(axis).step_by(2)) / given;
        assert!((ratio - 1.0).abs() < 0.1, "axis {axis}: {ratio}");
    }
}

#[test]
fn heavy_tails_are_learned_with_finite_losses_by_every_family() {
    for family in Family::ALL {
        let model = default_model(family, dgm::data::Space::continuous(1)).expect("every family learns the line");
        let mut session = learning(model.id, own_file(HEAVY_TAILS));
        let steps = if ["nsf", "nce"].contains(&model.id) { 300 } else { 15 };
        let report = block_on(session.step(steps)).unwrap_or_else(|error| panic!("{}: {error}", model.id));
        assert!(
            report.losses.iter().all(|loss| loss.is_finite()),
            "{}: {:?}",
            model.id,
            report.losses
        );
        let samples = block_on(session.sample(500)).expect("samples").values;
        assert!(
            samples.iter().all(|x| x.is_finite()),
            "{} draws finite numbers",
            model.id
        );
    }
}

#[test]
fn a_die_is_learned_to_the_entropy_of_its_faces() {
    let mut session = learning("nsf", own_data(&[&dice()]));
    block_on(session.step(600)).expect("steps");
    let nll = |session: &mut Session| {
        let metrics = block_on(session.evaluate(4000)).expect("metrics");
        metrics.into_iter().find(|metric| metric.id == "nll").expect("a score")
    };
    let spread = nll(&mut session);
    assert_eq!(spread.kind, DensityKind::Bound);
    assert!((spread.value - 6.0_f64.ln()).abs() < 0.1, "{} nats", spread.value);
    let as_they_are = OwnData {
        spread: SpreadChoice::None,
        ..own_data(&[&dice()])
    };
    session.set_own(as_they_are).expect("usable");
    assert_eq!(nll(&mut session).kind, DensityKind::Exact);
}

#[test]
fn a_constant_column_is_left_out_and_brings_a_model_of_the_line() {
    let mut session = learning("realnvp", own_file(FAR_AWAY));
    let data = own_file(include_str!("../fixtures/own_data/constant_column.csv"));
    let taken = session.set_own(data).expect("usable");
    assert_eq!((taken.dim, taken.notes[0].code), (1, NoteCode::ConstantColumn));
    assert_eq!(session.data(10).expect("configured").0.dim, 1);
    block_on(session.step(2)).expect("steps");
}

#[test]
fn a_snapshot_carries_the_readers_numbers_with_their_choices() {
    let mut data = own_file(FAR_AWAY);
    data.scale = dgm::data::ScaleChoice::Each;
    data.spread = SpreadChoice::None;
    data.classes = Some(classes(data.rows(), 3));
    let mut session = learning("realnvp", data.clone());
    block_on(session.step(2)).expect("steps");
    let mut bytes = block_on(session.snapshot()).expect("a snapshot");
    let mut other = Session::new(device());
    other.restore(&bytes).expect("restores");
    assert_eq!(other.own(), Some(&data));
    assert_eq!(other.data(50), session.data(50));
    let losses = |session: &mut Session| block_on(session.step(2)).expect("steps").losses;
    assert_eq!(losses(&mut other), losses(&mut session));
    // The version before, as snapshots of lessons are, lacks what follows these.
    bytes[7] -= 1;
    other.restore(&bytes).expect("is still read");
    let plain = OwnData { classes: None, ..data };
    assert_eq!(other.own(), Some(&plain));
    bytes[7] -= 1;
    let refused = other.restore(&bytes).expect_err("another version");
    assert!(
        refused.code() == "bad_snapshot" && refused.to_string().contains("version"),
        "{refused}"
    );
}

#[test]
fn each_point_keeps_the_class_that_its_row_was_given() {
    let n = 60;
    let classes = classes(n, 3);
    let x: Vec<f64> = (0..n)
        .map(|row| 10.0 * f64::from(classes.labels[row]) + (row as f64).sin())
        .collect();
    let y: Vec<f64> = (0..n).map(|row| (1.7 * row as f64).cos()).collect();
    let data = OwnData {
        classes: Some(classes),
        ..own_data(&[&x, &y])
    };
    let mut session = learning("vae", data);
    block_on(session.step(1)).expect("a step");
    let request = FrameRequest {
        latent: 40,
        ..FrameRequest::default()
    };
    let latent = block_on(session.frame(&request)).expect("a frame").latent;
    for table in [
        session.data(200).expect("points").0,
        latent.expect("a VAE has latents").data,
    ] {
        let labels = table.labels.as_ref().expect("a class for each point");
        assert_eq!(labels.len(), table.len());
        for (row, &label) in table.rows().zip(labels) {
            assert!(
                (row[0] - 10.0 * f64::from(label)).abs() < 3.0,
                "{row:?} is not of class {label}"
            );
        }
    }
}

#[test]
fn noise_is_a_share_of_each_axis() {
    let spreads = |noise: f64| {
        let mut session = learning("realnvp", own_file(TWO_SCALES));
        let params = [("noise".to_owned(), noise)].into();
        session
            .configure(&Patch {
                params,
                ..Patch::default()
            })
            .expect("configures");
        let points = session.data(20_000).expect("configured").0;
        [0, 1].map(|axis| {
            let along = || points.rows().map(|row| row[axis]);
            let mean = along().sum::<f64>() / points.len() as f64;
            along().map(|x| (x - mean).powi(2)).sum::<f64>() / points.len() as f64
        })
    };
    let (sharp, noisy) = (spreads(0.0), spreads(0.5));
    for axis in 0..2 {
        let ratio = noisy[axis] / sharp[axis];
        assert!((ratio - 1.25).abs() < 0.04, "axis {axis}: {ratio}");
    }
}
