//! Data that cannot be learned from: each is refused with its code, and the state before stays as it was.

use crate::common::{classes, device, own_data};
use dgm::{
    data::{Own, OwnClasses, OwnData},
    rng::{Rng, Stream},
    session::{Session, config::Patch, frame::FrameRequest},
};
use pollster::block_on;

fn line(values: Vec<f64>) -> OwnData {
    own_data(&[&values])
}

/// Points of the plane, each coordinate after the other.
fn plane(values: Vec<f64>) -> OwnData {
    let along = |axis| values.iter().copied().skip(axis).step_by(2).collect::<Vec<f64>>();
    own_data(&[&along(0), &along(1)])
}

/// Forty points with those classes.
fn told_apart(classes: OwnClasses) -> OwnData {
    OwnData {
        classes: Some(classes),
        ..line(scores(40))
    }
}

/// Two classes, of which the second has those rows.
fn second_of(rows: &[usize]) -> OwnClasses {
    let mut classes = classes(40, 2);
    classes.labels = (0..40).map(|row| u8::from(rows.contains(&row))).collect();
    classes
}

fn scores(n: usize) -> Vec<f64> {
    (0..n).map(|k| 40.0 + (k * 37 % 60) as f64).collect()
}

/// Config, points, step and a picture.
fn state(session: &mut Session) -> String {
    let request = FrameRequest {
        samples: 20,
        field: Some(dgm::models::spec::FieldKind::LogDensity),
        side: 12,
        latent: 5,
        ..FrameRequest::default()
    };
    let frame = block_on(session.frame(&request)).expect("a frame");
    format!(
        "{:?} {:?} {:?} {frame:?}",
        session.config(),
        session.own(),
        session.data(30)
    )
}

#[test]
fn each_is_refused_with_its_code_and_changes_nothing() {
    let mut session = Session::new(device());
    let patch = Patch {
        data: Some("moons".into()),
        model: Some("realnvp".into()),
        params: [("width".to_owned(), 8.0)].into(),
        ..Patch::default()
    };
    session.configure(&patch).expect("starts");
    session.set_own(plane(scores(40))).expect("usable points");
    block_on(session.step(2)).expect("steps");
    let before = state(&mut session);
    let with = |value: f64| line([scores(30), vec![value]].concat());
    let cases = [
        (line(vec![5.0; 40]), "data_constant"),
        (plane([1.0, 2.0].repeat(9)), "data_constant"),
        (line(vec![3.0]), "too_few_points"),
        (line(Vec::new()), "too_few_points"),
        (with(f64::NAN), "data_not_finite"),
        (with(f64::NEG_INFINITY), "data_not_finite"),
        (with(1e6), "data_outlier"),
        (with(-1e6), "data_outlier"),
        (plane([scores(40), vec![50.0, 1e6]].concat()), "data_outlier"),
        (line(scores(100_001)), "too_many_points"),
        (plane(scores(41)), "ragged_data"),
        (own_data(&[scores(14).as_slice(); 3]), "out_of_range"),
        (own_data(&[]), "out_of_range"),
        (line(vec![0.0, 1.7e308, -1.7e308]), "data_spread"),
        (line(vec![0.0, 1e-310, 3e-310]), "data_spread"),
        (told_apart(classes(40, 11)), "class_count"),
        (told_apart(classes(40, 1)), "class_count"),
        (told_apart(classes(0, 0)), "class_count"),
        (told_apart(classes(0, 3)), "class_labels"),
        (told_apart(classes(39, 3)), "class_labels"),
        (
            told_apart(OwnClasses {
                labels: vec![2; 40],
                ..classes(0, 2)
            }),
            "class_labels",
        ),
        (told_apart(second_of(&[7])), "class_too_small"),
    ];
    for (data, code) in cases {
        let shape: Vec<usize> = data.columns.iter().map(|column| column.values.len()).collect();
        assert_eq!(session.set_own(data).expect_err("refused").code(), code, "{shape:?}");
        assert!(state(&mut session) == before, "{code} left its mark");
    }
    assert_eq!(block_on(session.step(1)).expect("goes on").step, 3);
}

