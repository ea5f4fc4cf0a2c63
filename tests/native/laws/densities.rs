//! What a density promises: a total of one, samples that follow it, and the same for a point whatever stands beside it.

use super::trained::Trained;
use crate::{
    common::{small_model, tensor, values},
    histogram::Histogram,
};
use burn::tensor::Tensor;
use dgm::{
    data::Bounds,
    models::{
        Density,
        spec::{Family, ModelSpec},
    },
    rng::{Rng, Stream},
    session::frame::{cell_volume, lattice},
};

const SAMPLES: usize = 20_000;

/// exp(log p), and whether its integral must be one.
fn density(trained: &Trained, x: Tensor<2>) -> (Vec<f64>, bool) {
    let (log_p, normalised) = match trained.model.density(x, &mut Rng::new(1, Stream::Eval)) {
        Density::Exact(log_p) | Density::Estimate(log_p) => (log_p, true),
        Density::Unnormalized(log_p) => (log_p, false),
        other => panic!("{} has no density but {other:?}", trained.what),
    };
    let p = values(log_p).into_iter().map(|l| f64::from(l).exp()).collect();
    (p, normalised)
}

/// A solver's density, whose every look takes many steps: near the start, where it is smooth, a coarse lattice adds it up.
pub fn a_solved_density_integrates_to_one(spec: &'static ModelSpec, dim: usize) {
    let bounds = Bounds::square(12.0);
    let side = if dim == 1 { 8000 } else { 200 };
    if spec.family != Family::Diffusion {
        return;
    }
    let x = tensor(lattice(&bounds, side, dim).values, dim);
    let Density::Estimate(log_p) = small_model(spec, dim).density(x, &mut Rng::new(1, Stream::Eval)) else {
        panic!("{} on {dim}-D data has no solved density", spec.id);
    };
    let sum: f64 = values(log_p).iter().map(|&l| f64::from(l).exp()).sum();
    let total = sum * cell_volume(&bounds, side, dim);
    assert!(
        (total - 1.0).abs() < 0.01,
        "{} on {dim}-D data: the density integrates to {total}",
        spec.id
    );
}

pub fn samples_follow_the_density(trained: &Trained) {
    let what = &trained.what;
    let samples = values(trained.model.sample(SAMPLES, &mut Rng::new(13, Stream::Eval)));
    let normalised = density(trained, trained.points(1)).1;
    let histogram = Histogram::new(trained.dim, &samples, |x| density(trained, x).0);
    if normalised {
        let total = histogram.total();
        assert!((total - 1.0).abs() < 0.01, "{what}: the density integrates to {total}");
    }
    histogram.assert_followed(what);
}

pub fn points_are_measured_alone(trained: &Trained) {
    let x = trained.points(64);
    let (Density::Exact(together) | Density::Estimate(together) | Density::Unnormalized(together)) =
        trained.model.density(x.clone(), &mut Rng::new(1, Stream::Eval))
    else {
        return;
    };
    let together = values(together);
    for (i, expected) in together.iter().enumerate().step_by(9) {
        let alone = density(trained, x.clone().narrow(0, i, 1)).0[0].ln();
        let error = (alone - f64::from(*expected)).abs();
        assert!(
            error < 1e-3,
            "{}: log p of a point is {alone} alone and {expected} among others",
            trained.what
        );
    }
}
