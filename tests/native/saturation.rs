//! A discriminator that wins is told of on every GAN of the registry, and one in a healthy game on none.

use crate::common::device;
use dgm::{
    models::{
        registry::MODELS,
        spec::{Family, ModelSpec},
    },
    session::{Session, config::Patch},
};
use pollster::block_on;

/// Past the youth in which no model is blamed.
const STEPS: usize = 320;

/// Whether a small game under these settings ends in the discriminator's victory, and the curves of its end.
fn ends_in_victory(spec: &ModelSpec, data: &str, own: &[(&str, f64)]) -> (bool, Vec<f32>) {
    let mut session = Session::new(device());
    let small = [("width", 32.0), ("batch", 64.0)];
    let patch = Patch {
        data: Some(data.into()),
        model: Some(spec.id.into()),
        seed: Some(1.0),
        params: small.iter().chain(own).map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    };
    session.configure(&patch).expect("within range");
    let mut last = Vec::new();
    for _ in 0..STEPS / 20 {
        last = block_on(session.step(20)).expect("finite").losses;
    }
    let said = session.diagnose().expect("configured");
    (said.iter().any(|found| found.code == "discriminator_saturated"), last)
}

#[test]
fn a_discriminator_that_wins_is_told_of_and_a_healthy_game_is_not() {
    // On tiny clusters, seen three times before a generator moves that hardly does.
    let wins = [("pace", 0.05), ("d_steps", 3.0), ("r1_gamma", 0.0), ("r2_gamma", 0.0)];
    for spec in MODELS.iter().filter(|spec| spec.family == Family::Gan) {
        let (told, losses) = ends_in_victory(spec, "ring", &wins);
        assert!(told, "{} ends with {losses:?}", spec.id);
        let (told, losses) = ends_in_victory(spec, "8gaussians", &[]);
        assert!(!told, "{} with its defaults ends with {losses:?}", spec.id);
    }
}
