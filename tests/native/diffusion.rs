//! Diffusion against closed forms: solvers on a linear field, densities and velocities for Gaussian data.

use crate::common::{average, batch, device, fresh_small_model, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        diffusion::{
            Learned, Net, Objective, VelocityField, ancestral,
            ddpm::{PredictNoise, PredictV},
            flow_matching::StraightPaths,
            schedule::{ANGLE_RATE, angle},
            solvers::Solver,
        },
        registry::MODELS,
        spec::Family,
    },
    rng::{Rng, Stream},
};

/// v(x, t) = eᵗ (GROWTH x + TURN · x turned by 90°).
struct Spiral;

const GROWTH: f64 = 0.4;
const TURN: f64 = 1.5;

impl Spiral {
    /// `[[a, w], [−w, a]]`, to be multiplied from the right.
    fn matrix(a: f64, w: f64) -> Tensor<2> {
        tensor(vec![a as f32, w as f32, -w as f32, a as f32], 2)
    }
}

impl VelocityField for Spiral {
    fn velocity(&self, x: Tensor<2>, t: f64) -> Tensor<2> {
        x.matmul(Self::matrix(GROWTH, TURN)) * t.exp()
    }

    fn velocity_and_jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: f64) -> (Tensor<2>, Vec<Tensor<2>>) {
        let slopes = vs.into_iter().map(|v| self.velocity(v, t)).collect();
        (self.velocity(x, t), slopes)
    }
}

fn largest<const D: usize>(x: Tensor<D>) -> f64 {
    values(x.abs().max())[0].into()
}

#[test]
fn every_solver_has_its_order_in_the_path_and_in_the_log_determinant() {
    let time = 1f64.exp() - 1.0; // ∫ eᵗ over [0, 1]
    let (r, phi) = ((GROWTH * time).exp(), TURN * time);
    let x = batch(64, 2, 1);
    let end = x.clone().matmul(Spiral::matrix(r * phi.cos(), r * phi.sin()));
    for (solver, order, steps) in [
        (Solver::Euler, 1, 128),
        (Solver::Midpoint, 2, 16),
        (Solver::Heun, 2, 16),
        (Solver::RungeKutta, 4, 8),
    ] {
        let errors = |steps: usize| {
            let (found, log_det) = solver.carry_with_log_det(&Spiral, x.clone(), [0.0, 1.0], steps);
            let alone = solver.carry(&Spiral, x.clone(), [0.0, 1.0], steps);
            assert_eq!(values(found.clone()), values(alone), "{solver:?}: two ways, one path");
            [largest(found - end.clone()), largest(log_det - 2.0 * GROWTH * time)]
        };
        let (coarse, fine) = (errors(steps), errors(2 * steps));
        for (what, coarse, fine) in [("path", coarse[0], fine[0]), ("log det", coarse[1], fine[1])] {
            // Fourth order takes the log determinant to rounding at once.
            if coarse < 1e-5 {
                continue;
            }
            let found = (coarse / fine).log2();
            assert!(
                (found - f64::from(order)).abs() < 0.2,
                "{solver:?}, {what}: order {found}, errors {coarse} and {fine}"
            );
        }
    }
}

/// Gaussian data: mean and standard deviation of each axis.
const MEAN: [f64; 2] = [0.7, -0.4];
const SPREAD: [f64; 2] = [0.5, 1.3];

/// The best answer of any network for Gaussian data: slope and offset of each axis at each time.
struct Best(fn(t: f64, axis: usize) -> [f64; 2]);

/// E[x1 − x0 | x] on straight paths.
const BEST_STRAIGHT: Best = Best(|t, axis| {
    let (m, s2) = (MEAN[axis], SPREAD[axis] * SPREAD[axis]);
    let slope = (t * s2 - (1.0 - t)) / ((1.0 - t).powi(2) + t * t * s2);
    [slope, m - slope * t * m]
});

/// E[α x0 − σ x1 | x] on the cosine schedule.
const BEST_V: Best = Best(|t, axis| {
    let (alpha, sigma) = angle(t).sin_cos();
    let (m, s2) = (MEAN[axis], SPREAD[axis] * SPREAD[axis]);
    let slope = alpha * sigma * (1.0 - s2) / (alpha * alpha * s2 + sigma * sigma);
    [slope, -sigma * m - slope * alpha * m]
});

