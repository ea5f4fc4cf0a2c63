//! The boundary to JavaScript: the only place that knows of the browser.

#[cfg(not(feature = "words"))]
mod catalogue;
mod convert;
pub mod device;
#[cfg(not(feature = "words"))]
mod engine;
#[cfg(not(feature = "words"))]
mod looked;
#[cfg(not(feature = "words"))]
mod types;
// a lesson needs no GPU
#[cfg(not(any(feature = "gpu", feature = "words")))]
mod explain;
// an engine of its own, fetched where a text is chosen: whoever trains on points should not wait for it
#[cfg(feature = "words")]
mod words;

use std::sync::Once;
use wasm_bindgen::prelude::*;

/// A step takes and gives back some thousand small pieces of memory; the allocator that comes with Rust spent a tenth of it on them.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Runs when the module is instantiated; a test harness, which skips that, calls it first. Later calls do nothing.
#[wasm_bindgen(start)]
pub fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(prepare);
}

fn prepare() {
    #[cfg(feature = "gpu")]
    run_constructors();
    console_error_panic_hook::set_once();
    // Burn reports what goes wrong on WebGPU, shader errors among them, only to the log.
    console_log::init_with_level(log::Level::Warn).expect("no other logger is installed");
}

/// CubeCL registers itself through static constructors. A program that never calls them makes the linker wrap every exported function so
/// that each call runs all of them again.
#[cfg(feature = "gpu")]
fn run_constructors() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: the linker defines this symbol; it takes nothing, returns nothing, and this is its one call.
    unsafe { __wasm_call_ctors() }
}
