//! Fused layers against Burn's own operations, forwards and in reverse, at shapes that no loop likes.

use crate::{
    activation,
    common::{device, values},
};
use burn::tensor::Tensor;
use dgm::{
    nn::{
        activation::Activation,
        dense::{dense, product},
        fourier::FourierFeatures,
        mlp::Mlp,
        optim::{Learner, flatten},
    },
    rng::{Rng, Stream},
    spec::training::Training,
};

const ACTIVATIONS: [Option<Activation>; 4] = [
    None,
    Some(Activation::Silu),
    Some(Activation::LeakyRelu),
    Some(Activation::Tanh),
];

const SHAPES: [[usize; 3]; 7] = [
    [1, 1, 1],
    [5, 3, 17],
    [257, 1, 127],
    [1, 128, 3],
    [257, 17, 1],
    [5, 127, 128],
    [257, 128, 17],
];

fn assert_close(what: &str, found: &[f32], exact: &[f32]) {
    assert_eq!(found.len(), exact.len(), "{what}");
    let size = exact.iter().fold(1.0_f32, |size, value| size.max(value.abs()));
    for (a, b) in found.iter().zip(exact) {
        assert!((a - b).abs() < 4e-6 * size, "{what}: {a}, not {b}");
    }
}

fn plain(kind: Option<Activation>, h: Tensor<2>) -> Tensor<2> {
    match kind {
        None => h,
        Some(kind) => {
            let [y, _, _] = activation::plain(kind, h);
            y
        }
    }
}

#[test]
fn a_layer_is_what_burns_operations_make_and_so_are_its_gradients() {
    for kind in ACTIVATIONS {
        for ([n, from, to], masked) in SHAPES.into_iter().flat_map(|shape| [(shape, false), (shape, true)]) {
            let mut rng = Rng::new(5, Stream::Data);
            let mut normal = |rows, columns| rng.normal_tensor([rows, columns], &device());
            let (x, weight, bias) = (normal(n, from), normal(from, to), normal(1, to).reshape([to]));
            let above = normal(n, to);
            let cut = normal(from, to).greater_elem(0.0).float();
            let mask = if masked { cut } else { cut.ones_like() };
            let what = |part: &str| format!("{kind:?}, {n} × {from} × {to}, masked: {masked}, {part}");
            let alone = dense(x.clone(), weight.clone() * mask.clone(), bias.clone(), kind);
            let run = |layer: &dyn Fn(Tensor<2>, Tensor<2>, Tensor<1>) -> Tensor<2>| {
                let x = x.clone().autodiff().require_grad();
                let weight = weight.clone().autodiff().require_grad();
                let bias = bias.clone().autodiff().require_grad();
                let connected = weight.clone() * mask.clone().autodiff();
                let y = layer(x.clone(), connected, bias.clone());
                let grads = (y.clone() * above.clone().autodiff()).sum().backward();
                [
                    values(y.inner()),
                    values(x.grad(&grads).expect("tracked")),
                    values(weight.grad(&grads).expect("tracked")),
                    values(bias.grad(&grads).expect("tracked").reshape([1, to])),
                ]
            };
            let found = run(&|x, weight, bias| dense(x, weight, bias, kind));
            let exact = run(&|x, weight, bias| plain(kind, x.matmul(weight) + bias.unsqueeze()));
            assert_close(&what("off the tape"), &values(alone), &exact[0]);
            for ((part, found), exact) in ["y", "∂x", "∂W", "∂b"].iter().zip(&found).zip(&exact) {
                assert_close(&what(part), found, exact);
            }
        }
    }
}

/// The perceptron that the flat vector `theta` holds, matrix and bias by turns, of Burn's operations.
fn perceptron(sizes: &[usize], theta: &Tensor<1>, head_bias: bool, kind: Activation, x: Tensor<2>) -> Tensor<2> {
    let mut at = 0;
    let mut next = |count: usize| {
        at += count;
        theta.clone().narrow(0, at - count, count)
    };
    let last = sizes.len() - 2;
    sizes.windows(2).enumerate().fold(x, |h, (i, pair)| {
        let mut h = h.matmul(next(pair[0] * pair[1]).reshape([pair[0], pair[1]]));
        if head_bias || i < last {
            h = h + next(pair[1]).unsqueeze();
        }
        plain((i < last).then_some(kind), h)
    })
}