impl Best {
    /// Slopes and offsets, each `[k, 2]` for times `[k, 1]`.
    fn coefficients(&self, t: Tensor<2>) -> [Tensor<2>; 2] {
        let times = values(t);
        [0, 1].map(|which| {
            let of = |t: &f32| [0, 1].map(|axis| self.0(f64::from(*t), axis)[which] as f32);
            tensor(times.iter().flat_map(of).collect(), 2)
        })
    }
}

impl Net for Best {
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        let [slope, offset] = self.coefficients(t);
        x * slope + offset
    }

    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let [slope, _] = self.coefficients(t.clone());
        let slopes = vs.into_iter().map(|v| v * slope.clone()).collect();
        (self.forward(x, t), slopes)
    }
}

/// `value` of each axis as a row `[1, 2]`.
fn row(value: impl Fn(usize) -> f64) -> Tensor<2> {
    tensor([0, 1].map(|axis| value(axis) as f32).to_vec(), 2)
}

fn gaussian_log_prob(x: Tensor<2>) -> Tensor<1> {
    let z = (x - row(|axis| MEAN[axis])) / row(|axis| SPREAD[axis]);
    let constant = (2.0 * std::f64::consts::PI * SPREAD[0] * SPREAD[1]).ln();
    (z.square().sum_dim(1) * -0.5 - constant).squeeze_dim(1)
}

fn log_prob(field: &impl VelocityField, x: Tensor<2>, steps: usize) -> Tensor<1> {
    let (x0, log_det) = Solver::RungeKutta.noise_from_data(field, x, steps);
    dgm::nn::standard_normal_log_prob(x0) + log_det
}

#[test]
fn the_likelihood_of_straight_paths_to_a_gaussian_is_the_gaussians() {
    let field = Learned {
        net: &BEST_STRAIGHT,
        scale: StraightPaths.velocity_scale(),
    };
    let x = batch(256, 2, 2);
    let off = largest(log_prob(&field, x.clone(), 32) - gaussian_log_prob(x.clone()));
    assert!(off < 1e-4, "log p is {off} off");
    let there = Solver::Midpoint.data_from_noise(&field, x.clone(), 128);
    let off = largest(there - (x * row(|axis| SPREAD[axis]) + row(|axis| MEAN[axis])));
    assert!(off < 1e-3, "samples are {off} off");
}

#[test]
fn the_velocity_of_ddpm_is_that_of_the_mean_noise_and_the_mean_data() {
    let x = batch(256, 2, 3);
    for scale in [PredictNoise.velocity_scale(), PredictV.velocity_scale()] {
        let field = Learned { net: &BEST_V, scale };
        for t in [0.0, 0.3, 0.8, 1.0] {
            let (alpha, sigma) = angle(t).sin_cos();
            let variance = |axis: usize| (alpha * SPREAD[axis]).powi(2) + sigma * sigma;
            let centred = x.clone() - row(|axis| alpha * MEAN[axis]);
            let noise = centred.clone() * row(|axis| sigma / variance(axis));
            let data = centred * row(|axis| alpha * SPREAD[axis].powi(2) / variance(axis)) + row(|axis| MEAN[axis]);
            let expected = (data * sigma - noise * alpha) * ANGLE_RATE;
            let off = largest(field.velocity(x.clone(), t) - expected);
            assert!(off < 1e-4, "at t = {t} the velocity is {off} off");
        }
        // The map keeps each axis' standing: z standard deviations from the mean at t = 1 are as many at t = 0.
        let (alpha, sigma) = angle(0.0).sin_cos();
        let start = |axis: usize| ((alpha * SPREAD[axis]).powi(2) + sigma * sigma).sqrt();
        let z = (x.clone() - row(|axis| MEAN[axis])) / row(|axis| SPREAD[axis]);
        let x0 = z * row(start) + row(|axis| alpha * MEAN[axis]);
        let log_det: f64 = (0..2).map(|axis| (start(axis) / SPREAD[axis]).ln()).sum();
        let expected = dgm::nn::standard_normal_log_prob(x0) + log_det;
        let off = largest(log_prob(&field, x.clone(), 32) - expected);
        assert!(off < 1e-3, "log p is {off} off");
    }
}

