//! Bounds stay below the evidence: a linear-Gaussian VAE, whose log p(x) and posterior have closed forms.
//!
//! ```text
//! z ~ N(0, I)      x = A z + σ ε,  A = R diag(a)      p(x) = N(x; 0, A Aᵀ + σ² I)
//! q*(z|x) = N( diag(a / (a² + σ²)) Rᵀ x,  diag(σ² / (a² + σ²)) )
//! ```
//!
//! R is a rotation, so the posterior's coordinates are independent and the encoder can be exact.

use crate::common::{average, device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::vae::{Bound, Terms, Vae, prior::Prior},
    nn::gaussian::DiagonalGaussian,
    rng::{Rng, Stream},
};

const STRETCH: [f64; 2] = [1.5, 0.6];
const SIGMA: f64 = 0.4;
/// Angle of R.
const TURN: f64 = 0.7;

/// Points and latents drawn for each: the mean of a bound over latents then errs by a few hundredths of a nat.
const POINTS: usize = 40;
const DRAWS: usize = 2000;

struct LinearGaussian {
    /// How far the encoder is from the posterior: added to its means and to its log-variances.
    error: f64,
    prior: Prior,
}

impl LinearGaussian {
    fn off_by(error: f64) -> Self {
        Self {
            error,
            prior: Prior::standard(2),
        }
    }
}

/// `[[cos, −sin], [sin, cos]]`
fn rotation() -> Tensor<2> {
    let (sin, cos) = (TURN.sin() as f32, TURN.cos() as f32);
    tensor(vec![cos, -sin, sin, cos], 2)
}

/// One number per coordinate as a row `[1, 2]`.
fn row(value: impl Fn(f64) -> f64) -> Tensor<2> {
    tensor(STRETCH.iter().map(|&a| value(a) as f32).collect(), 2)
}

impl Vae for LinearGaussian {
    type Observation = DiagonalGaussian;

    fn prior(&self) -> &Prior {
        &self.prior
    }

    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian {
        let n = x.dims()[0];
        let mu = x.matmul(rotation()) * row(|a| a / (a * a + SIGMA * SIGMA));
        let log_var = row(|a| (SIGMA * SIGMA / (a * a + SIGMA * SIGMA)).ln()).repeat_dim(0, n);
        DiagonalGaussian {
            mu: mu + self.error,
            log_var: log_var + self.error,
        }
    }

    fn decode(&self, z: Tensor<2>) -> DiagonalGaussian {
        let mu = (z * row(|a| a)).matmul(rotation().transpose());
        DiagonalGaussian {
            log_var: mu.zeros_like() + 2.0 * SIGMA.ln(),
            mu,
        }
    }
}

/// Points of P(x), row by row, and their exact log-densities.
fn points() -> (Vec<f32>, Vec<f64>) {
    let mut rng = Rng::new(3, Stream::Data);
    let mut rows = Vec::new();
    let mut evidence = Vec::new();
    for _ in 0..POINTS {
        // in the frame of R the coordinates are independent, with variance a² + σ²
        let y = STRETCH.map(|a| (a * a + SIGMA * SIGMA).sqrt() * rng.normal());
        let (sin, cos) = TURN.sin_cos();
        rows.extend([(cos * y[0] - sin * y[1]) as f32, (sin * y[0] + cos * y[1]) as f32]);
        let log_normal = |y: f64, a: f64| {
            let variance = a * a + SIGMA * SIGMA;
            -0.5 * (y * y / variance + (std::f64::consts::TAU * variance).ln())
        };
        evidence.push(y.iter().zip(STRETCH).map(|(&y, a)| log_normal(y, a)).sum());
    }
    (rows, evidence)
}

/// The mean of `bound` over many latents, for each point, with its standard error.
fn averaged(rows: &[f32], bound: impl Fn(Tensor<2>, &mut Rng) -> Tensor<1>) -> Vec<(f64, f64)> {
    let mut rng = Rng::new(4, Stream::Noise);
    rows.chunks(2)
        .map(|x| average(bound(tensor(x.repeat(DRAWS), 2), &mut rng)))
        .collect()
}

fn elbo(vae: &LinearGaussian, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
    let eps = rng.normal_tensor(x.dims(), &device());
    let Terms { reconstruction, kl } = vae.elbo(x, eps).terms;
    (reconstruction + kl).neg()
}

