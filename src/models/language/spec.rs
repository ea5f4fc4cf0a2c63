//! What a row says of a model of sequences.

use super::LanguageModel;
use crate::{
    data::text::Sequence,
    models::settings::Settings,
    rng::Rng,
    spec::{ParamSpec, Text},
};
use burn::tensor::Device;
use serde::Serialize;

/// A model of sequences as a reader meets it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LanguageSpec {
    pub id: &'static str,
    pub label: Text,
    pub help: Text,
    /// KaTeX.
    pub formula: &'static str,
    pub paper: &'static str,
    pub year: u16,
    pub arxiv: &'static str,
    /// Whether it looks back at single tokens, so that there is something to show.
    pub attends: bool,
    pub params: &'static [ParamSpec],
    /// Builds it for such sequences on an autodiff device.
    #[serde(skip)]
    pub build: fn(sequence: &Sequence, settings: &Settings, rng: &mut Rng, device: &Device) -> Box<dyn LanguageModel>,
}
