//! Native tests: laws looped over the registries, and what a session promises. Modules mirror `src`.

mod autoregressive;
mod bad_data;
mod common;
mod data;
mod flow;
mod gan;
mod golden;
mod laws;
mod learning;
mod metrics;
mod nn;
mod optim;
mod presets;
mod readme;
mod session;
mod source;
mod vae;
