//! What is filled in of four pixels is drawn as often as all completions, one by one, say.

use crate::common::{device, settings, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{
        Density, Model,
        autoregressive::made_pixels::MADE_PIXELS,
        fill::{FillWay, Filled, Part, of_mixture},
        spec::ModelSpec,
        vae::pixels::VAE_PIXELS,
    },
    rng::{Rng, Stream},
};

/// Four pixels of three greys.
const FEW: Space = Space {
    dim: 4,
    levels: Some(3),
    classes: 0,
};

const POINT: [f32; 4] = [2.0, 0.0, 1.0, 2.0];

/// A model over few pixels, of three classes where it is conditional, with weights far from where they start.
fn toy(spec: &'static ModelSpec, own: &[(&str, f64)], nudge: f64) -> Box<dyn Model> {
    let mut rng = Rng::new(1, Stream::Eval);
    let space = Space {
        classes: if own.iter().any(|&(id, _)| id == "conditional") {
            3
        } else {
            0
        },
        ..FEW
    };
    let mut model = spec.model(space, &settings(spec, own), &mut rng, &device().autodiff());
    let theta = model.parameters(0);
    let n = theta.dims()[0];
    model.set_parameters(0, theta + rng.normal_tensor([1, n], &device()).reshape([n]) * nudge);
    model
}

fn code(picture: &[f32]) -> usize {
    picture.iter().fold(0, |code, &level| code * 3 + level as usize)
}

/// p(unknown | known) of every completion: by enumeration where the probabilities are exact, else from a great many samples, of which those are counted
/// that have the known pixels.
fn expected(model: &dyn Model, known: &[bool], point: &[f32]) -> Vec<f64> {
    let fits = |picture: &[f32]| (0..4).all(|i| !known[i] || picture[i] == point[i]);
    let all: Vec<[f32; 4]> = (0..81)
        .map(|k| [k / 27, k / 9 % 3, k / 3 % 3, k % 3].map(|level| level as f32))
        .collect();
    let pictures = tensor(all.iter().flatten().copied().collect(), 4);
    let mut joint = vec![0.0; 81];
    match model.density(pictures, &mut Rng::new(3, Stream::Eval)) {
        Density::Exact(log_p) => {
            for (picture, log_p) in all.iter().zip(values(log_p)).filter(|(picture, _)| fits(*picture)) {
                joint[code(picture)] = f64::from(log_p).exp();
            }
        }
        _ => {
            let samples = values(model.sample(200_000, &mut Rng::new(3, Stream::Eval)));
            for picture in samples.chunks_exact(4).filter(|picture| fits(picture)) {
                joint[code(picture)] += 1.0;
            }
        }
    }
    let total: f64 = joint.iter().sum();
    joint.into_iter().map(|p| p / total).collect()
}

/// Half the sum of what shares of draws are off from those of the enumeration.
fn distance(model: &dyn Model, known: [bool; 4], way: FillWay, calls: u64, each: usize) -> f64 {
    let expected = expected(model, &known, &POINT);
    let part = Part::new(tensor(POINT.to_vec(), 4), known.to_vec());
    let mut counts = vec![0.0; 81];
    for seed in 0..calls {
        let filled = model
            .fill(&part, each, &mut Rng::new(seed, Stream::Look))
            .expect("it can fill in");
        assert_eq!(filled.way, way);
        for picture in values(filled.x).chunks_exact(4) {
            for i in (0..4).filter(|&i| known[i]) {
                assert_eq!(picture[i], POINT[i], "what is known stays");
            }
            counts[code(picture)] += 1.0;
        }
    }
    let n = calls as f64 * each as f64;
    let off = counts.iter().zip(&expected).map(|(count, p)| (count / n - p).abs());
    off.sum::<f64>() / 2.0
}

const MADE: &[(&str, f64)] = &[("width", 16.0)];

#[test]
fn a_chain_that_begins_with_the_known_pixels_draws_the_others_exactly() {
    let model = toy(&MADE_PIXELS, MADE, 0.3);
    for known in [[true, true, false, false], [true, false, false, false], [false; 4]] {
        let off = distance(model.as_ref(), known, FillWay::Chain, 30, 1000);
        assert!(off < 0.035, "{known:?}: {off} off");
    }
}

