//! Native tests: laws looped over the registries, and what a session promises. Modules mirror `src`.

mod autoregressive;
mod bad_data;
mod choices;
mod common;
mod data;
mod diffusion;
mod energy;
mod flow;
mod gan;
mod golden;
mod laws;
mod learning;
mod metrics;
mod nn;
mod optim;
mod pixels;
mod presets;
mod readme;
mod session;
mod source;
mod spectral;
mod structure;
mod vae;
mod vae_method;
mod vae_prior;
mod vae_quantized;
