//! What each default model must reach, and how a run is measured. Read by the learning tests and by the benchmark.

use burn::tensor::Device;
use dgm::{
    data::{DIGITS_FILE, provide},
    session::{Metric, Session, config::Patch, preset::PRESETS},
};
use pollster::block_on;
use serde::Deserialize;
use std::{sync::LazyLock, time::Instant};

/// One figure to reach with the page's own defaults: a row of `targets.json`, which the bench of the shipped engine reads as well.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub family: String,
    pub model: String,
    pub data: String,
    /// The failure by design that it is, where it is one: the bars then say how badly it must do.
    pub preset: Option<String>,
    pub steps: usize,
    /// Id of the metric, and whether more of it is better.
    pub metric: String,
    #[serde(default)]
    pub more_is_better: bool,
    pub must: f64,
    pub aim: f64,
    /// Where the bars come from, if that needs a word.
    #[allow(dead_code, reason = "for who reads the file")]
    why: Option<String>,
}

/// Every figure, family by family.
pub static TARGETS: LazyLock<Vec<Target>> =
    LazyLock::new(|| serde_json::from_str(include_str!("targets.json")).expect("the file of targets is sound"));

impl Target {
    /// Whether `value` is at least as good as `bar`.
    pub fn reaches(&self, value: f64, bar: f64) -> bool {
        if self.more_is_better {
            value >= bar
        } else {
            value <= bar
        }
    }
}

/// Steps between reads of the losses.
const CHUNK: usize = 50;

/// Held-out points of an evaluation: a KL of .01 with a log-ratio spread of 1 then has a standard error below .01.
const HELD_OUT: usize = 10_000;

/// Latents per point behind a measured bound, whatever the page draws with.
const BOUND_SAMPLES: f64 = 200.0;

/// A finished run.
pub struct Run {
    metrics: Vec<Metric>,
    pub batch: usize,
    pub seconds: f64,
}

impl Run {
    /// A measured value.
    pub fn metric(&self, id: &str) -> f64 {
        self.measured(id).value
    }

    /// The same with its error and its floor.
    pub fn measured(&self, id: &str) -> &Metric {
        self.metrics
            .iter()
            .find(|metric| metric.id == id)
            .unwrap_or_else(|| panic!("{id} was not measured"))
    }
}

/// Trains a target's model with the page's defaults, or the settings of its preset, and measures it.
pub fn train(target: &Target, seed: u32) -> Run {
    let Target { model, data, steps, .. } = target;
    provide(DIGITS_FILE, include_str!("../../www/public/data/digits.csv")).expect("the file that ships is sound");
    let mut session = Session::new(Device::flex());
    let patch = match &target.preset {
        Some(id) => {
            let preset = PRESETS.iter().find(|preset| preset.id == *id);
            preset.expect("a registered preset").patch(seed)
        }
        None => Patch {
            data: Some(data.clone()),
            model: Some(model.clone()),
            seed: Some(seed.into()),
            ..Patch::default()
        },
    };
    let config = session
        .configure(&patch)
        .unwrap_or_else(|error| panic!("{model} on {data}: {error}"))
        .config;
    let start = Instant::now();
    for _ in 0..steps / CHUNK {
        block_on(session.step(CHUNK)).unwrap_or_else(|error| panic!("{model} on {data}, seed {seed}: {error}"));
    }
    let seconds = start.elapsed().as_secs_f64();
    if config.params.contains_key("bound_samples") {
        let finer = Patch {
            params: [("bound_samples".into(), BOUND_SAMPLES)].into(),
            ..Patch::default()
        };
        session.configure(&finer).expect("within range");
    }
    let metrics = block_on(session.evaluate(HELD_OUT)).unwrap_or_else(|error| panic!("{model} on {data}: {error}"));
    Run {
        metrics,
        batch: config.params["batch"] as usize,
        seconds,
    }
}

/// The middle value.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
