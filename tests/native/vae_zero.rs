//! With all weights 0 a VAE is known by heart: q(z|x) and p(x|z) are N(0, e⁻² I) whatever x and z are.
//!
//! ```text
//! p(x) = N(x; 0, e⁻² I)        KL(q ‖ N(0, 1)) = ½ (e⁻² − 1 + 2) a latent        elbo(x) = log p(x) − KL
//! ```

use crate::common::{average, batch, device, settings, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{Density, Model, vae::gaussian::VAE},
    rng::{Rng, Stream},
};

/// Standard deviation of q and of the decoder.
const SIGMA: f64 = 0.367_879_441_171_442_3;

const POINTS: usize = 4000;

fn of_zeros() -> Box<dyn Model> {
    let settings = settings(&VAE, &[("width", 8.0), ("bound_samples", 500.0)]);
    let mut rng = Rng::new(1, Stream::Init);
    let mut model = (VAE.build)(Space::continuous(2), &settings, &mut rng, &device().autodiff());
    let theta = model.parameters(0);
    model.set_parameters(0, theta.zeros_like());
    model
}

fn rng() -> Rng {
    Rng::new(2, Stream::Eval)
}

/// Holds draws to N(0, σ²) by their mean and their mean square.
fn normal_of(what: &str, draws: Tensor<2>, sigma: f64) {
    let all: Tensor<1> = draws.reshape([-1]);
    let (mean, error) = average(all.clone());
    assert!(mean.abs() < 5.0 * error, "the mean of {what} is {mean} ± {error}");
    let (square, error) = average(all.square());
    assert!(
        (square - sigma * sigma).abs() < 5.0 * error,
        "the mean square of {what} is {square} ± {error}, not {}",
        sigma * sigma
    );
}

#[test]
fn samples_have_the_decoders_width() {
    normal_of("samples", of_zeros().sample(POINTS, &mut rng()), SIGMA);
}

#[test]
fn codes_are_draws_of_q_and_means_are_means() {
    let (model, x) = (of_zeros(), batch(POINTS, 2, 3));
    let codes = model.draw_codes(x.clone(), &mut rng()).expect("a VAE encodes");
    normal_of("codes", codes, SIGMA);
    assert!(
        values(model.encode(x).expect("a VAE encodes"))
            .iter()
            .all(|&mean| mean == 0.0)
    );
}

#[test]
fn the_plain_bound_misses_the_density_by_the_kl() {
    let (model, x) = (of_zeros(), batch(50, 2, 4));
    let log_p: Vec<f64> = values(x.clone())
        .chunks(2)
        .map(|x| {
            x.iter()
                .map(|&v| -0.5 * (f64::from(v) / SIGMA).powi(2) - (SIGMA * std::f64::consts::TAU.sqrt()).ln())
        })
        .map(Iterator::sum)
        .collect();
    let kl = 2.0 * 0.5 * (SIGMA * SIGMA - 1.0 + 2.0);
    let plain = values(model.elbo(x.clone(), &mut rng()).expect("a VAE has one"));
    for (found, log_p) in plain.iter().zip(&log_p) {
        assert!(
            (f64::from(*found) - (log_p - kl)).abs() < 1e-3,
            "elbo {found}, log p {log_p} less {kl}"
        );
    }
    let Density::LowerBound(weighted) = model.density(x, &mut rng()) else {
        panic!("a bound")
    };
    let weighted = values(weighted);
    let gap = weighted
        .iter()
        .zip(&log_p)
        .map(|(bound, log_p)| log_p - f64::from(*bound));
    let gap = gap.sum::<f64>() / 50.0;
    assert!(gap > 0.0 && gap < 0.5 * kl, "500 latents leave {gap} of {kl}");
}
