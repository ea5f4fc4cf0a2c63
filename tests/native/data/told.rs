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

/// Nearly all rows have one value, the others differ: no steps of a few values, though most rows repeat.
#[test]
fn a_spike_beside_other_values_is_told_and_not_spread() {
    let others = normals(50, 11);
    let x: Vec<f64> = (0..1000)
        .map(|k| if k % 20 == 0 { 30.0 + 10.0 * others[k / 20] } else { 0.0 })
        .collect();
    let spiky = own(&[&x]);
    let note = spiky.notes()[0];
    assert_eq!(
        (note.code, note.axis, note.count, note.value),
        (NoteCode::Spike, Some(0), Some(950), Some(0.0))
    );
    assert_eq!(told(&spiky), [NoteCode::Spike], "once");
    let data = draws(spiky);
    assert!(!data.is_dequantized());
    let near = drawn(&data, 2000).values.iter().filter(|x| x.abs() < 0.5).count();
    assert!((1850..1950).contains(&near), "{near} of 2000 near 0");
    // Also where the other column differs in every row.
    let beside = own(&[&normals(1000, 12), &x]);
    assert_eq!(beside.notes()[0].axis, Some(1));
    assert!(told(&beside).contains(&NoteCode::Spike));
    // Of a die that is loaded, each face is a step.
    let loaded: Vec<f64> = (0..600)
        .map(|k| if k % 3 > 0 { 6.0 } else { f64::from(k % 5 + 1) })
        .collect();
    assert_eq!(told(&own(&[&loaded])), [NoteCode::FewValues]);
}

#[test]
fn one_value_far_from_four_others_is_told() {
    for (far, at) in [(30.0, 4), (60.0, 0), (-40.0, 2), (900.0, 3)] {
        let mut values = vec![10.0, 11.0, 12.0, 13.0];
        values.insert(at, far);
        let plane = [values.clone(), vec![3.0, 5.0, 4.0, 6.0, 2.0]];
        for data in [own(&[&values]), own(&[&plane[0], &plane[1]])] {
            let note = data.notes().into_iter().find(|note| note.code == NoteCode::HeavyTails);
            assert_eq!(note.and_then(|note| note.count), Some(1), "{far}");
        }
    }
}
