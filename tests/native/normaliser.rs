//! One log Z for the picture, log P_phi and the scores, at any temperature and width of the tails, and what is shown beside it.

use crate::session::patch;
use dgm::{
    models::spec::FieldKind,
    session::{Metric, Session, frame},
};
use pollster::block_on;

fn session(model: &str, data: &str, changes: &[(&str, f64)]) -> Session {
    let mut session = Session::new(crate::common::device());
    let small = [("batch", 64.0), ("width", 16.0)];
    session
        .configure(&patch(model, data, &[&small, changes].concat()))
        .expect("within range");
    session
}

fn scores(session: &mut Session) -> Vec<Metric> {
    block_on(session.evaluate(500)).expect("measures")
}

fn find<'a>(metrics: &'a [Metric], id: &str) -> &'a Metric {
    let found = metrics.iter().find(|metric| metric.id == id);
    found.unwrap_or_else(|| panic!("{id} was not measured"))
}

#[test]
fn log_z_on_the_lattice_is_that_of_importance_sampling() {
    // Far from any fit, so that much of the mass lies where no data are.
    for data in ["8gaussians", "exam-scores"] {
        for changes in [
            [("temperature", 1.0), ("tail_scale", 1.5)],
            [("temperature", 0.2), ("tail_scale", 1.5)],
            [("temperature", 4.0), ("tail_scale", 1.5)],
            [("temperature", 1.0), ("tail_scale", 4.0)],
            [("temperature", 4.0), ("tail_scale", 4.0)],
        ] {
            let mut session = session("nce", data, &changes);
            block_on(session.step(3)).expect("finite");
            let metrics = scores(&mut session);
            let (summed, sampled) = (find(&metrics, "log_z"), find(&metrics, "log_z_is"));
            let what = format!(
                "{data}, {changes:?}: {} ± {} on the lattice, {} ± {} sampled",
                summed.value, summed.stderr, sampled.value, sampled.stderr
            );
            println!("{what}");
            assert!(
                (summed.value - sampled.value).abs() < 4.0 * summed.stderr.hypot(sampled.stderr),
                "{what}"
            );
            assert!(summed.stderr < 0.01, "{what}");
        }
    }
}

#[test]
fn the_picture_and_the_density_at_points_are_divided_by_the_same_z() {
    for (data, side) in [("25gaussians", 8), ("exam-scores", 64)] {
        for temperature in [1.0, 3.0] {
            let mut session = session("nce", data, &[("temperature", temperature)]);
            block_on(session.step(20)).expect("finite");
            let request = frame::FrameRequest {
                field: Some(FieldKind::LogDensity),
                side,
                ..Default::default()
            };
            let drawn = block_on(session.frame(&request)).expect("draws");
            let cells = frame::lattice(&drawn.bounds, side, drawn.dim);
            let asked = block_on(session.log_prob(&crate::common::table(&cells))).expect("has a density");
            let field = drawn.field.expect("a field");
            for (drawn, asked) in field.values.iter().zip(&asked.values) {
                assert!(
                    (drawn - asked).abs() < 1e-4 * asked.abs().max(1.0),
                    "{data}: {drawn}, {asked}"
                );
            }
            let log_z = asked.log_z.expect("an energy has one").summed;
            let metrics = scores(&mut session);
            assert!((find(&metrics, "log_z").value - log_z.value).abs() < 1e-6, "{data}");
            assert!(find(&metrics, "kl").stderr >= log_z.stderr, "{data}");
        }
    }
}

#[test]
fn what_is_learned_with_noise_cannot_beat_its_blur() {
    let kl = |model: &str, data: &str, sigma: Option<f64>| {
        let mut session = session(model, data, &[]);
        if let Some(sigma) = sigma {
            session
                .configure(&patch(model, data, &[("sigma", sigma)]))
                .expect("live");
        }
        find(&scores(&mut session), "kl").clone()
    };
    // KL(P ‖ P * N(0, σ²)) for modes far apart is that of one Gaussian: ln r − 1 + 1/r, r the ratio of the variances.
    let narrow = |sigma: f64| {
        let own = 0.05 / (8f64 + 0.0025).sqrt();
        let ratio = 1.0 + (sigma / own).powi(2);
        ratio.ln() - 1.0 + 1.0 / ratio
    };
    for (sigma, setting) in [(0.05, None), (0.02, Some(0.02))] {
        let found = kl("dsm", "25gaussians", setting);
        let error = (found.floor - narrow(sigma)).abs();
        assert!(
            error < 0.1 * narrow(sigma),
            "σ {sigma}: {}, {}",
            found.floor,
            narrow(sigma)
        );
        assert!(found.note.is_some(), "it is said");
    }
    let plain = kl("nce", "25gaussians", None);
    assert_eq!(plain.floor, 0.0);
    assert!(plain.note.is_none());
}

#[test]
fn a_learned_log_z_stands_beside_the_summed_one() {
    let mut session = session("nce", "exam-scores", &[("batch", 256.0)]);
    block_on(session.step(400)).expect("finite");
    let metrics = scores(&mut session);
    let (learned, summed) = (find(&metrics, "log_z_learned").value, find(&metrics, "log_z").value);
    println!("{learned} learned, {summed} summed");
    assert!((learned - summed).abs() < 0.1, "{learned} learned, {summed} summed");
    session
        .configure(&patch("nce", "exam-scores", &[("batch", 256.0), ("temperature", 2.0)]))
        .expect("live");
    let learned = |metrics: &[Metric]| metrics.iter().any(|metric| metric.id == "log_z_learned");
    assert!(
        !learned(&scores(&mut session)),
        "that of another temperature is not known"
    );
    assert!(
        !learned(&scores(&mut self::session("pcd", "exam-scores", &[]))),
        "nobody learned it"
    );
}
