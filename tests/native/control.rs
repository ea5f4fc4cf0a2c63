//! A session of a conditional model: what can be asked of it, what is refused, and that looking at one class changes nothing that is learned.

use crate::common::{device, table};
use burn::tensor::Device;
use dgm::{
    data::{Points, registered},
    error::Error,
    models::composition::Asked,
    session::{Metric, Session, config::Patch, frame::FrameRequest},
};
use pollster::block_on;

fn patch(data: &str, model: &str, params: &[(&str, f64)]) -> Patch {
    Patch {
        data: Some(data.into()),
        model: Some(model.into()),
        params: params.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    }
}

fn params(params: &[(&str, f64)]) -> Patch {
    Patch {
        params: params.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    }
}

const SMALL: &[(&str, f64)] = &[("conditional", 1.0), ("width", 16.0), ("batch", 64.0)];

fn session(data: &str, model: &str, own: &[(&str, f64)]) -> Session {
    let mut session = Session::new(Device::flex());
    session
        .configure(&patch(data, model, &[SMALL, own].concat()))
        .expect("configures");
    session
}

fn samples(session: &mut Session, n: usize) -> (Vec<f64>, Option<Vec<u8>>) {
    let request = FrameRequest {
        samples: n,
        ..FrameRequest::default()
    };
    let frame = block_on(session.frame(&request)).expect("a frame");
    (frame.samples, frame.labels)
}

#[test]
fn what_data_and_model_do_not_have_is_refused_and_what_no_longer_fits_is_let_go() {
    let code = |session: &mut Session, patch: &Patch| session.configure(patch).expect_err("refused").code();
    let mut session = session("8gaussians", "made", &[("condition", 3.0)]);
    let before = session.config().expect("configured");
    let none = patch("swissroll", "made", &[("conditional", 1.0)]);
    assert_eq!(code(&mut session, &none), "no_classes");
    assert_eq!(code(&mut session, &params(&[("condition", 8.0)])), "no_such_class");
    let off = params(&[("conditional", 0.0), ("condition", 2.0)]);
    assert_eq!(code(&mut session, &off), "not_conditional");
    assert_eq!(
        session.config().expect("configured"),
        before,
        "a refusal changes nothing"
    );

    let value = |session: &Session, id: &str| session.config().expect("configured").params[id];
    let data = |id: &str| Patch {
        data: Some(id.into()),
        ..Patch::default()
    };
    session.configure(&data("moons")).expect("moons have two classes");
    assert_eq!(
        [value(&session, "conditional"), value(&session, "condition")],
        [1.0, -1.0]
    );
    session.configure(&data("swissroll")).expect("a roll has none");
    assert_eq!(value(&session, "conditional"), 0.0);
}

#[test]
fn a_mixture_has_as_many_classes_as_components() {
    let mut session = session("mixture", "made", &[]);
    let components = session.config().expect("configured").mixture;
    let edited = Patch {
        mixture: Some([components.clone(), components].concat()),
        ..Patch::default()
    };
    session.configure(&edited).expect("six components");
    session.configure(&params(&[("condition", 5.0)])).expect("the sixth");
    let asked = session.configure(&params(&[("condition", 6.0)]));
    assert_eq!(
        asked.expect_err("there are six"),
        Error::NoSuchClass { class: 6, classes: 6 }
    );
    block_on(session.step(1)).expect("learns");
}

#[test]
fn looking_at_one_class_changes_nothing_that_is_learned() {
    let steps = |look: bool| {
        let mut session = session("8gaussians", "fm", &[]);
        let mut losses = Vec::new();
        for class in 0..3 {
            losses.extend(block_on(session.step(2)).expect("learns").losses);
            if look {
                let patch = params(&[("condition", f64::from(class)), ("guidance", 1.5)]);
                assert!(!session.configure(&patch).expect("a class").restarted);
                samples(&mut session, 20);
            }
        }
        losses
    };
    assert_eq!(steps(true), steps(false));
}

#[test]
fn a_class_is_drawn_told_and_recognised() {
    let mut session = session("8gaussians", "made", &[("learning_rate", 0.02)]);
    block_on(session.step(300)).expect("learns");
    let data = registered("8gaussians", 0.0).expect("registered");
    let class_of = |x: &[f64]| {
        let probs = data.class_probs(x).unwrap_or_default();
        (0..probs.len()).max_by(|&a, &b| probs[a].total_cmp(&probs[b]))
    };
    let share = |points: &[f64], of: &dyn Fn(usize) -> usize| {
        let right = points
            .chunks_exact(2)
            .enumerate()
            .filter(|(i, x)| class_of(x) == Some(of(*i)));
        right.count() as f64 / (points.len() / 2) as f64
    };
    let (all, labels) = samples(&mut session, 400);
    let labels = labels.expect("a conditional model tells the class of its samples");
    assert!(
        share(&all, &|i| labels[i].into()) > 0.9,
        "samples of all classes are where their classes are"
    );
    let third = block_on(session.sample_of(400, Asked::Class(2)))
        .expect("a class")
        .values;
    assert!(share(&third, &|_| 2) > 0.9, "samples of the third class");
    session.configure(&params(&[("condition", 5.0)])).expect("a class");
    let (sixth, labels) = samples(&mut session, 400);
    assert!(share(&sixth, &|_| 5) > 0.9, "samples of the class looked at");
    assert_eq!(labels, Some(vec![5; 400]));

    // whatever is looked at: the whole is the sum of its classes, and Bayes' rule what they say of each
    let points = table(&Points::new(2, third[..8].iter().map(|&v| v as f32).collect()));
    let log_prob = |asked| block_on(session.log_prob_of(&points, asked)).expect("a density").values;
    let whole = log_prob(Asked::All);
    let told = block_on(session.classify(&points)).expect("classes").values;
    for class in 0..8 {
        for (i, log_p) in log_prob(Asked::Class(class)).into_iter().enumerate() {
            let expected = log_p - whole[i] - 8f32.ln();
            let told = told[i * 8 + class];
            let (told, expected) = (told.exp(), expected.exp());
            assert!(
                (told - expected).abs() < 1e-4,
                "p({class} | x) is {expected}, told as {told}"
            );
        }
    }
    let refused = session.asked(Some("8")).expect_err("there are eight");
    assert_eq!(refused.code(), "no_such_class");
}

