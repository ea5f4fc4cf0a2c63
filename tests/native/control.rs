//! A session of a conditional model: what can be asked of it, what is refused, and that looking at one class changes nothing that is learned.

use crate::common::{device, table};
use burn::tensor::Device;
use dgm::{
    data::{Points, registered},
    error::Error,
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
    let third = block_on(session.sample_of(400, Some(2))).expect("a class").values;
    assert!(share(&third, &|_| 2) > 0.9, "samples of the third class");
    session.configure(&params(&[("condition", 5.0)])).expect("a class");
    let (sixth, labels) = samples(&mut session, 400);
    assert!(share(&sixth, &|_| 5) > 0.9, "samples of the class looked at");
    assert_eq!(labels, Some(vec![5; 400]));

    // whatever is looked at: the whole is the sum of its classes, and Bayes' rule what they say of each
    let points = table(&Points::new(2, third[..8].iter().map(|&v| v as f32).collect()));
    let log_prob = |class| block_on(session.log_prob_of(&points, class)).expect("a density").values;
    let whole = log_prob(None);
    let told = block_on(session.classify(&points)).expect("classes").values;
    for class in 0..8 {
        for (i, log_p) in log_prob(Some(class)).into_iter().enumerate() {
            let expected = log_p - whole[i] - 8f32.ln();
            let told = told[i * 8 + class];
            let (told, expected) = (told.exp(), expected.exp());
            assert!(
                (told - expected).abs() < 1e-4,
                "p({class} | x) is {expected}, told as {told}"
            );
        }
    }
    let refused = block_on(session.sample_of(4, Some(8))).expect_err("there are eight");
    assert_eq!(refused.code(), "no_such_class");
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
