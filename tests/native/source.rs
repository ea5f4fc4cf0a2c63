//! Where a session's points come from: fixed training sets, points held out, noise as a share of the data's spread.

use crate::common::{device, own_data};
use dgm::{
    data::{Dataset, Own, OwnData, OwnDraws, Points, SmoothChoice, SpreadChoice, Table},
    rng::{Rng, Stream},
    session::{Metric, Session, config::Patch},
};
use pollster::block_on;
use std::{collections::BTreeSet, sync::Arc};

const FIXED: f64 = 1.0;

fn session(data: &str, seed: u32, params: &[(&str, f64)]) -> Session {
    let mut session = Session::new(device());
    let small = [("batch", 64.0), ("width", 32.0), ("layers", 4.0)];
    session
        .configure(&Patch {
            data: Some(data.into()),
            model: Some("realnvp".into()),
            seed: Some(seed.into()),
            params: small
                .iter()
                .chain(params)
                .map(|&(id, value)| (id.into(), value))
                .collect(),
            ..Patch::default()
        })
        .expect("a small session starts");
    session
}

fn shown(session: &Session) -> Table {
    session.data(5000).expect("configured").0
}

/// The numbers themselves, to be compared.
fn bits(points: &Table) -> BTreeSet<Vec<u64>> {
    points
        .rows()
        .map(|row| row.iter().map(|x| x.to_bits()).collect())
        .collect()
}

fn nll(session: &Session, points: &Table) -> f64 {
    let density = block_on(session.log_prob(points)).expect("a density");
    -density.values.iter().map(|&v| f64::from(v)).sum::<f64>() / points.len() as f64
}

fn value(metrics: &[Metric], id: &str) -> f64 {
    metrics.iter().find(|metric| metric.id == id).expect("measured").value
}

#[test]
fn a_fixed_set_is_a_function_of_the_seed_and_has_its_size() {
    let fixed = |seed, count| {
        shown(&session(
            "moons",
            seed,
            &[("train_set", FIXED), ("train_points", count)],
        ))
    };
    assert_eq!(fixed(1, 37.0).len(), 37);
    assert_eq!(fixed(1, 37.0), fixed(1, 37.0));
    assert!(bits(&fixed(1, 37.0)).is_disjoint(&bits(&fixed(2, 37.0))));
    assert_eq!(
        shown(&session("moons", 1, &[("train_points", 37.0)])).len(),
        5000,
        "fresh points"
    );
}

/// A model that only ever sees ten points puts its mass there; one that sees fresh points cannot.
#[test]
fn a_small_fixed_set_is_learned_by_heart_and_held_out_points_tell() {
    let gap = |train_set| {
        let mut session = session("moons", 1, &[("train_set", train_set), ("train_points", 10.0)]);
        let set = shown(&self::session(
            "moons",
            1,
            &[("train_set", FIXED), ("train_points", 10.0)],
        ));
        block_on(session.step(500)).expect("steps");
        let held_out = value(&block_on(session.evaluate(2000)).expect("metrics"), "nll");
        held_out - nll(&session, &set)
    };
    let (fixed, fresh) = (gap(FIXED), gap(0.0));
    assert!(
        fixed > 2.0,
        "learned by heart: {fixed} nats between held-out and training points"
    );
    assert!(
        fresh < 1.0,
        "fresh points: {fresh} nats between held-out points and ten of them"
    );
}

#[test]
fn a_snapshot_of_a_fixed_set_goes_on_exactly() {
    let params = [("train_set", FIXED), ("train_points", 20.0), ("noise", 0.3)];
    let mut first = session("pinwheel", 4, &params);
    block_on(first.step(3)).expect("steps");
    let bytes = block_on(first.snapshot()).expect("a snapshot");
    let mut second = Session::new(device());
    second.restore(&bytes).expect("restores");
    assert_eq!(shown(&second), shown(&first));
    assert_eq!(second.config(), first.config());
    let losses = |session: &mut Session| block_on(session.step(3)).expect("steps").losses;
    assert_eq!(losses(&mut second), losses(&mut first));
}

#[test]
fn noise_is_a_share_of_the_datas_own_spread() {
    let variance = |noise| {
        let points = shown(&session("moons", 1, &[("noise", noise)]));
        let mean = |axis: usize| points.rows().map(|row| row[axis]).sum::<f64>() / points.len() as f64;
        let means = [mean(0), mean(1)];
        let square = |row: &[f64]| (0..2).map(|axis| (row[axis] - means[axis]).powi(2)).sum::<f64>();
        points.rows().map(square).sum::<f64>() / points.len() as f64
    };
    let ratio = variance(0.5) / variance(0.0);
    assert!((ratio - 1.25).abs() < 0.04, "{ratio}");
    let kl = value(
        &block_on(session("moons", 1, &[("noise", 0.5)]).evaluate(500)).expect("metrics"),
        "kl",
    );
    assert!(kl.is_finite(), "the density under noise is known too");
}

/// Points at whole numbers of the plane, ten in a row, so that a draw tells which it comes from.
fn ruler(count: usize) -> OwnDraws {
    let at = |place: fn(usize) -> usize| (0..count).map(|k| place(k) as f64).collect::<Vec<f64>>();
    let data = OwnData {
        spread: SpreadChoice::None,
        smooth: SmoothChoice::None,
        ..own_data(&[&at(|k| k % 10), &at(|k| k / 10)])
    };
    OwnDraws::new(Arc::new(Own::new(data).expect("usable points")), 0.0)
}

fn places(data: &OwnDraws, points: &Points) -> BTreeSet<usize> {
    let units = data.units().expect("units of its own");
    let places = units.table(points);
    let place = |row: &[f64]| row[0].round() as usize + 10 * row[1].round() as usize;
    places.rows().map(place).collect()
}

