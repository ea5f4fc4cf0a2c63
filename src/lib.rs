//! Deep generative models that learn in a browser.
//!
//! A model distribution P_phi is fitted to an unknown P_data from its samples. Every density must be non-negative and integrate to one;
//! the normaliser is the hard part, and each family here is one way around it.
//!
//! ```text
//! data, nn  ->  models  ->  session  ->  wasm  ->  the page
//!               metrics  ->  session
//!               explain  ->  wasm
//! ```

mod breath;
pub mod data;
pub mod error;
pub mod explain;
pub mod metrics;
pub mod models;
pub mod nn;
pub mod rng;
pub mod session;
pub mod spec;
pub mod tensors;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
