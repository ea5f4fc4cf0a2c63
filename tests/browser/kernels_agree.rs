//! The operations of our own compute the same on both engines, at the sizes that models have and at odd ones.

use crate::engine::open;
use burn::tensor::{Device, Tensor, TensorData};
use dgm::{
    nn::{
        activation::{Activate, Activation},
        dense::dense,
        waves::lift,
    },
    rng::{Rng, Stream},
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Relative to the largest number of a tensor, since sums run in another order.
const SUMS: f32 = 5e-5;

/// WGSL promises its sines within 2⁻¹¹ only.
const WAVES: f32 = 2e-3;

/// The same normal numbers on any device.
fn normal(rng: &mut Rng, shape: [usize; 2], device: &Device) -> Tensor<2> {
    let values: Vec<f32> = (0..shape[0] * shape[1]).map(|_| rng.normal() as f32).collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

async fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.into_data_async().await.expect("a read");
    data.try_to_vec().expect("f32")
}

fn assert_close(what: &str, [cpu, gpu]: [Vec<f32>; 2], tolerance: f32) {
    assert_eq!(cpu.len(), gpu.len(), "{what}");
    let size = cpu.iter().fold(1e-3_f32, |size, value| size.max(value.abs()));
    for (a, b) in cpu.iter().zip(&gpu) {
        assert!(
            (a - b).abs() < tolerance * size,
            "{what}: {a} on the CPU, {b} on the GPU"
        );
    }
}

/// A layer and its gradients: y, ∂x, ∂W, ∂b; over waves of the plane where `waves` says how many of them, else over `from` numbers.
async fn layer(
    ([n, from, to], waves): ([usize; 3], Option<usize>),
    activation: Option<Activation>,
    device: &Device,
) -> Vec<(&'static str, Vec<f32>)> {
    let mut rng = Rng::new(23, Stream::Data);
    let learning = device.clone().autodiff();
    let x = normal(&mut rng, [n, from], &learning).require_grad();
    let seen = match waves {
        Some(count) => lift(x.clone(), normal(&mut rng, [from, count], &learning)),
        None => x.clone(),
    };
    let [_, inputs] = seen.dims();
    let weight = (normal(&mut rng, [inputs, to], &learning) / (inputs as f64).sqrt()).detach();
    let weight = weight.require_grad();
    let bias = normal(&mut rng, [1, to], &learning)
        .reshape([to])
        .detach()
        .require_grad();
    let above = normal(&mut rng, [n, to], &learning);
    let y = dense(seen, weight.clone(), bias.clone(), activation);
    let grads = (y.clone() * above).sum().backward();
    vec![
        ("y", read(y.inner()).await),
        ("∂x", read(x.grad(&grads).expect("tracked")).await),
        ("∂W", read(weight.grad(&grads).expect("tracked")).await),
        ("∂b", read(bias.grad(&grads).expect("tracked")).await),
    ]
}

#[wasm_bindgen_test]
async fn layers_and_waves_are_the_same_on_both_engines_at_real_and_odd_sizes() {
    let devices = [open("cpu").await, open("webgpu").await];
    let cases = [
        (([256, 64, 64], None), Some(Activation::Silu)),
        (([257, 127, 128], None), Some(Activation::Tanh)),
        (([5, 3, 17], None), Some(Activation::LeakyRelu)),
        (([1, 1, 1], None), Some(Activation::Silu)),
        (([257, 128, 3], None), None),
        (([256, 2, 64], Some(16)), Some(Activation::Silu)),
        (([5, 1, 17], Some(3)), None),
    ];
    for (shape, activation) in cases {
        let [cpu, gpu] = [
            layer(shape, activation, &devices[0]).await,
            layer(shape, activation, &devices[1]).await,
        ];
        let tolerance = if shape.1.is_some() { WAVES } else { SUMS };
        for ((part, cpu), (_, gpu)) in cpu.into_iter().zip(gpu) {
            assert_close(&format!("{activation:?} of {shape:?}, {part}"), [cpu, gpu], tolerance);
        }
    }
}

#[wasm_bindgen_test]
async fn functions_and_their_derivatives_are_the_same_on_both_engines() {
    let devices = [open("cpu").await, open("webgpu").await];
    for kind in Activation::ALL {
        let mut parts: [Vec<Vec<f32>>; 2] = [Vec::new(), Vec::new()];
        for (device, parts) in devices.iter().zip(&mut parts) {
            let x = normal(&mut Rng::new(29, Stream::Data), [257, 17], device) * 3.0;
            let tracked = x.clone().autodiff().require_grad();
            let [y, slope, bend] = kind.with_two_derivatives(tracked.clone());
            let grads = (y.clone() + slope.clone() + bend.clone()).sum().backward();
            parts.push(read(kind.apply(x)).await);
            parts.push(read(tracked.grad(&grads).expect("tracked")).await);
            for part in [y, slope, bend] {
                parts.push(read(part.inner()).await);
            }
        }
        let [cpu, gpu] = parts;
        for (k, (cpu, gpu)) in cpu.into_iter().zip(gpu).enumerate() {
            assert_close(&format!("{kind:?}, part {k}"), [cpu, gpu], SUMS);
        }
    }
}
