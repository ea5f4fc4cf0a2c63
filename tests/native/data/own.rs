//! The reader's own data: how they are measured, what is told of them, and how they are drawn from.

use crate::common::{own_data, own_file};
use dgm::{
    data::{Dataset, NoteCode, Own, OwnData, OwnDraws, ScaleChoice, SpreadChoice, Table},
    rng::{Rng, Stream},
};
use std::sync::Arc;

fn own(columns: &[&[f64]]) -> Own {
    Own::new(own_data(columns)).expect("usable data")
}

fn draws(own: Own) -> OwnDraws {
    OwnDraws::new(Arc::new(own), 0.0)
}

/// `n` draws in the reader's units.
fn drawn(data: &OwnDraws, n: usize) -> Table {
    let points = data.sample(n, &mut Rng::new(1, Stream::Data));
    data.units().expect("units of its own").table(&points)
}

fn told(own: &Own) -> Vec<NoteCode> {
    own.notes().iter().map(|note| note.code).collect()
}

fn normals(n: usize, seed: u64) -> Vec<f64> {
    let mut rng = Rng::new(seed, Stream::Data);
    (0..n).map(|_| rng.normal()).collect()
}

fn spread(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt()
}

fn along(table: &Table, axis: usize) -> impl Iterator<Item = f64> + Clone + '_ {
    table.values.iter().copied().skip(axis).step_by(table.dim)
}

#[test]
fn the_readers_points_are_resampled_in_place() {
    let given = [[1.0, 10.0], [3.0, 10.0], [2.0, 14.0]];
    let data = draws(own(&[&[1.0, 3.0, 2.0], &[10.0, 10.0, 14.0]]));
    assert_eq!((data.dim(), data.log_prob(&[1.0, 10.0])), (2, None));
    let bounds = data.units().expect("units").bounds(&data.bounds());
    let mut counts = [0; 3];
    for row in drawn(&data, 3000).rows() {
        let close = |[x, y]: [f64; 2]| (row[0] - x).hypot(row[1] - y) < 0.05;
        counts[given
            .iter()
            .position(|&point| close(point))
            .expect("a draw is one of the points")] += 1;
        assert!((bounds.x[0]..bounds.x[1]).contains(&row[0]) && (bounds.y[0]..bounds.y[1]).contains(&row[1]));
    }
    // Each expects 1000 with a standard deviation of 26.
    assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
    assert!(
        ((bounds.x[1] - bounds.x[0]) - (bounds.y[1] - bounds.y[0])).abs() < 1e-12,
        "a square"
    );
}

/// Four decimals near a million are eleven digits: an f32 holds seven.
#[test]
fn numbers_far_from_zero_keep_their_digits() {
    let near = own_file(include_str!("../../fixtures/own_data/far_away.csv")).columns;
    let moved = |by: f64| {
        let columns = [0, 1].map(|axis| near[axis].values.iter().map(|x| x + by).collect::<Vec<f64>>());
        let table = drawn(&draws(own(&[&columns[0], &columns[1]])), 5000);
        table.values.into_iter().map(|x| x - by).collect::<Vec<f64>>()
    };
    let here = moved(0.0);
    for by in [-1e6, 1e8] {
        let off = here
            .iter()
            .zip(moved(by))
            .map(|(x, y)| (x - y).abs())
            .fold(0.0, f64::max);
        assert!(off < 1e-6, "moved by {by}, draws differ by {off}");
    }
    for (axis, given) in near.iter().enumerate() {
        let ratio = spread(here.iter().copied().skip(axis).step_by(2)) / spread(given.values.iter().copied());
        assert!((ratio - 1.0).abs() < 0.03, "axis {axis}: {ratio}");
    }
}

#[test]
fn the_jitter_is_a_share_of_each_axis() {
    // Two places on each axis, one a thousand times narrower.
    for scale in [ScaleChoice::Each, ScaleChoice::One] {
        let data = OwnData {
            scale,
            ..own_data(&[&[-1.0, 1.0, -1.0], &[-1e-3, 1e-3, 1e-3]])
        };
        let table = drawn(&draws(Own::new(data).expect("usable")), 20_000);
        for (axis, half) in [(0, 1.0), (1, 1e-3)] {
            let off = spread(along(&table, axis).map(|x| x.abs() - half)) / half;
            // .005 of the standard deviation, which is √(8/9) of that half
            assert!((off / 0.004714 - 1.0).abs() < 0.05, "{scale:?}, axis {axis}: {off}");
        }
    }
}

