//! Trains conditional models on 8gaussians with the page's defaults, on the CPU engine, and prints what each class of them is worth.
//!
//! `control [--seeds N] [MODEL …]`: medians over the seeds. For every model whether its samples are of the class asked for, by the true posterior;
//! where it has a density KL(P_data(x|y) ‖ P_φ(x|y)), mean and worst class, and how often Bayes' rule finds a held-out point's class. Then, of models
//! that can be guided, the same as guidance grows; and the digits, which the word `digits` asks for alone.

#[path = "asked.rs"]
mod asked;
#[path = "control/digits.rs"]
mod digits;
#[path = "targets.rs"]
#[allow(dead_code, reason = "only the steps that each model takes are read here")]
mod targets;
#[path = "trained.rs"]
mod trained;

use dgm::{
    data::{Dataset, Points, Units, registered},
    models::{composition::Asked, registry::MODELS},
    rng::{Rng, Stream},
    session::{Metric, Session, config::Patch},
    spec::classes::CONDITIONAL,
};
use pollster::block_on;
use std::{fs, ops::Add, path::Path};
use targets::{TARGETS, median};
use trained::trained;

const DATA: &str = "8gaussians";

/// Held-out points of an evaluation.
const HELD_OUT: usize = 4000;

/// Points of each class at which its own KL is measured.
const OF_A_CLASS: usize = 500;

/// Models that are guided here, one of each family that can be, and their steps before that.
const GUIDED: [&str; 3] = ["fm", "nce", "made"];
const GUIDED_STEPS: usize = 3000;

/// Strengths at which they are looked at.
const STRENGTHS: [f64; 5] = [0.0, 0.5, 1.0, 2.0, 4.0];

fn params(of: &[(&str, f64)]) -> Patch {
    Patch {
        params: of.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    }
}

/// A trained conditional model, and the seconds it took.
fn conditional(data: &str, model: &str, steps: usize, seed: u32) -> (Session, f64) {
    let patch = Patch {
        data: Some(data.into()),
        model: Some(model.into()),
        seed: Some(seed.into()),
        ..params(&[(CONDITIONAL.id, 1.0)])
    };
    trained(&patch, steps)
}

/// A score by its id; NaN where there is none.
fn value(metrics: &[Metric], id: &str) -> f64 {
    metrics
        .iter()
        .find(|metric| metric.id == id)
        .map_or(f64::NAN, |metric| metric.value)
}

/// The largest KL of a class; NaN where the model has no density.
fn worst_class(session: &Session, data: &dyn Dataset) -> f64 {
    let points = data.held_out(
        2 * OF_A_CLASS * data.class_shares().len(),
        &mut Rng::new(99, Stream::Eval),
    );
    let labels = points.labels.as_ref().expect("classes");
    let kl = |class: usize| {
        let own = points
            .rows()
            .zip(labels)
            .filter(|(_, label)| usize::from(**label) == class);
        let own: Vec<f32> = own.take(OF_A_CLASS).flat_map(|(row, _)| row.to_vec()).collect();
        let own = Points::new(points.dim, own);
        let table = Units::of_the_reader(points.dim).table(&own);
        let told = block_on(session.log_prob_of(&table, Asked::Class(class)))
            .expect("a class")
            .values;
        let truth = own.rows().map(|row| {
            let x: Vec<f64> = row.iter().map(|&v| v.into()).collect();
            data.log_prob_of_class(&x, class).expect("exact")
        });
        if told.is_empty() {
            return f64::NAN;
        }
        truth
            .zip(told)
            .map(|(log_p, log_q)| log_p - f64::from(log_q))
            .sum::<f64>()
            / OF_A_CLASS as f64
    };
    (0..data.class_shares().len()).map(kl).fold(f64::NAN, f64::max)
}

fn main() {
    let (seeds, words) = asked::asked();
    let data = registered(DATA, 0.0).expect("registered");
    let mut table = Table::begun(
        "| model | steps | seeds | of the class asked for | class KL | worst class | Bayes' rule | KL of the whole | s/run |",
    );
    let can = MODELS
        .iter()
        .filter(|spec| spec.params.iter().any(|param| param.id == CONDITIONAL.id));
    for spec in can.filter(|spec| words.is_empty() || words.iter().any(|word| word == spec.id)) {
        let Some(target) = TARGETS
            .iter()
            .find(|row| row.model == spec.id && row.data == DATA && row.preset.is_none())
        else {
            continue;
        };
        let runs: Vec<[f64; 6]> = (1..=seeds)
            .map(|seed| {
                let (session, seconds) = conditional(DATA, spec.id, target.steps, seed);
                let scores = block_on(session.evaluate(HELD_OUT)).expect("scores");
                let [asked, kl, bayes, whole] =
                    ["class_accuracy", "class_kl", "bayes_accuracy", "kl"].map(|id| value(&scores, id));
                [asked, kl, worst_class(&session, data.as_ref()), bayes, whole, seconds]
            })
            .collect();
        let [asked, kl, worst, bayes, whole, seconds] =
            [0, 1, 2, 3, 4, 5].map(|i| median(&runs.iter().map(|run| run[i]).collect::<Vec<_>>()));
        table.row(&format!(
            "| {} | {} | {seeds} | {asked:.4} | {kl:.4} | {worst:.4} | {bayes:.4} | {whole:.4} | {seconds:.0} |",
            spec.id, target.steps
        ));
    }
    for model in GUIDED {
        if words.is_empty() || words.iter().any(|word| word == model) {
            guided(&mut table, model);
        }
    }
    digits::measure(&mut table, seeds, &words);
    table.keep();
}

/// Rows as they are measured: printed at once, and kept for the README.
struct Table(String);

impl Table {
    fn begun(head: &str) -> Self {
        let mut table = Self(String::new());
        table.head(head);
        table
    }

    fn head(&mut self, head: &str) {
        self.row(head);
        self.row(&"|---".repeat(head.matches('|').count() - 1).add("|"));
    }

    fn row(&mut self, row: &str) {
        println!("{row}");
        self.0 += row;
        self.0 += "\n";
    }

    fn keep(&self) {
        let folder = Path::new("target/bench");
        fs::create_dir_all(folder).expect("the folder for results can be made");
        fs::write(folder.join("control.md"), &self.0).expect("the table can be written");
    }
}

/// What guidance buys and what it costs.
fn guided(table: &mut Table, model: &str) {
    table.row("");
    table.head(&format!(
        "| {model}, w | of the class asked for | KL of the whole | energy distance |"
    ));
    let (mut session, _) = conditional(DATA, model, GUIDED_STEPS, 1);
    for w in STRENGTHS {
        session.configure(&params(&[("guidance", w)])).expect("within range");
        let scores = block_on(session.evaluate(HELD_OUT)).expect("scores");
        let [asked, kl, distance] = ["class_accuracy", "kl", "energy_distance"].map(|id| value(&scores, id));
        table.row(&format!("| {w} | {asked:.4} | {kl:.4} | {distance:.5} |"));
    }
}