#[test]
fn a_perceptron_of_any_depth_is_what_burns_operations_make() {
    for (depth, width) in [(1, 3), (2, 17), (3, 1), (4, 127), (5, 32)] {
        for (n, head_bias) in [(1, true), (5, false), (257, true)] {
            for kind in ACTIVATIONS.into_iter().flatten() {
                let mut rng = Rng::new(7, Stream::Init);
                let sizes = [vec![2], vec![width; depth], vec![3]].concat();
                let net = Mlp::new(&sizes, kind, 1.0, &mut rng, &device().autodiff());
                let net = if head_bias { net } else { net.without_head_bias() };
                let x = rng.normal_tensor([n, 2], &device()).autodiff();
                let theta = flatten(&net, None).autodiff().require_grad();
                let learner = Learner::new(net, Training::DEFAULT);
                let what = format!("{kind:?}, {depth} of {width}, batch {n}, bias of the head: {head_bias}");
                let found = learner.module().forward(x.clone());
                let exact = perceptron(&sizes, &theta, head_bias, kind, x);
                assert_close(&what, &values(found.clone().inner()), &values(exact.clone().inner()));
                let gradient = learner.gradient(found.square().mean());
                let grads = exact.square().mean().backward();
                assert_close(
                    &format!("{what}, gradient"),
                    &values(gradient),
                    &values(theta.grad(&grads).expect("tracked")),
                );
            }
        }
    }
}

#[test]
fn waves_are_burns_sines_and_cosines_forwards_and_in_reverse() {
    for (n, dim, features) in [(1, 1, 1), (257, 2, 17), (5, 1, 127)] {
        for size in [1.0, 4000.0, 1e6] {
            let mut rng = Rng::new(11, Stream::Data);
            let frequencies = rng.normal_tensor([dim, features], &device());
            let x = rng.normal_tensor([n, dim], &device()) * size;
            let above = rng.normal_tensor([n, dim + 2 * features], &device()).autodiff();
            let waves = FourierFeatures::of(frequencies.clone().autodiff());
            let run = |features: &dyn Fn(Tensor<2>) -> Tensor<2>| {
                let x = x.clone().autodiff().require_grad();
                let y = features(x.clone());
                let grads = (y.clone() * above.clone()).sum().backward();
                [values(y.inner()), values(x.grad(&grads).expect("tracked"))]
            };
            let found = run(&|x| waves.forward(x));
            let exact = run(&|x| {
                let phase = x.clone().matmul(frequencies.clone().autodiff());
                Tensor::cat(vec![x, phase.clone().sin(), phase.cos()], 1)
            });
            for (part, k) in [("φ", 0), ("∂x", 1)] {
                let what = format!("{n} of {dim}, {features} waves of {size}, {part}");
                // the coordinates themselves would hide what the waves are
                let tail = |all: &[f32]| -> Vec<f32> {
                    if k == 1 {
                        return all.to_vec();
                    }
                    all.chunks(dim + 2 * features)
                        .flat_map(|row| row[dim..].to_vec())
                        .collect()
                };
                assert_close(&what, &tail(&found[k]), &tail(&exact[k]));
            }
        }
    }
}

#[test]
fn a_product_alone_is_burns_own_and_so_are_its_gradients() {
    for [n, k, m] in [[1, 1, 1], [5, 3, 17], [257, 17, 3], [17, 257, 128], [6, 2, 2]] {
        let mut rng = Rng::new(13, Stream::Data);
        let mut normal = |rows, columns| rng.normal_tensor([rows, columns], &device());
        let (x, weight, above) = (normal(k, n), normal(m, k), normal(n, m).autodiff());
        let run = |made: &dyn Fn(Tensor<2>, Tensor<2>) -> Tensor<2>| {
            let x = x.clone().autodiff().require_grad();
            let weight = weight.clone().autodiff().require_grad();
            // both turned, so that neither lies in one piece
            let y = made(x.clone().transpose(), weight.clone().transpose());
            let grads = (y.clone() * above.clone()).sum().backward();
            let of = |tensor: &Tensor<2>| values(tensor.grad(&grads).expect("tracked"));
            [values(y.clone().inner()), of(&x), of(&weight)]
        };
        let (found, exact) = (run(&product), run(&|x, weight| x.matmul(weight)));
        for ((part, found), exact) in ["y", "∂x", "∂W"].iter().zip(&found).zip(&exact) {
            assert_close(&format!("{n} × {k} × {m}, {part}"), found, exact);
        }
    }
}

#[test]
fn a_gradient_too_small_to_matter_ends_and_no_larger_one_does() {
    let sizes = [
        (1e-32, true),
        (1e-27, false),
        (-1e-32, true),
        (-1e-27, false),
        (f32::NAN, false),
    ];
    for (size, ends) in sizes {
        for kind in [Some(Activation::Tanh), None] {
            let mut rng = Rng::new(17, Stream::Data);
            let x = rng.normal_tensor([5, 3], &device()).autodiff();
            let weight = rng.normal_tensor([3, 17], &device()).autodiff().require_grad();
            let bias = Tensor::zeros([17], &device()).autodiff();
            let y = dense(x, weight.clone(), bias, kind);
            let grads = (y * size).sum().backward();
            let gradient = values(weight.grad(&grads).expect("tracked"));
            let found = gradient.iter().all(|g| *g == 0.0);
            assert_eq!(found, ends, "{kind:?}, {size:e}: {gradient:?}");
        }
    }
}