#[test]
fn axes_have_scales_of_their_own_where_their_spreads_differ() {
    let (x, y) = (normals(200, 1), normals(200, 2));
    let wider = |times: f64| y.iter().map(|value| value * times).collect::<Vec<f64>>();
    let scales = |times: f64, scale| {
        let data = OwnData {
            scale,
            ..own_data(&[&x, &wider(times)])
        };
        let own = Own::new(data).expect("usable");
        let apart = told(&own).contains(&NoteCode::ScalesApart);
        let data = draws(own);
        let units = data.units().expect("units").clone();
        let bounds = units.bounds(&data.bounds());
        let sides = [bounds.x, bounds.y].map(|[low, high]| high - low);
        (units.scale()[1] / units.scale()[0], sides[1] / sides[0], apart)
    };
    let (auto, side, apart) = scales(2.0, ScaleChoice::Auto);
    assert!(
        (auto, apart) == (1.0, false) && (side - 1.0).abs() < 1e-12,
        "{auto}, {side}"
    );
    let (auto, side, apart) = scales(14.0, ScaleChoice::Auto);
    assert!(
        (11.0..17.0).contains(&auto) && (11.0..17.0).contains(&side) && apart,
        "{auto}, {side}"
    );
    let (one, side, _) = scales(14.0, ScaleChoice::One);
    assert!(one == 1.0 && (side - 1.0).abs() < 1e-12, "{one}, {side}");
    let (each, ..) = scales(2.0, ScaleChoice::Each);
    assert!((1.5..2.7).contains(&each), "{each}");
}

/// The model's units are those of the training points: what is held out has no part in them.
#[test]
fn held_out_points_do_not_move_the_units() {
    let units = |moved: f64| {
        let mut values = normals(100, 3);
        crate::source::held_out(100)
            .iter()
            .for_each(|&place| values[place] += moved);
        draws(own(&[&values])).units().expect("units").clone()
    };
    assert_eq!(units(0.0), units(2.0));
}

#[test]
fn tails_that_rule_the_variance_are_left_out_of_scale_and_picture() {
    let own = Own::new(own_file(include_str!("../../fixtures/own_data/heavy_tails.txt"))).expect("told, not refused");
    let mut sorted = own.data().columns[0].values.clone();
    sorted.sort_by(f64::total_cmp);
    let note = own
        .notes()
        .into_iter()
        .find(|note| note.code == NoteCode::HeavyTails)
        .expect("told");
    let data = draws(own);
    let bounds = data.units().expect("units").bounds(&data.bounds()).x;
    let outside = sorted.iter().filter(|x| !(bounds[0]..=bounds[1]).contains(x)).count();
    assert_eq!((note.axis, note.count), (Some(0), Some(outside)));
    assert!((1..=sorted.len() / 50).contains(&outside), "{outside} outside");
    let middle = sorted[sorted.len() * 99 / 100] - sorted[sorted.len() / 100];
    let shown = (bounds[1] - bounds[0]) / middle;
    assert!((1.0..1.5).contains(&shown), "{shown} of the middle 98 %");
    let scale = data.units().expect("units").scale()[0];
    assert!((0.05..0.5).contains(&(scale / middle)), "{scale} for {middle}");
}

#[test]
fn one_odd_value_is_told_wherever_it_falls() {
    for place in 0..50 {
        let mut values: Vec<f64> = (0..50).map(|k| 40.0 + f64::from(k * 37 % 60)).collect();
        values[place] = 4000.0;
        let own = own(&[&values]);
        let note = own.notes().into_iter().find(|note| note.code == NoteCode::HeavyTails);
        assert_eq!(note.and_then(|note| note.count), Some(1), "at {place}");
        let data = draws(own);
        let bounds = data.units().expect("units").bounds(&data.bounds()).x;
        assert!(bounds[1] < 200.0, "{bounds:?}");
    }
}

#[test]
fn honest_data_raise_no_note() {
    let mut rng = Rng::new(5, Stream::Data);
    for n in [20, 50, 200, 1000] {
        for seed in 0..40 {
            let normal = normals(n, seed);
            let uniform: Vec<f64> = (0..n).map(|_| rng.uniform()).collect();
            let exponential: Vec<f64> = (0..n).map(|_| -(1.0 - rng.uniform()).ln()).collect();
            let rounded: Vec<f64> = normal.iter().map(|x| (x * 130.0).round() / 10.0).collect();
            for (name, values) in [
                ("normal", normal),
                ("uniform", uniform),
                ("exponential", exponential),
                ("rounded", rounded),
            ] {
                assert_eq!(told(&own(&[&values])), [], "{n} {name} numbers, seed {seed}");
            }
        }
    }
    for file in [
        include_str!("../../fixtures/own_data/two_scales.csv"),
        include_str!("../../fixtures/own_data/age_income.tsv"),
    ] {
        assert_eq!(
            told(&Own::new(own_file(file)).expect("usable")),
            [NoteCode::ScalesApart]
        );
    }
}

