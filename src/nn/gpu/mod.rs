//! Kernels of the WebGPU engine, written in WGSL: what Burn would do in several dispatches, or with kernels that take seconds to compile.

mod activation;
mod arena;
mod columns;
mod curve;
mod dense;
mod part;
mod pieces;
mod shader;
mod spline;
mod stretch;
mod update;
mod waves;
