//! What a session measures agrees with itself, for every registered model after a little learning.

use crate::{
    common::{dataset, device, table, values, with_density},
    session::{data_for, patch},
};
use dgm::{
    data::{Bounds, Points},
    models::{
        registry::MODELS,
        spec::{DensityKind, FieldKind, ModelSpec},
    },
    rng::{Rng, Stream},
    session::{
        Metric, Session,
        config::Patch,
        frame::{FrameRequest, cell_volume, lattice},
        standardize::Standardizer,
    },
};
use pollster::block_on;
use std::{collections::BTreeMap, f64::consts::LN_2};

/// Enough for a density that is neither flat nor a Gaussian.
const STEPS: usize = 40;

const POINTS: usize = 500;

/// Lets a small model learn a little. A session that has measured other models on the same data knows their floors.
fn learn(session: &mut Session, spec: &ModelSpec, data: &str, own: &[(&str, f64)]) {
    let wanted = [&[("width", 16.0), ("batch", 128.0), ("learning_rate", 3e-3)], own].concat();
    let has = |id: &str| spec.params.iter().any(|param| param.id == id);
    let params: Vec<_> = wanted.into_iter().filter(|(id, _)| has(id)).collect();
    session.configure(&patch(spec.id, data, &params)).expect("starts");
    block_on(session.step(STEPS)).expect("learns");
}

/// The rows of the plane that have a setting of that name.
fn with_setting(id: &str) -> impl Iterator<Item = &'static ModelSpec> {
    MODELS
        .iter()
        .filter(move |spec| spec.dims.contains(&2) && spec.params.iter().any(|param| param.id == id))
}

fn find<'a>(metrics: &'a [Metric], id: &str) -> Option<&'a Metric> {
    metrics.iter().find(|metric| metric.id == id)
}

#[test]
fn every_score_and_picture_of_a_density_tells_the_same_density() {
    let mut sessions = BTreeMap::new();
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let session = sessions.entry(data).or_insert_with(|| Session::new(device()));
            learn(session, spec, data, &[]);
            let metrics = block_on(session.evaluate(POINTS)).expect("measures");
            let what = format!("{} on {data}", spec.id);
            divergences_are_none_below_zero(&what, &metrics);
            bits_are_the_cross_entropy(&what, session, &metrics);
            log_prob_integrates_to_one(&what, spec, session);
            the_field_is_log_prob(&what, spec, session);
        }
    }
}

fn divergences_are_none_below_zero(what: &str, metrics: &[Metric]) {
    for id in ["kl", "reverse_kl", "js"] {
        let Some(metric) = find(metrics, id) else { continue };
        let error = if metric.stderr.is_nan() { 0.0 } else { metric.stderr };
        assert!(
            metric.value > -3.0 * error,
            "{what}: {id} is {} ± {error}",
            metric.value
        );
        if id == "js" {
            assert!(metric.value < LN_2 + 3.0 * error, "{what}: js is {}", metric.value);
        }
    }
}

fn bits_are_the_cross_entropy(what: &str, session: &Session, metrics: &[Metric]) {
    let Some(bits) = find(metrics, "bits_per_dim") else {
        return;
    };
    let nll = find(metrics, "nll").expect("bits are those of a cross-entropy");
    let dim = session.data(1).expect("configured").0.dim as f64;
    for (bits, nats) in [(bits.value, nll.value), (bits.stderr, nll.stderr)] {
        let found = bits * dim * LN_2;
        assert!(
            (found - nats).abs() < 1e-6 * nats,
            "{what}: {found} nats as bits, {nats}"
        );
    }
}

/// Over a box half as wide again as the one drawn, in data units; three times as wide for an energy, whose tails reach out while it is young.
fn log_prob_integrates_to_one(what: &str, spec: &ModelSpec, session: &Session) {
    let (shown, bounds) = session.data(1).expect("configured");
    let dim = shown.dim;
    if dim > 2 {
        return; // too many cells
    }
    let energy = spec.views.fields.contains(&FieldKind::Energy);
    let room = if energy { 1.0 } else { 0.25 };
    let wider = |[low, high]: [f64; 2]| [low - room * (high - low), high + room * (high - low)];
    let bounds = Bounds {
        x: wider(bounds.x),
        y: wider(bounds.y),
    };
    let side = match (dim, energy) {
        (1, _) => 1000,
        (_, false) => 80,
        (_, true) => 200,
    };
    let found = block_on(session.log_prob(&table(&lattice(&bounds, side, dim)))).expect("reads");
    if !matches!(found.kind, DensityKind::Exact | DensityKind::Estimate) {
        return;
    }
    let mass: f64 = found.values.iter().map(|&l| f64::from(l).exp()).sum::<f64>() * cell_volume(&bounds, side, dim);
    assert!((mass - 1.0).abs() < 0.03, "{what}: log_prob integrates to {mass}");
}

