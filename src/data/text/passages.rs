//! The passages that ship, each a file beside the page that is fetched when it is chosen.

use crate::{
    error::{Error, Result},
    spec::Text,
};
use serde::Serialize;

/// The reader's own text.
pub const OWN: &str = "own-text";

/// A passage as a reader meets it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PassageSpec {
    pub id: &'static str,
    /// In the page's folder of data.
    pub file: &'static str,
    pub label: Text,
    pub help: Text,
    /// When it was first printed.
    pub year: u16,
}

/// All of them, the first of each language being what its readers begin with.
pub const PASSAGES: &[PassageSpec] = &[
    PassageSpec {
        id: "austen",
        file: "northanger-abbey.txt",
        label: Text {
            en: "Northanger Abbey",
            zh: "《诺桑觉寺》（英文）",
        },
        help: Text {
            en: "Jane Austen's novel of 1817: 430,000 characters of English prose and talk.",
            zh: "简·奥斯汀 1817 年出版的小说：43 万个字符，英文的叙述与对话。",
        },
        year: 1817,
    },
    PassageSpec {
        id: "sanguo",
        file: "sanguo.txt",
        label: Text {
            en: "Romance of the Three Kingdoms (Chinese)",
            zh: "《三国演义》",
        },
        help: Text {
            en: "The first 32 chapters of Luo Guanzhong's novel, printed in 1522: 160,000 characters, of 3,000 kinds.",
            zh: "罗贯中小说的前三十二回，嘉靖元年（1522 年）刊行：16 万字，用到三千来个不同的字。",
        },
        year: 1522,
    },
];

/// The passage of that id.
///
/// # Errors
/// [`Error::UnknownId`] where there is none.
pub fn passage(id: &str) -> Result<&'static PassageSpec> {
    PASSAGES
        .iter()
        .find(|row| row.id == id)
        .ok_or_else(|| Error::UnknownId {
            what: "text",
            id: id.into(),
            known: PASSAGES
                .iter()
                .map(|row| row.id)
                .chain([OWN])
                .collect::<Vec<_>>()
                .join(", "),
        })
}
