//! Rules that turn a gradient into a step, over one flat vector.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²      m̂ = m / (1 − β₁ᵗ)      v̂ = v / (1 − β₂ᵗ)
//! Adam:     θ ← θ − lr · m̂ / (√v̂ + ε)
//! AdamW:    the same, after W ← (1 − lr λ) W for the matrices W of linear layers
//! RMSprop:  θ ← θ − lr · g / (√v̂ + ε)
//! SGD:      m ← β₁ m + g      θ ← θ − lr · m
//! ```
//!
//! RMSprop as it was taught, and PyTorch's, divide by √v itself: with v at 0 before the first step that step is 1 / √(1 − β₂) times as long,
//! 32 times at β₂ = 0.999. With Adam's v̂ it is as long as any other, and the rules agree once some 1 / (1 − β₂) steps are past.
//!
//! References: D. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization*, 2015, arXiv:1412.6980; I. Loshchilov and F. Hutter,
//! *Decoupled Weight Decay Regularization*, 2019, arXiv:1711.05101; T. Tieleman and G. Hinton, *RMSprop*, Coursera lecture 6.5, 2012;
//! B. Polyak, *Some Methods of Speeding Up the Convergence of Iteration Methods*, 1964 (momentum).

use crate::spec::training::{Optimizer, Training};
use burn::tensor::Tensor;

const EPSILON: f64 = 1e-8;

/// Running means of the gradient and of its square, `[p]` each. A rule leaves alone what it does not use.
#[derive(Clone, Debug)]
pub struct Moments {
    pub m: Tensor<1>,
    pub v: Tensor<1>,
}

impl Moments {
    /// Zeros of the shape of `theta`.
    pub fn zeros_like(theta: &Tensor<1>) -> Self {
        Self {
            m: theta.zeros_like(),
            v: theta.zeros_like(),
        }
    }

    /// θ after update number `t` (from 1) along gradient `g` at learning rate `rate`.
    ///
    /// # Shapes
    /// - `theta`, `decays`, `g`: `[p]`, returns the same; `decays` is 1 where weight decay acts and 0 elsewhere
    pub fn step(
        &mut self,
        training: &Training,
        theta: Tensor<1>,
        decays: Tensor<1>,
        g: Tensor<1>,
        rate: f64,
        t: u64,
    ) -> Tensor<1> {
        let (beta_1, beta_2) = (training.beta_1, training.beta_2);
        let t = t.min(i32::MAX as u64) as i32;
        // √v̂ = √v / correction: taken into the step's length, which saves an operation over all weights
        let correction = (1.0 - beta_2.powi(t)).sqrt();
        let squares = |v: &Tensor<1>, g: &Tensor<1>| v.clone() * beta_2 + g.clone().square() * (1.0 - beta_2);
        match training.optimizer {
            Optimizer::Sgd => {
                self.m = self.m.clone() * beta_1 + g;
                theta - self.m.clone() * rate
            }
            Optimizer::RmsProp => {
                self.v = squares(&self.v, &g);
                theta - g * (rate * correction) / (self.v.clone().sqrt() + EPSILON * correction)
            }
            Optimizer::Adam | Optimizer::AdamW => {
                self.v = squares(&self.v, &g);
                self.m = self.m.clone() * beta_1 + g * (1.0 - beta_1);
                let length = rate * correction / (1.0 - beta_1.powi(t));
                let update = self.m.clone() * length / (self.v.clone().sqrt() + EPSILON * correction);
                let kept = if training.optimizer == Optimizer::AdamW {
                    theta.clone() - theta * decays * (rate * training.weight_decay)
                } else {
                    theta
                };
                kept - update
            }
        }
    }
}
