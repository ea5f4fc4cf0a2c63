//! Splines, a masked affine flow and a spline coupling flow against zuko's on the same numbers (`tests/fixtures/golden_flow.py`).

use super::agree;
use crate::common::{device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::flow::{Bijector, conditioner::Size, maf::maf, monotone::Monotone, nsf::couplings, stack::Stack},
    nn::{
        optim::Learner,
        spline::{Spline, raw_size},
    },
    rng::{Rng, Stream},
    spec::training::Training,
};
use serde::Deserialize;

/// Those of the fixture's networks and splines.
const SIZE: Size = Size {
    features: 0,
    width: 8,
    depth: 2,
};
const BINS: usize = 5;

#[derive(Deserialize)]
struct Fixture {
    spline: Curves,
    maf: Flow,
    nsf: Flow,
}

#[derive(Deserialize)]
struct Curves {
    raw: Vec<f32>,
    x: Vec<f32>,
    values: Vec<f32>,
    log_slopes: Vec<f32>,
    y: Vec<f32>,
    inverse: Vec<f32>,
    inverse_log_slopes: Vec<f32>,
}

#[derive(Deserialize)]
struct Flow {
    theta: Vec<f32>,
    x: Vec<f32>,
    latents: Vec<f32>,
    log_prob: Vec<f32>,
    loss: Vec<f32>,
    gradient: Vec<f32>,
    z: Vec<f32>,
    samples: Vec<f32>,
}

impl Flow {
    /// Compares density, loss, gradient and both directions of `stack` with zuko's.
    fn compare(&self, stack: Stack, dim: usize) {
        let mut learner = Learner::new(stack, Training::DEFAULT);
        learner.set_parameters(Tensor::from_data(self.theta.as_slice(), &device()));
        let log_prob = learner.module().log_prob(tensor(self.x.clone(), dim).autodiff());
        let loss = log_prob.clone().mean().neg();
        agree(&values(log_prob.inner()), &self.log_prob, "log p");
        agree(&values(loss.clone().inner()), &self.loss, "loss");
        agree(&values(learner.gradient(loss)), &self.gradient, "gradient");
        let frozen = learner.frozen();
        let latents = frozen.forward_and_log_det(tensor(self.x.clone(), dim)).0;
        let samples = frozen.inverse(tensor(self.z.clone(), dim));
        agree(&values(latents), &self.latents, "latents");
        agree(&values(samples), &self.samples, "samples");
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/golden_flow.json")).expect("the fixture is readable")
}

#[test]
fn splines_agree_with_zuko() {
    let curves = fixture().spline;
    let spline = || Spline::new(tensor(curves.raw.clone(), raw_size(BINS)), BINS);
    let (y, log_slope) = spline().forward(tensor(curves.x.clone(), 1));
    agree(&values(y), &curves.values, "values");
    agree(&values(log_slope), &curves.log_slopes, "log-slopes");
    let (x, log_slope) = spline().inverse(tensor(curves.y.clone(), 1));
    agree(&values(x), &curves.inverse, "inverse");
    agree(
        &values(log_slope),
        &curves.inverse_log_slopes,
        "log-slopes of the inverse",
    );
}

#[test]
fn masked_affine_flow_agrees_with_zuko() {
    let flow = maf(3, 2, SIZE, &mut Rng::new(0, Stream::Init), &device().autodiff());
    fixture().maf.compare(flow, 3);
}

#[test]
fn spline_coupling_flow_agrees_with_zuko() {
    let map = Monotone::Spline { bins: BINS };
    let flow = couplings(2, 2, map, SIZE, &mut Rng::new(0, Stream::Init), &device().autodiff());
    fixture().nsf.compare(flow, 2);
}