#[test]
fn other_pixels_are_filled_in_by_weight() {
    for orders in [1.0, 4.0] {
        let model = toy(&MADE_PIXELS, &[("width", 16.0), ("orders", orders)], 0.3);
        for known in [[false, false, true, true], [true, false, true, false]] {
            let off = distance(model.as_ref(), known, FillWay::Importance, 400, 16);
            assert!(off < 0.04, "{orders} orders, {known:?}: {off} off");
        }
    }
    // those of several chains are weighed against each other even where one begins with what is known
    let several = toy(&MADE_PIXELS, &[("width", 16.0), ("orders", 4.0)], 0.3);
    let off = distance(
        several.as_ref(),
        [true, true, false, false],
        FillWay::Importance,
        400,
        16,
    );
    assert!(off < 0.04, "{off} off");
}

#[test]
fn latents_are_found_that_fit_the_known_pixels() {
    let sizes = [("width", 16.0), ("latent", 2.0)];
    let model = toy(&VAE_PIXELS, &sizes, 0.3);
    for known in [[true, true, false, false], [false, true, false, true]] {
        let off = distance(model.as_ref(), known, FillWay::Importance, 250, 16);
        assert!(off < 0.05, "{known:?}: {off} off");
    }
}

#[test]
fn draws_of_a_mixture_are_of_each_part_by_its_share_and_what_it_says_of_the_known() {
    let one = |value: f64| tensor(vec![value as f32], 1).flatten::<1>(0, 1);
    let part = |share: f64, level: f32, log_known: f64, effective: f64| {
        let filled = Filled {
            x: tensor(vec![level; 3000], 1),
            way: FillWay::Importance,
            effective: Some(one(effective)),
            log_known: Some(one(log_known)),
            log_conditional: None,
        };
        (one(share.ln() + log_known), filled)
    };
    let parts = vec![
        part(0.5, 0.0, -3.0, 10.0),
        part(0.2, 1.0, -1.0, 20.0),
        part(0.3, 2.0, -2.0, 40.0),
    ];
    let filled = of_mixture(parts, &mut Rng::new(1, Stream::Look));
    let joint = [0.5 * (-3.0_f64).exp(), 0.2 * (-1.0_f64).exp(), 0.3 * (-2.0_f64).exp()];
    let total: f64 = joint.iter().sum();
    let drawn = values(filled.x);
    for (level, joint) in joint.iter().enumerate() {
        let share = drawn.iter().filter(|&&value| value == level as f32).count() as f64 / 3000.0;
        assert!(
            (share - joint / total).abs() < 0.04,
            "part {level}: {share} of the draws"
        );
    }
    let squares: f64 = joint
        .iter()
        .zip([10.0, 20.0, 40.0])
        .map(|(w, n)| (w / total).powi(2) / n)
        .sum();
    let told = |of: Option<Tensor<1>>| f64::from(values(of.expect("told"))[0]);
    assert!((told(filled.effective) * squares - 1.0).abs() < 1e-3);
    assert!((told(filled.log_known) - total.ln()).abs() < 1e-4);
}

#[test]
fn of_all_classes_each_draws_as_often_as_the_known_pixels_say() {
    // of these known pixels the classes say what differs by 3 to 5 nats
    let sizes = [("width", 16.0), ("latent", 2.0), ("conditional", 1.0)];
    let mut model = toy(&VAE_PIXELS, &sizes, 0.6);
    model.set_class_shares(&[0.5, 0.3, 0.2]);
    let samples = values(model.sample(100_000, &mut Rng::new(3, Stream::Eval)));
    for known in [[true, false, false, false], [false, false, true, true]] {
        let fits = |x: &&[f32]| (0..4).all(|i| !known[i] || x[i] == POINT[i]);
        let share = samples.chunks_exact(4).filter(fits).count() as f64 / 1e5;
        let part = Part::new(tensor(POINT.to_vec(), 4), known.to_vec());
        let filled = model.fill(&part, 1, &mut Rng::new(1, Stream::Look)).expect("draws");
        let log_known = f64::from(values(filled.log_known.expect("weights"))[0]);
        assert!((log_known - share.ln()).abs() < 0.1, "{log_known} and {}", share.ln());
        let off = distance(model.as_ref(), known, FillWay::Importance, 250, 16);
        assert!(off < 0.05, "{known:?}: {off} off");
    }
}
