//! The page's defaults learn: median of three seeds on the CPU engine against what each family must reach; of pictures and of the VAE,
//! which take longer and vary less, one seed.

#[path = "../bench/targets.rs"]
mod targets;

use dgm::models::registry::{self, MODELS};
use targets::{TARGETS, median, train};

const SEEDS: u32 = 3;

/// Trains a default model on one data set and checks each of its targets.
fn must_learn(model: &str, data: &str, seeds: u32) {
    let rows: Vec<_> = TARGETS
        .iter()
        .filter(|row| row.model == model && row.data == data && row.preset.is_none())
        .collect();
    let first = rows
        .first()
        .unwrap_or_else(|| panic!("no target for {model} on {data}"));
    let steps = first.steps;
    let runs: Vec<_> = (1..=seeds).map(|seed| train(first, seed)).collect();
    for row in rows {
        let found = median(&runs.iter().map(|run| run.metric(&row.metric)).collect::<Vec<_>>());
        println!(
            "{}: {model} on {data}, {steps} x {}, {:.0} s a run: {} = {found:.4}, must {}, aim {}",
            row.family, runs[0].batch, runs[0].seconds, row.metric, row.must, row.aim
        );
        assert!(
            row.reaches(found, row.must),
            "{model} on {data}: {} is {found}, must be {}",
            row.metric,
            row.must
        );
    }
}

/// Steps a run may take at most: a reader waits no longer.
const MOST_STEPS: usize = 8000;

#[test]
fn every_row_of_the_registry_has_a_figure_to_reach() {
    for spec in MODELS {
        let measured = TARGETS.iter().any(|row| row.model == spec.id && row.preset.is_none());
        assert!(
            measured,
            "add {} to tests/bench/targets.json: nobody says what it must reach",
            spec.id
        );
    }
}

#[test]
fn every_figure_is_of_a_row_that_exists_and_asks_for_more_than_it_must() {
    for row in TARGETS.iter() {
        let what = format!("{} on {}", row.model, row.data);
        let spec = registry::find(&row.model).expect("targets name registered models");
        assert_eq!(format!("{:?}", spec.family).to_lowercase(), row.family, "{what}");
        assert!(
            row.reaches(row.aim, row.must),
            "{what}: the aim lies beyond what it must reach"
        );
        assert!(row.steps <= MOST_STEPS, "{what}: {} steps", row.steps);
    }
}

#[test]
fn energy_learns_8gaussians() {
    must_learn("nce", "8gaussians", SEEDS);
}

#[test]
fn energy_learns_moons() {
    must_learn("nce", "moons", SEEDS);
}

#[test]
fn flow_learns_8gaussians() {
    must_learn("realnvp", "8gaussians", SEEDS);
}

#[test]
fn flow_learns_moons() {
    must_learn("realnvp", "moons", SEEDS);
}

#[test]
fn vae_learns_8gaussians() {
    must_learn("vae", "8gaussians", 1);
}

#[test]
fn vae_learns_moons() {
    must_learn("vae", "moons", 1);
}

#[test]
fn gan_learns_8gaussians() {
    must_learn("gan", "8gaussians", SEEDS);
}

#[test]
fn autoregressive_learns_8gaussians() {
    must_learn("made", "8gaussians", SEEDS);
}

#[test]
fn autoregressive_learns_moons() {
    must_learn("made", "moons", SEEDS);
}

#[test]
fn autoregressive_learns_black_and_white_digits() {
    must_learn("made-pixels-orders", "digits-binary", 1);
}
