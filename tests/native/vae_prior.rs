//! The learned prior: a density, what it draws, and its distances, against sums over a fine grid.

use crate::common::{average, device, settings, tensor, values};
use burn::{module::Module, tensor::Tensor};
use dgm::{
    data::Space,
    models::vae::{Vae, learned_prior::VAE_PRIOR, prior::Prior},
    nn::{gaussian::DiagonalGaussian, optim::Learner},
    rng::{Rng, Stream},
    spec::training::Training,
};

/// Weights e^logit to their sum, means and standard deviations.
const LOGITS: [f64; 3] = [0.0, 1.0, -0.5];
const MEANS: [[f64; 2]; 3] = [[-1.5, 0.5], [1.0, 1.0], [0.3, -2.0]];
const DEVIATIONS: [[f64; 2]; 3] = [[0.5, 0.8], [0.7, 0.4], [1.1, 0.6]];

/// Half-width of the grid, and its cells along each axis.
const HALF_WIDTH: f64 = 6.0;
const SIDE: usize = 240;

fn rng(seed: u64) -> Rng {
    Rng::new(seed, Stream::Eval)
}

fn weights() -> [f64; 3] {
    let all: f64 = LOGITS.iter().map(|l| l.exp()).sum();
    LOGITS.map(|l| l.exp() / all)
}

/// The prior of these components.
fn prior() -> Prior {
    let mut learner = Learner::new(Prior::new(3, 2, &mut rng(1), &device().autodiff()), Training::DEFAULT);
    let log_variances = DEVIATIONS.as_flattened().iter().map(|s| 2.0 * s.ln());
    let theta: Vec<f32> = (LOGITS.into_iter().chain(MEANS.as_flattened().iter().copied()))
        .chain(log_variances)
        .map(|v| v as f32)
        .collect();
    learner.set_parameters(Tensor::from_data(theta.as_slice(), &device()));
    learner.frozen()
}

/// N(x; m, s²).
fn normal(x: f64, m: f64, s: f64) -> f64 {
    (-0.5 * ((x - m) / s).powi(2)).exp() / (s * std::f64::consts::TAU.sqrt())
}

/// Σ_c π_c N(z; m_c, width(s_c)²), by hand.
fn mixture(z: [f64; 2], width: impl Fn(f64) -> f64) -> f64 {
    let component = |c: usize| {
        (0..2)
            .map(|i| normal(z[i], MEANS[c][i], width(DEVIATIONS[c][i])))
            .product::<f64>()
    };
    (0..3).map(|c| weights()[c] * component(c)).sum()
}

/// The prior's density.
fn density(z: [f64; 2]) -> f64 {
    mixture(z, |s| s)
}

/// Centres of the grid's cells.
fn grid() -> Vec<[f64; 2]> {
    let at = |i: usize| (2.0 * (i as f64 + 0.5) / SIDE as f64 - 1.0) * HALF_WIDTH;
    (0..SIDE * SIDE).map(|k| [at(k % SIDE), at(k / SIDE)]).collect()
}

fn cell() -> f64 {
    (2.0 * HALF_WIDTH / SIDE as f64).powi(2)
}

fn rows(points: &[[f64; 2]]) -> Tensor<2> {
    tensor(points.as_flattened().iter().map(|&v| v as f32).collect(), 2)
}

fn one_gaussian(mu: [f32; 2], log_var: [f32; 2]) -> DiagonalGaussian {
    DiagonalGaussian {
        mu: tensor(mu.to_vec(), 2),
        log_var: tensor(log_var.to_vec(), 2),
    }
}

#[test]
fn a_learned_prior_is_the_mixture_it_says_it_is() {
    let points = grid();
    let found = values(prior().log_prob(rows(&points)));
    for (&z, log_p) in points.iter().zip(&found).step_by(97) {
        let exact = density(z).ln();
        assert!(
            (f64::from(*log_p) - exact).abs() < 1e-3 * exact.abs().max(1.0),
            "{z:?}: {log_p}, by hand {exact}"
        );
    }
    let mass: f64 = found.iter().map(|&l| f64::from(l).exp()).sum::<f64>() * cell();
    assert!((mass - 1.0).abs() < 1e-4, "the prior's density integrates to {mass}");
    let drawn = values(prior().components(&device()));
    for (c, row) in drawn.chunks(5).enumerate() {
        let expected = [&[weights()[c]][..], &MEANS[c], &DEVIATIONS[c]].concat();
        for (a, &b) in row.iter().zip(&expected) {
            assert!(
                (f64::from(*a) - b).abs() < 1e-5,
                "what is drawn of component {c} is {row:?}, its weight, means and standard deviations are {expected:?}"
            );
        }
    }
}

