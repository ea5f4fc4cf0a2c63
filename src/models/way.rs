//! A point's way through a model: where it stands after each part of the map between data and latents.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

/// Where a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toward {
    Latent,
    Data,
}

/// A place on the way. It has the same name whichever way one comes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "at", rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Stop {
    /// Among the data.
    Data,
    /// Behind so many of a flow's layers, counted from the data, the last of which is of that kind; behind all of them are the latents.
    Layer { index: usize, kind: &'static str },
    /// At a time from noise, 0, to data, 1.
    Time { t: f64 },
    /// Among the data again, through a code.
    Restored,
}

/// The places in the order of the way, and where `n` points stand at each, `[n, d]`.
pub type Way = Vec<(Stop, Tensor<2>)>;
