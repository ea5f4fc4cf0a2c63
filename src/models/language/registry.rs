//! Every model of sequences, by its row.

use super::{gru::GRU, spec::LanguageSpec, transformer::TRANSFORMER};
use crate::error::{Error, Result};

/// All of them; the first is what a reader begins with.
pub const LANGUAGE_MODELS: &[LanguageSpec] = &[GRU, TRANSFORMER];

/// The row of that id.
///
/// # Errors
/// [`Error::UnknownId`] where there is none.
pub fn find(id: &str) -> Result<&'static LanguageSpec> {
    LANGUAGE_MODELS
        .iter()
        .find(|row| row.id == id)
        .ok_or_else(|| Error::UnknownId {
            what: "model of texts",
            id: id.into(),
            known: LANGUAGE_MODELS.iter().map(|row| row.id).collect::<Vec<_>>().join(", "),
        })
}