#[test]
fn classes_are_put_together_by_settings_and_by_calls() {
    let mut session = session("moons", "nce", &[("condition", 0.0), ("compose", 1.0), ("other", 1.0)]);
    block_on(session.step(5)).expect("learns");
    let points = table(&Points::new(2, vec![0.0, 0.0, 1.0, -0.5, -1.0, 0.5]));
    let log_prob = |session: &Session, text: &str| {
        let asked = session.asked(Some(text)).expect("can be asked");
        block_on(session.log_prob_of(&points, asked)).expect("a density").values
    };
    let drawn = |session: &Session, text: &str| {
        let asked = session.asked(Some(text)).expect("can be asked");
        block_on(session.sample_of(50, asked)).expect("samples").values
    };
    // what settings look at is what a call asks for
    for (join, text) in [(1.0, "0 and 1"), (2.0, "0 or 1"), (3.0, "0 not 1")] {
        session.configure(&params(&[("compose", join)])).expect("a join");
        assert_eq!(samples(&mut session, 50).0, drawn(&session, text), "{text}");
    }
    // "a and a" is a guided by 1, and so said the guided class
    let twice = log_prob(&session, "1 and 1");
    session
        .configure(&params(&[("compose", 0.0), ("guidance", 1.0)]))
        .expect("a strength");
    for (twice, guided) in twice.into_iter().zip(log_prob(&session, "lower moon")) {
        assert!((twice - guided).abs() < 1e-3, "{twice} and {guided}");
    }
    session.configure(&params(&[("guidance", 0.0)])).expect("none");
    let alone = block_on(session.sample_of(50, Asked::Class(0)))
        .expect("samples")
        .values;
    assert_eq!(drawn(&session, "上面的月牙"), alone);
    assert_eq!(drawn(&session, "not 1"), alone);
}

#[test]
fn what_cannot_be_put_together_is_refused_and_nothing_changes() {
    let mut session = session("8gaussians", "nce", &[("condition", 2.0)]);
    let before = session.config().expect("configured");
    let refused = |session: &Session, text: &str| session.asked(Some(text)).map_err(|error| error.code());
    assert_eq!(refused(&session, "0 and"), Err("bad_expression"));
    assert_eq!(refused(&session, "0 not 8"), Err("no_such_class"));
    let asked = session.configure(&params(&[("compose", 3.0), ("other", 8.0)]));
    assert_eq!(asked.expect_err("there are eight").code(), "no_such_class");
    assert_eq!(session.config().expect("configured"), before);
    // no longer fitting, it is let go
    session
        .configure(&params(&[("compose", 1.0), ("other", 7.0)]))
        .expect("the eighth");
    let data = Patch {
        data: Some("moons".into()),
        params: [("condition".to_owned(), 1.0)].into(),
        ..Patch::default()
    };
    let compose = session.configure(&data).expect("moons").config.params["compose"];
    assert_eq!(compose, 0.0, "moons have no eighth class");

    // a mixture every family has, a product not
    let chain = self::session("8gaussians", "made", &[]);
    assert!(chain.asked(Some("2 or 5")).is_ok());
    assert_eq!(refused(&chain, "2 and 5"), Err("cannot_compose"));
    let untold = self::session("8gaussians", "fm", &[("label_dropout", 0.0)]);
    assert_eq!(refused(&untold, "2 not 5"), Err("cannot_compose"));
    let off = self::session("8gaussians", "made", &[("conditional", 0.0)]);
    assert_eq!(refused(&off, "2"), Err("not_conditional"));
}

#[test]
fn scores_are_of_all_classes_whatever_is_looked_at() {
    let mut session = session("8gaussians", "made", &[]);
    block_on(session.step(20)).expect("learns");
    let told = |metrics: Vec<Metric>| {
        metrics
            .into_iter()
            .map(|metric| (metric.id, metric.value))
            .collect::<Vec<_>>()
    };
    let all = told(block_on(session.evaluate(200)).expect("scores"));
    session.configure(&params(&[("condition", 1.0)])).expect("a class");
    let of_one = told(block_on(session.evaluate(200)).expect("scores"));
    assert_eq!(all, of_one);
    for id in ["class_accuracy", "class_kl", "bayes_accuracy"] {
        assert!(
            all.iter().any(|(known, value)| *known == id && value.is_finite()),
            "{id} is scored"
        );
    }
}

#[test]
fn a_conditional_run_goes_on_from_its_snapshot() {
    for model in ["nce", "gan", "vae"] {
        let mut first = session("moons", model, &[]);
        block_on(first.step(3)).expect("learns");
        let bytes = block_on(first.snapshot()).expect("bytes");
        let mut second = Session::new(device());
        second.restore(&bytes).expect("restores");
        let next = |session: &mut Session| block_on(session.step(2)).expect("learns").losses;
        assert_eq!(next(&mut first), next(&mut second), "{model}");
        assert_eq!(samples(&mut first, 10), samples(&mut second, 10), "{model}");
    }
}
