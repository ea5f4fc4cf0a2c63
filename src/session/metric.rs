//! A number with all that is needed to believe it.

use crate::{metrics::Estimate, models::spec::DensityKind, spec::Text};
use serde::Serialize;

/// What a measure tells of; the page shows each group together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum MetricGroup {
    /// Of the two densities.
    Divergence,
    /// Of the samples from the data, as a whole.
    Distance,
    /// Of single samples and single data points: whether each has a neighbour on the other side.
    Neighbours,
    /// Of the components of a mixture.
    Modes,
    /// Of the codes of an autoencoder.
    Latent,
    /// Of what a conditional model knows of classes.
    Classes,
    /// Of Z.
    Normaliser,
}

/// A number with all that is needed to believe it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Metric {
    pub id: &'static str,
    pub label: Text,
    pub group: MetricGroup,
    pub value: f64,
    /// One standard error; 0 where the number is a count, NaN where its error is not known.
    pub stderr: f64,
    /// What a perfect model scores; NaN where that means nothing.
    pub floor: f64,
    /// One standard error of the floor; 0 where it is known exactly.
    pub floor_stderr: f64,
    pub kind: DensityKind,
    pub unit: &'static str,
    /// Latents per point behind an importance-weighted bound.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub k: Option<usize>,
    /// What a reader must know to judge the number.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub note: Option<Text>,
}

impl Metric {
    pub(super) fn new(id: &'static str, label: Text, group: MetricGroup, estimate: Estimate, floor: f64) -> Self {
        Self {
            id,
            label,
            group,
            value: estimate.value,
            stderr: estimate.stderr,
            floor,
            floor_stderr: 0.0,
            kind: DensityKind::Estimate,
            unit: "",
            k: None,
            note: None,
        }
    }

    /// Beside a floor that was itself measured.
    pub(super) fn with_floor(self, floor: Estimate) -> Self {
        Self {
            floor: floor.value,
            floor_stderr: floor.stderr,
            ..self
        }
    }

    pub(super) fn in_units(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub(super) fn of_kind(self, kind: DensityKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn with_k(self, k: Option<usize>) -> Self {
        Self { k, ..self }
    }

    pub(super) fn with_note(self, note: Option<Text>) -> Self {
        Self { note, ..self }
    }
}
