//! What a choice does: bad ones are refused and change nothing, small ones keep the step, others bring what they need.

use crate::{
    common::{own_data, provide_digits},
    session::{data_for, patch, small},
};
use dgm::{error::Error, models::registry::MODELS, session::config::Patch};
use pollster::block_on;
use std::collections::BTreeMap;

/// Steps that are never refused lead to another density than the one that is told.
#[test]
fn every_sampler_that_nobody_chose_is_exact() {
    let samplers = MODELS
        .iter()
        .flat_map(|model| model.params.iter().map(move |param| (model.id, param)));
    let samplers: Vec<_> = samplers.filter(|(_, param)| param.id == "sampler").collect();
    assert!(!samplers.is_empty());
    for (model, sampler) in samplers {
        let chosen = sampler.options[sampler.default as usize].id;
        assert_ne!(chosen, "ula", "{model}");
    }
}

#[test]
fn refused_settings_name_themselves_and_change_nothing() {
    let mut session = small("realnvp", "moons");
    block_on(session.step(2)).expect("steps");
    let before = session.config().unwrap();
    let mut refuse = |patch: &Patch| session.configure(patch).expect_err("refused");
    let error = refuse(&patch("realnvp", "moons", &[("learning_rate", 5.0)]));
    assert_eq!(
        error,
        Error::OutOfRange {
            id: "learning_rate".into(),
            value: 5.0,
            min: 1e-5,
            max: 0.1
        }
    );
    assert_eq!(
        refuse(&patch("realnvp", "moons", &[("width", 16.5)])).code(),
        "out_of_range"
    );
    assert_eq!(
        refuse(&patch("realnvp", "moons", &[("batch", f64::NAN)])).code(),
        "out_of_range"
    );
    assert_eq!(
        refuse(&patch("realnvp", "moons", &[("colour", 1.0)])).code(),
        "unknown_id"
    );
    assert_eq!(refuse(&patch("nothing", "moons", &[])).code(), "unknown_id");
    assert_eq!(refuse(&patch("realnvp", "nowhere", &[])).code(), "unknown_id");
    assert_eq!(refuse(&patch("realnvp", "exam-scores", &[])).code(), "wrong_dimension");
    assert_eq!(refuse(&patch("made-pixels", "moons", &[])).code(), "wrong_dimension");
    assert_eq!(
        refuse(&Patch {
            seed: Some(-1.0),
            ..Patch::default()
        })
        .code(),
        "out_of_range"
    );
    assert_eq!(session.config().unwrap(), before);
    assert_eq!(block_on(session.step(1)).expect("goes on").step, 3);
}

#[test]
fn settings_that_need_no_restart_keep_the_step() {
    for spec in MODELS {
        let mut session = small(spec.id, data_for(spec.dims)[0]);
        block_on(session.step(2)).expect("steps");
        // A class can be looked at only where classes are learned; that this needs no restart is told with them.
        for param in spec.params.iter().filter(|param| param.id != "condition") {
            let value = if param.default == param.max {
                param.min
            } else {
                param.max
            };
            let params = BTreeMap::from([(param.id.to_owned(), value)]);
            let before = session.config().unwrap();
            let applied = session
                .configure(&Patch {
                    params,
                    ..Patch::default()
                })
                .expect("within range");
            assert_eq!(applied.restarted, param.restarts, "{}: {}", spec.id, param.id);
            session.configure(&before.into()).expect("and back");
        }
    }
}

#[test]
fn pictures_bring_a_model_that_can_learn_them() {
    provide_digits();
    for (model, expected) in [
        ("nice", "nsf-pixels"),
        ("vae", "vae-pixels"),
        ("tokens", "made-pixels"),
        ("gan", "nsf-pixels"),
    ] {
        let mut session = small(model, "moons");
        let patch = Patch {
            data: Some("digits".into()),
            ..Patch::default()
        };
        assert_eq!(session.configure(&patch).expect("switches").config.model, expected);
    }
}

#[test]
fn a_data_set_of_another_dimension_brings_a_model_that_can_learn_it() {
    let mut session = small("realnvp", "moons");
    let applied = session
        .configure(&Patch {
            data: Some("exam-scores".into()),
            ..Patch::default()
        })
        .expect("switches");
    let spec = dgm::models::registry::find(&applied.config.model).unwrap();
    assert_eq!(spec.family, dgm::models::spec::Family::Flow);
    assert!(spec.dims.contains(&1));
}

#[test]
fn drawn_points_are_learned_and_bad_ones_refused() {
    let mut session = small("realnvp", "moons");
    // At its own rate it spikes now and then on so few points.
    session
        .configure(&patch("realnvp", "moons", &[("learning_rate", 1e-3)]))
        .expect("within range");
    for (x, y, code) in [
        (&[1.0][..], &[2.0][..], "too_few_points"),
        (&[1.0, 1.0], &[2.0, 2.0], "data_constant"),
        (&[1.0, f64::NAN], &[2.0, 2.0], "data_not_finite"),
    ] {
        assert_eq!(session.set_own(own_data(&[x, y])).expect_err("refused").code(), code);
    }
    assert_eq!(session.config().unwrap().data, "moons");
    let along = |at: fn(f64) -> f64| (0..40).map(|i| at(f64::from(i) * 0.3)).collect::<Vec<f64>>();
    let drawn = own_data(&[&along(f64::cos), &along(f64::sin)]);
    assert_eq!(session.set_own(drawn).expect("drawn").applied.config.data, "custom");
    let first = block_on(session.step(1)).expect("steps").losses[0];
    let later = block_on(session.step(150)).expect("steps").losses[0];
    assert!(later < first, "the loss on drawn points went from {first} to {later}");
}
