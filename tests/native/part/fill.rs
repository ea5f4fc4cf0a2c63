//! What is filled in follows the model's own conditional, what was known stays, and the same seed draws the same.

use crate::{
    common::{dataset, provide_digits},
    session::{patch, small},
};
use dgm::{
    data::Points,
    models::{fill::FillWay, registry::MODELS, spec::Family},
    rng::{Rng, Stream},
    session::{Session, fill::Fill},
};
use pollster::block_on;

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
