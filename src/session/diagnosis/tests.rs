//! Each finding on histories made by hand: it is told where it should be, and not where a run is healthy.

use super::*;
use crate::{
    metrics::Estimate,
    models::{registry, spec::DensityKind},
    session::{Metric, MetricGroup},
};

/// A measure of that name.
fn metric(id: &'static str, value: f64, floor: f64) -> Metric {
    Metric {
        id,
        label: Text { en: "", zh: "" },
        group: MetricGroup::Divergence,
        value,
        stderr: Estimate::share(1, 2).stderr,
        floor,
        floor_stderr: 0.0,
        kind: DensityKind::Estimate,
        unit: "",
        k: None,
        note: None,
    }
}

/// Points far apart in likelihood whose mean −log P_phi is that of the measure, and which change alike but for a little.
fn log_q(metric: &Metric) -> Vec<f32> {
    let wiggle = |i: usize| 0.1 * (i as f64 * metric.value).sin();
    match metric.id {
        "nll" => (0..1000)
            .map(|i| ((i % 7) as f64 - 3.0 - metric.value + wiggle(i)) as f32)
            .collect(),
        _ => Vec::new(),
    }
}

/// The codes found after `losses`, one list a logged row, and measurements of one number, one each.
fn codes(
    model: &str,
    losses: &[&[f32]],
    measured: &[Metric],
    finite: bool,
    ran_away_at: Option<u64>,
) -> Vec<&'static str> {
    let mut looks = Looks::default();
    for metric in measured {
        looks.push(Look {
            metrics: vec![metric.clone()],
            log_q: log_q(metric),
        });
    }
    codes_of(model, losses, &looks, finite, ran_away_at)
}

/// The same after measurements of several numbers.
fn codes_of(
    model: &str,
    losses: &[&[f32]],
    looks: &Looks,
    finite: bool,
    ran_away_at: Option<u64>,
) -> Vec<&'static str> {
    let step = 1000;
    let rows: Vec<HistoryRow> = losses
        .iter()
        .map(|losses| HistoryRow {
            step,
            losses: losses.to_vec(),
            seconds: 0.0,
        })
        .collect();
    let evidence = Evidence {
        model: registry::find(model).expect("registered"),
        step,
        losses: &rows,
        looks,
        dim: 2,
        finite,
        ran_away_at,
    };
    RULES
        .iter()
        .filter_map(|rule| rule(&evidence))
        .map(|found| {
            let has = evidence.model.params.iter().any(|spec| spec.id == found.setting);
            assert!(
                has,
                "{model} has no setting {}, which {} names",
                found.setting, found.code
            );
            for (word, settings) in WORDS {
                let has_one = settings
                    .iter()
                    .any(|id| evidence.model.params.iter().any(|spec| spec.id == *id));
                assert!(
                    has_one || !found.sentence.en.contains(word),
                    "{model} has none of {settings:?}, and {} tells of {word}",
                    found.code
                );
            }
            found.code
        })
        .collect()
}

/// What a sentence may advise, and the settings of which a model must then have one.
const WORDS: [(&str, &[&str]); 12] = [
    ("features", &["features"]),
    ("layers", &["layers", "depth", "width"]),
    ("wider", &["width"]),
    ("components", &["components"]),
    ("bins", &["bins"]),
    ("R1", &["r1_gamma"]),
    ("several points at once", &["pack"]),
    ("β", &["beta"]),
    ("energy penalty", &["regularization"]),
    ("chains more steps", &["k_steps"]),
    ("more steps per update", &["k_steps"]),
    ("noise", &["noise", "instance_noise"]),
];

/// `row` logged twenty times.
fn steady(row: &[f32]) -> Vec<&[f32]> {
    vec![row; 20]
}

fn nll(values: &[f64]) -> Vec<Metric> {
    values.iter().map(|&value| metric("nll", value, 2.8)).collect()
}

