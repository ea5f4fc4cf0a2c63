//! Native tests: laws looped over the registries, and what a session promises. Modules mirror `src`.

mod common;
mod data;
mod diffusion;
mod gan;
mod golden;
mod laws;
mod learning;
mod metrics;
mod nn;
mod optim;
mod readme;
mod session;
mod vae;
