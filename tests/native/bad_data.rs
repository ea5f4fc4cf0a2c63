//! Data that cannot be learned from: each is refused with its code, and the state before stays as it was.

use crate::common::device;
use dgm::{
    data::{Custom, Points},
    rng::{Rng, Stream},
    session::{Session, config::Patch, frame::FrameRequest},
};
use pollster::block_on;

fn line(values: Vec<f32>) -> Points {
    Points { dim: 1, values }
}

fn scores(n: usize) -> Vec<f32> {
    (0..n).map(|k| 40.0 + (k * 37 % 60) as f32).collect()
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
        session.own_points(),
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
    session
        .set_data(Points {
            dim: 2,
            values: scores(40),
        })
        .expect("usable points");
    block_on(session.step(2)).expect("steps");
    let before = state(&mut session);
    let with = |value: f32| line([scores(30), vec![value]].concat());
    let cases = [
        (line(vec![5.0; 40]), "data_constant"),
        (
            Points {
                dim: 2,
                values: [1.0, 2.0].repeat(9),
            },
            "data_constant",
        ),
        (line(vec![3.0]), "too_few_points"),
        (line(Vec::new()), "too_few_points"),
        (with(f32::NAN), "data_not_finite"),
        (with(f32::NEG_INFINITY), "data_not_finite"),
        (with(1e6), "data_outlier"),
        (with(-1e6), "data_outlier"),
        (
            Points {
                dim: 2,
                values: [scores(40), vec![50.0, 1e6]].concat(),
            },
            "data_outlier",
        ),
        (line(scores(100_001)), "too_many_points"),
        (
            Points {
                dim: 2,
                values: scores(41),
            },
            "ragged_data",
        ),
        (
            Points {
                dim: 3,
                values: scores(42),
            },
            "out_of_range",
        ),
    ];
    for (points, code) in cases {
        let shape = (points.dim, points.len());
        assert_eq!(session.set_data(points).expect_err("refused").code(), code, "{shape:?}");
        assert!(state(&mut session) == before, "{code} left its mark");
    }
    let texts = [
        ("no number here", "no_numbers"),
        ("7 7 7 7", "data_constant"),
        ("12", "too_few_points"),
        ("50, 60, NaN, 70", "data_not_finite"),
        ("50, 60, inf, 70", "data_not_finite"),
        ("50 60 55 72 64 1000000", "data_outlier"),
    ];
    for (text, code) in texts {
        assert_eq!(session.set_text(text).expect_err("refused").code(), code, "{text}");
        assert!(state(&mut session) == before, "{text} left its mark");
    }
    assert_eq!(block_on(session.step(1)).expect("goes on").step, 3);
}

#[test]
fn the_value_that_lies_out_is_named() {
    let named = |points| Custom::new(points, 0.0).expect_err("refused").to_string();
    assert!(named(line([scores(30), vec![1e6]].concat())).starts_with("1000000 lies"));
    let plane = Points {
        dim: 2,
        values: [scores(40), vec![50.0, -2e6]].concat(),
    };
    assert!(named(plane).starts_with("-2000000 lies"));
}

#[test]
fn unusual_but_honest_data_are_learned() {
    let mut session = Session::new(device());
    session.configure(&Patch::default()).expect("starts");
    let applied = session.set_data(line(vec![0.0, 1e6])).expect("two points");
    assert_eq!(applied.config.data, "custom");
    assert!(Custom::new(line(scores(100_000)), 0.0).is_ok(), "100,000 points");
    let mut rng = Rng::new(1, Stream::Data);
    let clusters = |n: usize, share: usize| {
        let far = |k: usize| if k.is_multiple_of(share) { 1e6 } else { 0.0 };
        line((0..n).map(|k| far(k) + (k as f32).sin()).collect())
    };
    for (name, points) in [
        ("two far clusters", clusters(100, 2)),
        ("a small far cluster", clusters(200, 20)),
        (
            "exponential",
            line((0..1000).map(|_| -(1.0 - rng.uniform()).ln() as f32).collect()),
        ),
        (
            "Student's t with 2 degrees of freedom",
            line(
                (0..5000)
                    .map(|_| {
                        let u = 2.0 * rng.uniform() - 1.0;
                        (u * (2.0 / (1.0 - u * u)).sqrt()) as f32
                    })
                    .collect(),
            ),
        ),
        (
            "log-normal, sigma 2",
            line((0..5000).map(|_| (2.0 * rng.normal()).exp() as f32).collect()),
        ),
        ("mostly equal", line([vec![0.0; 500], vec![1.0, 2.0]].concat())),
    ] {
        assert!(Custom::new(points, 0.0).is_ok(), "{name}");
    }
    // Cauchy: the tail promises one false alarm in a thousand.
    let cauchy = |rng: &mut Rng| {
        line(
            (0..300)
                .map(|_| (std::f64::consts::PI * (rng.uniform() - 0.5)).tan() as f32)
                .collect(),
        )
    };
    let refused = (0..2000)
        .filter(|_| Custom::new(cauchy(&mut rng), 0.0).is_err())
        .count();
    assert!(refused <= 9, "{refused} of 2000 Cauchy samples refused");
}

#[test]
fn a_text_is_learned_and_says_what_it_skipped() {
    let mut session = Session::new(device());
    session.configure(&Patch::default()).expect("starts");
    let (applied, skipped) = session
        .set_text("name,score\nA,70\nB,absent\nC,64\nD,81")
        .expect("three scores");
    assert_eq!((applied.config.data.as_str(), applied.step), ("custom", 0));
    assert_eq!((skipped.count, session.data(10).expect("data").0.dim), (7, 1));
    assert_eq!(
        session.own_points().map(|own| own.values.clone()),
        Some(vec![70.0, 64.0, 81.0])
    );
    session.set_text("0 0\n1 2\n3 1").expect("three points");
    assert_eq!(session.data(10).expect("data").0.dim, 2);
}
