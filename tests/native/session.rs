//! What a page relies on: frames and measures as promised, pictures that do not disturb learning, snapshots that go on exactly.

use crate::common::{device, known, provide_digits};
use dgm::{
    models::{
        registry::{self, MODELS},
        spec::{DensityKind, FieldKind},
    },
    session::{Session, config::Patch, frame::FrameRequest},
};
use pollster::block_on;
use std::collections::BTreeMap;

pub fn patch(model: &str, data: &str, params: &[(&str, f64)]) -> Patch {
    Patch {
        data: Some(data.into()),
        model: Some(model.into()),
        seed: Some(3.0),
        params: params
            .iter()
            .map(|&(id, value)| (id.into(), value))
            .collect::<BTreeMap<_, _>>(),
        ..Patch::default()
    }
}

pub fn small(model: &str, data: &str) -> Session {
    let spec = registry::find(model).expect("a registered model");
    let mut session = Session::new(device());
    session
        .configure(&patch(model, data, &known(spec, &[("batch", 32.0), ("width", 16.0)])))
        .expect("a small session starts");
    session
}

pub fn everything(walkers: usize) -> FrameRequest {
    FrameRequest {
        samples: 50,
        field: None,
        side: 16,
        grid: 8,
        latent: 20,
        walkers,
        walk_steps: 2,
        ..FrameRequest::default()
    }
}

pub fn data_for(dims: &[usize]) -> Vec<&'static str> {
    provide_digits();
    let of = |dim: &usize| match dim {
        1 => "exam-scores",
        2 => "8gaussians",
        _ => "digits-binary",
    };
    dims.iter().map(of).collect()
}

#[test]
fn every_model_steps_draws_and_measures_what_its_row_promises() {
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let mut session = small(spec.id, data);
            let report = block_on(session.step(3)).expect("three steps");
            assert_eq!(report.step, 3);
            assert_eq!(report.losses.len(), spec.losses.len(), "{} names its losses", spec.id);
            // A row without a field still draws everything else.
            let kinds: Vec<_> = match spec.views.fields {
                [] => vec![None],
                fields => fields.iter().copied().map(Some).collect(),
            };
            for kind in kinds {
                let frame = block_on(session.frame(&FrameRequest {
                    field: kind,
                    ..everything(30)
                }))
                .expect("a frame");
                let found = frame.field.as_ref().map(|field| field.kind);
                assert_eq!(found, kind, "{} draws on {data} the field it promises", spec.id);
                if let Some(field) = frame.field {
                    assert_eq!(field.values.len(), 16usize.pow(frame.dim as u32));
                    assert!(
                        field.values.iter().all(|v| v.is_finite()),
                        "{} draws a finite {kind:?}",
                        spec.id
                    );
                }
                assert_eq!(frame.samples.len(), 50 * frame.dim);
                assert_eq!(frame.walkers.is_some(), spec.views.walkers, "{} walkers", spec.id);
                assert_eq!(frame.grid.is_some(), spec.views.grid, "{} grid", spec.id);
                assert_eq!(frame.latent.is_some(), spec.views.latent, "{} latent", spec.id);
                if let Some(latent) = frame.latent {
                    let components: Vec<_> = latent.prior.chunks(1 + 2 * latent.dim).collect();
                    let weight: f32 = components.iter().map(|component| component[0]).sum();
                    assert!((weight - 1.0).abs() < 1e-4, "{} draws all of its prior", spec.id);
                    let mut widths = components.iter().flat_map(|component| &component[1 + latent.dim..]);
                    assert!(widths.all(|&width| width >= 0.0), "{} draws {components:?}", spec.id);
                }
            }
            let metrics = block_on(session.evaluate(300)).expect("metrics");
            // Pictures have no known density, and what a density says of them dequantised is a bound.
            let (id, kind) = match data {
                "digits-binary" if !spec.discrete && spec.density != DensityKind::None => {
                    ("bits_per_dim", DensityKind::Bound)
                }
                "digits-binary" => ("bits_per_dim", spec.density),
                _ => ("kl", spec.density),
            };
            let found = metrics.iter().find(|metric| metric.id == id);
            assert_eq!(
                found.map(|metric| metric.kind),
                (kind != DensityKind::None).then_some(kind),
                "{}: {id}",
                spec.id
            );
        }
    }
}