#[test]
fn bounds_rise_with_more_latents_and_never_exceed_the_evidence() {
    let (rows, evidence) = points();
    for error in [0.0, 0.3, -0.5] {
        let vae = LinearGaussian::off_by(error);
        let ladder = [
            averaged(&rows, |x, rng| elbo(&vae, x, rng)),
            averaged(&rows, |x, rng| vae.iwae(x, 3, rng)),
            averaged(&rows, |x, rng| vae.iwae(x, 20, rng)),
            evidence.iter().map(|&exact| (exact, 0.0)).collect(),
        ];
        for (rung, pair) in ladder.windows(2).enumerate() {
            for (point, (low, high)) in pair[0].iter().zip(&pair[1]).enumerate() {
                // five standard errors: 360 comparisons pass by chance with certainty; float32 adds 1e-4
                let slack = 5.0 * (low.1.powi(2) + high.1.powi(2)).sqrt() + 1e-4;
                assert!(
                    low.0 <= high.0 + slack,
                    "encoder off by {error}, point {point}: rung {rung} of the ladder is {}, the next {}",
                    low.0,
                    high.0
                );
            }
        }
    }
}

#[test]
fn the_exact_posterior_makes_every_bound_tight() {
    let (rows, evidence) = points();
    let vae = LinearGaussian::off_by(0.0);
    let mut rng = Rng::new(5, Stream::Noise);
    // each weight p(x, z) / q(z|x) is then p(x), whatever the latent
    for k_samples in [1, 7, 1000] {
        let bound = values(vae.iwae(tensor(rows.clone(), 2), k_samples, &mut rng));
        for (found, exact) in bound.iter().zip(&evidence) {
            assert!(
                (f64::from(*found) - exact).abs() < 1e-3,
                "K = {k_samples}: {found}, exactly {exact}"
            );
        }
    }
    for ((found, error), exact) in averaged(&rows, |x, rng| elbo(&vae, x, rng)).iter().zip(&evidence) {
        assert!(
            (found - exact).abs() < 5.0 * error + 1e-4,
            "elbo {found}, exactly {exact}"
        );
    }
}

#[test]
fn weighted_terms_add_up_to_the_importance_weighted_bound() {
    const K: usize = 8;
    let (rows, _) = points();
    let vae = LinearGaussian::off_by(0.4);
    let x = tensor(rows, 2);
    let bound = vae.iwae(x.clone(), K, &mut Rng::new(6, Stream::Noise));
    let eps = Rng::new(6, Stream::Noise).normal_tensor([K * POINTS, 2], &device());
    let Terms { reconstruction, kl } = vae.weighted_elbo(x, eps).terms;
    let worst = values((reconstruction + kl + bound).abs().max())[0];
    assert!(worst < 1e-4, "the terms miss the bound by {worst}");
}

#[test]
fn what_is_shown_beside_a_weighted_bound_are_the_terms_of_the_plain_one() {
    const K: usize = 8;
    let (rows, _) = points();
    let vae = LinearGaussian::off_by(0.4);
    let mut rng = Rng::new(7, Stream::Noise);
    let mut apart = false;
    for x in rows.chunks(2).take(5) {
        let x = tensor(x.repeat(DRAWS), 2);
        let mut eps = |k: usize| rng.normal_tensor([k * DRAWS, 2], &device());
        let one = vae.elbo(x.clone(), eps(1)).terms;
        let Bound { terms, plain, .. } = vae.weighted_elbo(x, eps(K));
        let pairs = [
            (
                "reconstruction",
                one.reconstruction,
                plain.reconstruction,
                terms.reconstruction,
            ),
            ("kl", one.kl, plain.kl, terms.kl),
        ];
        for (what, exact, shown, weighted) in pairs {
            let [exact, shown, weighted] = [exact, shown, weighted].map(average);
            // five standard errors; float32 adds 1e-4
            let slack = 5.0 * exact.1.hypot(shown.1) + 1e-4;
            assert!(
                (exact.0 - shown.0).abs() < slack,
                "{what}: shown {shown:?}, plain {exact:?}"
            );
            apart |= (weighted.0 - shown.0).abs() > slack;
        }
    }
    assert!(apart, "the test cannot tell the weighted terms from the plain ones");
}

#[test]
fn latents_shared_by_all_points_give_each_a_bound_and_no_grain() {
    let vae = LinearGaussian::off_by(0.4);
    let x = tensor([0.7, -0.3].repeat(50), 2);
    let spread = |bound: Tensor<1>| average(bound).1;
    assert!(spread(vae.iwae(x.clone(), 3, &mut Rng::new(8, Stream::Eval))) > 1e-2);
    assert!(spread(vae.smooth_iwae(x.clone(), 3, &mut Rng::new(8, Stream::Eval))) < 1e-6);
    // On average over the latents they are one bound.
    let one = tensor(vec![0.7, -0.3], 2);
    let mut rng = Rng::new(9, Stream::Eval);
    let many = (0..DRAWS).map(|_| vae.smooth_iwae(one.clone(), 3, &mut rng)).collect();
    let (shared, own) = (
        average(Tensor::cat(many, 0)),
        averaged(&[0.7, -0.3], |x, rng| vae.iwae(x, 3, rng))[0],
    );
    assert!(
        (shared.0 - own.0).abs() < 5.0 * shared.1.hypot(own.1),
        "{shared:?}, {own:?}"
    );
}
