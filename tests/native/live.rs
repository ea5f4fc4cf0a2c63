//! Settings that need no restart: what changes the learning starts the schedule of its rate anew, and what only changes pictures leaves it alone.

use crate::common::{batch, device, for_every_model, space, values};
use dgm::{
    models::{
        Model,
        spec::{ModelSpec, Settings},
    },
    rng::{Rng, Stream},
    spec::{Group, ParamSpec},
};

/// Settings that act only beside another, which is 0 by default.
const IDLE: &[&str] = &["noise_steps"];

/// Settings that look at classes: a model that learns none has none to look at.
const OF_CLASSES: &[&str] = &["condition", "compose", "other", "guidance"];

/// A small model in training: two steps in, under a constant rate, so that a schedule that begins anew changes nothing by itself.
fn in_training(spec: &'static ModelSpec, dim: usize) -> Box<dyn Model> {
    let mut settings = Settings::defaults(spec.params);
    for (id, value) in [
        ("width", 8.0),
        ("layers", 2.0),
        ("units", 1.0),
        ("bins", 8.0),
        ("schedule", 0.0),
    ] {
        if spec.params.iter().any(|param| param.id == id) {
            settings.set(spec.params, id, value).expect("within range");
        }
    }
    let mut rng = Rng::new(11, Stream::Init);
    let mut model = (spec.build)(space(dim), &settings, &mut rng, &device().autodiff());
    steps(model.as_mut(), dim, 0);
    model
}

/// Two steps, and where they lead.
fn steps(model: &mut dyn Model, dim: usize, seed: u64) -> Vec<f32> {
    for step in 0..2 {
        let seed = seed + step;
        model.train_step(batch(24, dim, seed), &mut Rng::new(seed, Stream::Noise));
    }
    (0..model.players())
        .flat_map(|player| values(model.parameters(player)))
        .collect()
}

/// A value that is not the default, far enough from it to be felt.
fn another(param: &ParamSpec) -> f64 {
    if param.id == "weight_clip" {
        0.01 // its largest would cut nothing off
    } else if param.default < param.max {
        param.max
    } else {
        param.min
    }
}

#[test]
fn a_live_setting_starts_the_schedule_anew_where_it_changes_what_is_learned() {
    for_every_model(|spec, dim| {
        let live =
            |param: &&ParamSpec| !param.restarts && param.group == Group::Model && !OF_CLASSES.contains(&param.id);
        let mut unmoved = None;
        for param in spec.params.iter().filter(live) {
            let mut model = in_training(spec, dim);
            let before = model.state().counts;
            assert!(model.set(param.id, another(param)), "{} has no {}", spec.id, param.id);
            let begins = model.state().counts != before;
            let unmoved = unmoved.get_or_insert_with(|| steps(in_training(spec, dim).as_mut(), dim, 2));
            let learns = steps(model.as_mut(), dim, 2) != *unmoved;
            assert!(
                begins == learns || (begins && IDLE.contains(&param.id)),
                "{} on {dim}-D data, {}: changes what is learned: {learns}, starts the schedule: {begins}",
                spec.id,
                param.id
            );
        }
    });
}