#[test]
fn few_repeated_values_are_spread_over_one_step() {
    let text = include_str!("../../fixtures/own_data/dice.txt");
    let dice: Vec<f64> = text
        .split_whitespace()
        .map(|word| word.parse().expect("a number"))
        .collect();
    let rolled = own(&[&dice]);
    let note = rolled.notes()[0];
    assert_eq!(
        (note.code, note.axis, note.count, note.value),
        (NoteCode::FewValues, Some(0), Some(6), Some(1.0))
    );
    let data = draws(rolled);
    assert!(data.is_dequantized());
    let table = drawn(&data, 20_000);
    let rest: Vec<f64> = table.values.iter().map(|x| x - x.round()).collect();
    assert!(table.values.iter().all(|x| (0.5..=6.5).contains(x)));
    // uniform over one step: a standard deviation of 1/√12
    assert!((spread(rest.iter().copied()) * 12.0_f64.sqrt() - 1.0).abs() < 0.02);
    let as_they_are = OwnData {
        spread: SpreadChoice::None,
        ..own_data(&[&dice])
    };
    let own = Own::new(as_they_are).expect("usable");
    assert_eq!(told(&own), [NoteCode::FewValues], "told all the same");
    let data = draws(own);
    assert!(!data.is_dequantized() && drawn(&data, 500).values.iter().all(|x| (x - x.round()).abs() < 0.05));
}

#[test]
fn steps_are_spread_axis_by_axis() {
    let x: Vec<f64> = (0..300).map(|k| f64::from(k * 7 % 5) * 25.0).collect();
    let y = normals(300, 6);
    let data = draws(own(&[&x, &y]));
    let table = drawn(&data, 5000);
    let rest = spread(along(&table, 0).map(|x| x / 25.0 - (x / 25.0).round()));
    assert!((rest * 12.0_f64.sqrt() - 1.0).abs() < 0.03, "{rest}");
    let near = along(&table, 1).all(|drawn| y.iter().any(|given| (given - drawn).abs() < 0.03));
    assert!(near, "the other axis has its jitter alone");
}

#[test]
fn what_has_no_density_is_told_and_learned() {
    let line = Own::new(own_file(include_str!("../../fixtures/own_data/on_a_line.csv"))).expect("usable");
    assert!(
        told(&line).contains(&NoteCode::OnALine) && line.dim() == 2,
        "{:?}",
        line.notes()
    );
    let (x, e) = (normals(300, 7), normals(300, 8));
    let beside: Vec<f64> = x.iter().zip(&e).map(|(x, e)| 1e3 - 2e3 * x + 40.0 * e).collect();
    assert_eq!(told(&own(&[&x, &beside])), [NoteCode::ScalesApart]);
    let on: Vec<f64> = x.iter().map(|x| 1e3 - 2e3 * x).collect();
    assert_eq!(told(&own(&[&x, &on])), [NoteCode::OnALine, NoteCode::ScalesApart]);

    let column = Own::new(own_file(include_str!("../../fixtures/own_data/constant_column.csv"))).expect("usable");
    let note = column.notes()[0];
    assert_eq!(
        (note.code, note.axis, note.value),
        (NoteCode::ConstantColumn, Some(1), Some(1.0))
    );
    let given = column.data().columns[0].values.clone();
    let data = draws(column);
    assert_eq!(data.dim(), 1);
    let ratio = spread(drawn(&data, 5000).values.into_iter()) / spread(given.into_iter());
    assert!((ratio - 1.0).abs() < 0.05, "{ratio}");

    let twice = [x.as_slice(), x.as_slice()].concat();
    let note = own(&[&twice]).notes()[0];
    assert_eq!((note.code, note.count), (NoteCode::Duplicates, Some(300)));
    let zeros = [vec![0.0; 90], x.clone()].concat();
    let note = own(&[&zeros]).notes()[0];
    assert_eq!((note.code, note.count), (NoteCode::Duplicates, Some(89)));
    assert!(note.value.expect("the value").abs() < 1e-12);
    let rows = own(&[&twice, &[e.as_slice(), e.as_slice()].concat()]);
    assert_eq!(told(&rows), [NoteCode::Duplicates]);
}

#[test]
fn few_points_are_told_to_serve_for_both() {
    let note = own(&[&normals(19, 9)]).notes()[0];
    assert_eq!((note.code, note.count), (NoteCode::NoneHeldOut, Some(19)));
    assert_eq!(told(&own(&[&normals(20, 9)])), []);
}

#[test]
fn numbers_of_any_size_are_measured() {
    for scale in [1e-90, 1e-50, 1e-40, 1e38, 1e60, 1e90] {
        let values: Vec<f64> = normals(50, 10).iter().map(|x| x * scale).collect();
        let data = draws(own(&[&values]));
        let ratio = spread(drawn(&data, 5000).values.into_iter().map(|x| x / scale));
        assert!((0.5..1.5).contains(&ratio), "{scale}: {ratio}");
        assert!(data.bounds().x.iter().all(|end| end.abs() < 10.0));
    }
}