/// E[residual · (1, x_t)] = 0 at the best answer: no other affine function would answer better.
fn assert_best(name: &str, objective: &impl Objective, best: &Best, points: impl Fn(f64) -> (f64, f64)) {
    const N: usize = 40_000;
    let rng = &mut Rng::new(4, Stream::Noise);
    for t in [0.1, 0.5, 0.9] {
        let x0 = rng.normal_tensor([N, 2], &device());
        let x1 = rng.normal_tensor([N, 2], &device()) * row(|axis| SPREAD[axis]) + row(|axis| MEAN[axis]);
        let (alpha, sigma) = points(t);
        let x = x1.clone() * alpha + x0.clone() * sigma;
        let residual = objective.residual(best, x0, x1, Tensor::full([N, 1], t, &device()));
        for (what, product) in [("1", residual.clone()), ("x", residual * x)] {
            let mean = product.clone().mean_dim(0);
            let error = (product - mean.clone()).square().mean_dim(0).sqrt() / (N as f64).sqrt();
            // 48 numbers: five standard errors are passed by chance once in 30 000 seeds.
            let off = largest(mean / (error + 1e-6));
            assert!(
                off < 5.0,
                "{name} at t = {t}: E[residual · {what}] is {off} standard errors off"
            );
        }
    }
}

#[test]
fn every_objective_is_least_at_the_conditional_mean() {
    assert_best("fm", &StraightPaths, &BEST_STRAIGHT, |t| (t, 1.0 - t));
    assert_best("ddpm", &PredictNoise, &BEST_V, |t| angle(t).sin_cos());
    assert_best("ddpm-v", &PredictV, &BEST_V, |t| angle(t).sin_cos());
}

#[test]
fn ancestral_samples_of_a_gaussian_have_its_mean_and_covariance() {
    const N: usize = 20_000;
    let rng = &mut Rng::new(5, Stream::Eval);
    let field = Learned {
        net: &BEST_V,
        scale: PredictV.velocity_scale(),
    };
    let x0 = rng.normal_tensor([N, 2], &device());
    let z = (ancestral::sample(&field, x0, 200, rng) - row(|axis| MEAN[axis])) / row(|axis| SPREAD[axis]);
    let mean = largest(z.clone().mean_dim(0));
    // Four standard errors of the mean, and the 0.05 · mean / spread that the start neglects.
    assert!(
        mean < 4.0 / (N as f64).sqrt() + 0.01,
        "the mean is {mean} standard deviations off"
    );
    let covariance = z.clone().transpose().matmul(z) / N as f64;
    let off = largest(covariance - Tensor::eye(2, &device()));
    // Four standard errors √(2/N), and as much again for 200 steps.
    assert!(off < 0.08, "the covariance is {off} off");
}

/// The velocity of the cosine schedule where all data are one point.
struct OnePoint;

const POINT: [f64; 2] = [1.2, -0.7];

impl VelocityField for OnePoint {
    fn velocity(&self, x: Tensor<2>, t: f64) -> Tensor<2> {
        let (alpha, sigma) = angle(t).sin_cos();
        let noise = (x - row(|axis| alpha * POINT[axis])) / sigma;
        (noise * -alpha + row(|axis| sigma * POINT[axis])) * ANGLE_RATE
    }

    fn velocity_and_jvps(&self, _x: Tensor<2>, _vs: Vec<Tensor<2>>, _t: f64) -> (Tensor<2>, Vec<Tensor<2>>) {
        unreachable!("samples need no density")
    }
}

#[test]
fn ancestral_sampling_adds_no_noise_at_its_end() {
    // So few steps that noise left over from any of them would be seen.
    let rng = &mut Rng::new(5, Stream::Eval);
    let x0 = rng.normal_tensor([64, 2], &device());
    let off = largest(ancestral::sample(&OnePoint, x0, 20, rng) - row(|axis| POINT[axis]));
    assert!(off < 1e-4, "samples end {off} from the only data point");
}

#[test]
fn every_row_carries_noise_to_data_and_not_back() {
    const DATA: [f64; 2] = [2.0, 0.3];
    for spec in MODELS.iter().filter(|spec| spec.family == Family::Diffusion) {
        let (mut model, _) = fresh_small_model(spec, 1);
        model.set("average", 0.9);
        let rng = &mut Rng::new(12, Stream::Data);
        for _ in 0..200 {
            let x = rng.normal_tensor([128, 1], &device()) * DATA[1] + DATA[0];
            model.train_step(x, &mut Rng::new(rng.index(1 << 30) as u64, Stream::Noise));
        }
        let (mean, error) = average(model.sample(500, rng).reshape([500]));
        let spread = error * 500f64.sqrt();
        assert!(
            (mean - DATA[0]).abs() < 0.15 && (spread / DATA[1] - 1.0).abs() < 0.5,
            "{}: samples are {mean} ± {spread}, data {DATA:?}",
            spec.id
        );
    }
}
