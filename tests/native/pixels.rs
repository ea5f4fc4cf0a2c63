//! Pictures: the digits, what their models say of them, and the bound for those that were dequantised.

use crate::common::{dataset, device, provide_digits, settings, tensor, values};
use dgm::{
    data::{DIGITS_FILE, Dataset, Dequantized, Points, Space, provide},
    models::{
        Density, Model,
        autoregressive::{made_pixels::MADE_PIXELS, order::Order},
        vae::{
            Observation, Vae,
            pixels::{PixelVae, VAE_PIXELS},
        },
    },
    rng::{Rng, Stream},
};

/// Four pixels of three greys.
const FEW: Space = Space {
    dim: 4,
    levels: Some(3),
    classes: 0,
};

fn rng(seed: u64) -> Rng {
    Rng::new(seed, Stream::Eval)
}

/// Every picture there is.
fn all_pictures() -> Points {
    let values = (0..81).flat_map(|k| [k / 27, k / 9 % 3, k / 3 % 3, k % 3].map(|level| level as f32));
    Points::new(FEW.dim, values.collect())
}

/// A MADE over few pixels, reading them in so many orders, with weights far from where they start.
fn made(orders: f64) -> Box<dyn Model> {
    let settings = settings(&MADE_PIXELS, &[("width", 16.0), ("orders", orders)]);
    let mut model = (MADE_PIXELS.build)(FEW, &settings, &mut rng(1), &device().autodiff());
    let theta = model.parameters(0);
    let n = theta.dims()[0];
    let nudge = rng(2).normal_tensor([1, n], &device()).reshape([n]) * 0.2;
    model.set_parameters(0, theta + nudge);
    model
}

/// log P of every picture.
fn log_probabilities(model: &dyn Model) -> Vec<f32> {
    match model.density(tensor(all_pictures().values, FEW.dim), &mut rng(3)) {
        Density::Exact(log_p) => values(log_p),
        other => panic!("MADE knows its probabilities, not {other:?}"),
    }
}

#[test]
fn the_probabilities_of_all_pictures_sum_to_one() {
    for orders in [1.0, 4.0] {
        let log_p = log_probabilities(made(orders).as_ref());
        let mass: f64 = log_p.iter().map(|&l| f64::from(l).exp()).sum();
        assert!((mass - 1.0).abs() < 1e-5, "{mass}");
        let least = log_p.iter().copied().fold(f32::INFINITY, f32::min);
        assert!(least < -7.0, "far from even: {least}");
    }
}

#[test]
fn samples_come_as_often_as_their_probability_says() {
    for orders in [1.0, 3.0, 4.0] {
        let model = made(orders);
        let n = 40_000;
        let drawn = values(model.sample(n, &mut rng(3)));
        let mut counts = [0usize; 81];
        for picture in drawn.chunks_exact(4) {
            counts[picture.iter().fold(0, |code, &level| code * 3 + level as usize)] += 1;
        }
        // What is rarer than one in 2000 is counted together, so that every mean is large enough for a chi-squared.
        let (mut chi, mut cells, mut rare) = (0.0, 0, (0.0, 0.0));
        for (count, log_p) in counts.into_iter().zip(log_probabilities(model.as_ref())) {
            let (count, mean) = (count as f64, n as f64 * f64::from(log_p).exp());
            if mean < 20.0 {
                rare = (rare.0 + count, rare.1 + mean);
            } else {
                chi += (count - mean).powi(2) / mean;
                cells += 1;
            }
        }
        chi += (rare.0 - rare.1).powi(2) / rare.1.max(1.0);
        let freedom = f64::from(cells);
        assert!(cells > 20, "{cells} pictures are common");
        assert!(
            chi < freedom + 4.0 * (2.0 * freedom).sqrt(),
            "{orders} orders: chi-squared is {chi} of {freedom}"
        );
    }
}

#[test]
fn orders_of_a_picture_undo_themselves() {
    let x = tensor((0..9).map(|i| i as f32).collect(), 9);
    for (order, expected) in Order::PICTURE.into_iter().zip([
        [0, 1, 2, 3, 4, 5, 6, 7, 8],
        [8, 7, 6, 5, 4, 3, 2, 1, 0],
        [0, 3, 6, 1, 4, 7, 2, 5, 8],
        [8, 5, 2, 7, 4, 1, 6, 3, 0],
    ]) {
        let arranged = order.arrange(x.clone());
        assert_eq!(values(arranged.clone()), expected.map(|i| i as f32), "{order:?}");
        assert_eq!(values(order.arrange(arranged)), values(x.clone()), "{order:?} twice");
    }
}

