//! What a session answers: where it stands after a change, after some steps, and the curve that it has logged.

use super::config::Config;
use crate::data::DataNote;
use serde::{Deserialize, Serialize};

/// The result of a change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Applied {
    pub config: Config,
    /// Whether the model was built anew.
    pub restarted: bool,
    /// Steps since the start: 0 after a restart, more after a restored snapshot.
    pub step: u64,
}

/// The result of learning the reader's own data.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OwnApplied {
    pub applied: Applied,
    /// What the reader should know of these data.
    pub notes: Vec<DataNote>,
    /// 1 on the line, 2 on the plane: a constant column is not learned.
    pub dim: usize,
}

/// The result of some steps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct StepReport {
    /// Steps since the start.
    pub step: u64,
    /// Mean over these steps, in the order of the model's row.
    pub losses: Vec<f32>,
    /// Wall-clock time of these steps.
    pub seconds: f64,
}

/// A logged point of the learning curve.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HistoryRow {
    pub step: u64,
    pub losses: Vec<f32>,
    /// Training time since the start.
    pub seconds: f64,
}
