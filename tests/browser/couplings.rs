//! Affine couplings in one operation of the GPU engine, against the same layers one by one and against the CPU.

use crate::{
    engine::{open, tiny},
    kernels_agree::{assert_close, normal, read},
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use dgm::{
    models::flow::{
        Bijector,
        conditioner::Size,
        realnvp::realnvp,
        stack::{Piece, Stack},
    },
    nn::{
        classes::Conditional,
        optim::{Learner, flatten},
        standard_normal_log_prob,
    },
    rng::{Rng, Stream},
    session::Session,
    spec::training::Training,
    tensors::identity,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// What a flow gives and how it learns, relative to the largest number of a tensor: layers turn what they are given, and with it its rounding.
const THROUGH_LAYERS: f32 = 1e-3;

/// Layers, waves, width, depth and rows, at the sizes of models and at odd ones.
const SHAPES: [[usize; 5]; 13] = [
    [8, 8, 64, 2, 256],
    [4, 8, 32, 2, 128],
    [1, 0, 1, 1, 1],
    [2, 3, 1, 5, 5],
    [3, 1, 3, 2, 257],
    [2, 8, 3, 4, 1],
    [5, 0, 17, 3, 5],
    [2, 16, 17, 1, 257],
    [3, 32, 32, 2, 33],
    [2, 8, 127, 1, 5],
    [1, 4, 127, 3, 257],
    [2, 8, 128, 2, 257],
    [1, 0, 128, 5, 1],
];

fn flow([layers, features, width, depth, _]: [usize; 5], device: &Device) -> Stack<Piece> {
    let size = Size { features, width, depth };
    realnvp(layers, size, &mut Rng::new(51, Stream::Init), device)
}

/// log p(x) layer by layer.
fn one_by_one(flow: &Stack<Piece>, x: Tensor<2>) -> Tensor<1> {
    let log_det = Tensor::zeros([x.dims()[0]], &x.device());
    let (z, log_det) = flow.pieces().iter().fold((x, log_det), |(x, sum), piece| {
        let (z, log_det) = piece.forward_and_log_det(x);
        (z, sum + log_det)
    });
    standard_normal_log_prob(z) + log_det
}

const PARTS: [&str; 7] = ["log p", "∂x", "∂θ", "z", "log|det|", "data again", "log p of frozen"];

/// All that a flow gives: `together` or layer by layer.
async fn parts(shape: [usize; 5], together: bool, device: &Device) -> Vec<Vec<f32>> {
    let learning = device.clone().autodiff();
    let flow = flow(shape, &learning);
    let mut rng = Rng::new(53, Stream::Data);
    let n = shape[4];
    let x = normal(&mut rng, [n, 2], &learning).detach().require_grad();
    let above = normal(&mut rng, [n, 1], &learning).reshape([n]);
    let log_prob = if together {
        flow.log_prob(x.clone())
    } else {
        one_by_one(&flow, x.clone())
    };
    let grads = (log_prob.clone() * above).sum().backward();
    let by_x = x.grad(&grads).expect("tracked");
    let by_theta = flatten(&flow, Some(&grads));
    let frozen = flow.valid();
    let (z, log_det) = if together {
        frozen.forward_and_log_det(x.clone().inner())
    } else {
        let start = (x.clone().inner(), Tensor::zeros([n], device));
        frozen.pieces().iter().fold(start, |(x, sum), piece| {
            let (z, log_det) = piece.forward_and_log_det(x);
            (z, sum + log_det)
        })
    };
    let again = if together {
        frozen.inverse(z.clone())
    } else {
        frozen
            .pieces()
            .iter()
            .rev()
            .fold(z.clone(), |z, piece| piece.inverse(z))
    };
    let of_frozen = frozen.log_prob(x.inner());
    vec![
        read(log_prob.inner()).await,
        read(by_x).await,
        read(by_theta).await,
        read(z).await,
        read(log_det).await,
        read(again).await,
        read(of_frozen).await,
    ]
}

#[wasm_bindgen_test]
async fn couplings_in_one_operation_are_those_one_by_one_and_those_of_the_cpu() {
    let [cpu, gpu] = [open("cpu").await, open("webgpu").await];
    for shape in SHAPES {
        let together = parts(shape, true, &gpu).await;
        let apart = parts(shape, false, &gpu).await;
        let of_cpu = parts(shape, true, &cpu).await;
        for (k, name) in PARTS.iter().enumerate() {
            let what = format!("layers, waves, width, depth, rows {shape:?}, {name}");
            let one = together[k].clone();
            assert_close(
                &format!("{what}, one by one"),
                [apart[k].clone(), one.clone()],
                THROUGH_LAYERS,
            );
            assert_close(&what, [of_cpu[k].clone(), one], THROUGH_LAYERS);
        }
    }
}

#[wasm_bindgen_test]
async fn couplings_that_are_told_a_class_are_those_of_the_cpu() {
    let mut parts: Vec<Vec<f32>> = Vec::new();
    for engine in ["cpu", "webgpu"] {
        let device = open(engine).await;
        let flow = flow([4, 8, 32, 2, 3], &device.clone().autodiff()).with_classes(3);
        let mut rng = Rng::new(53, Stream::Data);
        let x = normal(&mut rng, [3, 2], &device);
        // a class's vector starts at zero
        let mut learner = Learner::new(flow, Training::DEFAULT);
        let theta = learner.parameters();
        let elsewhere = normal(&mut rng, [1, theta.dims()[0]], &device) * 0.1;
        learner.set_parameters(theta + elsewhere.squeeze_dim(0));
        let frozen = learner.frozen();
        let told = frozen.given(Some(&identity(3, &device)));
        parts.push([read(frozen.log_prob(x.clone())).await, read(told.log_prob(x)).await].concat());
    }
    let [cpu, gpu] = parts.try_into().expect("two engines");
    assert_close("with classes", [cpu, gpu], THROUGH_LAYERS);
}

/// Counts the compute dispatches of this worker from now on, in `dispatches`.
const COUNT: &str = "self.dispatches = 0;
for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) {
  const prototype = GPUComputePassEncoder.prototype;
  const original = prototype[name];
  prototype[name] = function (...sizes) { self.dispatches++; return original.apply(this, sizes); };
}";

fn number(script: &str) -> f64 {
    js_sys::eval(script).expect("a script").as_f64().unwrap_or(0.0)
}

#[wasm_bindgen_test]
async fn a_step_of_realnvp_takes_fewer_than_sixty_dispatches_whatever_its_layers() {
    let mut session = Session::new(open("webgpu").await);
    number(COUNT);
    let mut counts = Vec::new();
    for layers in [2.0, 8.0, 16.0] {
        let mut patch = tiny("realnvp", &[2]);
        patch.params.insert("layers".into(), layers);
        session.configure(&patch).expect("configures");
        session.step(2).await.expect("steps");
        number("self.dispatches = 0");
        session.step(1).await.expect("a step");
        counts.push(number("self.dispatches"));
    }
    assert!(
        counts.iter().all(|count| (1.0..60.0).contains(count)),
        "{counts:?} dispatches with 2, 8 and 16 layers"
    );
}
