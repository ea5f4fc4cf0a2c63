//! Kernels of the WebGPU engine, written in WGSL: what Burn would do in several dispatches, or with kernels that take seconds to compile.

mod activation;
mod arena;
mod columns;
mod couplings;
mod curve;
mod dense;
mod part;
mod perceptron;
mod pieces;
mod shader;
mod spline;
mod stretch;
mod tile;
mod update;
mod waves;

pub use tile::MOST_UNITS;
