//! Data that are files beside the page: too heavy for the engine that everybody downloads, so whoever shows them brings the text first.

use super::{
    images::{self, DIGITS_FILE},
    tables,
};
use crate::error::{Error, Result};

/// Takes the text of `file`; a second time changes nothing.
///
/// # Errors
/// [`Error::UnknownId`] for another file, [`Error::BadFile`] for a text that does not hold what it should.
pub fn provide(file: &str, text: &str) -> Result<()> {
    if file == DIGITS_FILE {
        return images::take(text);
    }
    match tables::find(file) {
        Some(table) => table.take(text),
        None => Err(Error::UnknownId {
            what: "file",
            id: file.into(),
            known: format!("{DIGITS_FILE}, {}", tables::FILES.join(", ")),
        }),
    }
}

/// Whether the text of `file` has been given.
pub(super) fn is_provided(file: &str) -> bool {
    if file == DIGITS_FILE {
        return images::is_taken();
    }
    tables::find(file).is_some_and(|table| table.is_taken())
}
