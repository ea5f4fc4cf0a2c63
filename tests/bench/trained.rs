//! A model that has learned, for a bench to look at.

use burn::tensor::Device;
use dgm::session::{Session, config::Patch};
use pollster::block_on;
use std::time::Instant;

/// Steps between reads of the losses.
const CHUNK: usize = 50;

/// After `steps` steps with these settings, and the seconds they took.
pub fn trained(patch: &Patch, steps: usize) -> (Session, f64) {
    let what = format!("{}, seed {:?}", patch.model.as_deref().unwrap_or_default(), patch.seed);
    let mut session = Session::new(Device::flex());
    session
        .configure(patch)
        .unwrap_or_else(|error| panic!("{what}: {error}"));
    let start = Instant::now();
    for _ in 0..steps / CHUNK {
        block_on(session.step(CHUNK)).unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    (session, start.elapsed().as_secs_f64())
}
