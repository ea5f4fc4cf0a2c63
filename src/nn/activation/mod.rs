//! The non-linearities between layers, each with its derivatives, as operations of their own.

mod backward;
mod flex;
mod ops;

pub use kernels::Activation;
pub use ops::{Activate, ActivationGradients, ActivationOps};