#[test]
fn an_energy_field_and_its_density_are_the_same_landscape_turned_round() {
    for spec in MODELS
        .iter()
        .filter(|spec| spec.views.fields.contains(&FieldKind::Energy))
    {
        let mut session = small(spec.id, "8gaussians");
        let mut field = |kind| {
            let request = FrameRequest {
                field: Some(kind),
                side: 24,
                ..FrameRequest::default()
            };
            block_on(session.frame(&request))
                .expect("a frame")
                .field
                .expect("the field")
                .values
        };
        let (energy, log_density) = (field(FieldKind::Energy), field(FieldKind::LogDensity));
        let sums: Vec<f32> = energy.iter().zip(&log_density).map(|(e, l)| e + l).collect();
        let (low, high) = sums
            .iter()
            .fold((f32::MAX, f32::MIN), |(low, high), &v| (low.min(v), high.max(v)));
        assert!(
            high - low < 1e-3,
            "E + log p must be the constant −log Z, it spreads over {}",
            high - low
        );
    }
}

#[test]
fn looking_does_not_change_what_is_learned() {
    for spec in MODELS {
        let data = data_for(spec.dims)[0];
        let (mut watched, mut alone) = (small(spec.id, data), small(spec.id, data));
        for _ in 0..3 {
            block_on(watched.step(2)).expect("steps");
            block_on(watched.frame(&everything(10))).expect("a frame");
            block_on(watched.evaluate(100)).expect("metrics");
            block_on(alone.step(2)).expect("steps");
        }
        let (a, b) = (watched.history().expect("history"), alone.history().expect("history"));
        assert!(
            a.iter().zip(b).all(|(a, b)| a.losses == b.losses),
            "{} learned something else while watched",
            spec.id
        );
    }
}

/// Samples and the first field.
fn picture(session: &mut Session) -> (Vec<f64>, Vec<f32>) {
    let model = session.config().expect("configured").model;
    let spec = registry::find(&model).expect("a registered model");
    let request = FrameRequest {
        field: spec.views.fields.first().copied(),
        ..everything(0)
    };
    let frame = block_on(session.frame(&request)).expect("a frame");
    (frame.samples, frame.field.map(|field| field.values).unwrap_or_default())
}

#[test]
fn a_snapshot_goes_on_exactly() {
    for spec in MODELS {
        let data = data_for(spec.dims)[0];
        let mut session = small(spec.id, data);
        block_on(session.step(4)).expect("steps");
        let bytes = block_on(session.snapshot()).expect("a snapshot");
        let expected = block_on(session.step(3)).expect("steps").losses;
        let mut other = Session::new(device());
        other.restore(&bytes).expect("restores");
        assert_eq!(other.config().unwrap(), session.config().unwrap());
        let report = block_on(other.step(3)).expect("steps");
        assert_eq!(
            (report.step, report.losses),
            (7, expected),
            "{} goes on from its snapshot",
            spec.id
        );
        // Losses are of the weights as they are, what is shown may be of an average.
        let (shown, expected) = (picture(&mut other), picture(&mut session));
        assert_eq!(shown, expected, "{} shows the same from its snapshot", spec.id);
    }
}

#[test]
fn broken_snapshots_are_refused_and_change_nothing() {
    let mut session = small("realnvp", "moons");
    block_on(session.step(2)).expect("steps");
    let bytes = block_on(session.snapshot()).expect("a snapshot");
    for broken in [&b""[..], b"nonsense", &bytes[..bytes.len() / 2]] {
        assert_eq!(session.restore(broken).expect_err("refused").code(), "bad_snapshot");
    }
    assert_eq!(session.history().unwrap().last().unwrap().step, 2);
}
