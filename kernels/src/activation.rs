//! The non-linearities between layers and in losses, with their first three derivatives.

use crate::{
    functions::{all, choose, sigmoid, softplus, tanh},
    lanes::{Lanes, each},
};

/// Slope of the leaky ReLU below zero, the value the GAN literature uses (Radford et al., 2016, arXiv:1511.06434).
pub const LEAK: f32 = 0.2;

/// A function of each number alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// x · sigmoid(x): smooth, for everything that is differentiated in its input.
    Silu,
    /// max(x, 0.2 x): for discriminators.
    LeakyRelu,
    Tanh,
    /// 1 / (1 + e⁻ˣ): a chance from its logit.
    Sigmoid,
    /// log(1 + eˣ): what a wrong yes or no costs.
    Softplus,
    /// max(x, 0): what lies beyond a margin.
    Relu,
}

impl Activation {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Silu,
        Self::LeakyRelu,
        Self::Tanh,
        Self::Sigmoid,
        Self::Softplus,
        Self::Relu,
    ];
}

/// a and its first three derivatives.
pub(crate) type Derivatives = [Lanes; 4];

/// Those of the SiLU.
#[inline(always)]
pub(crate) fn silu(x: Lanes) -> Derivatives {
    let s = sigmoid(x);
    let (y, rest) = (x * s, all(1.0) - s);
    let (turn, tilt) = (s * rest, rest - s);
    [
        y,
        s + y * rest,
        turn * (all(2.0) + x * tilt),
        turn * (tilt * (all(3.0) + x * tilt) - all(2.0) * x * turn),
    ]
}

/// Those of the leaky ReLU.
#[inline(always)]
pub(crate) fn leaky_relu(x: Lanes) -> Derivatives {
    let slope = choose(x.simd_gt(all(0.0)), all(1.0), all(LEAK));
    [x * slope, slope, all(0.0), all(0.0)]
}

/// Those of tanh.
#[inline(always)]
pub(crate) fn hyperbolic(x: Lanes) -> Derivatives {
    let y = tanh(x);
    let square = y * y;
    let slope = all(1.0) - square;
    [y, slope, y * slope * all(-2.0), slope * (all(6.0) * square - all(2.0))]
}

/// Those of the sigmoid.
#[inline(always)]
pub(crate) fn logistic(x: Lanes) -> Derivatives {
    let s = sigmoid(x);
    let rest = all(1.0) - s;
    let (slope, tilt) = (s * rest, rest - s);
    [s, slope, slope * tilt, slope * (all(1.0) - all(6.0) * slope)]
}

/// Those of the softplus, whose slope is the sigmoid.
#[inline(always)]
pub(crate) fn soft(x: Lanes) -> Derivatives {
    let [slope, bend, twist, _] = logistic(x);
    [softplus(x), slope, bend, twist]
}

/// Those of the ReLU.
#[inline(always)]
pub(crate) fn relu(x: Lanes) -> Derivatives {
    let slope = choose(x.simd_gt(all(0.0)), all(1.0), all(0.0));
    [x * slope, slope, all(0.0), all(0.0)]
}

/// Calls `$loop` with the function that `$activation` names: one loop compiled for each.
macro_rules! for_each_activation {
    ($activation:expr, $loop:ident($($argument:expr),*)) => {
        match $activation {
            $crate::Activation::Silu => $loop($($argument,)* $crate::activation::silu),
            $crate::Activation::LeakyRelu => $loop($($argument,)* $crate::activation::leaky_relu),
            $crate::Activation::Tanh => $loop($($argument,)* $crate::activation::hyperbolic),
            $crate::Activation::Sigmoid => $loop($($argument,)* $crate::activation::logistic),
            $crate::Activation::Softplus => $loop($($argument,)* $crate::activation::soft),
            $crate::Activation::Relu => $loop($($argument,)* $crate::activation::relu),
        }
    };
}
pub(crate) use for_each_activation;

/// a(x).
///
/// # Panics
/// Where the slices differ in length, as all of this file do.
#[inline(never)]
pub fn apply(activation: Activation, x: &[f32], y: &mut [f32]) {
    #[inline(always)]
    fn pass(x: &[f32], y: &mut [f32], f: impl Fn(Lanes) -> Derivatives) {
        each([y], [x], |_, [x]| [f(x)[0]]);
    }
    for_each_activation!(activation, pass(x, y));
}

/// a(x) and a'(x).
#[inline(never)]
pub fn with_slope(activation: Activation, x: &[f32], y: &mut [f32], slope: &mut [f32]) {
    #[inline(always)]
    fn pass(x: &[f32], y: &mut [f32], slope: &mut [f32], f: impl Fn(Lanes) -> Derivatives) {
        each([y, slope], [x], |_, [x]| {
            let [y, slope, ..] = f(x);
            [y, slope]
        });
    }
    for_each_activation!(activation, pass(x, y, slope));
}

/// a(x), a'(x) and a''(x).
#[inline(never)]
pub fn with_bend(activation: Activation, x: &[f32], to: [&mut [f32]; 3]) {
    #[inline(always)]
    fn pass(x: &[f32], to: [&mut [f32]; 3], f: impl Fn(Lanes) -> Derivatives) {
        each(to, [x], |_, [x]| {
            let [y, slope, bend, _] = f(x);
            [y, slope, bend]
        });
    }
    for_each_activation!(activation, pass(x, to));
}

/// a(x), a'(x), a''(x) and a'''(x).
#[inline(never)]
pub fn with_twist(activation: Activation, x: &[f32], to: [&mut [f32]; 4]) {
    #[inline(always)]
    fn pass(x: &[f32], to: [&mut [f32]; 4], f: impl Fn(Lanes) -> Derivatives) {
        each(to, [x], |_, [x]| f(x));
    }
    for_each_activation!(activation, pass(x, to));
}
