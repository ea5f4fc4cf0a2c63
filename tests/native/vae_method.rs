//! Warm-up, free bits, scores and pictures, read from what a session reports, and what an autoencoder can and cannot do without them.

use crate::common::{device, tensor, values};
use dgm::{
    models::{
        spec::FieldKind,
        vae::{Bound, Carried, Terms, method::losses},
    },
    session::{
        Session,
        config::Patch,
        frame::{Frame, FrameRequest},
    },
};
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
        let (found, exact) = (weight(session), 2.0 * ((step + 1) as f64 / 20.0).min(1.0));
        assert!((found - exact).abs() < 1e-3, "step {step}: β is {found}, not {exact}");
    };
    for step in 0..8 {
        expect(&mut session, step);
    }
    let mut bytes = block_on(session.snapshot()).expect("a snapshot");
    let mut resumed = Session::new(device());
    resumed.restore(&bytes).expect("restores");
    for step in 8..24 {
        expect(&mut resumed, step);
    }
    // The version stands behind the name; one that is not known is told by that, not by what it fails to mean.
    bytes[7] = b'2';
    let error = resumed.restore(&bytes).expect_err("an older version");
    assert_eq!(error.code(), "bad_snapshot");
    assert!(error.to_string().contains("version"), "{error}");
}

#[test]
fn free_bits_are_an_allowance_on_the_kl_that_is_charged() {
    let row = |values: &[f32]| tensor(values.to_vec(), 1).flatten::<1>(0, 1);
    let charged = |kl: &[f32], carried: Carried, free_bits: f64| {
        let of = |kl: &[f32]| Terms {
            reconstruction: row(&[5.0, 7.0]),
            kl: row(kl),
        };
        let bound = Bound {
            terms: of(kl),
            plain: of(&[8.0, 9.0]),
            carried,
        };
        let losses = values(losses(bound, 2.0, free_bits));
        assert_eq!(losses[1..], [6.0, 8.5], "the plain terms are shown as they are");
        (losses[0] - 6.0) / 2.0
    };
    let each = || Carried::Each(tensor(vec![0.25, 2.0, 0.5, 3.0], 2));
    assert_eq!(charged(&[2.25, 3.5], each(), 0.0), 2.875);
    assert_eq!(
        charged(&[2.25, 3.5], each(), 0.5),
        0.5 + 2.5,
        "the first latent lies below"
    );
    for (free_bits, expected) in [(0.0, 1.5), (0.5, 1.5), (1.0, 2.0)] {
        let found = charged(&[1.0, 2.0], Carried::Together(2), free_bits);
        assert_eq!(found, expected, "λ = {free_bits} for two latents together");
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

/// A picture of 400 codes and a field of so many cells along each axis.
fn frame(session: &mut Session, side: usize) -> Frame {
    let request = FrameRequest {
        latent: 400,
        field: Some(FieldKind::LogBound),
        side,
        ..FrameRequest::default()
    };
    block_on(session.frame(&request)).expect("a frame")
}

/// Root of the mean square.
fn spread(values: &[f32]) -> f64 {
    (values.iter().map(|&v| f64::from(v).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

#[test]
fn the_drawn_bound_is_smooth() {
    let mut session = session("vae", &[("width", 16.0), ("bound_samples", 2.0)]);
    let on_the_line = Patch {
        data: Some("exam-scores".into()),
        ..Patch::default()
    };
    session.configure(&on_the_line).expect("configures");
    let field = frame(&mut session, 400).field.expect("a field").values;
    let bends = field.windows(3).map(|at| (at[0] - 2.0 * at[1] + at[2]).abs());
    let roughest = bends.fold(0.0, f32::max);
    // Of a Gaussian with the decoder's first width, e⁻¹ of the data's: 110 / 400 of a score along a width of 6 bends by 2e-3.
    assert!(roughest < 0.02, "neighbouring cells bend by {roughest} nats");
}

#[test]
fn the_gap_between_the_bounds_is_a_score() {
    let session = session("vae", &[("width", 16.0), ("bound_samples", 20.0)]);
    let metrics = block_on(session.evaluate(1000)).expect("measures");
    let get = |id: &str| {
        let found = metrics.iter().find(|metric| metric.id == id);
        found.unwrap_or_else(|| panic!("{id} is not measured")).clone()
    };
    let (plain, weighted, gap) = (get("elbo"), get("iw_bound"), get("bound_gap"));
    assert_eq!((plain.k, weighted.k), (Some(1), Some(20)));
    assert!(
        (weighted.value + get("nll").value).abs() < 1e-9,
        "the weighted bound is what nll is told by"
    );
    assert!((gap.value - (weighted.value - plain.value)).abs() < 1e-6, "{gap:?}");
    assert!(
        gap.value > 10.0 * gap.stderr,
        "an untrained q is far from the posterior: {gap:?}"
    );
    assert!(
        (plain.floor + get("nll").floor).abs() < 1e-9 && gap.floor == 0.0,
        "{plain:?}"
    );
}

#[test]
fn free_bits_keep_the_latent_in_use_under_a_beta_that_empties_it() {
    const STEPS: usize = 1000;
    let active = |free_bits: f64| {
        let mut session = session("vae", &[("beta", 10.0), ("kl_warmup", 0.0), ("free_bits", free_bits)]);
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
        let latent = frame(&mut session, 0).latent.expect("codes");
        (active.value, said.contains(&"latent_collapsed"), spread(&latent.points))
    };
    let (none, collapsed, codes) = active(0.0);
    assert_eq!((none, collapsed), (0.0, true));
    // q is then the prior, and codes drawn of it are N(0, I), though every mean is 0.
    assert!(
        (codes - 1.0).abs() < 0.15,
        "the codes of a collapsed latent have a spread of {codes}"
    );
    let (kept, collapsed, _) = active(1.0);
    assert!(
        kept >= 1.0 && !collapsed,
        "{kept} latents in use, collapsed: {collapsed}"
    );
}

#[test]
fn a_warm_up_is_not_taken_for_too_long_steps() {
    let mut session = session("vae", &[("kl_warmup", 1000.0)]);
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
    assert!(good < 0.5, "{good} of its samples fall on data");
}
