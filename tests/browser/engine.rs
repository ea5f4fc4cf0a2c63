//! The exported class, driven as the page's worker drives it.

use burn::tensor::Device;
use dgm::{
    data::{DIGITS_FILE, provide},
    models::registry::MODELS,
    session::{Session, config::Patch, frame::FrameRequest},
    wasm::device,
};
use std::collections::BTreeMap;
use wasm_bindgen_test::wasm_bindgen_test;

/// A model small enough for a software GPU.
pub fn tiny(model: &str, dims: &[usize]) -> Patch {
    let spec = MODELS.iter().find(|row| row.id == model).expect("registered");
    let data = match dims[dims.len() - 1] {
        1 => "exam-scores",
        2 => "8gaussians",
        _ => "digits-binary",
    };
    provide(DIGITS_FILE, include_str!("../../www/public/data/digits.csv")).expect("the file that ships is sound");
    let wanted = [("batch", 32.0), ("width", 16.0), ("depth", 1.0), ("layers", 2.0)];
    let params = wanted
        .into_iter()
        .filter(|(id, _)| spec.params.iter().any(|param| param.id == *id));
    Patch {
        data: Some(data.into()),
        model: Some(model.into()),
        seed: Some(7.0),
        params: params
            .map(|(id, value)| (id.to_owned(), value))
            .collect::<BTreeMap<_, _>>(),
        ..Patch::default()
    }
}

/// The device of an engine, as the page would open it.
pub async fn open(engine: &str) -> Device {
    dgm::wasm::start();
    device::open(engine)
        .await
        .unwrap_or_else(|error| panic!("the {engine} engine does not open: {error}"))
}

#[wasm_bindgen_test]
async fn every_model_learns_and_draws_on_the_cpu_engine() {
    for spec in MODELS {
        let mut session = Session::new(open("cpu").await);
        session.configure(&tiny(spec.id, spec.dims)).expect("configures");
        let report = session.step(3).await.expect("three steps");
        assert!(
            report.losses.iter().all(|loss| loss.is_finite()),
            "{} has finite losses",
            spec.id
        );
        let request = FrameRequest {
            samples: 20,
            field: spec.views.fields.first().copied(),
            side: 8,
            ..FrameRequest::default()
        };
        let frame = session.frame(&request).await.expect("a frame");
        assert_eq!((frame.step, frame.samples.len()), (3, 20 * frame.dim));
    }
}

#[wasm_bindgen_test]
async fn an_unknown_engine_is_refused_by_name() {
    let error = device::open("abacus").await.expect_err("refused");
    assert_eq!(error.code(), "unknown_id");
}
