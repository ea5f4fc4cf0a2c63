//! The fused non-linearities against Burn's own operations, forwards and in reverse, at shapes that no loop likes.

use crate::common::{device, values};
use burn::tensor::{Tensor, activation};
use dgm::{
    nn::activation::{Activate, Activation},
    rng::{Rng, Stream},
};

type Output = fn(Activation, Tensor<2>) -> Tensor<2>;

/// a, a' and a'' of Burn's operations, which it differentiates once.
pub fn plain(activation: Activation, x: Tensor<2>) -> [Tensor<2>; 3] {
    match activation {
        Activation::Silu => {
            let s = activation::sigmoid(x.clone());
            let slope = s.clone() * (x.clone() * (s.clone().neg() + 1.0) + 1.0);
            let bend = s.clone() * (s.clone().neg() + 1.0) * (x.clone() * (s.clone() * -2.0 + 1.0) + 2.0);
            [x * s, slope, bend]
        }
        Activation::LeakyRelu => {
            let slope = x.clone().greater_elem(0.0).float() * 0.8 + 0.2;
            [activation::leaky_relu(x, 0.2), slope.clone(), slope * 0.0]
        }
        Activation::Sigmoid => {
            let s = activation::sigmoid(x);
            let slope = s.clone() * (s.clone().neg() + 1.0);
            [s.clone(), slope.clone(), slope * (s * -2.0 + 1.0)]
        }
        Activation::Softplus => {
            let [slope, bend, _] = plain(Activation::Sigmoid, x.clone());
            [activation::softplus(x, 1.0), slope, bend]
        }
        Activation::Relu => {
            let slope = x.clone().greater_elem(0.0).float();
            [activation::relu(x), slope.clone(), slope * 0.0]
        }
        Activation::Tanh => {
            let y = x.tanh();
            let slope = y.clone().square().neg() + 1.0;
            [y.clone(), slope.clone(), y * slope * -2.0]
        }
    }
}

fn assert_close(what: &str, found: Tensor<2>, exact: Tensor<2>) {
    assert_eq!(found.dims(), exact.dims(), "{what}");
    for (a, b) in values(found).into_iter().zip(values(exact)) {
        assert!((a - b).abs() < 2e-6 * b.abs().max(1.0), "{what}: {a}, not {b}");
    }
}

#[test]
fn each_is_what_burns_operations_make_and_so_is_its_gradient() {
    for activation in Activation::ALL {
        for (n, d) in [(1, 1), (5, 3), (1, 17), (257, 1), (5, 127), (257, 128)] {
            let mut rng = Rng::new(3, Stream::Data);
            let x = rng.normal_tensor([n, d], &device()) * 3.0;
            let above = rng.normal_tensor([n, d], &device());
            let exact = plain(activation, x.clone());
            let what = |part: &str| format!("{activation:?} of {n} × {d}, {part}");
            // Without a tape, whole and as a view that is not in one piece.
            assert_close(&what("alone"), activation.apply(x.clone()), exact[0].clone());
            let turned = activation.apply(x.clone().swap_dims(0, 1)).swap_dims(0, 1);
            assert_close(&what("turned"), turned, exact[0].clone());
            let outputs: [(&str, Output, usize); 6] = [
                ("a", Activation::apply, 0),
                ("a beside a'", |a, x| a.with_derivative(x).0, 0),
                ("a'", |a, x| a.with_derivative(x).1, 1),
                ("a beside a''", |a, x| a.with_two_derivatives(x)[0].clone(), 0),
                ("a' beside a''", |a, x| a.with_two_derivatives(x)[1].clone(), 1),
                ("a''", |a, x| a.with_two_derivatives(x)[2].clone(), 2),
            ];
            let gradient = |output: &dyn Fn(Tensor<2>) -> Tensor<2>| {
                let tracked = x.clone().autodiff().require_grad();
                let y = output(tracked.clone());
                let grads = (y.clone() * above.clone().autodiff()).sum().backward();
                // what is flat is on no tape of Burn's
                let gradient = tracked.grad(&grads).unwrap_or_else(|| x.zeros_like());
                (y.inner(), gradient)
            };
            for (part, output, order) in outputs {
                let (y, found) = gradient(&|x| output(activation, x));
                assert_close(&what(part), y, exact[order].clone());
                let (_, burns) = gradient(&|x| plain(activation, x.clone())[order].clone() + x * 0.0);
                assert_close(&what(&format!("gradient of {part}")), found, burns);
            }
            let bend = activation.with_two_derivatives(x)[2].clone();
            assert_close(&what("bend"), bend, exact[2].clone());
        }
    }
}
