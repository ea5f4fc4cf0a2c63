//! Trains every row of the targets with the page's defaults on the CPU engine and writes what was reached.
//!
//! `quality [--seeds N] [FAMILY|MODEL|DATA …]`: only rows that carry all the words given. Measured rows replace their predecessors in
//! `target/bench/quality.json`; the whole is written beside it as the README's table.

#[path = "asked.rs"]
mod asked;
#[path = "targets.rs"]
mod targets;

use dgm::{models::registry, session::Metric};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, fs, path::Path};
use targets::{TARGETS, Target, median, train};

/// A measured figure.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    family: String,
    model: String,
    /// What is minimised, or the preset where the settings are those of one.
    objective: String,
    data: String,
    steps: usize,
    batch: usize,
    seeds: u32,
    metric: String,
    median: f64,
    /// Standard error of one run's figure, the median over the seeds; none where it is not known.
    #[serde(default)]
    error: Option<f64>,
    low: f64,
    high: f64,
    /// What a perfect model scores, the median over the seeds; none where that is not known.
    #[serde(default)]
    perfect: Option<f64>,
    must: f64,
    aim: f64,
    /// Training time of one run, the median over the seeds.
    seconds: f64,
    commit: String,
}

impl Row {
    fn is_of(&self, target: &Target) -> bool {
        (
            self.model.as_str(),
            self.objective.as_str(),
            self.data.as_str(),
            self.metric.as_str(),
        ) == (target.model, objective(target), target.data, target.metric)
    }
}

/// What a target's model minimises, in the words of its loss chart, or its preset.
fn objective(target: &Target) -> &'static str {
    let spec = registry::find(target.model).expect("a registered model");
    target.preset.unwrap_or(spec.losses[0].label.en)
}

fn main() {
    let (seeds, words) = asked::asked();
    let chosen = |row: &&Target| {
        words
            .iter()
            .all(|word| [row.family, row.model, row.data].contains(&word.as_str()))
    };
    let commit = std::process::Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .output();
    let commit = commit
        .map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
        .unwrap_or_default();

    let folder = Path::new("target/bench");
    let mut rows: Vec<Row> = fs::read(folder.join("quality.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let mut runs = HashMap::new();
    for target in TARGETS.iter().filter(chosen) {
        let runs: &Vec<_> = runs
            .entry((target.model, target.data, target.preset))
            .or_insert_with(|| (1..=seeds).map(|seed| train(target, seed)).collect());
        let values: Vec<f64> = runs.iter().map(|run| run.metric(target.metric)).collect();
        let middle_of = |of: fn(&Metric) -> f64| {
            let all: Vec<f64> = runs.iter().map(|run| of(run.measured(target.metric))).collect();
            Some(median(&all)).filter(|value| value.is_finite())
        };
        let seconds: Vec<f64> = runs.iter().map(|run| run.seconds).collect();
        let row = Row {
            family: target.family.into(),
            model: target.model.into(),
            objective: objective(target).into(),
            data: target.data.into(),
            steps: target.steps,
            batch: runs[0].batch,
            seeds,
            metric: target.metric.into(),
            median: median(&values),
            error: middle_of(|metric| metric.stderr),
            perfect: middle_of(|metric| metric.floor),
            low: values.iter().copied().fold(f64::INFINITY, f64::min),
            high: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            must: target.must,
            aim: target.aim,
            seconds: median(&seconds),
            commit: commit.clone(),
        };
        println!("{}", markdown(&row, target));
        rows.retain(|old| !old.is_of(target));
        rows.push(row);
        // After every row, so that a long run that is broken off keeps what it has measured.
        keep(&rows, folder);
    }
}

/// Writes the figures and the README's table.
fn keep(rows: &[Row], folder: &Path) {
    let json = serde_json::to_string_pretty(rows).expect("rows are plain data");
    fs::create_dir_all(folder).expect("the folder for results can be made");
    fs::write(folder.join("quality.json"), json).expect("the results can be written");
    fs::write(folder.join("quality.md"), table(rows)).expect("the table can be written");
}

/// Every row measured so far, in the order of the targets.
fn table(rows: &[Row]) -> String {
    let head = "| family | model | data | steps × batch | seeds | metric | median | ± | low to high | perfect | must | aim | s/run |\n\
                |---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
    let measured = TARGETS
        .iter()
        .filter_map(|target| Some((rows.iter().find(|row| row.is_of(target))?, target)));
    measured.fold(head.to_owned(), |table, (row, target)| {
        table + &markdown(row, target) + "\n"
    })
}

fn markdown(row: &Row, target: &Target) -> String {
    let mark = |bar| if target.reaches(row.median, bar) { "✓" } else { "✗" };
    let known = |value: &Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
    let (error, perfect) = (known(&row.error), known(&row.perfect));
    let Row {
        family,
        model,
        data,
        steps,
        batch,
        seeds,
        metric,
        median,
        low,
        high,
        must,
        aim,
        seconds,
        ..
    } = row;
    let (met, aimed) = (mark(*must), mark(*aim));
    let what = target
        .preset
        .map_or(String::new(), |preset| format!(", preset {preset}"));
    format!(
        "| {family} | `{model}`{what} | {data} | {steps} × {batch} | {seeds} | {metric} | {median:.4} | {error} | {low:.4} to {high:.4} | {perfect} | {must} {met} | {aim} {aimed} | {seconds:.0} |"
    )
}
