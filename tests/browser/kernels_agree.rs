//! The operations of our own compute the same on both engines, at the sizes that models have and at odd ones.

use crate::engine::open;
use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData},
};
use dgm::{
    models::flow::monotone::Monotone,
    nn::{
        activation::{Activate, Activation},
        dense::{dense, product},
        masked::MaskedMlp,
        mlp::Mlp,
        optim::{
            flatten,
            pieces::{cut, join},
            update::{Moving, rule},
        },
        waves::lift,
    },
    rng::{Rng, Stream},
    spec::training::{Optimizer, Training},
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Relative to the largest number of a tensor, since sums run in another order.
const SUMS: f32 = 5e-5;

/// Within a narrow bin a curve turns many times as far as rounding moves a place.
const CURVES: f32 = 5e-4;

/// WGSL promises its sines within 2⁻¹¹ only.
const WAVES: f32 = 2e-3;

/// Widths on both sides of a layer.
const WIDTHS: [[usize; 2]; 5] = [[1, 1], [3, 17], [17, 3], [127, 128], [128, 1]];

/// The same normal numbers on any device.
pub fn normal(rng: &mut Rng, shape: [usize; 2], device: &Device) -> Tensor<2> {
    let values: Vec<f32> = (0..shape[0] * shape[1]).map(|_| rng.normal() as f32).collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

pub async fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.into_data_async().await.expect("a read");
    data.try_to_vec().expect("f32")
}

pub fn assert_close(what: &str, [cpu, gpu]: [Vec<f32>; 2], tolerance: f32) {
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
    let waves = [
        (([256, 2, 64], Some(16)), Some(Activation::Silu)),
        (([5, 1, 17], Some(3)), None),
    ];
    let kinds = || std::iter::once(None).chain(Activation::ALL.map(Some));
    let odd = [1, 5, 257]
        .into_iter()
        .flat_map(|n| WIDTHS.map(|[from, to]| [n, from, to]));
    let plain = odd
        .chain([[256, 64, 64]])
        .flat_map(|shape| kinds().map(move |kind| ((shape, None), kind)));
    for (shape, activation) in plain.chain(waves) {
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

/// A perceptron's outputs, its gradients in all weights and in its inputs, and the latter once more where the weights do not learn.
async fn perceptron(
    [n, depth, width]: [usize; 3],
    head_bias: bool,
    activation: Activation,
    device: &Device,
) -> [Vec<f32>; 4] {
    let learning = device.clone().autodiff();
    let mut rng = Rng::new(31, Stream::Init);
    let sizes = [vec![2], vec![width; depth], vec![3]].concat();
    let net = Mlp::new(&sizes, activation, 1.0, &mut rng, &learning);
    let net = if head_bias { net } else { net.without_head_bias() };
    let x = normal(&mut rng, [n, 2], &learning).require_grad();
    let y = net.forward(x.clone());
    let grads = y.clone().square().mean().backward();
    let by_x = x.grad(&grads).expect("tracked");
    let still = net.clone().no_grad().forward(x.clone()).square().mean().backward();
    [
        read(y.inner()).await,
        read(flatten(&net, Some(&grads))).await,
        read(by_x).await,
        read(x.grad(&still).expect("tracked")).await,
    ]
}

/// The same where an output sees no later input.
async fn masked(n: usize, depth: usize, width: usize, device: &Device) -> [Vec<f32>; 2] {
    let learning = device.clone().autodiff();
    let mut rng = Rng::new(37, Stream::Init);
    let net = MaskedMlp::new(3, [2, 5], [width, depth], 1.0, &mut rng, &learning);
    let y = net.forward(normal(&mut rng, [n, 6], &learning));
    let grads = y.clone().square().mean().backward();
    [read(y.inner()).await, read(flatten(&net, Some(&grads))).await]
}

#[wasm_bindgen_test]
async fn perceptrons_of_any_depth_are_the_same_on_both_engines() {
    let [cpu, gpu] = [open("cpu").await, open("webgpu").await];
    for (depth, width) in [(1, 3), (2, 17), (3, 1), (4, 127), (5, 32), (1, 128), (2, 200)] {
        for (n, head_bias) in [(1, true), (5, false), (257, true)] {
            let what = format!("{depth} of {width}, batch {n}");
            for activation in Activation::ALL {
                let shape = [n, depth, width];
                let of_cpu = perceptron(shape, head_bias, activation, &cpu).await;
                let of_gpu = perceptron(shape, head_bias, activation, &gpu).await;
                for (part, (cpu, gpu)) in ["y", "∂θ", "∂x", "∂x alone"].iter().zip(of_cpu.into_iter().zip(of_gpu))
                {
                    let what = format!("{activation:?}, {what}, bias of the head: {head_bias}, {part}");
                    assert_close(&what, [cpu, gpu], SUMS);
                }
            }
            let of_cpu = masked(n, depth, width, &cpu).await;
            for (cpu, gpu) in of_cpu.into_iter().zip(masked(n, depth, width, &gpu).await) {
                assert_close(&format!("{what}, masked"), [cpu, gpu], SUMS);
            }
        }
    }
}

#[wasm_bindgen_test]
async fn products_of_turned_factors_and_their_gradients_are_the_same_on_both_engines() {
    let devices = [open("cpu").await, open("webgpu").await];
    for [n, k, m] in [[1, 1, 1], [5, 3, 17], [257, 17, 3], [17, 257, 128], [6, 2, 2]] {
        let mut parts: [Vec<Vec<f32>>; 2] = [Vec::new(), Vec::new()];
        for (device, parts) in devices.iter().zip(&mut parts) {
            let mut rng = Rng::new(41, Stream::Data);
            let learning = device.clone().autodiff();
            let x = normal(&mut rng, [k, n], &learning).require_grad();
            let weight = normal(&mut rng, [m, k], &learning).require_grad();
            let above = normal(&mut rng, [n, m], &learning);
            let y = product(x.clone().transpose(), weight.clone().transpose());
            let grads = (y.clone() * above).sum().backward();
            parts.push(read(y.inner()).await);
            parts.push(read(x.grad(&grads).expect("tracked")).await);
            parts.push(read(weight.grad(&grads).expect("tracked")).await);
        }
        let [cpu, gpu] = parts;
        for (part, (cpu, gpu)) in ["y", "∂x", "∂W"].iter().zip(cpu.into_iter().zip(gpu)) {
            assert_close(&format!("{n} × {k} × {m}, {part}"), [cpu, gpu], SUMS);
        }
    }
}

#[wasm_bindgen_test]
async fn steps_of_every_rule_are_the_same_on_both_engines() {
    let devices = [open("cpu").await, open("webgpu").await];
    for optimizer in [Optimizer::Adam, Optimizer::AdamW, Optimizer::RmsProp, Optimizer::Sgd] {
        for (length, clip, average) in [(1, 0.0, 0.0), (257, 0.5, 0.9), (70_001, 5.0, 0.0)] {
            let mut parts: [Vec<Vec<f32>>; 2] = [Vec::new(), Vec::new()];
            for (device, parts) in devices.iter().zip(&mut parts) {
                let training = Training {
                    optimizer,
                    weight_decay: 0.3,
                    clip,
                    average,
                    ..Training::DEFAULT
                };
                let mut rng = Rng::new(43, Stream::Data);
                let mut flat = || normal(&mut rng, [1, length], device).reshape([length]);
                let mut moving = Moving::from(flat());
                let decays = flat().greater_elem(0.0).float();
                for t in 1..=3 {
                    moving.step(rule(&training, 0.1, t, average), flat(), decays.clone());
                }
                for part in [moving.theta, moving.m, moving.v, moving.average] {
                    parts.push(read(part).await);
                }
            }
            let [cpu, gpu] = parts;
            for (part, (cpu, gpu)) in ["θ", "m", "v", "θ̄"].iter().zip(cpu.into_iter().zip(gpu)) {
                assert_close(&format!("{optimizer:?} over {length}, {part}"), [cpu, gpu], SUMS);
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_vector_is_cut_into_pieces_and_joined_again_on_both_engines() {
    for device in [open("cpu").await, open("webgpu").await] {
        for count in [1, 6, 7, 13, 40] {
            // lengths that no alignment likes
            let lengths: Vec<usize> = (0..count).map(|i| 1 + (i * 37) % 91).collect();
            let length = lengths.iter().sum();
            let whole: Vec<f32> = (0..length).map(|i: usize| i as f32).collect();
            let tensor = Tensor::<1>::from_data(TensorData::new(whole.clone(), [length]), &device);
            let pieces = cut(tensor, lengths.clone());
            let mut start = 0;
            for (piece, length) in pieces.iter().zip(&lengths) {
                assert_eq!(
                    read(piece.clone()).await,
                    whole[start..start + length],
                    "{count} pieces"
                );
                start += length;
            }
            assert_eq!(read(join(pieces)).await, whole, "{count} pieces, joined");
        }
    }
}

#[wasm_bindgen_test]
async fn curves_their_inverses_and_their_gradients_are_the_same_on_both_engines() {
    let devices = [open("cpu").await, open("webgpu").await];
    let curves = [1, 2, 8, 13].map(|bins| Monotone::Spline { bins });
    for curve in [Monotone::Scale, Monotone::Affine].into_iter().chain(curves) {
        for n in [1, 5, 257] {
            let mut parts: [Vec<Vec<f32>>; 2] = [Vec::new(), Vec::new()];
            for (device, parts) in devices.iter().zip(&mut parts) {
                let mut rng = Rng::new(47, Stream::Data);
                let learning = device.clone().autodiff();
                // a spline ends at 5
                let x = (normal(&mut rng, [n, 1], &learning) * 3.0).detach().require_grad();
                let raw = normal(&mut rng, [n, curve.raw_size()], &learning).require_grad();
                let (y, log_slope) = curve.forward(x.clone(), raw.clone());
                for value in [y.clone(), log_slope] {
                    let grads = (value.clone() * normal(&mut rng, [n, 1], &learning)).sum().backward();
                    parts.push(read(value.inner()).await);
                    parts.push(read(x.grad(&grads).expect("tracked")).await);
                    parts.push(read(raw.grad(&grads).expect("tracked")).await);
                }
                let (back, shrink) = curve.inverse(y.inner(), raw.inner());
                parts.push(read(back).await);
                parts.push(read(shrink).await);
            }
            let [cpu, gpu] = parts;
            for (k, (cpu, gpu)) in cpu.into_iter().zip(gpu).enumerate() {
                assert_close(&format!("{curve:?} of {n}, part {k}"), [cpu, gpu], CURVES);
            }
        }
    }
}
