//! The inner loops of the CPU engine over plain slices: a crate of its own because the rest is compiled to be small and this to be fast.
//!
//! Each loop does to every number the same additions, multiplications and divisions of IEEE 754 in the same order, without a branch or a call, so
//! that a compiler makes vectors of it and any machine the same numbers. Nothing is summed in an order that depends on the width of a vector. None
//! of what is public may be inlined: inside a caller that is compiled to be small it would be small too, and four times as slow.

pub mod activation;
pub mod curve;
pub mod dense;
pub mod foretold;
mod functions;
mod lanes;
pub mod levels;
pub mod mixture;
pub mod recurrent;
mod softmax;
pub mod spline;
pub mod thin;
pub mod update;
pub mod waves;

pub use activation::Activation;
