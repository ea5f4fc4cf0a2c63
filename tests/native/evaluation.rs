//! Measurements that are worked out while learning goes on.

use crate::session::small;
use dgm::session::{Metric, Session, config::Patch};
use pollster::block_on;

const POINTS: usize = 40;

/// Ids and values to the bit.
fn bits(metrics: &[Metric]) -> Vec<(&str, u64)> {
    metrics
        .iter()
        .map(|metric| (metric.id, metric.value.to_bits()))
        .collect()
}

#[test]
fn what_is_measured_is_the_model_as_it_was_when_it_began() {
    // one row of each family, and the one whose chains it remembers
    for model in ["nce", "pcd", "realnvp", "vae", "gan", "made", "fm-ot"] {
        let mut session = small(model, "8gaussians");
        block_on(session.step(2)).expect("finite");
        let before = block_on(session.evaluate(POINTS)).expect("measures");
        let begun = session.evaluation(POINTS).expect("begins");
        block_on(session.step(2)).expect("finite");
        let meanwhile = block_on(begun).expect("measures");
        assert_eq!(bits(&meanwhile), bits(&before), "{model}");
        let after = block_on(session.evaluate(POINTS)).expect("measures");
        assert_ne!(bits(&after), bits(&before), "{model} has learned on");
    }
}

#[test]
fn what_was_begun_before_a_restart_is_not_told_of_the_new_run() {
    let mut session = small("vae", "8gaussians");
    session
        .configure(&Patch {
            params: [("beta".into(), 10.0)].into(),
            ..Patch::default()
        })
        .expect("configures");
    block_on(session.step(400)).expect("finite");
    let told = |session: &Session| session.diagnose().expect("configured").len();
    let [first, second, late] = [(); 3].map(|()| session.evaluation(POINTS).expect("begins"));
    block_on(first).expect("measures");
    block_on(second).expect("measures");
    assert!(told(&session) > 0, "its latents are not used");
    session.reset().expect("resets");
    block_on(late).expect("measures");
    assert_eq!(told(&session), 0, "a new run, of which nothing is known");
}
