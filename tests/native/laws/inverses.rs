//! What an invertible map promises: back to where it came from, and a log-determinant that is its Jacobian's.

use super::trained::Trained;
use crate::common::{batch, device, small_model, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        Model,
        spec::{Family, ModelSpec},
    },
    rng::{Rng, Stream},
};

/// How far a point may come back from where it was. Closed forms are within 1e-4; a bisection broken off too soon misses by .01. A field that a
/// solver follows is as far off as the solver, between narrow clusters.
fn as_good_as_back(family: Family) -> f32 {
    if family == Family::Diffusion { 2e-2 } else { 1e-3 }
}

pub fn undone_at_the_start(spec: &'static ModelSpec, dim: usize) {
    let what = format!("{} on {dim}-D data", spec.id);
    assert_undone(spec, small_model(spec, dim).as_ref(), batch(256, dim, 3), &what);
}

pub fn undone_once_trained(trained: &Trained) {
    assert_undone(trained.spec, trained.model.as_ref(), trained.points(256), &trained.what);
}

/// From data to latents and back, and from latents to data and back.
fn assert_undone(spec: &ModelSpec, model: &dyn Model, x: Tensor<2>, what: &str) {
    let Some((z, _)) = model.latent_from_data(x.clone()) else {
        return;
    };
    let data = |z| {
        model
            .data_from_latent(z)
            .expect("what has latents of data has data of latents")
    };
    let worst = |a: Tensor<2>, b: Tensor<2>| values((a - b).abs().max())[0];
    let most = as_good_as_back(spec.family);
    let off = worst(data(z), x.clone());
    assert!(off < most, "{what}: data come back {off} off");
    let z = Rng::new(3, Stream::Eval).normal_tensor(x.dims(), &device());
    let (back, _) = model.latent_from_data(data(z.clone())).expect("as before");
    let off = worst(back, z);
    assert!(off < most, "{what}: latents come back {off} off");
}

/// log|det| by elimination with the largest pivot.
fn log_abs_det(mut rows: Vec<Vec<f64>>) -> f64 {
    let mut sum = 0.0;
    for k in 0..rows.len() {
        let largest = (k..rows.len()).max_by(|&a, &b| rows[a][k].abs().total_cmp(&rows[b][k].abs()));
        rows.swap(k, largest.expect("a row is left"));
        let (done, left) = rows.split_at_mut(k + 1);
        let pivot = &done[k];
        sum += pivot[k].abs().ln();
        for row in left {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(pivot).for_each(|(entry, p)| *entry -= factor * p);
        }
    }
    sum
}

pub fn log_det_is_that_of_the_jacobian(spec: &'static ModelSpec, dim: usize) {
    const H: f64 = 1e-2; // f32: truncation h² ≈ 1e-4 and rounding ε/h ≈ 1e-5 balance here
    let model = small_model(spec, dim);
    let x = batch(128, dim, 4);
    let Some((_, log_det)) = model.latent_from_data(x.clone()) else {
        return;
    };
    let column = |axis: usize| {
        let step: Vec<f32> = (0..dim).map(|i| if i == axis { H as f32 } else { 0.0 }).collect();
        let at = |sign: f64| {
            model
                .latent_from_data(x.clone() + tensor(step.clone(), dim) * sign)
                .expect("a flow")
                .0
        };
        values((at(1.0) - at(-1.0)) / (2.0 * H)) // row by row, [n, d]
    };
    let columns: Vec<Vec<f32>> = (0..dim).map(column).collect();
    let mut errors: Vec<f32> = values(log_det)
        .iter()
        .enumerate()
        .map(|(n, log_det)| {
            let row = |row: usize| (0..dim).map(|col| f64::from(columns[col][n * dim + row])).collect();
            (log_abs_det((0..dim).map(row).collect()) as f32 - log_det).abs()
        })
        .collect();
    // Splines have kinks in the second derivative at their knots, where a difference straddles two pieces: judge all but the worst few.
    errors.sort_by(f32::total_cmp);
    let judged = errors[errors.len() * 95 / 100];
    assert!(judged < 2e-2, "{} on {dim}-D data: log det is {judged} off", spec.id);
}
