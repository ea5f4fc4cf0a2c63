//! What is shown is of the averaged weights, wherever a model averages them: samples and densities must be of one and the same net.

use crate::common::{batch, fresh_small_model, values};
use dgm::{
    models::{Density, Model, spec::ModelSpec},
    rng::{Rng, Stream},
};

pub fn what_is_shown_is_of_the_averaged_weights(spec: &'static ModelSpec, dim: usize) {
    let (mut model, _) = fresh_small_model(spec, dim);
    if model.players() > 1 {
        return; // a discriminator is shown as it is
    }
    for step in 0..3 {
        model.train_step(batch(64, dim, step), &mut Rng::new(step, Stream::Noise));
    }
    let before = shown(model.as_ref(), dim);
    // The first tensor of a state is θ itself, the average stands behind the optimiser's moments.
    let mut state = model.state();
    state.tensors[0] = state.tensors[0].clone() + 0.1;
    model.load_state(&state);
    for ((what, before), (_, after)) in before.into_iter().zip(shown(model.as_ref(), dim)) {
        assert_eq!(
            before, after,
            "{} on {dim}-D data: {what} moved with the raw weights",
            spec.id
        );
    }
}

/// Numbers that a page can show, by name.
fn shown(model: &dyn Model, dim: usize) -> Vec<(&'static str, Vec<f32>)> {
    let rng = || Rng::new(1, Stream::Eval);
    let x = batch(16, dim, 9);
    let density = match model.density(x.clone(), &mut rng()) {
        Density::Exact(log_p)
        | Density::Estimate(log_p)
        | Density::LowerBound(log_p)
        | Density::Unnormalized(log_p) => values(log_p),
        Density::None => Vec::new(),
    };
    let optional = |found: Option<burn::tensor::Tensor<2>>| found.map(values).unwrap_or_default();
    vec![
        ("samples", values(model.sample(16, &mut rng()))),
        ("density", density),
        ("latents", optional(model.latent_from_data(x.clone()).map(|(z, _)| z))),
        ("codes", optional(model.encode(x.clone()))),
        ("prior", optional(model.prior())),
        ("score", optional(model.score(x.clone()))),
        ("walkers", optional(model.walk(x, 2, &mut rng()))),
    ]
}
