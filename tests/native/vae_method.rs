//! Warm-up and free bits, read from the losses that a session reports, and what an autoencoder can and cannot do without them.

use crate::common::device;
use dgm::session::{Session, config::Patch};
use pollster::block_on;

fn session(model: &str, params: &[(&str, f64)]) -> Session {
    let mut session = Session::new(device());
    let patch = Patch {
        data: Some("8gaussians".into()),
        model: Some(model.into()),
        seed: Some(3.0),
        params: params.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    };
    session.configure(&patch).expect("configures");
    session
}

/// The weight that the KL had in the step just taken, from loss = reconstruction + weight · kl.
fn weight(session: &mut Session) -> f64 {
    let losses = block_on(session.step(1)).expect("a step").losses;
    let [loss, reconstruction, kl] = losses[..] else {
        panic!("three losses")
    };
    f64::from((loss - reconstruction) / kl)
}

#[test]
fn beta_rises_over_the_warm_up_and_goes_on_rising_from_a_snapshot() {
    let mut session = session(
        "vae",
        &[("width", 16.0), ("batch", 32.0), ("beta", 2.0), ("kl_warmup", 20.0)],
    );
    let expect = |session: &mut Session, step: u64| {
        let (found, exact) = (weight(session), 2.0 * (step as f64 / 20.0).min(1.0));
        assert!((found - exact).abs() < 1e-3, "step {step}: β is {found}, not {exact}");
    };
    for step in 0..8 {
        expect(&mut session, step);
    }
    let bytes = block_on(session.snapshot()).expect("a snapshot");
    let mut resumed = Session::new(device());
    resumed.restore(&bytes).expect("restores");
    for step in 8..24 {
        expect(&mut resumed, step);
    }
}

#[test]
fn free_bits_cost_what_is_not_used_of_them() {
    let charged = |free_bits: f64| {
        let settings = [
            ("width", 16.0),
            ("batch", 32.0),
            ("latent", 1.0),
            ("k_samples", 1.0),
            ("kl_warmup", 0.0),
            ("free_bits", free_bits),
        ];
        let losses = block_on(session("vae", &settings).step(1)).expect("a step").losses;
        (f64::from(losses[0] - losses[1]), f64::from(losses[2]))
    };
    let (_, kl) = charged(0.0);
    // one latent dimension: the charge is the larger of λ and its KL, while the KL shown is what it was
    for free_bits in [0.25 * kl, 0.9 * kl, 1.5 * kl] {
        let (found, shown) = charged(free_bits);
        let exact = kl.max(free_bits);
        assert!((found - exact).abs() < 1e-4, "λ = {free_bits}: {found}, not {exact}");
        assert!((shown - kl).abs() < 1e-5, "the KL shown is {shown}, not {kl}");
    }
}

#[test]
fn free_bits_keep_the_latent_in_use_under_a_beta_that_empties_it() {
    const STEPS: usize = 1000;
    let active = |free_bits: f64| {
        let mut session = session("vae", &[("beta", 10.0), ("free_bits", free_bits)]);
        for _ in 0..STEPS / 50 {
            block_on(session.step(50)).expect("steps");
        }
        let metrics = block_on(session.evaluate(1000)).expect("measures");
        let active = metrics
            .iter()
            .find(|metric| metric.id == "active_units")
            .expect("a VAE encodes");
        let said: Vec<_> = session
            .diagnose()
            .expect("configured")
            .iter()
            .map(|said| said.code)
            .collect();
        (active.value, said.contains(&"latent_collapsed"))
    };
    assert_eq!(active(0.0), (0.0, true));
    let (kept, collapsed) = active(1.0);
    assert!(
        kept >= 1.0 && !collapsed,
        "{kept} latents in use, collapsed: {collapsed}"
    );
}

#[test]
fn a_warm_up_is_not_taken_for_too_long_steps() {
    let mut session = session("vae", &[("k_samples", 1.0), ("kl_warmup", 1000.0)]);
    for _ in 0..1200 / 50 {
        block_on(session.step(50)).expect("steps");
    }
    let rows = session.history().expect("history");
    let (young, old) = (&rows[rows.len() / 8], rows.last().expect("a row"));
    assert!(old.losses[0] > young.losses[0] + 1.0, "the loss rises with β");
    let said: Vec<_> = session
        .diagnose()
        .expect("configured")
        .iter()
        .map(|said| said.code)
        .collect();
    assert!(!said.contains(&"learning_rate_too_high"), "{said:?}");
}

#[test]
fn an_autoencoder_restores_the_data_and_samples_beside_them() {
    let mut session = session("ae", &[]);
    for _ in 0..1000 / 50 {
        block_on(session.step(50)).expect("steps");
    }
    let error = session.history().expect("history").last().expect("a row").losses[0];
    assert!(error < 1e-3, "restores with a squared error of {error}");
    let metrics = block_on(session.evaluate(1000)).expect("measures");
    let good = metrics
        .iter()
        .find(|metric| metric.id == "high_quality")
        .expect("eight modes")
        .value;
    // the VAE: .97 after 1500 steps
    assert!(good < 0.5, "{good} of its samples fall on data");
}
