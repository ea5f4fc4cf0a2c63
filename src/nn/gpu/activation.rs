//! The non-linearities and their derivatives, each number one thread.

use super::shader::{Shader, each, grid, in_one_piece, launch, room};
use crate::nn::activation::{ActivationGradients, ActivationOps};
use burn_wgpu::{CubeBackend, CubeTensor};
use kernels::{Activation, activation::LEAK};

/// The functions `value`, `slope`, `bend` and `twist` of a number: a and its first three derivatives.
pub fn functions(activation: Activation) -> String {
    let sigmoid = "fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -87.0, 87.0))); }";
    let [value, slope, bend, twist] = match activation {
        Activation::Silu => [
            "return x * sigmoid(x);",
            "let s = sigmoid(x); return s + x * s * (1.0 - s);",
            "let s = sigmoid(x); return s * (1.0 - s) * (2.0 + x * (1.0 - 2.0 * s));",
            "let s = sigmoid(x); let turn = s * (1.0 - s); let tilt = 1.0 - 2.0 * s; return turn * (tilt * (3.0 + x * tilt) - 2.0 * x * turn);",
        ],
        Activation::LeakyRelu => [
            "return x * slope(x);",
            "return select(LEAK, 1.0, x > 0.0);",
            "return 0.0;",
            "return 0.0;",
        ],
        // past 10 the function is ±1 to the last bit, and some GPUs lose it altogether
        Activation::Tanh => [
            "return tanh(clamp(x, -10.0, 10.0));",
            "let y = value(x); return 1.0 - y * y;",
            "let y = value(x); return -2.0 * y * (1.0 - y * y);",
            "let y = value(x); return (1.0 - y * y) * (6.0 * y * y - 2.0);",
        ],
        Activation::Sigmoid => [
            "return sigmoid(x);",
            "let s = sigmoid(x); return s * (1.0 - s);",
            "let s = sigmoid(x); return s * (1.0 - s) * (1.0 - 2.0 * s);",
            "let s = sigmoid(x); let turn = s * (1.0 - s); return turn * (1.0 - 6.0 * turn);",
        ],
        // log(1 + e) loses a small e
        Activation::Softplus => [
            "let e = exp(-abs(x)); return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - 0.5 * e), e < 1e-3);",
            "return sigmoid(x);",
            "let s = sigmoid(x); return s * (1.0 - s);",
            "let s = sigmoid(x); return s * (1.0 - s) * (1.0 - 2.0 * s);",
        ],
        Activation::Relu => [
            "return max(x, 0.0);",
            "return select(0.0, 1.0, x > 0.0);",
            "return 0.0;",
            "return 0.0;",
        ],
    };
    format!(
        "const LEAK = {LEAK}f;\n{sigmoid}\nfn value(x: f32) -> f32 {{ {value} }}\nfn slope(x: f32) -> f32 {{ {slope} }}\n\
         fn bend(x: f32) -> f32 {{ {bend} }}\nfn twist(x: f32) -> f32 {{ {twist} }}"
    )
}

/// The first `count` of a, a', a'' and a'''.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pointwise {
    activation: Activation,
    count: usize,
}

const PARTS: [&str; 4] = ["value", "slope", "bend", "twist"];

impl Shader for Pointwise {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        ["x", "to_value", "to_slope", "to_bend", "to_twist"][..=self.count].into()
    }

    fn before(&self) -> String {
        functions(self.activation)
    }

    fn body(&self) -> String {
        let writes: String = PARTS[..self.count]
            .iter()
            .map(|part| format!("to_{part}[i] = {part}(x[i]);\n"))
            .collect();
        each(writes)
    }
}

fn pointwise<const COUNT: usize>(x: CubeTensor, activation: Activation) -> [CubeTensor; COUNT] {
    let x = in_one_piece(x);
    let to = [(); COUNT].map(|()| room(&x, x.meta.shape().clone()));
    let count = x.meta.shape().num_elements();
    let tensors: Vec<&CubeTensor> = std::iter::once(&x).chain(&to).collect();
    let shader = Pointwise {
        activation,
        count: COUNT,
    };
    launch(shader, &tensors, &[count as u32], grid(count));
    to
}

impl ActivationOps for CubeBackend {
    fn activated(x: CubeTensor, activation: Activation) -> CubeTensor {
        let [y] = pointwise(x, activation);
        y
    }

    fn with_slope(x: CubeTensor, activation: Activation) -> (CubeTensor, CubeTensor) {
        pointwise::<2>(x, activation).into()
    }

    fn with_bend(x: CubeTensor, activation: Activation) -> (CubeTensor, CubeTensor, CubeTensor) {
        pointwise::<3>(x, activation).into()
    }
}

impl ActivationGradients for CubeBackend {
    fn with_twist(x: CubeTensor, activation: Activation) -> (CubeTensor, CubeTensor, CubeTensor, CubeTensor) {
        pointwise::<4>(x, activation).into()
    }
}