fn the_field_is_log_prob(what: &str, spec: &ModelSpec, session: &mut Session) {
    const SIDE: usize = 16;
    let drawn = [FieldKind::LogDensity, FieldKind::LogBound];
    let Some(&kind) = spec.views.fields.iter().find(|kind| drawn.contains(kind)) else {
        return;
    };
    let request = FrameRequest {
        field: Some(kind),
        side: SIDE,
        ..FrameRequest::default()
    };
    let frame = block_on(session.frame(&request)).expect("draws");
    let Some(field) = frame.field else { return };
    let cells: Points = lattice(&frame.bounds, SIDE, frame.dim);
    let told = block_on(session.log_prob(&table(&cells))).expect("reads");
    let mut off: Vec<f32> = field
        .values
        .iter()
        .zip(&told.values)
        .map(|(a, b)| (a - b).abs())
        .collect();
    off.sort_by(f32::total_cmp);
    match told.kind {
        DensityKind::Exact | DensityKind::Estimate if !spec.views.fields.contains(&FieldKind::Energy) => {
            let worst = off[off.len() - 1];
            assert!(worst < 1e-3, "{what}: the picture is {worst} nats off log_prob");
        }
        // Drawn with the same latents in every cell, which shifts a young bound as a whole, by a nat or two on the plane.
        DensityKind::Bound => {
            let middle = off[off.len() / 2];
            assert!(
                frame.dim > 1 || middle < 1.0,
                "{what}: the picture is {middle} nats off log_prob"
            );
        }
        // An energy's Z depends on the box.
        _ => {
            let middle = off[off.len() / 2];
            assert!(middle < 0.5, "{what}: the picture is {middle} nats off log_prob");
        }
    }
}

#[test]
fn every_data_set_reaches_a_model_with_mean_zero_and_unit_spread() {
    for row in with_density() {
        let data = dataset(row.id);
        let points = data.sample(4000, &mut Rng::new(7, Stream::Data));
        let standardizer = Standardizer::of(data.as_ref());
        let u = standardizer.upload(&points, &device());
        let mean = values(u.clone().mean_dim(0).abs().max())[0];
        let spread = values(u.square().mean().sqrt())[0];
        assert!(mean < 0.1, "{} reaches a model with a mean of {mean}", row.id);
        assert!(
            (spread - 1.0).abs() < 0.1,
            "{} reaches a model with a spread of {spread}",
            row.id
        );
        let mut back = values(standardizer.upload(&points, &device()));
        standardizer.to_data_units(&mut back);
        let off = back
            .iter()
            .zip(&points.values)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(
            off < 1e-4 * standardizer.scale() as f32,
            "{} comes back {off} off",
            row.id
        );
    }
}

/// Measures after a change of live settings.
fn scores(session: &mut Session, settings: &[(&str, f64)]) -> Vec<Metric> {
    let change = Patch {
        params: settings.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    };
    assert!(!session.configure(&change).expect("live settings").restarted);
    block_on(session.evaluate(POINTS)).expect("measures")
}

#[test]
fn a_coarse_solver_of_samples_leaves_the_density_and_its_scores_alone() {
    let mut session = Session::new(device());
    for spec in with_setting("solver") {
        learn(&mut session, spec, "8gaussians", &[("learning_rate", 1e-2)]);
        let fine = scores(&mut session, &[("solver", 3.0), ("solver_steps", 16.0)]);
        let coarse = scores(&mut session, &[("solver", 0.0), ("solver_steps", 1.0)]);
        for id in ["kl", "reverse_kl", "js"] {
            let [before, after] = [&fine, &coarse].map(|metrics| find(metrics, id).expect("has a density"));
            assert_eq!(
                before.value, after.value,
                "{}: {id} follows the solver of samples",
                spec.id
            );
            assert_eq!(after.kind, DensityKind::Estimate, "{}: {id}", spec.id);
        }
        // The samples do change, and their scores with them.
        let [before, after] = [&fine, &coarse].map(|metrics| find(metrics, "sliced_wasserstein").expect("draws").value);
        assert_ne!(before, after, "{}: samples follow their solver", spec.id);
    }
}

#[test]
fn the_error_of_a_solver_is_in_that_of_its_scores() {
    let mut session = Session::new(device());
    for spec in with_setting("density_steps") {
        learn(&mut session, spec, "8gaussians", &[("learning_rate", 1e-2)]);
        let mut kl = |steps: f64| {
            let metrics = scores(&mut session, &[("density_steps", steps)]);
            let kl = find(&metrics, "kl").expect("has a density");
            (kl.value, kl.stderr)
        };
        let ((rough, stated), (fine, sampling)) = (kl(2.0), kl(16.0));
        // The same points, so that all of the difference is the solver's.
        let off = (rough - fine).abs();
        let solver = (stated.powi(2) - sampling.powi(2)).max(0.0).sqrt();
        assert!(
            off < 3.0 * solver + 1e-3 && solver < 3.0 * off + 0.1,
            "{}: two steps are {off} off and say {solver}",
            spec.id
        );
        assert!(
            stated > sampling,
            "{}: ± {stated} with 2 steps, ± {sampling} with 16",
            spec.id
        );
    }
}