#[test]
fn healthy_runs_are_left_alone() {
    let none: &[&str] = &[];
    assert_eq!(
        codes("realnvp", &steady(&[2.9]), &nll(&[3.1, 2.9, 2.9]), false, None),
        none
    );
    assert_eq!(
        codes("realnvp", &steady(&[2.9]), &nll(&[3.1, 2.95, 2.97]), true, None),
        none
    );
    assert_eq!(
        codes("pcd", &steady(&[0.1, -3.0, -3.1]), &nll(&[3.0, 2.9, 2.95]), false, None),
        none
    );
    assert_eq!(
        codes(
            "gan",
            &steady(&[1.3, 0.7, 0.1, 0.6]),
            &[metric("modes", 8.0, 8.0), metric("modes", 8.0, 8.0)],
            false,
            None
        ),
        none
    );
    assert_eq!(
        codes(
            "vae",
            &steady(&[3.0, 1.0, 2.0]),
            &[metric("active_units", 1.0, f64::NAN)],
            false,
            None
        ),
        none
    );
    // A critic's estimate passes through zero when all is well.
    assert_eq!(codes("wgan", &steady(&[0.05, 0.4, 0.0, 0.5]), &[], false, None), none);
}

#[test]
fn energies_that_run_away_are_told_by_their_size_their_gap_and_what_they_make_of_held_out_points() {
    let has = |losses: &[f32], measured: &[Metric], away| {
        codes("pcd", &steady(losses), measured, false, away).contains(&"energy_runaway")
    };
    assert!(has(&[0.0, -500.0, -499.9], &[], None));
    assert!(has(&[-15.0, -20.0, -5.0], &[], None));
    assert!(has(&[0.0, -3.0, -3.0], &nll(&[2.9, 4.5, 4.6]), None));
    assert!(
        !has(&[0.0, -3.0, -3.0], &nll(&[2.9, 4.5, 2.9]), None),
        "one bad look is none"
    );
    assert!(has(&[0.0, -3.0, -3.0], &[], Some(900)));
}

#[test]
fn chains_that_lag_behind_are_told_by_their_gap() {
    assert_eq!(
        codes("cd", &steady(&[-3.0, -6.0, -3.0]), &[], false, None),
        ["chains_not_mixing"]
    );
}

#[test]
fn log_z_is_unsure_where_it_says_so_or_where_two_ways_to_it_part() {
    let found = |log_z: [f64; 2], sampled: [f64; 2], share: f64| {
        let row = |id, [value, stderr]: [f64; 2]| Metric {
            stderr,
            ..metric(id, value, f64::NAN)
        };
        let mut looks = Looks::default();
        looks.push(Look {
            metrics: vec![row("log_z", log_z), row("log_z_is", sampled), row("ess", [share, 0.0])],
            log_q: Vec::new(),
        });
        codes_of("nce", &steady(&[1.0, 2.5]), &looks, false, None)
    };
    let none: &[&str] = &[];
    assert_eq!(found([2.5, 0.002], [2.503, 0.003], 0.6), none);
    assert_eq!(found([2.5, 0.2], [2.503, 0.003], 0.6), ["normaliser_unsure"]);
    assert_eq!(found([2.5, 0.002], [2.55, 0.003], 0.6), ["normaliser_unsure"]);
    assert_eq!(found([f64::NAN, 0.002], [2.5, 0.003], 0.6), ["normaliser_unsure"]);
    assert_eq!(
        found([2.5, 0.002], [2.3, 0.01], 0.004),
        none,
        "a proposal that misses most of it"
    );
}

#[test]
fn a_mode_is_missed_when_two_looks_agree() {
    let modes = |values: [f64; 2]| values.map(|value| metric("modes", value, 25.0));
    let found = |values| codes("gan", &steady(&[1.0, 1.0, 0.0, 0.8]), &modes(values), false, None);
    assert_eq!(found([7.0, 9.0]), ["modes_missing"]);
    assert_eq!(found([9.0, 25.0]).len(), 0);
}

#[test]
fn advice_fits_every_model_that_may_get_it() {
    for spec in registry::MODELS {
        let row = |values: &[f32]| {
            (0..spec.losses.len())
                .map(|i| values[i.min(values.len() - 1)])
                .collect::<Vec<_>>()
        };
        let lost = [metric("modes", 1.0, 8.0), metric("modes", 1.0, 8.0)];
        let unused = metric("active_units", 0.0, f64::NAN);
        let encoded = if spec.views.latent { &[unused][..] } else { &[] };
        let looks = [&lost[..], &nll(&[2.9, 3.5, 4.2]), encoded].concat();
        // `codes` holds each finding to what the model has.
        for losses in [row(&[1e7]), row(&[0.01, 8.0]), row(&[-3.0, -6.0, 500.0])] {
            codes(spec.id, &steady(&losses), &lost, true, Some(900));
            codes(spec.id, &steady(&losses), &looks, true, None);
        }
        assert!(
            codes(spec.id, &steady(&row(&[1.0])), &lost, false, None).contains(&"modes_missing"),
            "{} loses modes",
            spec.id
        );
    }
}

