//! What is filled in follows the model's own conditional, what was known stays, and the same seed draws the same.

use crate::{
    common::{dataset, device, provide_digits, settings, tensor, values},
    session::{patch, small},
};
use burn::tensor::Tensor;
use dgm::{
    data::{Points, Space},
    models::{
        Density, Model,
        autoregressive::made_pixels::MADE_PIXELS,
        fill::{FillWay, Filled, Part, of_mixture},
        registry::MODELS,
        spec::{Family, ModelSpec},
        vae::pixels::VAE_PIXELS,
    },
    rng::{Rng, Stream},
    session::{Session, fill::Fill},
};
use pollster::block_on;

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
    let mut model = (spec.build)(space, &settings(spec, own), &mut rng, &device().autodiff());
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
    let part = |level: f32, log_known: f64, effective: f64| Filled {
        x: tensor(vec![level; 3000], 1),
        way: FillWay::Importance,
        effective: Some(one(effective)),
        log_known: Some(one(log_known)),
        log_conditional: None,
    };
    let shares = [0.5_f64, 0.2, 0.3];
    let parts = vec![part(0.0, -3.0, 10.0), part(1.0, -1.0, 20.0), part(2.0, -2.0, 40.0)];
    let filled = of_mixture(&shares.map(f64::ln), parts, &mut Rng::new(1, Stream::Look)).expect("weights");
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
    let sizes = [("width", 16.0), ("latent", 2.0), ("conditional", 1.0)];
    let mut model = toy(&VAE_PIXELS, &sizes, 0.6);
    model.set_class_shares(&[0.5, 0.3, 0.2]);
    let samples = values(model.sample(100_000, &mut Rng::new(3, Stream::Eval)));
    for known in [[true, true, false, false], [false, true, false, true]] {
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

fn fill(session: &Session, point: &[f64], known: &[bool], n: usize, seed: u32) -> Fill {
    block_on(session.fill(point, known, n, seed)).expect("it can fill in")
}

/// The first held-out digit, and a mask that hides its lower half.
fn digit() -> (Vec<f64>, Vec<bool>) {
    let picture = dataset("digits-binary").held_out(1, &mut Rng::new(1, Stream::Eval));
    let pixels = picture.values.into_iter().map(f64::from).collect();
    (pixels, (0..64).map(|i| i < 32).collect())
}

#[test]
fn every_model_of_digits_fills_in_half_of_one() {
    let (digit, known) = digit();
    for spec in MODELS.iter().filter(|spec| spec.dims.contains(&64)) {
        let session = small(spec.id, "digits-binary");
        let seen = fill(&session, &digit, &known, 3, 5);
        let what = spec.id;
        assert_eq!(seen.points.len(), 3, "{what}");
        for row in seen.points.rows() {
            assert_eq!(row[..32], digit[..32], "{what}: the upper half stays");
            assert!(row.iter().all(|&v| v == 0.0 || v == 1.0), "{what}: black or white");
        }
        let again = fill(&session, &digit, &known, 3, 5);
        assert_eq!(again.points, seen.points, "{what}: the same seed");
        let other = fill(&session, &digit, &known, 3, 6);
        assert_ne!(other.points, seen.points, "{what}: another seed");
        let way = match (spec.family, spec.id) {
            (_, "made-pixels") => FillWay::Chain,
            (Family::Autoregressive | Family::Vae, _) => FillWay::Importance,
            (Family::Flow, _) => FillWay::Gibbs,
            _ => FillWay::Replacement,
        };
        assert_eq!(seen.way, way, "{what}");
        assert_eq!(seen.way.is_exact(), what == "made-pixels");
        assert_eq!(seen.effective.is_some(), way == FillWay::Importance, "{what}");
        let density = spec.family != Family::Diffusion;
        assert_eq!(seen.log_prob.len(), if density { 3 } else { 0 }, "{what}");
        assert_eq!(seen.given.is_some(), density, "{what}");
    }
}

/// By how much the share of draws of x2 below each place of a slice is off at most (Kolmogorov and Smirnov).
fn off_the_slice(session: &Session, at: f64) -> (FillWay, f64) {
    let slice = block_on(session.slice(at, 0)).expect("a slice");
    let mut drawn: Vec<f64> = Vec::new();
    let mut way = None;
    for seed in 0..10 {
        let seen = fill(session, &[at, 0.0], &[true, false], 64, seed);
        way = Some(seen.way);
        assert!(seen.points.rows().all(|row| row[0] == at), "what is known stays");
        drawn.extend(seen.points.rows().map(|row| row[1]));
    }
    let [low, high] = slice.range;
    let cell = (high - low) / slice.log_prob.len() as f64;
    let (mut below, mut worst) = (0.0, 0.0_f64);
    for (i, &log_p) in slice.log_prob.iter().enumerate() {
        below += f64::from(log_p).exp() * cell;
        let end = low + cell * (i as f64 + 1.0);
        let share = drawn.iter().filter(|&&value| value < end).count() as f64 / drawn.len() as f64;
        worst = worst.max((share - below).abs());
    }
    (way.expect("seeds"), worst)
}

#[test]
fn draws_on_the_plane_follow_the_slice() {
    for (model, expected, most) in [
        ("made", FillWay::Chain, 0.06),
        ("nsf", FillWay::Gibbs, 0.08),
        ("nce", FillWay::Gibbs, 0.08),
        ("vae", FillWay::Importance, 0.12),
        // a replacement is only nearly a draw of the conditional
        ("fm", FillWay::Replacement, 0.2),
        ("ddpm", FillWay::Replacement, 0.2),
    ] {
        let mut session = small(model, "moons");
        block_on(session.step(200)).expect("steps");
        let (way, off) = off_the_slice(&session, 0.4);
        assert_eq!(way, expected, "{model}");
        assert!(off < most, "{model}: {off} off");
    }
}

#[test]
fn a_digit_of_any_class_is_filled_in() {
    provide_digits();
    let (digit, known) = digit();
    let mut session = small("vae-pixels", "digits-binary");
    let settings = [("conditional", 1.0), ("batch", 32.0), ("width", 16.0)];
    session
        .configure(&patch("vae-pixels", "digits-binary", &settings))
        .expect("settings of the row");
    block_on(session.step(2)).expect("steps");
    let seen = fill(&session, &digit, &known, 3, 1);
    assert_eq!((seen.way, seen.log_prob.len()), (FillWay::Importance, 3));
}

#[test]
fn looking_at_a_part_changes_nothing_that_is_learned() {
    let (digit, known) = digit();
    let losses = |look: bool| {
        let mut session = small("vae-pixels", "digits-binary");
        let mut learned = || block_on(session.step(2)).expect("steps").losses;
        let first = learned();
        if look {
            fill(&session, &digit, &known, 2, 1);
        }
        let mut learned = || block_on(session.step(2)).expect("steps").losses;
        [first, learned()]
    };
    assert_eq!(losses(true), losses(false));
}

#[test]
fn what_cannot_be_filled_in_is_refused() {
    let (digit, known) = digit();
    let session = small("made-pixels", "digits-binary");
    let code = |session: &Session, point: &[f64], known: &[bool], n| {
        block_on(session.fill(point, known, n, 1)).expect_err("refused").code()
    };
    assert_eq!(code(&session, &digit[..63], &known, 1), "ragged_data");
    assert_eq!(code(&session, &[], &known, 1), "bad_request");
    assert_eq!(code(&session, &digit, &known[..9], 1), "bad_request");
    assert_eq!(code(&session, &digit, &known, 0), "out_of_range");
    assert_eq!(code(&session, &digit, &known, 65), "out_of_range");
    let grey: Vec<f64> = digit.iter().map(|value| value * 2.0).collect();
    assert_eq!(code(&session, &grey, &known, 1), "bad_request");
    let gan = small("gan", "moons");
    assert_eq!(code(&gan, &[0.0, 0.0], &[true, false], 1), "cannot_fill");
    let all = fill(&session, &digit, &[true; 64], 2, 1);
    assert!(all.points.rows().all(|row| row == digit), "nothing is missing");
}

#[test]
fn a_likelihood_is_told_of_the_filled_and_of_the_given() {
    let (digit, known) = digit();
    let mut session = small("made-pixels", "digits-binary");
    block_on(session.step(30)).expect("steps");
    let seen = fill(&session, &digit, &known, 4, 2);
    let told = block_on(session.log_prob(&seen.points)).expect("densities");
    assert_eq!(told.values, seen.log_prob);
    let points = Points::new(64, digit.iter().map(|&value| value as f32).collect());
    let given = block_on(session.log_prob(&crate::common::table(&points))).expect("densities");
    assert_eq!(Some(given.values[0]), seen.given);
    // all that is unknown given nothing is the whole picture
    let nothing = fill(&session, &digit, &[false; 64], 1, 2);
    let whole = nothing.log_conditional.expect("a chain");
    assert!((whole - f64::from(given.values[0])).abs() < 1e-3, "{whole}");
    // and the rest is what the known half costs: by the rest's own factors, whatever the hidden half is
    let upper = whole - seen.log_conditional.expect("its upper half comes first");
    let mut other = digit.clone();
    other[32..].iter_mut().for_each(|value| *value = 1.0 - *value);
    let both = [
        fill(&session, &other, &[false; 64], 1, 2),
        fill(&session, &other, &known, 1, 2),
    ];
    let [whole, hidden] = both.map(|seen| seen.log_conditional.expect("a chain"));
    assert!(
        (whole - hidden - upper).abs() < 1e-3,
        "{whole} − {hidden} is not {upper}"
    );
}
