//! The two engines compute the same: same seed, same data, same noise.

use crate::engine::{open, tiny};
use dgm::{
    models::{registry::MODELS, spec::Family},
    session::{
        Session,
        frame::{Frame, FrameRequest},
    },
};
use wasm_bindgen_test::wasm_bindgen_test;

const STEPS: usize = 5;

/// Steps after which rounding has grown as it likes, and only what was learned is the same.
const MANY: usize = 50;

/// How far apart two numbers may be.
#[derive(Clone, Copy)]
struct Tolerance {
    relative: f32,
    /// What smaller numbers are measured against.
    least: f32,
}

/// Losses after a few steps: kernels sum in other orders.
const LOSSES: Tolerance = Tolerance {
    relative: 1e-3,
    least: 1e-2,
};

/// What is drawn, in the data's units and in nats: it has gone through more kernels, some of them in a row of steps.
const DRAWN: Tolerance = Tolerance {
    relative: 1e-2,
    least: 1.0,
};

/// What many steps learned, in nats or in the data's units.
const LEARNED: Tolerance = Tolerance {
    relative: 0.03,
    least: 0.5,
};

/// Trains every model of a family on both engines, draws all that it shows and measures the first. One test a family: a software GPU takes
/// seconds to compile a model's kernels.
async fn agree(family: Family, own: &[(&str, f64)]) {
    let devices = [open("cpu").await, open("webgpu").await];
    let of_family = MODELS.iter().filter(|spec| spec.family == family);
    for (index, spec) in of_family.enumerate() {
        let mut sessions = devices.clone().map(Session::new);
        for session in &mut sessions {
            let mut patch = tiny(spec.id, spec.dims);
            patch
                .params
                .extend(own.iter().map(|&(id, value)| (id.to_owned(), value)));
            session.configure(&patch).expect("configures");
        }
        for step in 1..=STEPS {
            let mut losses = Vec::new();
            for session in &mut sessions {
                losses.push(session.step(1).await.expect("a step").losses);
            }
            close(&losses, LOSSES, &format!("{}, losses of step {step}", spec.id));
        }
        let mut drawn = Vec::new();
        for session in &mut sessions {
            let request = FrameRequest {
                samples: 8,
                field: spec.views.fields.first().copied(),
                side: 4,
                grid: 3,
                latent: 4,
                walkers: 4,
                walk_steps: 1,
                bounds: None,
            };
            drawn.push(parts(session.frame(&request).await.expect("a frame")));
        }
        for (name, values) in PARTS.into_iter().zip(drawn[0].iter().zip(&drawn[1])) {
            let values = [values.0.clone(), values.1.clone()];
            let what = format!("{}, {name}", spec.id);
            let few = if name == "samples" {
                elsewhere(family, values[0].len())
            } else {
                0
            };
            close_but_for(few, &values, DRAWN, &what);
        }
        // The scores are made of samples and densities alone: one model a family tells.
        if index == 0 {
            let mut measured: Vec<Vec<f32>> = Vec::new();
            for session in &mut sessions {
                let metrics = session.evaluate(64).await.expect("metrics");
                measured.push(metrics.iter().map(|metric| metric.value as f32).collect());
            }
            let few = elsewhere(family, measured[0].len());
            close_but_for(few, &measured, DRAWN, &format!("{}, scores", spec.id));
            let mut learned = Vec::new();
            for session in &mut sessions {
                session.step(MANY - STEPS).await.expect("many steps");
                let metrics = session.evaluate(1000).await.expect("metrics");
                let of_density = |id: &str| metrics.iter().find(|metric| metric.id == id).map(|metric| metric.value);
                // a GAN has no density
                let score = of_density("kl")
                    .or_else(|| of_density("sliced_wasserstein"))
                    .expect("one of the two");
                learned.push(vec![score as f32]);
            }
            close(&learned, LEARNED, &format!("{}, what {MANY} steps learned", spec.id));
        }
    }
}

