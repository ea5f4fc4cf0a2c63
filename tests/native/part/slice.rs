//! A slice is the joint density over the marginal, a chain's own factor where it has one, and beside it stands what the data say.

use crate::session::{patch, small};
use dgm::{
    data::Table,
    models::{registry::MODELS, spec::Family},
    session::{
        Session,
        slice::{PLACES, Slice, SliceKind},
    },
};
use pollster::block_on;

const AT: f64 = 0.4;

fn slice(session: &Session, at: f64, given: usize) -> Slice {
    block_on(session.slice(at, given)).expect("a slice")
}

fn log_prob(session: &Session, given: usize, at: f64, others: &[f64]) -> Vec<f64> {
    let point = |&other: &f64| if given == 0 { [at, other] } else { [other, at] };
    let table = Table {
        dim: 2,
        values: others.iter().flat_map(point).collect(),
        labels: None,
    };
    let told = block_on(session.log_prob(&table)).expect("densities");
    told.values.into_iter().map(f64::from).collect()
}

/// Middles of a slice's cells, and their width.
fn places(slice: &Slice) -> (Vec<f64>, f64) {
    let [low, high] = slice.range;
    let cell = (high - low) / PLACES as f64;
    ((0..PLACES).map(|i| low + cell * (i as f64 + 0.5)).collect(), cell)
}

fn integral(log_prob: &[f32], cell: f64) -> f64 {
    log_prob.iter().map(|&value| f64::from(value).exp() * cell).sum()
}

#[test]
fn every_slice_integrates_to_one_and_is_the_joint_over_the_marginal() {
    for spec in MODELS.iter().filter(|spec| spec.dims.contains(&2)) {
        let mut session = small(spec.id, "moons");
        block_on(session.step(20)).expect("steps");
        for given in [0, 1] {
            let what = format!("{} given x{}", spec.id, given + 1);
            let seen = slice(&session, AT, given);
            let (others, cell) = places(&seen);
            let joint = log_prob(&session, given, AT, &others);
            if joint.is_empty() {
                assert_eq!(seen.kind, SliceKind::None, "{what}");
                assert!(seen.log_prob.is_empty() && seen.kl.is_none(), "{what}");
                continue;
            }
            let total = integral(&seen.log_prob, cell);
            // the edges of tokens lie between the places of a slice
            let slack = if spec.id == "tokens" { 0.05 } else { 0.01 };
            assert!((total - 1.0).abs() < slack, "{what}: the slice integrates to {total}");
            let chain = spec.family == Family::Autoregressive && given == 0;
            match seen.kind {
                SliceKind::Exact => assert!(chain, "{what} is no factor"),
                SliceKind::Quadrature => assert!(!chain, "{what} is a factor"),
                // a bound is drawn with noise of its own at each point
                SliceKind::Bound => continue,
                SliceKind::None => panic!("{what} has a density"),
            }
            // the marginal by a lattice of its own: half as wide, between the slice's places and farther out
            let [low, high] = seen.range;
            let (wide, n) = (1.5 * (high - low), 6 * PLACES);
            let finer: Vec<f64> = (0..n)
                .map(|i| 0.5 * (low + high) - 0.5 * wide + wide * (i as f64 + 0.5) / n as f64)
                .collect();
            let marginal: f64 = log_prob(&session, given, AT, &finer)
                .iter()
                .map(|log_p| log_p.exp() * wide / n as f64)
                .sum();
            for (i, &conditional) in seen.log_prob.iter().enumerate().filter(|(_, log_p)| **log_p > -6.0) {
                let off = f64::from(conditional) - (joint[i] - marginal.ln());
                assert!(off.abs() < 2.0 * slack, "{what}, place {i}: {off} off");
            }
        }
    }
}

#[test]
fn a_chains_slice_is_its_own_factor() {
    let mut session = small("made", "moons");
    block_on(session.step(50)).expect("steps");
    let seen = slice(&session, AT, 0);
    let probe = block_on(session.probe(&[AT, 0.1])).expect("a probe");
    let factor = probe.conditional.expect("a conditional");
    let (others, cell) = places(&seen);
    assert_eq!(seen.kind, SliceKind::Exact);
    let share = (factor.range[1] - factor.range[0]) / factor.log_prob.len() as f64;
    assert!(
        (share - cell).abs() < 1e-9,
        "places as wide as the probe's: {share} and {cell}"
    );
    let first = others
        .iter()
        .position(|&other| other > factor.range[0])
        .expect("within");
    for (i, &expected) in factor.log_prob.iter().enumerate() {
        let off = seen.log_prob[first + i] - expected;
        assert!(off.abs() < 1e-3 * expected.abs().max(1.0), "place {i}: {off} off");
    }
    // in the other order the other slice is the factor
    session
        .configure(&patch("made", "moons", &[("order", 1.0)]))
        .expect("the other order");
    assert_eq!(slice(&session, AT, 0).kind, SliceKind::Quadrature);
    assert_eq!(slice(&session, AT, 1).kind, SliceKind::Exact);
}

#[test]
fn the_truth_beside_it_integrates_to_one_where_there_are_data() {
    let session = small("made", "checkerboard");
    let seen = slice(&session, AT, 0);
    let (_, cell) = places(&seen);
    let total = integral(&seen.truth.expect("exact"), cell);
    assert!((total - 1.0).abs() < 0.02, "the truth integrates to {total}");
    assert!(seen.kl.expect("both are known") > 0.0, "an untrained model is off");
    let outside = slice(&session, 40.0, 0);
    assert!(outside.truth.is_none() && outside.kl.is_none(), "no data lie there");
}

#[test]
fn the_kl_of_conditionals_is_that_of_the_joint_without_the_marginals() {
    // both are estimated from few points: what they share cancels where the model is far off
    let mut session = small("made", "moons");
    let before = block_on(session.conditional_kl(0, 100))
        .expect("a mean")
        .expect("known");
    let joint = |session: &Session| {
        let metrics = block_on(session.evaluate(500)).expect("scores");
        metrics.iter().find(|metric| metric.id == "kl").expect("a KL").value
    };
    assert!(before.value > 0.1, "{before:?}");
    assert!(before.value < joint(&session), "the marginal is off, too: {before:?}");
    block_on(session.step(300)).expect("steps");
    let after = block_on(session.conditional_kl(0, 100))
        .expect("a mean")
        .expect("known");
    assert!(after.value < before.value / 2.0, "{before:?} became {after:?}");
    assert!(after.value < joint(&session) + 0.1, "{after:?}");
}

#[test]
fn slices_of_nothing_are_refused() {
    let line = small("made", "exam-scores");
    let code = |session: &Session, at, given| block_on(session.slice(at, given)).expect_err("refused").code();
    assert_eq!(code(&line, AT, 0), "not_a_plane");
    let plane = small("made", "moons");
    assert_eq!(code(&plane, AT, 2), "out_of_range");
    assert_eq!(code(&plane, f64::NAN, 0), "out_of_range");
}
