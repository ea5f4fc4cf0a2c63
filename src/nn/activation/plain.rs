//! The same of Burn's operations: for every backend, and differentiable as often as they are.

use burn::backend::{Backend, tensor::FloatTensor};
use kernels::{Activation, activation::LEAK};

pub fn activated<B: Backend>(x: FloatTensor<B>, activation: Activation) -> FloatTensor<B> {
    match activation {
        Activation::Silu => {
            let s = B::sigmoid(x.clone());
            B::float_mul(x, s)
        }
        Activation::LeakyRelu => B::leaky_relu(x, LEAK.into()),
        Activation::Tanh => B::float_tanh(x),
        Activation::Sigmoid => B::sigmoid(x),
        // −log σ(−x) does not overflow
        Activation::Softplus => B::float_neg(B::log_sigmoid(B::float_neg(x))),
        Activation::Relu => B::relu(x),
    }
}

pub fn with_slope<B: Backend>(x: FloatTensor<B>, activation: Activation) -> (FloatTensor<B>, FloatTensor<B>) {
    let (y, slope, _) = with_bend::<B>(x, activation);
    (y, slope)
}

pub fn with_bend<B: Backend>(
    x: FloatTensor<B>,
    activation: Activation,
) -> (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) {
    let (y, slope, bend, _) = with_twist::<B>(x, activation);
    (y, slope, bend)
}

pub fn with_twist<B: Backend>(
    x: FloatTensor<B>,
    activation: Activation,
) -> (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) {
    let plus = |x, number: f64| B::float_add_scalar(x, number.into());
    let times = |x, number: f64| B::float_mul_scalar(x, number.into());
    match activation {
        Activation::Silu => {
            let s = B::sigmoid(x.clone());
            let rest = plus(B::float_neg(s.clone()), 1.0);
            let y = B::float_mul(x.clone(), s.clone());
            let slope = B::float_add(s.clone(), B::float_mul(y.clone(), rest.clone()));
            // a'' = s (1 − s) (2 + x (1 − 2s)), a''' = s (1 − s) ((1 − 2s) (3 + x (1 − 2s)) − 2 x s (1 − s))
            let turn = B::float_mul(s.clone(), rest.clone());
            let tilt = B::float_sub(rest, s);
            let bent = B::float_mul(x.clone(), tilt.clone());
            let bend = B::float_mul(turn.clone(), plus(bent.clone(), 2.0));
            let inner = B::float_sub(
                B::float_mul(tilt, plus(bent, 3.0)),
                times(B::float_mul(x, turn.clone()), 2.0),
            );
            (y, slope, bend, B::float_mul(turn, inner))
        }
        Activation::LeakyRelu => {
            let y = B::leaky_relu(x.clone(), LEAK.into());
            // The sign of x is −1 or 1 but at 0, which is right of the kink nowhere.
            let leak = f64::from(LEAK);
            let slope = plus(times(B::float_sign(x), 0.5 * (1.0 - leak)), 0.5 * (1.0 + leak));
            let flat = times(slope.clone(), 0.0);
            (y, slope, flat.clone(), flat)
        }
        Activation::Sigmoid => {
            let s = B::sigmoid(x);
            let rest = plus(B::float_neg(s.clone()), 1.0);
            let slope = B::float_mul(s.clone(), rest.clone());
            let bend = B::float_mul(slope.clone(), B::float_sub(rest, s.clone()));
            let twist = B::float_mul(slope.clone(), plus(times(slope.clone(), -6.0), 1.0));
            (s, slope, bend, twist)
        }
        Activation::Softplus => {
            let y = activated::<B>(x.clone(), activation);
            let (slope, bend, twist, _) = with_twist::<B>(x, Activation::Sigmoid);
            (y, slope, bend, twist)
        }
        Activation::Relu => {
            let y = B::relu(x.clone());
            let slope = times(plus(B::float_sign(x), 1.0), 0.5);
            let flat = times(slope.clone(), 0.0);
            (y, slope, flat.clone(), flat)
        }
        Activation::Tanh => {
            let y = B::float_tanh(x);
            let square = B::float_mul(y.clone(), y.clone());
            let slope = plus(B::float_neg(square.clone()), 1.0);
            let bend = times(B::float_mul(y.clone(), slope.clone()), -2.0);
            let twist = B::float_mul(slope.clone(), plus(times(square, 6.0), -2.0));
            (y, slope, bend, twist)
        }
    }
}
