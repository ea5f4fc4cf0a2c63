//! What is known of log p(x).

use burn::tensor::Tensor;

/// log p(x) in nats, `[n]` each, with what it is: a bound is never called a likelihood.
#[derive(Clone, Debug)]
pub enum Density {
    /// log P_phi(x).
    Exact(Tensor<1>),
    /// log P_phi(x) up to the error of a solver, which [`super::Model::finer_density`] tells.
    Estimate(Tensor<1>),
    /// A lower bound on log P_phi(x).
    LowerBound(Tensor<1>),
    /// log P_phi(x) + log Z with Z unknown.
    Unnormalized(Tensor<1>),
    /// The family has no density.
    None,
}

/// log of what exp(−E) integrates to, and all that is known of it.
#[derive(Clone, Debug)]
pub struct Normalizer {
    /// log Z and its standard error in nats, `[2]`.
    pub log_z: Tensor<1>,
    /// log Z as the model has learned it, `[1]`, where it learns one.
    pub learned: Option<Tensor<1>>,
}