#[test]
fn a_latent_without_active_units_has_collapsed() {
    let looks = [metric("active_units", 0.0, f64::NAN)];
    assert_eq!(
        codes("vae", &steady(&[3.0, 2.8, 0.2]), &looks, false, None),
        ["latent_collapsed"]
    );
}

#[test]
fn a_discriminator_has_won_by_the_pairs_it_tells_apart_whatever_the_losses_are() {
    for model in registry::MODELS.iter().filter(|spec| spec.family == Family::Gan) {
        let found = |losses: &[f32]| codes(model.id, &steady(losses), &[], false, None);
        for losses in [[0.01, 8.0, 0.0], [0.02, -0.01, 0.0], [3.0, 0.5, 2.0]] {
            let with = |accuracy: f32| found(&[&losses[..], &[accuracy]].concat());
            assert_eq!(with(0.99), ["discriminator_saturated"], "{}", model.id);
            assert_eq!(with(0.9).len(), 0, "{}", model.id);
            assert_eq!(found(&losses).len(), 0, "rows of an older snapshot, without that curve");
        }
    }
}

#[test]
fn learning_by_heart_takes_few_points_and_a_rise_on_unseen_ones() {
    let found = |finite| codes("nsf", &steady(&[1.0]), &nll(&[2.9, 3.5, 4.2]), finite, None);
    assert_eq!(found(true), ["overfitting"]);
    assert_eq!(found(false).len(), 0);
}

#[test]
fn learning_by_heart_is_a_rise_beyond_its_error_and_beyond_a_healthy_wandering() {
    let found = |values: &[f64]| codes("nsf", &steady(&[1.0]), &nll(values), true, None);
    assert_eq!(found(&[2.9, 2.98, 2.99]), ["overfitting"]);
    assert_eq!(
        found(&[2.9, 2.92, 2.93]).len(),
        0,
        "sure, but hardly more than a model wanders"
    );
    // The same rise where points change each in a way of their own: the mean of 1000 is not known well enough.
    let look = |rise: f64, sign: f64| Look {
        metrics: Vec::new(),
        log_q: (0..1000)
            .map(|i| (-rise + sign * 4.0 * ((i * i) as f64).sin()) as f32)
            .collect(),
    };
    let mut looks = Looks::default();
    looks.push(look(0.0, 1.0));
    looks.push(look(0.3, -1.0));
    looks.push(look(0.3, -1.0));
    let rise = looks.rise().expect("three looks");
    let evidence = Evidence {
        model: registry::find("nsf").expect("registered"),
        step: 1000,
        losses: &[],
        looks: &looks,
        dim: 2,
        finite: true,
        ran_away_at: None,
    };
    assert!(
        rise.value > 2.0 * OVERFIT && overfitting(&evidence).is_none(),
        "told of {rise:?}"
    );
}

#[test]
fn steps_are_too_long_when_the_loss_is_thrown_back_or_was_never_low() {
    let mut thrown = vec![&[2.9f32][..]; 20];
    thrown.extend(vec![&[9.0f32][..]; 10]);
    assert_eq!(codes("realnvp", &thrown, &[], false, None), ["learning_rate_too_high"]);
    assert_eq!(
        codes("realnvp", &steady(&[1e7]), &[], false, None),
        ["learning_rate_too_high"]
    );
    assert_eq!(
        codes("realnvp", &steady(&[2.9]), &[], false, Some(990)),
        ["learning_rate_too_high"]
    );
    // The losses of a game rise and fall.
    let mut game = vec![&[0.2f32, 1.0, 0.0, 0.9][..]; 20];
    game.extend(vec![&[1.4f32, 0.7, 0.0, 0.5][..]; 10]);
    assert_eq!(codes("gan", &game, &[], false, None).len(), 0);
}
