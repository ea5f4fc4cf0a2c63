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
        kind: DensityKind::Estimate,
        unit: "",
        k: None,
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
    let step = 1000;
    let rows: Vec<HistoryRow> = losses
        .iter()
        .map(|losses| HistoryRow {
            step,
            losses: losses.to_vec(),
            seconds: 0.0,
        })
        .collect();
    let measured: Vec<Measured> = measured
        .iter()
        .map(|metric| Measured {
            step,
            metrics: vec![metric.clone()],
        })
        .collect();
    let evidence = Evidence {
        model: registry::find(model).expect("registered"),
        step,
        losses: &rows,
        measured: &measured,
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
            found.code
        })
        .collect()
}

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
            &steady(&[1.3, 0.7, 0.1]),
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
    // A critic's loss passes through zero when all is well.
    assert_eq!(codes("wgan", &steady(&[0.05, 0.4, 0.0]), &[], false, None), none);
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
fn a_mode_is_missed_when_two_looks_agree() {
    let modes = |values: [f64; 2]| values.map(|value| metric("modes", value, 25.0));
    let found = |values| codes("gan", &steady(&[1.0, 1.0, 0.0]), &modes(values), false, None);
    assert_eq!(found([7.0, 9.0]), ["modes_missing"]);
    assert_eq!(found([9.0, 25.0]).len(), 0);
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
fn a_discriminator_that_has_won_is_saturated() {
    assert_eq!(
        codes("gan", &steady(&[0.01, 8.0, 0.0]), &[], false, None),
        ["discriminator_saturated"]
    );
}

#[test]
fn learning_by_heart_takes_few_points_and_a_rise_on_unseen_ones() {
    let found = |finite| codes("nsf", &steady(&[1.0]), &nll(&[2.9, 3.5, 4.2]), finite, None);
    assert_eq!(found(true), ["overfitting"]);
    assert_eq!(found(false).len(), 0);
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
    let mut game = vec![&[0.2f32, 1.0, 0.0][..]; 20];
    game.extend(vec![&[1.4f32, 0.7, 0.0][..]; 10]);
    assert_eq!(codes("gan", &game, &[], false, None).len(), 0);
}
