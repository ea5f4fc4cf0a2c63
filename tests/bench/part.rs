//! Trains models on moons with the page's defaults, on the CPU engine, and prints how far their p(x₂ | x₁) is from the truth.
//!
//! `part [--seeds N] [MODEL …]`: KL(P_data(x₂|x₁) ‖ P_φ(x₂|x₁)) in nats, averaged over held-out x₁, and its standard error; medians over the seeds.

#[path = "asked.rs"]
mod asked;
#[path = "targets.rs"]
#[allow(dead_code, reason = "only the steps that each model takes are read here")]
mod targets;
#[path = "trained.rs"]
mod trained;

use dgm::session::config::Patch;
use pollster::block_on;
use targets::{TARGETS, median};
use trained::trained;

const DATA: &str = "moons";

/// What is measured unless others are asked for: a chain with its own factor, and a flow whose slices are added up.
const MODELS: [&str; 2] = ["made", "nsf"];

/// Held-out x₁.
const HELD_OUT: usize = 500;

/// The most that the KL may be, in nats.
const MOST: f64 = 0.03;

/// KL, its error, and the seconds that training took.
fn measured(model: &str, steps: usize, seed: u32) -> [f64; 3] {
    let patch = Patch {
        data: Some(DATA.into()),
        model: Some(model.into()),
        seed: Some(seed.into()),
        ..Patch::default()
    };
    let (session, seconds) = trained(&patch, steps);
    let kl = block_on(session.conditional_kl(0, HELD_OUT))
        .expect("moons are on the plane")
        .expect("both densities are known");
    [kl.value, kl.stderr, seconds]
}

fn main() {
    let (seeds, words) = asked::asked();
    let models: Vec<&str> = match words.as_slice() {
        [] => MODELS.into(),
        words => words.iter().map(String::as_str).collect(),
    };
    println!("| model | steps | seeds | KL of x₂ given x₁ | ± | seeds' range | at most | s/run |");
    println!("|---|---|---|---|---|---|---|---|");
    for model in models {
        let target = TARGETS
            .iter()
            .find(|row| row.model == model && row.data == DATA && row.preset.is_none());
        let steps = target.unwrap_or_else(|| panic!("{model} has no row for {DATA}")).steps;
        let runs: Vec<[f64; 3]> = (1..=seeds).map(|seed| measured(model, steps, seed)).collect();
        let column = |i: usize| runs.iter().map(|run| run[i]).collect::<Vec<_>>();
        let [kl, error, seconds] = [0, 1, 2].map(|i| median(&column(i)));
        let range = column(0)
            .into_iter()
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
                [low.min(value), high.max(value)]
            });
        let met = if kl <= MOST { "✓" } else { "✗" };
        println!(
            "| {model} | {steps} | {seeds} | {kl:.4} | {error:.4} | {:.4} to {:.4} | {MOST} {met} | {seconds:.0} |",
            range[0], range[1]
        );
    }
}
