//! What a reader is told of data of their own.

use super::own::{drawn, draws, normals, own, spread, told};
use crate::common::own_file;
use dgm::{
    data::{Dataset, NoteCode, Own},
    rng::{Rng, Stream},
};

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
