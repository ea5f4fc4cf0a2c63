//! A dense layer as one operation, with its non-linearity.

mod backward;
mod flex;
mod ops;

pub use ops::{DenseGradients, DenseOps, dense, product, product_of_transposed, through};