/// How many of `all` numbers that draws decide may be apart: a draw of an energy begins with the choice of a cell, and where rounding chooses
/// the next one, that draw is elsewhere.
fn elsewhere(family: Family, all: usize) -> usize {
    if family == Family::Energy { all / 4 } else { 0 }
}

/// What [`parts`] takes from a frame.
const PARTS: [&str; 6] = ["samples", "field", "walkers", "grid", "latents", "prior"];

fn parts(frame: Frame) -> [Vec<f32>; 6] {
    let (latents, prior) = frame
        .latent
        .map(|latent| (latent.points, latent.prior))
        .unwrap_or_default();
    let single = |values: Vec<f64>| values.into_iter().map(|value| value as f32).collect();
    [
        single(frame.samples),
        frame.field.map(|field| field.values).unwrap_or_default(),
        frame.walkers.map(single).unwrap_or_default(),
        frame.grid.map(|(_, points)| single(points)).unwrap_or_default(),
        latents,
        prior,
    ]
}

/// Panics where the two engines' numbers are apart, or are none.
fn close(values: &[Vec<f32>], tolerance: Tolerance, what: &str) {
    close_but_for(0, values, tolerance, what);
}

/// The same, where at most `few` of the numbers may be apart.
fn close_but_for(few: usize, values: &[Vec<f32>], Tolerance { relative, least }: Tolerance, what: &str) {
    let [cpu, gpu] = values else { panic!("two engines") };
    assert_eq!(cpu.len(), gpu.len(), "{what}");
    let apart: Vec<_> = cpu
        .iter()
        .zip(gpu)
        .filter(|&(a, b)| {
            let error = (a - b).abs() / a.abs().max(least);
            error.is_nan() || error >= relative
        })
        .collect();
    assert!(
        apart.len() <= few,
        "{what}: on the CPU and on the GPU {apart:?}, of {} numbers",
        cpu.len()
    );
}

#[wasm_bindgen_test]
async fn every_energy_model_is_the_same_on_both_engines() {
    agree(Family::Energy, &[]).await;
}

#[wasm_bindgen_test]
async fn every_flow_is_the_same_on_both_engines() {
    agree(Family::Flow, &[]).await;
}

#[wasm_bindgen_test]
async fn every_flow_without_waves_is_the_same_on_both_engines() {
    agree(Family::Flow, &[("features", 0.0)]).await;
}

#[wasm_bindgen_test]
async fn every_autoencoder_is_the_same_on_both_engines() {
    agree(Family::Vae, &[]).await;
}

#[wasm_bindgen_test]
async fn every_gan_is_the_same_on_both_engines() {
    agree(Family::Gan, &[]).await;
}

#[wasm_bindgen_test]
async fn every_autoregressive_model_is_the_same_on_both_engines() {
    agree(Family::Autoregressive, &[]).await;
}

#[wasm_bindgen_test]
async fn every_diffusion_model_is_the_same_on_both_engines() {
    agree(Family::Diffusion, &[]).await;
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
    close(&[a.losses, b.losses], LOSSES, "the snapshot's losses");
    on_gpu
        .recall(&on_cpu.past().await.expect("the past"))
        .expect("it is of the same run");
    let mut losses = Vec::new();
    for session in [&mut on_cpu, &mut on_gpu] {
        assert_eq!(session.go(1).expect("goes").step, 0);
        losses.push(session.step(3).await.expect("steps").losses);
        assert_eq!(session.timeline().expect("configured"), [0, 3]);
    }
    close(&losses, LOSSES, "losses from a step that the other engine kept");
    on_gpu.step(2).await.expect("steps");
    on_cpu
        .restore(&on_gpu.snapshot().await.expect("a snapshot read from the GPU"))
        .expect("and back");
    let request = FrameRequest {
        samples: 10,
        ..FrameRequest::default()
    };
    assert_eq!(on_cpu.frame(&request).await.expect("a frame").step, 5);
}
