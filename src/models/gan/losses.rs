//! What the two players minimise: one pair of losses for each objective, from logits alone.
//!
//! ```text
//! r = D(x), f = D(x̃)      L_D                                              L_G
//! minimax                 E[softplus(−r)] + E[softplus(f)]                 −E[softplus(f)] = E[log(1 − σ(f))]
//! non-saturating          E[softplus(−r)] + E[softplus(f)]                 E[softplus(−f)]
//! least squares           ½ E[(r − 1)²] + ½ E[f²]                          ½ E[(f − 1)²]
//! hinge                   E[max(0, 1 − r)] + E[max(0, 1 + f)]              −E[f]
//! Wasserstein             E[f] − E[r]                                      −E[f]
//! relativistic            E[softplus(−(r − f))]                            E[softplus(−(f − r))]
//! ```
//!
//! The minimax generator's gradient vanishes exactly where the discriminator wins, f ≪ 0; all the others push hardest, or evenly, there.
//!
//! References: I. Goodfellow et al., *Generative Adversarial Networks*, 2014, arXiv:1406.2661. X. Mao et al., *Least Squares Generative
//! Adversarial Networks*, 2017, arXiv:1611.04076, with a = 0, b = c = 1. J. Lim and J. Ye, *Geometric GAN*, 2017, arXiv:1705.02894.
//! M. Arjovsky, S. Chintala, L. Bottou, *Wasserstein GAN*, 2017, arXiv:1701.07875. A. Jolicoeur-Martineau, *The Relativistic
//! Discriminator*, 2018, arXiv:1807.00734, section 4.1 (RpGAN).

use crate::nn::activation::{Activate, Activation};
use burn::tensor::Tensor;

/// Which game is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    Minimax,
    NonSaturating,
    LeastSquares,
    Hinge,
    Wasserstein,
    /// Data and samples judged in pairs.
    Relativistic,
}

impl Objective {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Minimax,
        Self::NonSaturating,
        Self::LeastSquares,
        Self::Hinge,
        Self::Wasserstein,
        Self::Relativistic,
    ];

    /// Whether a constant added to all logits is felt: not where only differences count. The hinge feels it as soon as a point lies outside
    /// its margin.
    pub fn feels_constants(self) -> bool {
        !matches!(self, Self::Wasserstein | Self::Relativistic)
    }

    /// Whether the generator's loss looks at data too.
    pub fn pairs(self) -> bool {
        self == Self::Relativistic
    }

    /// L_D; for the objectives with softplus it is 2 log 2 = 1.386 (relativistic: log 2) when nothing can be told.
    ///
    /// # Shapes
    /// - `real` of data, `fake` of samples: `[n]`, returns `[1]`
    pub fn discriminator(self, real: Tensor<1>, fake: Tensor<1>) -> Tensor<1> {
        match self {
            Self::Minimax | Self::NonSaturating => softplus(real.neg()).mean() + softplus(fake).mean(),
            Self::LeastSquares => ((real - 1.0).square().mean() + fake.square().mean()) * 0.5,
            Self::Hinge => relu(real.neg() + 1.0).mean() + relu(fake + 1.0).mean(),
            Self::Wasserstein => fake.mean() - real.mean(),
            Self::Relativistic => softplus(fake - real).mean(),
        }
    }

    /// L_G; `real` is looked at only where the objective [pairs](Self::pairs).
    ///
    /// # Shapes
    /// - `real` of data, `fake` of samples: `[n]`, returns `[1]`
    pub fn generator(self, real: Tensor<1>, fake: Tensor<1>) -> Tensor<1> {
        match self {
            Self::Minimax => softplus(fake).mean().neg(),
            Self::NonSaturating => softplus(fake.neg()).mean(),
            Self::LeastSquares => (fake - 1.0).square().mean() * 0.5,
            Self::Hinge | Self::Wasserstein => fake.mean().neg(),
            Self::Relativistic => softplus(real - fake).mean(),
        }
    }

    /// n ∂L_D/∂r and n ∂L_D/∂f, as ordinary operations that can be differentiated once more.
    ///
    /// # Shapes
    /// - `real`, `fake`: `[n]`, returns two of `[n]`
    pub fn discriminator_slopes(self, real: Tensor<1>, fake: Tensor<1>) -> (Tensor<1>, Tensor<1>) {
        match self {
            Self::Minimax | Self::NonSaturating => (sigmoid(real.neg()).neg(), sigmoid(fake)),
            Self::LeastSquares => (real - 1.0, fake),
            Self::Hinge => (real.lower_elem(1.0).float().neg(), fake.greater_elem(-1.0).float()),
            Self::Wasserstein => (real.zeros_like() - 1.0, fake.zeros_like() + 1.0),
            Self::Relativistic => {
                let slope = sigmoid(fake - real);
                (slope.clone().neg(), slope)
            }
        }
    }
}

fn softplus(x: Tensor<1>) -> Tensor<1> {
    Activation::Softplus.apply(x)
}

fn sigmoid(x: Tensor<1>) -> Tensor<1> {
    Activation::Sigmoid.apply(x)
}

fn relu(x: Tensor<1>) -> Tensor<1> {
    Activation::Relu.apply(x)
}
