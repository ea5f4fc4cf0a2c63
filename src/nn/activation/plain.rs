//! The same of Burn's operations: for every backend, and differentiable as often as they are.

use super::kind::{Activation, LEAK};
use burn::backend::{Backend, tensor::FloatTensor};

pub fn activated<B: Backend>(x: FloatTensor<B>, activation: Activation) -> FloatTensor<B> {
    match activation {
        Activation::Silu => {
            let s = B::sigmoid(x.clone());
            B::float_mul(x, s)
        }
        Activation::LeakyRelu => B::leaky_relu(x, LEAK.into()),
        Activation::Tanh => B::float_tanh(x),
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
    let one_less = |x| B::float_add_scalar(B::float_neg(x), 1.0.into());
    match activation {
        Activation::Silu => {
            let s = B::sigmoid(x.clone());
            let (y, rest) = (B::float_mul(x.clone(), s.clone()), one_less(s.clone()));
            let slope = B::float_add(s.clone(), B::float_mul(y.clone(), rest.clone()));
            // a'' = s (1 − s) (2 + x − 2 y)
            let inner = B::float_add_scalar(B::float_sub(x, B::float_mul_scalar(y.clone(), 2.0.into())), 2.0.into());
            let bend = B::float_mul(B::float_mul(s, rest), inner);
            (y, slope, bend)
        }
        Activation::LeakyRelu => {
            let y = B::leaky_relu(x.clone(), LEAK.into());
            // The sign of x is −1 or 1 but at 0, which is right of the kink nowhere.
            let half = B::float_mul_scalar(B::float_sign(x), (0.5 * (1.0 - LEAK)).into());
            let slope = B::float_add_scalar(half, (0.5 * (1.0 + LEAK)).into());
            let bend = B::float_mul_scalar(slope.clone(), 0.0.into());
            (y, slope, bend)
        }
        Activation::Tanh => {
            let y = B::float_tanh(x);
            let slope = one_less(B::float_mul(y.clone(), y.clone()));
            let bend = B::float_mul_scalar(B::float_mul(y.clone(), slope.clone()), (-2.0).into());
            (y, slope, bend)
        }
    }
}
