//! Samplers against energies whose law is known, and what temperature and objectives promise.
//!
//! Walkers are independent chains, so after enough steps they are independent draws. Tests of means and variances hold to 4 standard
//! errors, Kolmogorov-Smirnov to a significance of 1e-3 (1.95/√n), each with a fixed seed.

use crate::common::{batch, device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{
        Density, Model,
        energy::{
            Energy,
            sampler::{Kind, Sampler},
        },
        registry::{self, MODELS},
        spec::{Family, Settings},
    },
    rng::{Rng, Stream},
};
use std::f64::consts::FRAC_1_SQRT_2;

const WALKERS: usize = 4000;
const KS_LIMIT: f64 = 1.95;

/// A Gaussian with axes turned by 45°: standard deviations along (1, 1)/√2 and (1, −1)/√2.
struct Correlated([f64; 2]);

impl Correlated {
    /// Covariance of the law with these variances along the turned axes: on the diagonal and off it.
    fn covariance([a, b]: [f64; 2]) -> [f64; 2] {
        [(a + b) / 2.0, (a - b) / 2.0]
    }

    fn variances(&self) -> [f64; 2] {
        self.0.map(|s| s * s)
    }
}

impl Energy for Correlated {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        let [x1, x2] = [0, 1].map(|axis| x.clone().narrow(1, axis, 1).squeeze_dim::<1>(1));
        let along = (x1.clone() + x2.clone()) * FRAC_1_SQRT_2;
        let across = (x1 - x2) * FRAC_1_SQRT_2;
        let [a, b] = self.variances();
        along.square() * (0.5 / a) + across.square() * (0.5 / b)
    }

    fn tail_scale(&self) -> f64 {
        1.0
    }
}

/// 30 % at (−1.2, 0) and 70 % at (1.2, 0), both of standard deviation .6: a barrier of 1.2 nats seen from the smaller.
struct TwoModes;

const MODES: [(f64, f64); 2] = [(0.3, -1.2), (0.7, 1.2)];
const MODE_SIGMA: f64 = 0.6;

impl Energy for TwoModes {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        let parts = MODES.map(|(weight, centre)| {
            let [x1, x2] = [0, 1].map(|axis| x.clone().narrow(1, axis, 1).squeeze_dim::<1>(1));
            let squares = (x1 - centre).square() + x2.square();
            (squares * (-0.5 / (MODE_SIGMA * MODE_SIGMA))).exp() * weight
        });
        let [a, b] = parts;
        (a + b).log().neg()
    }

    fn tail_scale(&self) -> f64 {
        1.5
    }
}

