//! Weights leave by name, all of them: what another program builds the model from.

use crate::common::{fresh_small_model, values};
use dgm::{models::spec::ModelSpec, nn::optim::Weight};
use std::collections::BTreeSet;

/// What is no parameter.
const FIXED: &[&str] = &["frequencies", "memory"];

pub fn named_weights_are_all_parameters_and_what_is_fixed(spec: &'static ModelSpec, dim: usize) {
    let (model, _) = fresh_small_model(spec, dim);
    let weights = model.weights();
    let names: BTreeSet<&str> = weights.iter().map(|weight| weight.name.as_str()).collect();
    assert_eq!(names.len(), weights.len(), "{}: two tensors have one name", spec.id);
    for Weight { name, shape, values } in &weights {
        let count: usize = shape.iter().product();
        assert_eq!(values.dims(), [count], "{}: {name} is {shape:?}", spec.id);
    }
    // At the start averages are the parameters themselves.
    let learned = |weight: &&Weight| !FIXED.contains(&weight.name.rsplit('.').next().expect("a name"));
    let told: Vec<f32> = weights
        .iter()
        .filter(learned)
        .flat_map(|w| values(w.values.clone()))
        .collect();
    let all: Vec<f32> = (0..model.players())
        .flat_map(|player| values(model.parameters(player)))
        .collect();
    assert_eq!(told, all, "{} on {dim}-D data", spec.id);
}
