//! The way of points as a session tells it: in the reader's units, for every model, refused where it makes no sense.

use crate::{
    common::{device, own_data, provide_digits},
    session::{data_for, small},
};
use dgm::{
    models::{
        registry::MODELS,
        spec::Family,
        way::{Stop, Toward},
    },
    session::{Session, config::Patch, path::Path},
};
use pollster::block_on;

/// The points at one stop, in the reader's units.
fn at(path: &Path, stop: usize) -> Vec<f64> {
    let row = path.n * path.dim;
    let states = &path.states[stop * row..(stop + 1) * row];
    let along = |(i, &u): (usize, &f32)| path.shift[i % path.dim] + path.scale[i % path.dim] * f64::from(u);
    states.iter().enumerate().map(along).collect()
}

fn furthest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn every_model_tells_the_way_that_its_family_has() {
    provide_digits();
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let mut session = small(spec.id, data);
            block_on(session.step(2)).expect("two steps");
            let points = session.data(3).expect("data").0.values;
            let path = block_on(session.path(&points, Toward::Latent)).expect("a way");
            let what = format!("{} on {data}", spec.id);
            assert_eq!(path.n, 3, "{what}");
            assert_eq!(path.states.len(), path.stops.len() * points.len(), "{what}");
            let encodes = spec.family == Family::Vae;
            assert_eq!(path.code.is_some(), encodes, "{what}: a code");
            let goes = matches!(spec.family, Family::Flow | Family::Diffusion) || encodes;
            assert_eq!(!path.stops.is_empty(), goes, "{what}: a way");
            if goes {
                assert!(
                    furthest(&at(&path, 0), &points) < 1e-4,
                    "{what}: it begins at the points"
                );
            }
            match path.code {
                Some(ref code) => {
                    assert_eq!(path.stops, [Stop::Data, Stop::Restored], "{what}");
                    let latents: Vec<f64> = code.mean.iter().map(|&value| value.into()).collect();
                    let back = block_on(session.path(&latents, Toward::Data)).expect("a way back");
                    assert_eq!(back.stops, [Stop::Data], "{what}");
                    assert!(
                        furthest(&at(&back, 0), &at(&path, 1)) < 1e-4,
                        "{what}: restored as decoded"
                    );
                }
                None if goes => {
                    let last = path.states.len() - points.len();
                    let latents: Vec<f64> = path.states[last..].iter().map(|&value| value.into()).collect();
                    let back = block_on(session.path(&latents, Toward::Data)).expect("a way back");
                    let end = back.stops.len() - 1;
                    assert!(furthest(&at(&back, end), &points) < 5e-2, "{what}: back where it began");
                }
                None => {}
            }
        }
    }
}

#[test]
fn own_points_keep_the_units_of_their_reader() {
    let years: Vec<f64> = (0..60).map(|i| 1990.0 + f64::from(i) / 2.0).collect();
    let pay: Vec<f64> = (0..60).map(|i| 1e6 + 5e3 * f64::from(i * i % 37)).collect();
    let mut session = Session::new(device());
    session
        .configure(&Patch {
            data: Some("8gaussians".into()),
            model: Some("realnvp".into()),
            ..Patch::default()
        })
        .expect("a session");
    session.set_own(own_data(&[&years, &pay])).expect("own points");
    let points = [2000.0, 1.02e6, 2010.5, 1.1e6];
    let path = block_on(session.path(&points, Toward::Latent)).expect("a way");
    let back = at(&path, 0);
    assert!(
        (back[0] - 2000.0).abs() < 1e-3 && (back[3] - 1.1e6).abs() < 1.0,
        "{back:?}"
    );
}

#[test]
fn half_a_point_and_no_number_are_refused_and_no_points_are_no_way() {
    let session = small("realnvp", "8gaussians");
    let code = |points: &[f64]| {
        block_on(session.path(points, Toward::Latent))
            .expect_err("refused")
            .code()
    };
    assert_eq!(code(&[0.0, 1.0, 2.0]), "ragged_data");
    assert_eq!(code(&[0.0, f64::NAN]), "data_not_finite");
    assert!(
        block_on(session.path(&[], Toward::Data))
            .expect("nothing")
            .stops
            .is_empty()
    );
}
