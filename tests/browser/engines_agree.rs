//! The two engines compute the same: same seed, same data, same noise.

use crate::engine::{open, tiny};
use dgm::{
    models::registry::{Family, MODELS},
    session::{Session, frame::FrameRequest},
};
use wasm_bindgen_test::wasm_bindgen_test;

const STEPS: usize = 5;

/// Relative difference of losses after a few steps: kernels sum in other orders.
const TOLERANCE: f32 = 1e-3;

/// Trains every model of a family on both engines. One test a family: a software GPU takes seconds to compile a model's kernels.
async fn agree(family: Family) {
    let gpu = open("webgpu").await;
    let cpu = open("cpu").await;
    for spec in MODELS.iter().filter(|spec| spec.family == family) {
        let mut losses = Vec::new();
        for device in [cpu.clone(), gpu.clone()] {
            let mut session = Session::new(device);
            session.configure(&tiny(spec.id, spec.dims)).expect("configures");
            for _ in 0..STEPS {
                losses.push(session.step(1).await.expect("a step").losses);
            }
        }
        let (cpu, gpu) = losses.split_at(STEPS);
        for (step, (cpu, gpu)) in cpu.iter().zip(gpu).enumerate() {
            for (a, b) in cpu.iter().zip(gpu) {
                let error = (a - b).abs() / a.abs().max(1e-2);
                assert!(
                    error < TOLERANCE,
                    "{}, step {}: {a} on the CPU, {b} on the GPU",
                    spec.id,
                    step + 1
                );
            }
        }
    }
}

#[wasm_bindgen_test]
async fn every_energy_model_has_the_same_losses_on_both_engines() {
    agree(Family::Energy).await;
}

#[wasm_bindgen_test]
async fn every_flow_has_the_same_losses_on_both_engines() {
    agree(Family::Flow).await;
}

#[wasm_bindgen_test]
async fn every_autoencoder_has_the_same_losses_on_both_engines() {
    agree(Family::Vae).await;
}

#[wasm_bindgen_test]
async fn every_gan_has_the_same_losses_on_both_engines() {
    agree(Family::Gan).await;
}

#[wasm_bindgen_test]
async fn every_autoregressive_model_has_the_same_losses_on_both_engines() {
    agree(Family::Autoregressive).await;
}

#[wasm_bindgen_test]
async fn every_diffusion_model_has_the_same_losses_on_both_engines() {
    agree(Family::Diffusion).await;
}

#[wasm_bindgen_test]
async fn a_snapshot_of_one_engine_goes_on_on_the_other() {
    let gpu = open("webgpu").await;
    let mut on_cpu = Session::new(open("cpu").await);
    on_cpu.configure(&tiny("realnvp", &[2])).expect("configures");
    on_cpu.step(3).await.expect("steps");
    let mut on_gpu = Session::new(gpu);
    on_gpu
        .restore(&on_cpu.snapshot().await.expect("a snapshot"))
        .expect("restores");
    let (a, b) = (
        on_cpu.step(2).await.expect("steps"),
        on_gpu.step(2).await.expect("steps"),
    );
    assert_eq!((a.step, b.step), (5, 5));
    assert!((a.losses[0] - b.losses[0]).abs() < TOLERANCE * a.losses[0].abs().max(1.0));
    on_cpu
        .restore(&on_gpu.snapshot().await.expect("a snapshot read from the GPU"))
        .expect("and back");
    let request = FrameRequest {
        samples: 10,
        ..FrameRequest::default()
    };
    assert_eq!(on_cpu.frame(&request).await.expect("a frame").step, 5);
}
