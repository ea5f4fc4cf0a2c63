//! What a step of learning and a draw promise, whoever makes them.

use crate::common::{batch, fresh_small_model, small_model, values};
use dgm::{
    models::spec::ModelSpec,
    rng::{Rng, Stream},
};

/// Tests that look at a model's loss and gradient speak of what it learns only if a step takes that very loss, from the same noise.
pub fn a_step_takes_the_loss_that_it_tells(spec: &'static ModelSpec, dim: usize) {
    let (mut model, _) = fresh_small_model(spec, dim);
    if model.players() > 1 {
        return; // a turn of a game is several steps; tests of its own hold it to its players' losses
    }
    let (x, noise) = (batch(64, dim, 8), || Rng::new(5, Stream::Noise));
    for step in 0..2 {
        let told = values(model.loss(0, x.clone(), &mut noise()).inner());
        let taken = values(model.train_step(x.clone(), &mut noise()));
        assert_eq!(taken, told, "{} on {dim}-D data, step {step}", spec.id);
    }
}

pub fn samples_are_those_of_the_noise(spec: &'static ModelSpec, dim: usize) {
    let model = small_model(spec, dim);
    let draw = |n, seed| values(model.sample(n, &mut Rng::new(seed, Stream::Eval)));
    let what = format!("{} on {dim}-D data", spec.id);
    for n in [1, 7, 100] {
        let found = draw(n, 1);
        assert_eq!(found.len(), n * dim, "{what}: {n} samples");
        assert!(found.iter().all(|x| x.is_finite()), "{what}: {n} finite samples");
    }
    assert_eq!(
        draw(20, 1),
        draw(20, 1),
        "{what}: the same noise gives the same samples"
    );
    assert_ne!(draw(20, 1), draw(20, 2), "{what}: other noise gives others");
}
