//! The reader's own data: how they are measured and drawn from.

use crate::common::{own_data, own_file};
use dgm::{
    data::{Dataset, NoteCode, Own, OwnData, OwnDraws, Points, ScaleChoice, SmoothChoice, SpreadChoice, Table},
    rng::{Rng, Stream},
};
use std::sync::Arc;

pub fn own(columns: &[&[f64]]) -> Own {
    Own::new(own_data(columns)).expect("usable data")
}

pub fn draws(own: Own) -> OwnDraws {
    OwnDraws::new(Arc::new(own), 0.0)
}

/// `n` draws in the reader's units.
pub fn drawn(data: &OwnDraws, n: usize) -> Table {
    let points = data.sample(n, &mut Rng::new(1, Stream::Data));
    data.units().expect("units of its own").table(&points)
}

/// Codes of what is told, but for the noise that is told of all data.
pub fn told(own: &Own) -> Vec<NoteCode> {
    let codes = own.notes().into_iter().map(|note| note.code);
    codes.filter(|&code| code != NoteCode::Smoothed).collect()
}

pub fn normals(n: usize, seed: u64) -> Vec<f64> {
    let mut rng = Rng::new(seed, Stream::Data);
    (0..n).map(|_| rng.normal()).collect()
}

pub fn spread(values: impl Iterator<Item = f64> + Clone) -> f64 {
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

/// Points are shown and measured on in their places, and learned with noise as wide as is told.
#[test]
fn training_points_are_smoothed_and_no_others() {
    let columns = [normals(400, 1), normals(400, 2)];
    let variance = |smooth, points: fn(&OwnDraws, usize, &mut Rng) -> Points| {
        let data = OwnData {
            smooth,
            ..own_data(&[&columns[0], &columns[1]])
        };
        let own = Own::new(data).expect("usable");
        let width = own.notes().into_iter().find(|note| note.code == NoteCode::Smoothed);
        let width = width.expect("told").value.unwrap_or_default();
        let drawn = points(&draws(own), 40_000, &mut Rng::new(1, Stream::Data));
        (
            drawn.values.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / 80_000.0,
            width,
        )
    };
    let [(smooth, width), (plain, _)] =
        [SmoothChoice::Auto, SmoothChoice::None].map(|smooth| variance(smooth, |data, n, rng| data.training(n, rng)));
    assert!((0.1..0.4).contains(&width), "{width}");
    // The width is a geometric mean over the points.
    let added = smooth - plain;
    assert!(
        (1.0..2.0).contains(&(added / (width * width))),
        "{added} for a width of {width}"
    );
    for looked in [
        OwnDraws::sample as fn(&OwnDraws, usize, &mut Rng) -> Points,
        OwnDraws::held_out,
    ] {
        let [smooth, plain] = [SmoothChoice::Auto, SmoothChoice::None].map(|smooth| variance(smooth, looked).0);
        assert_eq!(smooth, plain, "what is looked at stays in its place");
    }
}

#[test]
fn one_odd_value_makes_no_smaller_steps() {
    let ratings = (0..200).map(|k| (1 + k % 5) as f64);
    for odd in [3.5, 3.1, 3.01] {
        let values: Vec<f64> = ratings.clone().chain([odd]).collect();
        let few = own(&[&values])
            .notes()
            .into_iter()
            .find(|note| note.code == NoteCode::FewValues);
        assert_eq!(few.and_then(|note| note.value), Some(1.0), "beside {odd}");
    }
}

/// A repeated point would be its own nearest neighbour, and an error that of more points than there are.
#[test]
fn each_held_out_point_is_measured_on_once() {
    let (x, y) = (normals(100, 1), normals(100, 2));
    let data = draws(own(&[&x, &y]));
    let mut rng = Rng::new(1, Stream::Eval);
    let held_out = data.held_out(1000, &mut rng);
    assert_eq!(held_out.len(), 20);
    let apart = |a: &Points, b: &Points| {
        let from = |one: &[f32]| {
            b.rows()
                .map(|other| (one[0] - other[0]).hypot(one[1] - other[1]))
                .fold(f32::INFINITY, f32::min)
        };
        a.rows().map(from).fold(f32::INFINITY, f32::min)
    };
    let [one, other] = data.two_sets(1000, &mut rng);
    assert_eq!((one.len(), other.len()), (20, 20));
    assert!(apart(&one, &other) > 0.02, "two sets have no point in common");
    let few = draws(own(&[&x[..7], &y[..7]]));
    assert_eq!(few.held_out(1000, &mut rng).len(), 7, "all serve for both");
    assert_eq!(few.two_sets(1000, &mut rng).map(|set| set.len()), [3, 3]);
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
fn numbers_of_any_size_are_measured() {
    for scale in [1e-90, 1e-50, 1e-40, 1e38, 1e60, 1e90] {
        let values: Vec<f64> = normals(50, 10).iter().map(|x| x * scale).collect();
        let data = draws(own(&[&values]));
        let ratio = spread(drawn(&data, 5000).values.into_iter().map(|x| x / scale));
        assert!((0.5..1.5).contains(&ratio), "{scale}: {ratio}");
        assert!(data.bounds().x.iter().all(|end| end.abs() < 10.0));
    }
}
