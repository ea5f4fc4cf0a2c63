//! The layer of logits in one pass against Burn's own operations, forwards and in reverse.

use crate::common::{device, values};
use burn::tensor::{Int, Tensor, TensorData, activation::log_softmax};
use dgm::{
    nn::foretold::mean_log_prob,
    rng::{Rng, Stream},
};

/// Value and gradients, the latter of `factor` times the mean.
fn run(
    mean: impl FnOnce(Tensor<2>, Tensor<2>, Tensor<1>) -> Tensor<1>,
    [h, vectors]: &[Tensor<2>; 2],
    bias: &Tensor<1>,
    factor: f64,
) -> Vec<Vec<f32>> {
    let [h, vectors] = [h, vectors].map(|matrix| matrix.clone().autodiff().require_grad());
    let bias = bias.clone().autodiff().require_grad();
    let value = mean(h.clone(), vectors.clone(), bias.clone());
    let grads = (value.clone() * factor).backward();
    vec![
        values(value.inner()),
        values(h.grad(&grads).expect("h is tracked")),
        values(vectors.grad(&grads).expect("vectors are tracked")),
        values(bias.grad(&grads).expect("the bias is tracked")),
    ]
}

fn by_operations(h: Tensor<2>, vectors: Tensor<2>, bias: Tensor<1>, next: &[u32]) -> Tensor<1> {
    let at: Vec<i32> = next.iter().map(|&token| token as i32).collect();
    let at = Tensor::<2, Int>::from_data(TensorData::new(at, [next.len(), 1]), &h.device());
    log_softmax(h.matmul(vectors.transpose()) + bias.unsqueeze(), 1)
        .gather(1, at)
        .mean()
}

/// The last two are taken in several parts, of which the last is smaller.
#[test]
fn the_mean_and_its_gradients_are_what_burns_operations_make() {
    for (n, size, tokens) in [(1, 1, 1), (3, 5, 2), (64, 16, 80), (300, 8, 1001), (131, 3, 4096)] {
        let mut rng = Rng::new(17, Stream::Data);
        let matrices = [n, tokens].map(|rows| rng.normal_tensor([rows, size], &device()) * 2.0);
        let bias = rng.normal_tensor([1, tokens], &device()).reshape([tokens]);
        let next: Vec<u32> = (0..n).map(|_| rng.index(tokens) as u32).collect();
        let found = run(
            |h, vectors, bias| mean_log_prob(h, vectors, bias, next.clone()),
            &matrices,
            &bias,
            -1.7,
        );
        let exact = run(
            |h, vectors, bias| by_operations(h, vectors, bias, &next),
            &matrices,
            &bias,
            -1.7,
        );
        for (part, (found, exact)) in found.iter().zip(&exact).enumerate() {
            let largest = exact.iter().fold(1e-3_f32, |size, value| size.max(value.abs()));
            for (a, b) in found.iter().zip(exact) {
                assert!(
                    (a - b).abs() < 1e-5 * largest,
                    "{n} × {tokens}, part {part}: {a}, not {b}"
                );
            }
        }
    }
}

/// e to the power of hundreds is no number: only differences may be taken to it.
#[test]
fn large_logits_are_no_trouble() {
    let h = Tensor::<2>::from_data([[300.0, -300.0]], &device());
    let vectors = Tensor::<2>::from_data([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], &device());
    let bias = Tensor::<1>::zeros([3], &device());
    let found = run(
        |h, vectors, bias| mean_log_prob(h, vectors, bias, vec![2]),
        &[h, vectors],
        &bias,
        1.0,
    );
    assert!((found[0][0] + std::f32::consts::LN_2).abs() < 1e-6, "{:?}", found[0]);
    assert!(found.iter().flatten().all(|value| value.is_finite()), "{found:?}");
}
