//! The non-linearities between layers, each with its derivatives, as operations of their own.

mod backward;
mod flex;
mod kernel;
mod kind;
mod ops;
mod plain;

pub use kind::Activation;
pub use ops::ActivationOps;
