//! Generative adversarial networks: a generator learns to fool a discriminator, which learns from its failures.
//!
//! ```text
//! z ~ N(0, I)      x̃ = generate(z)      logits = discriminate(x)
//! discriminator:   min L_D(logits(x), logits(x̃)) + penalties        generator:   min L_G(logits(x̃))
//! ```
//!
//! [`losses`] has the pairs of losses, [`penalties`] what is added, [`rules`] every other agreement between the players, [`game`] the turns,
//! [`perceptron`] the players, [`curves`] what a turn reports and [`objectives`] the registry rows.
//!
//! References: I. Goodfellow et al., *Generative Adversarial Networks*, 2014, arXiv:1406.2661. L. Mescheder, A. Geiger, S. Nowozin,
//! *Which Training Methods for GANs do actually Converge?*, 2018, arXiv:1801.04406. Y. Yazıcı et al., *The Unusual Effectiveness of
//! Averaging in GAN Training*, 2019, arXiv:1806.04498.

pub mod curves;
pub mod game;
pub mod losses;
pub mod objectives;
pub mod penalties;
pub mod perceptron;
pub mod rules;
pub mod unrolled;

use burn::tensor::Tensor;

/// The player who makes data out of noise.
pub trait Generator {
    /// # Shapes
    /// - `z`: `[n, latent]`, returns `[n, d]`
    fn generate(&self, z: Tensor<2>) -> Tensor<2>;
}

/// The player who tells data from samples, m = [`Discriminator::pack`] points at a time; n is a multiple of m everywhere.
pub trait Discriminator: Sized {
    /// Points judged at once.
    fn pack(&self) -> usize {
        1
    }

    /// Logits of "this is data".
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n / m]`
    fn discriminate(&self, x: Tensor<2>) -> Tensor<1>;

    /// The logits and their derivatives along `v`, which can themselves be differentiated in the parameters.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`, returns two of `[n / m]`
    fn discriminate_jvp(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<1>, Tensor<1>);

    /// The logits and their derivatives as the parameters move along those of `direction`, which can themselves be differentiated.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns two of `[n / m]`
    fn parameter_jvp(&self, x: Tensor<2>, direction: &Self) -> (Tensor<1>, Tensor<1>);

    /// Brings what is kept beside the parameters up to date after they have changed.
    fn learned(&mut self) {}

    /// What is kept beside the parameters from step to step.
    ///
    /// # Shapes
    /// - returns `[k]`
    fn memory(&self) -> Option<Tensor<1>> {
        None
    }

    /// Undoes [`Discriminator::memory`].
    fn load_memory(&mut self, _memory: Tensor<1>) {}
}