/// Which of so many rows are held out.
pub fn held_out(count: usize) -> BTreeSet<usize> {
    let data = ruler(count);
    places(&data, &data.held_out(5000, &mut Rng::new(1, Stream::Data)))
}

#[test]
fn a_fifth_of_the_readers_points_is_held_out_by_chance() {
    for count in [20, 22, 24, 57, 200] {
        let (data, mut rng) = (ruler(count), Rng::new(1, Stream::Data));
        let training = places(&data, &data.training(5000, &mut rng));
        let held_out = held_out(count);
        assert_eq!(held_out.len(), count / 5, "of {count}");
        assert!(training.is_disjoint(&held_out), "of {count}");
        assert_eq!(training.len() + held_out.len(), count, "of {count}");
        assert_eq!(
            places(&data, &data.sample(5000, &mut rng)).len(),
            count,
            "all are shown"
        );
    }
    let (few, mut rng) = (ruler(19), Rng::new(1, Stream::Data));
    let training = places(&few, &few.training(5000, &mut rng));
    assert_eq!(training, places(&few, &few.held_out(5000, &mut rng)));
    assert_eq!(training.len(), 19);
    // Sorted or periodic rows are no reason for a set that differs: every stretch and every residue has about its fifth of 40.
    let held_out = held_out(200);
    for k in 0..5 {
        let stretch = held_out.iter().filter(|&&place| place / 40 == k).count();
        let residue = held_out.iter().filter(|&&place| place % 5 == k).count();
        assert!((2..=15).contains(&stretch), "{stretch} of stretch {k}");
        assert!((2..=15).contains(&residue), "{residue} of residue {k}");
    }
}

/// A copy of a training row among the held-out ones would be measured on and known by heart.
#[test]
fn copies_of_a_row_lie_on_one_side_of_the_split() {
    // 60 different rows, the first of them five times and every third twice.
    let copies = |k: usize| [1, 5, 2][usize::from(k == 0) + 2 * usize::from(k > 0 && k.is_multiple_of(3))];
    let rows: Vec<usize> = (0..60).flat_map(|k| [k].repeat(copies(k))).collect();
    let along = |step: usize| rows.iter().map(|k| (k * step % 60) as f64).collect::<Vec<f64>>();
    let data = |columns: &[&[f64]]| {
        let data = OwnData {
            smooth: SmoothChoice::None,
            ..own_data(columns)
        };
        OwnDraws::new(Arc::new(Own::new(data).expect("usable points")), 0.0)
    };
    for given in [data(&[&along(1)]), data(&[&along(1), &along(23)])] {
        let mut rng = Rng::new(1, Stream::Data);
        let near = |points: &Points, units: &dgm::data::Units| {
            units
                .table(points)
                .rows()
                .map(|row| row[0].round() as usize)
                .collect::<Vec<usize>>()
        };
        let units = given.units().expect("units").clone();
        let held_out = near(&given.held_out(5000, &mut rng), &units);
        let apart: BTreeSet<usize> = held_out.iter().copied().collect();
        let training: BTreeSet<usize> = near(&given.training(20_000, &mut rng), &units).into_iter().collect();
        assert!(training.is_disjoint(&apart), "{training:?} and {apart:?}");
        assert_eq!(training.len() + apart.len(), 60, "every row is on one side");
        assert_eq!(apart.len(), 12, "a fifth of the different rows");
        assert_eq!(
            held_out.len(),
            apart.iter().map(|&k| copies(k)).sum::<usize>(),
            "with all their copies"
        );
    }
}

/// A value that repeats by what it is belongs on both sides: scores of the others alone would be of other data.
#[test]
fn a_spike_and_the_faces_of_a_die_are_held_out_as_often_as_they_come() {
    let held_out = |values: &[f64]| {
        let data = OwnDraws::new(Arc::new(Own::new(own_data(&[values])).expect("usable points")), 0.0);
        let points = data.held_out(5000, &mut Rng::new(1, Stream::Data));
        data.units().expect("units").table(&points).values
    };
    let spike: Vec<f64> = (0..1000)
        .map(|k| if k % 10 == 0 { 5.0 + (k as f64).sin() } else { 0.0 })
        .collect();
    let apart = held_out(&spike);
    assert_eq!(apart.len(), 200);
    let others = apart.iter().filter(|x| **x > 1.0).count();
    // 20 are expected, with a standard deviation of 4.
    assert!((8..=32).contains(&others), "{others} of 200");
    let dice: Vec<f64> = (0..600).map(|k| f64::from(1 + k * k % 7 % 6)).collect();
    assert_eq!(held_out(&dice).len(), 120);
}

#[test]
fn scores_of_the_readers_points_are_those_of_the_held_out() {
    let mut session = session("moons", 1, &[]);
    // Held-out points lie far from the others: a model of those finds them unlikely.
    let apart = held_out(100);
    let far = |k: usize| if apart.contains(&k) { 8.0 } else { 0.0 };
    let x: Vec<f64> = (0..100).map(|k| far(k) + (k as f64).sin()).collect();
    let y: Vec<f64> = (0..100).map(|k| (1.7 * k as f64).cos()).collect();
    session.set_own(own_data(&[&x, &y])).expect("usable points");
    block_on(session.step(200)).expect("steps");
    let trained = (0..100).filter(|k| !apart.contains(k)).flat_map(|k| [x[k], y[k]]);
    let trained = Table {
        dim: 2,
        values: trained.collect(),
        labels: None,
    };
    let held_out = value(&block_on(session.evaluate(500)).expect("metrics"), "nll");
    let training = nll(&session, &trained);
    assert!(held_out > training + 3.0, "{held_out} held out, {training} in training");
}
