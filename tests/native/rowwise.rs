//! Curves, mixtures and tables row by row against Burn's own operations, forwards and in reverse.

use crate::common::{device, values};
use burn::tensor::Tensor;
use dgm::{
    models::flow::monotone::Monotone,
    nn::{
        columns::{columns, pair},
        distributions::{GaussianMixture, Univariate},
        levels::Levels,
    },
    rng::{Rng, Stream},
};

/// In every entry within `tolerance` of the largest.
fn assert_close(what: &str, found: &[f32], exact: &[f32], tolerance: f32) {
    assert_eq!(found.len(), exact.len(), "{what}");
    let size = exact.iter().fold(1.0_f32, |size, value| size.max(value.abs()));
    for (a, b) in found.iter().zip(exact) {
        assert!((a - b).abs() < tolerance * size, "{what}: {a}, not {b}");
    }
}

type Values = Vec<Vec<f32>>;

/// Values of all `outputs` with the gradients of each, summed with `above`, in both inputs.
fn run<const D: usize>(
    [x, above]: [&Tensor<2>; 2],
    raw: &Tensor<D>,
    outputs: &[&dyn Fn(Tensor<2>, Tensor<D>) -> Tensor<2>],
) -> Values {
    let each = outputs.iter().flat_map(|output| {
        let x = x.clone().autodiff().require_grad();
        let raw = raw.clone().autodiff().require_grad();
        let y = output(x.clone(), raw.clone());
        let grads = (y.clone() * above.clone().autodiff()).sum().backward();
        [
            values(y.inner()),
            x.grad(&grads).map(values).unwrap_or_default(),
            raw.grad(&grads).map(values).unwrap_or_default(),
        ]
    });
    each.collect()
}

#[test]
fn curves_are_what_burns_operations_make_and_so_are_their_gradients() {
    let kinds = [
        Monotone::Scale,
        Monotone::Affine,
        Monotone::Spline { bins: 2 },
        Monotone::Spline { bins: 8 },
        Monotone::Spline { bins: 17 },
    ];
    for kind in kinds {
        for n in [1, 5, 257] {
            let mut rng = Rng::new(13, Stream::Data);
            // Wide enough that some rows lie outside a spline.
            let x = rng.normal_tensor([n, 1], &device()) * 3.0;
            let raw = rng.normal_tensor([n, kind.raw_size()], &device());
            let above = rng.normal_tensor([n, 1], &device());
            let found = run(
                [&x, &above],
                &raw,
                &[&|x, raw| kind.forward(x, raw).0, &|x, raw| kind.forward(x, raw).1],
            );
            let exact = run(
                [&x, &above],
                &raw,
                &[&|x, raw| kind.forward_of_operations(x, raw).0, &|x, raw| {
                    kind.forward_of_operations(x, raw).1
                }],
            );
            for (part, (found, exact)) in found.iter().zip(&exact).enumerate() {
                let what = format!("{kind:?} of {n} rows, part {part}");
                let nothing = vec![0.0; found.len()];
                // what a value does not depend on has no gradient on Burn's tape, and one of zeros here
                let exact = if exact.is_empty() { &nothing } else { exact };
                assert_close(&what, found, exact, 3e-5);
            }
            // Both ways round, and as Burn's operations go back.
            let (y, log_slope) = kind.forward(x.clone(), raw.clone());
            let (back, shrink) = kind.inverse(y.clone(), raw.clone());
            let (exact, exact_shrink) = kind.inverse_of_operations(y, raw);
            let what = format!("{kind:?} of {n} rows, back");
            assert_close(&what, &values(back.clone()), &values(exact), 3e-5);
            assert_close(&what, &values(shrink.clone()), &values(exact_shrink), 1e-4);
            assert_close(&what, &values(back), &values(x), 1e-4);
            assert_close(&what, &values(shrink.neg()), &values(log_slope), 1e-3);
        }
    }
}

#[test]
fn mixtures_are_what_burns_operations_make_and_so_are_their_gradients() {
    for [n, d, k] in [[1, 1, 1], [5, 2, 3], [257, 1, 16], [3, 64, 5]] {
        let mut rng = Rng::new(17, Stream::Data);
        let x = rng.normal_tensor([n, d], &device()) * 2.0;
        let raw = rng.normal_tensor([n * d, 3 * k], &device()).reshape([n, d, 3 * k]) * 2.0;
        let above = rng.normal_tensor([n, d], &device());
        let found = run([&x, &above], &raw, &[&|x, raw| GaussianMixture::new(raw).log_prob(x)]);
        let exact = run(
            [&x, &above],
            &raw,
            &[&|x, raw| GaussianMixture::new(raw).log_prob_of_operations(x)],
        );
        for (part, (found, exact)) in found.iter().zip(&exact).enumerate() {
            assert_close(&format!("{n} × {d}, {k} components, part {part}"), found, exact, 1e-5);
        }
        let alone = GaussianMixture::new(raw).log_prob(x);
        assert_close("off the tape", &values(alone), &exact[0], 1e-5);
    }
}

#[test]
fn tables_are_what_burns_operations_make_and_so_are_their_gradients() {
    for [n, d, k] in [[1, 1, 2], [5, 64, 17], [257, 3, 2], [2, 1, 192]] {
        let mut rng = Rng::new(19, Stream::Data);
        let levels: Vec<f32> = (0..n * d).map(|_| rng.index(k) as f32).collect();
        let x = Tensor::<1>::from_floats(levels.as_slice(), &device()).reshape([n, d]);
        let logits = rng.normal_tensor([n * d, k], &device()).reshape([n, d, k]) * 5.0;
        let above = rng.normal_tensor([n, d], &device());
        let found = run([&x, &above], &logits, &[&|x, logits| Levels::new(logits).log_prob(x)]);
        let exact = run(
            [&x, &above],
            &logits,
            &[&|x, logits| Levels::new(logits).log_prob_of_operations(x)],
        );
        for part in [0, 2] {
            assert_close(
                &format!("{n} × {d}, {k} levels, part {part}"),
                &found[part],
                &exact[part],
                1e-5,
            );
        }
        let alone = Levels::new(logits).log_prob(x);
        assert_close("off the tape", &values(alone), &exact[0], 1e-5);
    }
}

#[test]
fn the_planes_columns_come_apart_and_together_with_their_gradients() {
    let mut rng = Rng::new(19, Stream::Data);
    for n in [1, 5, 257] {
        let x = rng.normal_tensor([n, 2], &device());
        let above = rng.normal_tensor([n, 2], &device()).autodiff();
        let run = |swapped: &dyn Fn(Tensor<2>) -> Tensor<2>| {
            let x = x.clone().autodiff().require_grad();
            let y = swapped(x.clone());
            let grads = (y.clone() * above.clone()).sum().backward();
            [values(y.inner()), values(x.grad(&grads).expect("tracked"))]
        };
        let found = run(&|x| {
            let [first, second] = columns(x);
            pair(second * first.clone(), first)
        });
        let exact = run(&|x| {
            let (first, second) = (x.clone().narrow(1, 0, 1), x.narrow(1, 1, 1));
            Tensor::cat(vec![second * first.clone(), first], 1)
        });
        assert_eq!(found, exact, "{n} rows");
    }
}
