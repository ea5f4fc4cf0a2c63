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

use crate::{
    nn::cpu::{CpuTensor, in_one_piece, numbers, to_write},
    spec::training::{Optimizer, Training},
};
use burn::{
    backend::{Backend, Dispatch, Flex, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};
use kernels::update::{Rule, Update, Vectors, update};

const EPSILON: f64 = 1e-8;

/// The step of number `t` (from 1) at learning rate `rate`, after which an average keeps the share `keep` of itself.
pub fn rule(training: &Training, rate: f64, t: u64, keep: f64) -> Update {
    let (beta_1, beta_2) = (training.beta_1, training.beta_2);
    let t = t.min(i32::MAX as u64) as i32;
    // √v̂ = √v / correction: taken into the step's length, which saves an operation over all weights
    let correction = (1.0 - beta_2.powi(t)).sqrt();
    let (rule, length, decay) = match training.optimizer {
        Optimizer::Sgd => (Rule::Momentum, rate, 0.0),
        Optimizer::RmsProp => (Rule::RmsProp, rate * correction, 0.0),
        Optimizer::Adam => (Rule::Adam, rate * correction / (1.0 - beta_1.powi(t)), 0.0),
        Optimizer::AdamW => (
            Rule::Adam,
            rate * correction / (1.0 - beta_1.powi(t)),
            rate * training.weight_decay,
        ),
    };
    Update {
        rule,
        beta_1,
        beta_2,
        epsilon: EPSILON * correction,
        length,
        decay,
        clip: training.clip,
        keep,
    }
}

/// What a learner is made of: parameters, running means of the gradient and of its square, and the average of the parameters, `[p]` each. A rule
/// leaves alone what it does not use.
#[derive(Clone, Debug)]
pub struct Moving {
    pub theta: Tensor<1>,
    pub m: Tensor<1>,
    pub v: Tensor<1>,
    pub average: Tensor<1>,
}

impl Moving {
    /// Before the first step from `theta`.
    pub fn from(theta: Tensor<1>) -> Self {
        Self {
            m: theta.zeros_like(),
            v: theta.zeros_like(),
            average: theta.clone(),
            theta,
        }
    }

    /// Moves along the gradient `g`.
    ///
    /// # Shapes
    /// - `g`, `decays`: `[p]`; `decays` is 1 where weight decay acts and 0 elsewhere
    pub fn step(&mut self, update: Update, g: Tensor<1>, decays: Tensor<1>) {
        if update.keep == 0.0 {
            // whatever an average was, nothing of it stays
            self.average = self.theta.clone();
        }
        let empty = || Tensor::<1>::empty([0], &g.device());
        let vectors = [&mut self.theta, &mut self.m, &mut self.v, &mut self.average];
        let [theta, m, v, average] = vectors.map(|vector| std::mem::replace(vector, empty()).into_dispatch());
        let (theta, m, v, average) =
            Dispatch::updated(theta, m, v, average, g.into_dispatch(), decays.into_dispatch(), update);
        let [theta, m, v, average] = [theta, m, v, average].map(Tensor::from_dispatch);
        *self = Self { theta, m, v, average };
    }
}

/// A step as one operation.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"))]
pub trait UpdateOps: Backend {
    /// θ, m, v and θ̄ after the step.
    fn updated(
        theta: FloatTensor<Self>,
        m: FloatTensor<Self>,
        v: FloatTensor<Self>,
        average: FloatTensor<Self>,
        g: FloatTensor<Self>,
        decays: FloatTensor<Self>,
        update: Update,
    ) -> (
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
    );
}

impl UpdateOps for Flex {
    fn updated(
        theta: CpuTensor,
        m: CpuTensor,
        v: CpuTensor,
        average: CpuTensor,
        g: CpuTensor,
        decays: CpuTensor,
        step: Update,
    ) -> (CpuTensor, CpuTensor, CpuTensor, CpuTensor) {
        let [mut theta, mut m, mut v, mut average] = [theta, m, v, average].map(to_write);
        let vectors = Vectors {
            theta: theta.storage_mut(),
            m: m.storage_mut(),
            v: v.storage_mut(),
            average: average.storage_mut(),
        };
        update(
            &step,
            vectors,
            numbers(&in_one_piece(g)),
            numbers(&in_one_piece(decays)),
        );
        (theta, m, v, average)
    }
}