/// A fifth of the rows is held out, and what is not trained on cannot be made.
#[test]
fn a_class_that_is_held_out_whole_is_refused() {
    let refusals = (0..39).map(|row| Own::new(told_apart(second_of(&[row, row + 1]))).err());
    let refusals: Vec<_> = refusals.collect();
    let whole = refusals.iter().flatten().count();
    assert!((1..20).contains(&whole), "{whole} pairs are held out whole");
    assert!(refusals.iter().flatten().all(|error| error.code() == "class_too_small"));
}

#[test]
fn the_value_that_lies_out_is_named_by_the_readers_own_digits() {
    let named = |data| Own::new(data).expect_err("refused").to_string();
    for (value, digits) in [
        (1e6_f64, "1000000"),
        (123_456.7, "123456.7"),
        (1e30, "1e30"),
        (-1.5e-20, "-1.5e-20"),
    ] {
        let scores = if value.abs() > 1.0 {
            scores(30)
        } else {
            (0..30).map(|k| f64::from(k) * 1e-25).collect()
        };
        let text = named(line([scores, vec![value]].concat()));
        assert!(text.starts_with(&format!("{digits} lies")), "{text}");
    }
    assert!(named(plane([scores(40), vec![50.0, -2e6]].concat())).starts_with("-2000000 lies"));
    // Beside wide columns too.
    let wide: Vec<f64> = (0..30).map(|k| f64::from(k) * 1e9).collect();
    let narrow: Vec<f64> = (0..30)
        .map(|k| f64::from(k % 29))
        .map(|k| if k == 7.0 { 9e5 } else { k })
        .collect();
    assert!(named(own_data(&[&wide, &narrow])).starts_with("900000 lies"));
}

#[test]
fn unusual_but_honest_data_are_learned() {
    let mut session = Session::new(device());
    session.configure(&Patch::default()).expect("starts");
    let applied = session.set_own(line(vec![0.0, 1e6])).expect("two points").applied;
    assert_eq!(applied.config.data, "custom");
    assert!(Own::new(line(scores(100_000))).is_ok(), "100,000 points");
    let mut rng = Rng::new(1, Stream::Data);
    let clusters = |n: usize, share: usize| {
        let far = |k: usize| if k.is_multiple_of(share) { 1e6 } else { 0.0 };
        line((0..n).map(|k| far(k) + (k as f64).sin()).collect())
    };
    for (name, points) in [
        ("two far clusters", clusters(100, 2)),
        ("a small far cluster", clusters(200, 20)),
        (
            "exponential",
            line((0..1000).map(|_| -(1.0 - rng.uniform()).ln()).collect()),
        ),
        (
            "Student's t with 2 degrees of freedom",
            line(
                (0..5000)
                    .map(|_| {
                        let u = 2.0 * rng.uniform() - 1.0;
                        u * (2.0 / (1.0 - u * u)).sqrt()
                    })
                    .collect(),
            ),
        ),
        (
            "log-normal, sigma 2",
            line((0..5000).map(|_| (2.0 * rng.normal()).exp()).collect()),
        ),
        ("mostly equal", line([vec![0.0; 500], vec![1.0, 2.0]].concat())),
    ] {
        assert!(Own::new(points).is_ok(), "{name}");
    }
    // Cauchy: the tail promises one false alarm in a thousand.
    let cauchy = |rng: &mut Rng| {
        line(
            (0..300)
                .map(|_| (std::f64::consts::PI * (rng.uniform() - 0.5)).tan())
                .collect(),
        )
    };
    let refused = (0..2000).filter(|_| Own::new(cauchy(&mut rng)).is_err()).count();
    assert!(refused <= 9, "{refused} of 2000 Cauchy samples refused");
}