#[test]
fn draws_of_a_learned_prior_fall_where_its_density_says() {
    const BLOCKS: usize = 12; // cells of the test along each axis
    let n = 40_000;
    let drawn = values(prior().sample(n, &mut rng(2), &device()));
    let block = |z: f64| (((z / HALF_WIDTH + 1.0) / 2.0 * BLOCKS as f64) as usize).min(BLOCKS - 1);
    let place = |z: [f64; 2]| block(z[1]) * BLOCKS + block(z[0]);
    let mut expected = vec![0.0; BLOCKS * BLOCKS];
    for z in grid() {
        expected[place(z)] += density(z) * cell() * n as f64;
    }
    let mut counted = vec![0.0; BLOCKS * BLOCKS];
    for z in drawn.chunks(2) {
        counted[place([f64::from(z[0]), f64::from(z[1])])] += 1.0;
    }
    let kept: Vec<usize> = (0..expected.len()).filter(|&i| expected[i] > 10.0).collect();
    let chi: f64 = kept
        .iter()
        .map(|&i| (counted[i] - expected[i]).powi(2) / expected[i])
        .sum();
    let freedom = (kept.len() - 1) as f64;
    // four standard deviations: by chance once in 30 000 seeds
    assert!(
        chi < freedom + 4.0 * (2.0 * freedom).sqrt(),
        "chi-squared is {chi} of {freedom}"
    );
}

#[test]
fn the_kl_from_a_learned_prior_is_right_on_average() {
    let q = one_gaussian([0.4, -0.6], [-0.8, -0.2]);
    let points = grid();
    let log_q = values(q.repeat(points.len()).log_prob(rows(&points)));
    let exact: f64 = (points
        .iter()
        .zip(log_q)
        .map(|(&z, log_q)| (f64::from(log_q), density(z).ln())))
    .map(|(log_q, log_p)| log_q.exp() * (log_q - log_p) * cell())
    .sum();
    let n = 40_000;
    let many = q.repeat(n);
    let z = many.sample(rng(3).normal_tensor([n, 2], &device()));
    let (mean, error) = average(prior().kl_at(&many, z));
    assert!((mean - exact).abs() < 4.0 * error, "{mean} ± {error}, exactly {exact}");
}

#[test]
fn a_prior_of_one_component_is_the_standard_gaussian_and_learns_nothing() {
    let single = Prior::new(1, 2, &mut rng(4), &device());
    assert_eq!(single.num_params(), 0);
    let z = rng(5).normal_tensor([50, 2], &device());
    let exact = values(dgm::nn::standard_normal_log_prob(z.clone()));
    assert_eq!(values(single.log_prob(z.clone())), exact);
    let q = one_gaussian([0.4, -0.6], [-0.8, -0.2]);
    let closed = values(single.kl_by_coordinate(&q).expect("a sum over coordinates"));
    assert_eq!(closed, values(q.kl_by_coordinate()));
    assert!(
        prior().kl_by_coordinate(&q).is_none(),
        "a mixture's does not fall apart"
    );
    assert_eq!(
        values(single.components(&device())),
        [1.0, 0.0, 0.0, 1.0, 1.0],
        "what is drawn of N(0, I): weight, means, standard deviations"
    );
}

/// x = z + noise, with an encoder that looks at nothing and is wide enough for every posterior.
struct Noisy {
    prior: Prior,
}

/// Standard deviations of the noise and of the encoder.
const NOISE: f64 = 0.5;
const WIDE: f64 = 1.5;

fn around(mu: Tensor<2>, deviation: f64) -> DiagonalGaussian {
    DiagonalGaussian {
        log_var: mu.zeros_like() + 2.0 * deviation.ln(),
        mu,
    }
}

impl Vae for Noisy {
    type Observation = DiagonalGaussian;

    fn prior(&self) -> &Prior {
        &self.prior
    }

    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian {
        around(x.zeros_like(), WIDE)
    }

    fn decode(&self, z: Tensor<2>) -> DiagonalGaussian {
        around(z, NOISE)
    }
}

