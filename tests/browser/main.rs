//! Tests that run in a browser's worker: the engines as they are shipped, each on its own device.
#![cfg(target_arch = "wasm32")]

#[cfg(feature = "gpu")]
mod couplings;
mod engine;
#[cfg(feature = "gpu")]
mod engines_agree;
#[cfg(feature = "gpu")]
mod kernels_agree;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