/// Where walkers that set out from a broad Gaussian are after `steps` steps, axis by axis.
fn walk(energy: &impl Energy, kind: Kind, step_size: f64, steps: usize) -> [Vec<f64>; 2] {
    let mut rng = Rng::new(3, Stream::Walk);
    let start = rng.normal_tensor([WALKERS, 2], &device()) * 1.2;
    let end = values(Sampler { kind, step_size }.walk(energy, start, steps, &mut rng));
    [0, 1].map(|axis| end.iter().skip(axis).step_by(2).map(|&x| x.into()).collect())
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// √n times the largest distance between the empirical distribution and `cdf`.
fn kolmogorov_smirnov(sample: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let gap = |(i, &x): (usize, &f64)| (cdf(x) - i as f64 / n).abs().max((cdf(x) - (i + 1) as f64 / n).abs());
    sorted.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
}

/// The standard normal's distribution function, by Simpson's rule: the integrand is smooth and the range short.
fn normal_cdf(x: f64) -> f64 {
    const PARTS: usize = 64;
    let x = x.clamp(-8.0, 8.0);
    let density = |t: f64| (-0.5 * t * t).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let h = x / PARTS as f64;
    let weight = |i: usize| match i {
        0 | PARTS => 1.0,
        _ if i % 2 == 1 => 4.0,
        _ => 2.0,
    };
    0.5 + (0..=PARTS).map(|i| weight(i) * density(i as f64 * h)).sum::<f64>() * h / 3.0
}

/// Checks mean, covariance and both marginals against a centred Gaussian with that covariance, [on, off] the diagonal.
fn assert_gaussian(what: &str, [x, y]: &[Vec<f64>; 2], [variance, covariance]: [f64; 2]) {
    let n = WALKERS as f64;
    for (axis, sample) in [x, y].into_iter().enumerate() {
        let (m, v) = (mean(sample.iter().copied()), mean(sample.iter().map(|x| x * x)));
        assert!(m.abs() < 4.0 * (variance / n).sqrt(), "{what}, axis {axis}: mean {m}");
        let error = variance * (2.0 / n).sqrt();
        assert!(
            (v - variance).abs() < 4.0 * error,
            "{what}, axis {axis}: variance {v}, should be {variance} ± {error}"
        );
        let ks = kolmogorov_smirnov(sample, |x| normal_cdf(x / variance.sqrt()));
        assert!(ks < KS_LIMIT, "{what}, axis {axis}: Kolmogorov-Smirnov {ks}");
    }
    let found = mean(x.iter().zip(y).map(|(x, y)| x * y));
    let error = ((variance * variance + covariance * covariance) / n).sqrt();
    assert!(
        (found - covariance).abs() < 4.0 * error,
        "{what}: covariance {found}, should be {covariance} ± {error}"
    );
}

#[test]
fn adjusted_samplers_are_exact_on_a_correlated_gaussian_however_coarse_their_steps() {
    // The narrow axis has variance .09: at ε = .08 the unadjusted chain's would be .16.
    let energy = Correlated([1.0, 0.3]);
    for (kind, steps) in [(Kind::Mala, 200), (Kind::Hmc, 60)] {
        let end = walk(&energy, kind, 0.08, steps);
        assert_gaussian(&format!("{kind:?}"), &end, Correlated::covariance(energy.variances()));
    }
}

#[test]
fn unadjusted_langevin_is_off_by_its_known_bias_on_a_correlated_gaussian() {
    let energy = Correlated([1.0, 0.3]);
    let step_size = 0.08;
    let biased = energy.variances().map(|v| v / (1.0 - step_size / (2.0 * v)));
    let end = walk(&energy, Kind::Ula, step_size, 150);
    assert_gaussian("Ula", &end, Correlated::covariance(biased));
}

#[test]
fn every_sampler_shares_walkers_out_between_two_modes() {
    let cdf = |x: f64| -> f64 {
        let part = |(weight, centre): (f64, f64)| weight * normal_cdf((x - centre) / MODE_SIGMA);
        MODES.map(part).iter().sum()
    };
    let (mean_x, square) = MODES.iter().fold((0.0, 0.0), |(m, s), (w, c)| {
        (m + w * c, s + w * (c * c + MODE_SIGMA * MODE_SIGMA))
    });
    let (sd_x, n) = ((square - mean_x * mean_x).sqrt(), WALKERS as f64);
    // At ε = .01 the unadjusted bias, 1.4 % of the variance, is below what this many walkers can show; it takes more steps to cross.
    for (kind, step_size, steps) in [(Kind::Ula, 0.01, 800), (Kind::Mala, 0.1, 200), (Kind::Hmc, 0.1, 60)] {
        let [x, y] = walk(&TwoModes, kind, step_size, steps);
        let found = mean(x.iter().copied());
        assert!(
            (found - mean_x).abs() < 4.0 * sd_x / n.sqrt(),
            "{kind:?}: mean {found}, should be {mean_x}"
        );
        let left = x.iter().filter(|&&x| x < 0.0).count() as f64 / n;
        let expected = cdf(0.0);
        let error = (expected * (1.0 - expected) / n).sqrt();
        assert!(
            (left - expected).abs() < 4.0 * error,
            "{kind:?}: {left} on the left, should be {expected} ± {error}"
        );
        let width = mean(y.iter().map(|y| y * y)) / (MODE_SIGMA * MODE_SIGMA);
        let error = (2.0 / n).sqrt();
        assert!(
            (width - 1.0).abs() < 4.0 * error,
            "{kind:?}: variance {width} ± {error} of the modes'"
        );
        let across = kolmogorov_smirnov(&y, |y| normal_cdf(y / MODE_SIGMA));
        let along = kolmogorov_smirnov(&x, cdf);
        assert!(
            along < KS_LIMIT && across < KS_LIMIT,
            "{kind:?}: Kolmogorov-Smirnov {along} along, {across} across"
        );
    }
}

#[test]
fn a_hamiltonian_trajectory_that_is_refused_leaves_the_walker_where_it_was() {
    // √(2ε) = 1.4 is beyond the leapfrog's stability limit of 2σ = .6 on the narrow axis: the energy explodes.
    let start = tensor(vec![0.1, -0.2, 0.3, 0.05], 2);
    let sampler = Sampler {
        kind: Kind::Hmc,
        step_size: 1.0,
    };
    let end = sampler.walk(
        &Correlated([1.0, 0.3]),
        start.clone(),
        1,
        &mut Rng::new(3, Stream::Walk),
    );
    assert_eq!(values(end), values(start));
}

#[test]
fn temperature_divides_what_is_drawn_and_not_what_is_learned() {
    for id in ["nce", "pcd", "mle"] {
        let spec = registry::find(id).expect("a registered model");
        let mut model = (spec.build)(
            Space::continuous(2),
            &Settings::defaults(spec.params),
            &mut Rng::new(11, Stream::Init),
            &device().autodiff(),
        );
        let x = batch(32, 2, 3);
        let look = |model: &dyn Model| {
            let Density::Unnormalized(log_prob) = model.density(x.clone(), &mut Rng::new(1, Stream::Eval)) else {
                panic!("{id} has an energy")
            };
            let score = model.score(x.clone()).expect("an energy has a score");
            [values(log_prob), values(score)].concat()
        };
        let learn = |model: &dyn Model| values(model.loss(0, x.clone(), &mut Rng::new(5, Stream::Noise)).inner());
        let (seen, learned) = (look(model.as_ref()), learn(model.as_ref()));
        assert!(model.set("temperature", 2.0), "{id} has a temperature");
        for (cold, hot) in seen.iter().zip(look(model.as_ref())) {
            assert!(
                (cold / 2.0 - hot).abs() < 1e-5 * cold.abs().max(1.0),
                "{id}: {cold} at 1, {hot} at 2"
            );
        }
        assert_eq!(learned, learn(model.as_ref()), "{id}");
    }
}

#[test]
fn every_live_setting_of_an_energy_reaches_its_loss_or_its_walkers() {
    const SETTINGS: [(&str, f64); 10] = [
        ("sampler", 0.0),
        ("step_size", 0.02),
        ("k_steps", 2.0),
        ("rebirth", 0.9),
        ("regularization", 0.5),
        ("temperature", 3.0),
        ("noise_ratio", 3.0),
        ("slices", 3.0),
        ("sigma", 0.4),
        ("grid_side", 20.0),
    ];
    for spec in MODELS.iter().filter(|spec| spec.family == Family::Energy) {
        for (id, value) in SETTINGS {
            if !spec.params.iter().any(|param| param.id == id) {
                continue;
            }
            let (init, settings) = (&mut Rng::new(11, Stream::Init), Settings::defaults(spec.params));
            let mut model = (spec.build)(Space::continuous(2), &settings, init, &device().autodiff());
            let x = batch(32, 2, 3);
            let look = |model: &dyn Model| {
                let loss = model.loss(0, x.clone(), &mut Rng::new(5, Stream::Noise)).inner();
                let walkers = model.walk(x.clone(), 2, &mut Rng::new(6, Stream::Walk));
                [values(loss), values(walkers.expect("an energy has walkers"))].concat()
            };
            let before = look(model.as_ref());
            assert!(model.set(id, value), "{} has {id}", spec.id);
            assert_ne!(before, look(model.as_ref()), "{}: {id} changes nothing", spec.id);
        }
    }
}
