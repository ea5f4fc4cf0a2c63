//! What the two players minimise: the non-saturating losses, and the R1 penalty that makes the game settle.
//!
//! ```text
//! L_D = E_data[softplus(−D(x))] + E_z[softplus(D(x̃))]      L_G = E_z[softplus(−D(x̃))]
//! R1 = E_data[|∇ₓD(x)|²] = E_data[Σᵢ (∂D/∂xᵢ)²],  each ∂D/∂xᵢ in forward mode along the unit vector eᵢ
//! ```
//!
//! The generator maximises log σ(D(x̃)) and does not minimise log(1 − σ(D(x̃))), whose gradient vanishes exactly where the discriminator
//! wins.
//!
//! References: I. Goodfellow et al., *Generative Adversarial Networks*, 2014, arXiv:1406.2661, section 3. L. Mescheder, A. Geiger,
//! S. Nowozin, *Which Training Methods for GANs do actually Converge?*, 2018, arXiv:1801.04406, equation 9.

use super::Discriminator;
use burn::tensor::{Tensor, activation::softplus};

/// Minus the mean log-likelihood of telling data from samples; 2 log 2 = 1.386 when nothing can be told.
///
/// # Shapes
/// - `logits` of data, `fake_logits` of samples: `[n]`, returns `[1]`
pub fn discriminator(logits: Tensor<1>, fake_logits: Tensor<1>) -> Tensor<1> {
    softplus(logits.neg(), 1.0).mean() + softplus(fake_logits, 1.0).mean()
}

/// Minus the mean log-probability that samples pass for data.
///
/// # Shapes
/// - `fake_logits`: `[n]`, returns `[1]`
pub fn generator(fake_logits: Tensor<1>) -> Tensor<1> {
    softplus(fake_logits.neg(), 1.0).mean()
}

/// Logits at `x` and the mean squared norm of their gradient in x.
///
/// # Shapes
/// - `x`: `[n, d]`, returns `[n]` and `[1]`
pub fn logits_and_r1(discriminator: &impl Discriminator, x: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
    let [n, d] = x.dims();
    // one pass over d copies of x, each with its own direction
    let directions = Tensor::<2>::eye(d, &x.device())
        .reshape([d, 1, d])
        .repeat_dim(1, n)
        .reshape([d * n, d]);
    let (logits, slopes) = discriminator.discriminate_jvp(x.repeat_dim(0, d), directions);
    (logits.narrow(0, 0, n), slopes.square().sum() / n as f64)
}
