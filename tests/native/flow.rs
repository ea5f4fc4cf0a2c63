//! What the masks of autoregressive layers promise.

use crate::common::{device, values};
use burn::tensor::Tensor;
use dgm::{
    models::flow::{
        Bijector,
        autoregressive::{Autoregressive, Inverted},
        conditioner::Size,
        monotone::Monotone,
    },
    rng::{Rng, Stream},
};

const DIM: usize = 4;
const MAPS: [Monotone; 4] = [
    Monotone::Shift,
    Monotone::Scale,
    Monotone::Affine,
    Monotone::Spline { bins: 6 },
];

/// A layer whose outputs see their inputs through `features` waves.
fn layer(map: Monotone, features: usize) -> Autoregressive {
    let size = Size {
        features,
        width: 32,
        depth: 2,
    };
    Autoregressive::new(DIM, map, size, &mut Rng::new(7, Stream::Init), &device().autodiff())
}

/// ∂(output i)/∂(input j) at one point, by reverse mode, row by row.
fn jacobian(map: impl Fn(Tensor<2>) -> Tensor<2>) -> Vec<Vec<f32>> {
    let x = Rng::new(8, Stream::Data).normal_tensor([1, DIM], &device());
    let x = x.autodiff().require_grad();
    let row = |i| {
        let grads = map(x.clone()).narrow(1, i, 1).sum().backward();
        values(x.grad(&grads).expect("an output depends on some input"))
    };
    (0..DIM).map(row).collect()
}

fn assert_strictly_masked(what: &str, map: impl Fn(Tensor<2>) -> Tensor<2>) {
    for (i, row) in jacobian(map).iter().enumerate() {
        for (j, &slope) in row.iter().enumerate() {
            if j > i {
                assert_eq!(slope, 0.0, "{what}: output {i} sees the later input {j}");
            } else {
                assert_ne!(slope, 0.0, "{what}: output {i} does not see input {j}");
            }
        }
    }
}

#[test]
fn masks_cut_exactly_the_later_inputs_in_both_directions() {
    for map in MAPS {
        for features in [0, 3] {
            let forward = layer(map, features);
            let backward = Inverted::new(layer(map, features));
            let what = format!("{map:?} with {features} waves");
            assert_strictly_masked(&what, |x| forward.forward_and_log_det(x).0);
            assert_strictly_masked(&format!("{what}, inverse"), |z| backward.forward_and_log_det(z).0);
        }
    }
}

/// The raw numbers that move an input come from strictly earlier ones: its own slope is then the exponential of its log-determinant alone.
#[test]
fn the_diagonal_is_what_the_log_determinant_says() {
    for map in MAPS {
        let layer = layer(map, 0);
        let diagonal = jacobian(|x| layer.forward_and_log_det(x).0);
        let log_slopes: f32 = diagonal.iter().enumerate().map(|(i, row)| row[i].abs().ln()).sum();
        let x = Rng::new(8, Stream::Data).normal_tensor([1, DIM], &device());
        let log_det = values(layer.forward_and_log_det(x.autodiff()).1.inner())[0];
        assert!(
            (log_slopes - log_det).abs() < 1e-4,
            "{map:?}: the diagonal says {log_slopes}, the log-determinant {log_det}"
        );
    }
}

/// What is the density's part in a layer that runs backwards: the slopes there and back multiply to one.
#[test]
fn the_log_determinants_of_both_directions_cancel() {
    for map in MAPS {
        let (forward, backward) = (layer(map, 3), Inverted::new(layer(map, 3)));
        let x = Rng::new(8, Stream::Data).normal_tensor([64, DIM], &device());
        let (z, there) = forward.forward_and_log_det(x.autodiff());
        let (_, back) = backward.forward_and_log_det(z);
        let (there, back) = (values(there.inner()), values(back.inner()));
        let stretches = there.iter().any(|log_det| log_det.abs() > 0.1);
        assert_eq!(stretches, map != Monotone::Shift, "{map:?}: {there:?}");
        let worst = there.iter().zip(&back).map(|(a, b)| (a + b).abs()).fold(0.0, f32::max);
        assert!(
            worst < 1e-4,
            "{map:?}: there and back the log-determinants are {worst} apart"
        );
    }
}