#[test]
fn bounds_under_a_learned_prior_rise_to_the_evidence() {
    let vae = Noisy { prior: prior() };
    let x = [0.3, -0.2];
    // z and the noise add up: the same mixture with wider components
    let evidence = mixture(x, |s| s.hypot(NOISE)).ln();
    let n = 4000;
    let many = rows(&vec![x; n]);
    let terms = vae.elbo(many.clone(), rng(7).normal_tensor([n, 2], &device())).terms;
    let elbo = average((terms.reconstruction + terms.kl).neg());
    // E_q[log p(x|z) + log p(z) − log q(z)], by hand
    let log_normal = |z: [f64; 2], m: [f64; 2], s: f64| (normal(z[0], m[0], s) * normal(z[1], m[1], s)).ln();
    let gain = |z: [f64; 2]| log_normal(x, z, NOISE) + density(z).ln() - log_normal(z, [0.0; 2], WIDE);
    let exact: f64 = (grid().into_iter())
        .map(|z| log_normal(z, [0.0; 2], WIDE).exp() * gain(z) * cell())
        .sum();
    assert!(
        (elbo.0 - exact).abs() < 4.0 * elbo.1 + 0.01,
        "{elbo:?}, by hand {exact}"
    );
    let weighted = average(vae.iwae(many, 20, &mut rng(8)));
    let last = f64::from(values(vae.iwae(rows(&[x]), 400_000, &mut rng(9)))[0]);
    assert!(
        elbo.0 < weighted.0 && weighted.0 < evidence,
        "{elbo:?}, {weighted:?}, exactly {evidence}"
    );
    // each weight has a standard deviation of a few times its mean
    assert!((last - evidence).abs() < 0.02, "{last}, exactly {evidence}");
}

#[test]
fn samples_are_decoded_from_draws_of_the_learned_prior() {
    let own = [("latent", 1.0), ("width", 16.0), ("prior_components", 2.0)];
    let settings = settings(&VAE_PRIOR, &own);
    let line = Space::continuous(1);
    let mut model = (VAE_PRIOR.build)(line, &settings, &mut rng(10), &device().autodiff());
    // The prior's numbers come last: two logits, two means, two log-variances. All of it lies on one side of 0, where N(0, 1) has little.
    let mut theta = values(model.parameters(0));
    let own = theta.len() - 6;
    theta.splice(own.., [0.5, -0.5, 2.0, 4.0, -1.0, -2.0]);
    model.set_parameters(0, Tensor::from_data(theta.as_slice(), &device()));
    let z: Vec<f32> = (0..4000).map(|i| (f64::from(i) * 0.002) as f32).collect();
    let decoded = values(model.data_from_latent(tensor(z.clone(), 1)).expect("a decoder"));
    let drawn = values(model.prior().expect("a prior"));
    let weight = |z: f64| -> f64 {
        let component = |c: &[f32]| f64::from(c[0]) * normal(z, f64::from(c[1]), f64::from(c[2]));
        drawn.chunks(3).map(component).sum()
    };
    let expected: f64 = (z.iter().zip(decoded))
        .map(|(&z, x)| weight(f64::from(z)) * f64::from(x) * 0.002)
        .sum();
    let (mean, error) = average(model.sample(20_000, &mut rng(11)).flatten(0, 1));
    assert!(
        (mean - expected).abs() < 4.0 * error + 1e-3,
        "{mean} ± {error}, expected {expected}"
    );
    let origin = f64::from(values(model.data_from_latent(tensor(vec![0.0], 1)).expect("a decoder"))[0]);
    assert!(
        (origin - expected).abs() > 20.0 * error,
        "the test could not tell N(0, 1) from the prior"
    );
}

#[test]
fn free_bits_under_a_far_and_narrow_prior_stay_finite() {
    let own = [
        ("latent", 1.0),
        ("width", 8.0),
        ("prior_components", 2.0),
        ("free_bits", 1.0),
    ];
    let settings = settings(&VAE_PRIOR, &own);
    let mut model = (VAE_PRIOR.build)(Space::continuous(1), &settings, &mut rng(12), &device().autodiff());
    let mut theta = values(model.parameters(0));
    let own = theta.len() - 6;
    // Means whose square leaves no room in float32 for a variance of e⁻⁸ beside it.
    theta.splice(own.., [0.0, 0.0, 3000.0, 3000.0, -8.0, -8.0]);
    model.set_parameters(0, Tensor::from_data(theta.as_slice(), &device()));
    let x = tensor(vec![0.5, -1.0, 0.1], 1);
    let losses = values(model.loss(0, x.clone(), &mut rng(13)).inner());
    let gradient = values(model.gradient(0, x, &mut rng(13)));
    assert!(losses.iter().all(|loss| loss.is_finite()), "{losses:?}");
    assert!(gradient.iter().all(|slope| slope.is_finite()), "{gradient:?}");
}
