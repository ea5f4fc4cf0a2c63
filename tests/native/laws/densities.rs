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
        spec::{DensityKind, Family, ModelSpec},
    },
    rng::{Rng, Stream},
    session::frame::{cell_volume, lattice},
};

const SAMPLES: usize = 20_000;

/// exp(log p), of a bound that is nearly tight, and how far from one its integral may be.
fn density(trained: &Trained, x: Tensor<2>) -> (Vec<f64>, f64) {
    let (log_p, slack) = match trained.model.density(x, &mut Rng::new(1, Stream::Eval)) {
        Density::Exact(log_p) | Density::Estimate(log_p) => (log_p, 0.01),
        Density::LowerBound(log_p) => (log_p, 0.03),
        Density::Unnormalized(log_p) => (log_p, f64::INFINITY),
        other => panic!("{} has no density but {other:?}", trained.what),
    };
    let p = values(log_p).into_iter().map(|l| f64::from(l).exp()).collect();
    (p, slack)
}

/// A solver's density, whose every look takes many steps: near the start, where it is smooth, a coarse lattice adds it up.
pub fn a_solved_density_integrates_to_one(spec: &'static ModelSpec, dim: usize) {
    let bounds = Bounds::square(12.0);
    let side = if dim == 1 { 8000 } else { 200 };
    if spec.family != Family::Diffusion || spec.density == DensityKind::None {
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
    let slack = density(trained, trained.points(1)).1;
    let histogram = Histogram::new(trained.dim, &samples, |x| density(trained, x).0);
    let total = histogram.total();
    let off = (total - 1.0).abs();
    assert!(off < slack, "{what}: the density integrates to {total}");
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

/// A bound is drawn with the same latents in every cell: noise that the cells share, and on average what is told elsewhere.
pub fn a_drawn_bound_is_the_bound_on_average(trained: &Trained) {
    const DRAWS: u64 = 24;
    let x = trained.points(40);
    let moments = |bound: &dyn Fn(&mut Rng) -> Density| {
        let (mut sum, mut squares) = (vec![0.0; 40], vec![0.0; 40]);
        for seed in 0..DRAWS {
            let Density::LowerBound(log_p) = bound(&mut Rng::new(seed, Stream::Look)) else {
                return None;
            };
            for (i, l) in values(log_p).into_iter().map(f64::from).enumerate() {
                sum[i] += l / DRAWS as f64;
                squares[i] += l * l / DRAWS as f64;
            }
        }
        Some((sum, squares))
    };
    let drawn = moments(&|rng| trained.model.drawn_density(x.clone(), rng));
    let told = moments(&|rng| trained.model.density(x.clone(), rng));
    let (Some((drawn, drawn_squares)), Some((told, told_squares))) = (drawn, told) else {
        return;
    };
    for i in 0..40 {
        let variance = drawn_squares[i] - drawn[i].powi(2) + told_squares[i] - told[i].powi(2);
        let off = (drawn[i] - told[i]).abs() / (variance / DRAWS as f64 + 1e-9).sqrt();
        assert!(
            off < 5.0,
            "{}: point {i} is drawn at {} and told at {}",
            trained.what,
            drawn[i],
            told[i]
        );
    }
}