#[test]
fn the_pictures_bound_closes_in_on_their_probability_from_below() {
    // One latent, so that P(x) = ∫ P(x|z) N(z) dz is a sum over a fine grid.
    let settings = settings(
        &VAE_PIXELS,
        &[("latent", 1.0), ("width", 16.0), ("prior_components", 1.0)],
    );
    let vae = PixelVae::new(FEW, &settings, &mut rng(4), &device());
    let pictures = all_pictures();
    let (cells, step) = (1600, 0.01);
    let z: Vec<f32> = (0..cells)
        .map(|i| ((i as f64 + 0.5 - cells as f64 / 2.0) * step) as f32)
        .collect();
    let prior = values(vae.prior().log_prob(tensor(z.clone(), 1)));
    let log_p: Vec<f64> = pictures
        .rows()
        .map(|picture| {
            let given = values(Observation::log_prob(
                &vae.decode(tensor(z.clone(), 1)),
                tensor(picture.repeat(cells), FEW.dim),
            ));
            let joint = given.iter().zip(&prior).map(|(a, b)| f64::from(a + b).exp());
            (joint.sum::<f64>() * step).ln()
        })
        .collect();
    let mass: f64 = log_p.iter().map(|l| l.exp()).sum();
    assert!((mass - 1.0).abs() < 1e-4, "{mass}");
    let gap = |k: usize| {
        let bound = values(vae.iwae(tensor(pictures.values.clone(), FEW.dim), k, &mut rng(5)));
        let gaps = log_p.iter().zip(bound).map(|(log_p, bound)| log_p - f64::from(bound));
        gaps.sum::<f64>() / log_p.len() as f64
    };
    let gaps = [1, 10, 100, 10_000].map(gap);
    assert!(gaps.windows(2).all(|pair| pair[1] < pair[0]), "{gaps:?}");
    // The encoder has learned nothing and is too sure, so the last stretch is long.
    assert!(gaps[3] > -0.01 && gaps[3] < 0.15, "{gaps:?}");
}

#[test]
fn digits_are_parted_and_of_so_many_levels() {
    let (grey, binary) = (dataset("digits"), dataset("digits-binary"));
    let training = grey.training(5000, &mut rng(6));
    let test = grey.held_out(1_000, &mut rng(7));
    assert_eq!(test.len(), 250, "each test image once");
    assert!(
        test.rows().all(|image| training.rows().all(|other| other != image)),
        "none is trained on"
    );
    assert!(
        training
            .values
            .iter()
            .all(|&v| (0.0..=16.0).contains(&v) && v.fract() == 0.0)
    );
    let black = binary.held_out(250, &mut rng(7));
    let expected: Vec<f32> = test.values.iter().map(|&v| f32::from(u8::from(v >= 8.0))).collect();
    assert_eq!(black.values, expected);
}

#[test]
fn noise_on_digits_stays_on_their_levels() {
    provide_digits();
    let noisy = dgm::data::registered("digits", 2.0).expect("provided");
    let (quiet, moved) = (
        dataset("digits").held_out(250, &mut rng(8)),
        noisy.held_out(250, &mut rng(8)),
    );
    assert!(
        moved
            .values
            .iter()
            .all(|&v| (0.0..=16.0).contains(&v) && v.fract() == 0.0)
    );
    let changed = quiet.values.iter().zip(&moved.values).filter(|(a, b)| a != b).count();
    assert!(
        changed > quiet.values.len() / 3,
        "{changed} of {} pixels moved",
        quiet.values.len()
    );
}

#[test]
fn dequantised_digits_are_whole_numbers_and_a_uniform_rest() {
    let whole = dataset("digits").held_out(250, &mut rng(9));
    let spread = Dequantized(dataset("digits"));
    assert_eq!((spread.levels(), spread.is_dequantized()), (None, true));
    let found = spread.held_out(250, &mut rng(9));
    let rest: Vec<f64> = found
        .values
        .iter()
        .zip(&whole.values)
        .map(|(y, x)| f64::from(y - x))
        .collect();
    assert!(rest.iter().all(|u| (0.0..=1.0).contains(u)));
    let n = rest.len() as f64;
    let mean = rest.iter().sum::<f64>() / n;
    let variance = rest.iter().map(|u| (u - mean).powi(2)).sum::<f64>() / n;
    // 16 000 uniforms: standard errors .0023 and .0006
    assert!(
        (mean - 0.5).abs() < 0.01 && (variance - 1.0 / 12.0).abs() < 0.003,
        "{mean}, {variance}"
    );
}

#[test]
fn other_files_are_refused() {
    assert_eq!(provide("letters.csv", "").expect_err("refused").code(), "unknown_id");
    provide_digits();
    provide(DIGITS_FILE, "a second time changes nothing").expect("it is there");
    assert_eq!(dataset("digits").held_out(1000, &mut rng(1)).len(), 250);
}
