//! Every failure by design fails as its row says, on the CPU engine, and is told from the numbers.

use crate::common::device;
use dgm::session::{
    Session,
    preset::{PRESETS, Preset},
};
use pollster::block_on;

/// Steps between looks, as on the page.
const CHUNK: usize = 50;

/// Held-out points of a look.
const POINTS: usize = 1000;

/// Plays a preset as the page does; returns the session after its steps or after training stopped itself.
fn play(preset: &Preset, seed: u32) -> Session {
    let mut session = Session::new(device());
    session
        .configure(&preset.patch(seed))
        .unwrap_or_else(|error| panic!("{}: {error}", preset.id));
    for _ in 0..preset.steps / CHUNK {
        if let Err(error) = block_on(session.step(CHUNK)) {
            assert_eq!(error.code(), "loss_not_finite", "{}: {error}", preset.id);
            break;
        }
        block_on(session.evaluate(POINTS)).expect("measures");
    }
    session
}

fn fails_as_named(id: &str) {
    let preset = PRESETS
        .iter()
        .find(|preset| preset.id == id)
        .expect("a preset of that name");
    let mut session = play(preset, 1);
    let said = session.diagnose().expect("configured");
    let codes: Vec<&str> = said.iter().map(|diagnosis| diagnosis.code).collect();
    let last = session
        .history()
        .expect("configured")
        .last()
        .map(|row| row.losses.clone());
    assert!(
        codes.contains(&preset.diagnosis),
        "{id} ends in {codes:?} with losses {last:?}"
    );
    let frame = block_on(session.frame(&super::session::everything(30))).expect("a picture");
    assert!(frame.samples.iter().all(|x| x.is_finite()), "{id} draws numbers");
}

#[test]
fn a_plain_gan_loses_modes() {
    fails_as_named("gan-loses-modes");
}

#[test]
fn a_discriminator_wins() {
    fails_as_named("gan-saturates");
}

#[test]
fn a_large_beta_empties_the_latent() {
    fails_as_named("latent-collapse");
}

#[test]
fn short_chains_run_away() {
    fails_as_named("short-chains");
}

#[test]
fn persistent_chains_without_a_stabiliser_run_away_on_hard_edges() {
    fails_as_named("no-stabiliser");
}

#[test]
fn twenty_points_are_learned_by_heart() {
    fails_as_named("learned-by-heart");
}

#[test]
fn too_long_steps_are_noticed() {
    fails_as_named("steps-too-long");
}
