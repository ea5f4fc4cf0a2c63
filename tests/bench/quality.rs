//! Trains every row of the targets with the page's defaults on the CPU engine and writes what was reached.
//!
//! `quality [--seeds N] [FAMILY|MODEL|DATA …]`: only rows that carry all the words given. Writes `quality.json` into the folder named by
//! the variable `DGM_BENCH_DIR` (or `target/bench`) and prints a Markdown table.

#[path = "targets.rs"]
mod targets;

use serde::Serialize;
use std::{collections::BTreeMap, fs, path::PathBuf};
use targets::{TARGETS, Target, median, train};

#[derive(Serialize)]
struct Row {
    family: &'static str,
    model: &'static str,
    data: &'static str,
    steps: usize,
    metric: &'static str,
    median: f64,
    low: f64,
    high: f64,
    must: f64,
    aim: f64,
    seconds: f64,
    commit: String,
}

fn main() {
    // Cargo passes --bench to every benchmark.
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let seeds = match words.iter().position(|word| word == "--seeds") {
        Some(at) => {
            let number = words
                .get(at + 1)
                .and_then(|n| n.parse().ok())
                .expect("--seeds takes a number");
            words.drain(at..=at + 1);
            number
        }
        None => 5,
    };
    let chosen = |row: &&Target| {
        words
            .iter()
            .all(|word| [row.family, row.model, row.data].contains(&word.as_str()))
    };
    let rows: Vec<&Target> = TARGETS.iter().filter(chosen).collect();
    let commit = std::process::Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .output();
    let commit = commit
        .map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
        .unwrap_or_default();

    let mut runs: BTreeMap<(&str, &str, usize), Vec<(BTreeMap<&str, f64>, f64)>> = BTreeMap::new();
    let mut report = Vec::new();
    println!(
        "| family | model | data | steps | metric | median | low | high | must | aim | s/run |\n|---|---|---|---|---|---|---|---|---|---|---|"
    );
    for target in rows {
        let runs = runs
            .entry((target.model, target.data, target.steps))
            .or_insert_with(|| {
                (1..=seeds)
                    .map(|seed| {
                        let (metrics, seconds) = train(target.model, target.data, target.steps, seed);
                        (metrics.into_iter().collect(), seconds)
                    })
                    .collect()
            });
        let values: Vec<f64> = runs.iter().map(|(metrics, _)| metrics[target.metric]).collect();
        let (low, high) = values
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), &v| (low.min(v), high.max(v)));
        let seconds = median(&runs.iter().map(|(_, seconds)| *seconds).collect::<Vec<_>>());
        let Target {
            family,
            model,
            data,
            steps,
            metric,
            must,
            aim,
            ..
        } = *target;
        let median = median(&values);
        let mark = |bar| if target.reaches(median, bar) { "✓" } else { "✗" };
        println!(
            "| {family} | {model} | {data} | {steps} | {metric} | {median:.4} | {low:.4} | {high:.4} | {must} {} | {aim} {} | {seconds:.0} |",
            mark(must),
            mark(aim)
        );
        report.push(Row {
            family,
            model,
            data,
            steps,
            metric,
            median,
            low,
            high,
            must,
            aim,
            seconds,
            commit: commit.clone(),
        });
    }
    let folder = std::env::var_os("DGM_BENCH_DIR").map_or_else(|| PathBuf::from("target/bench"), PathBuf::from);
    fs::create_dir_all(&folder).expect("the folder for results can be made");
    let json = serde_json::to_string_pretty(&report).expect("rows are plain data");
    fs::write(folder.join("quality.json"), json).expect("the results can be written");
}
