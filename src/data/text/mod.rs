//! Texts: what a model that predicts the next token learns from.
//!
//! A text is no [`super::Dataset`] and has no [`super::Space`]: its tokens stand in an order and depend on all that came before, so no model of
//! points can be asked to learn it, and no model of texts a point. What both have in common is that some is kept back. Of a text these are whole
//! stretches, since a sentence whose other half was learned would tell little.

mod passages;
mod sequence;
mod vocabulary;
mod windows;

pub use passages::{OWN, PASSAGES, PassageSpec, passage};
pub use sequence::Sequence;
pub use vocabulary::{MOST, UNKNOWN, Vocabulary};
pub use windows::Windows;

use crate::{
    error::{Error, Result},
    rng::Rng,
};
use std::ops::Range;

/// Fewer characters leave nothing to keep back.
pub const FEWEST: usize = 200;

/// A text of so many bytes is more than a page should hold.
pub const BYTES: usize = 2_000_000;

/// Tenths of a text that are learned, and that settings may be chosen on; the rest is for the scores.
const LEARNED: usize = 8;
const CHOSEN_ON: usize = 1;

/// Which part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// What is learned.
    Training,
    /// What settings may be chosen by.
    Choosing,
    /// What the scores are of.
    Scores,
}

/// A text as tokens.
#[derive(Clone, Debug)]
pub struct Text {
    /// As it was given, but for the ends of its lines.
    written: String,
    vocabulary: Vocabulary,
    tokens: Vec<u32>,
}

impl Text {
    /// Reads a text; line ends of any system become one character.
    ///
    /// # Errors
    /// Where it is too short or too long, or one character all through.
    pub fn new(text: &str) -> Result<Self> {
        if text.len() >= BYTES {
            return Err(Error::TextTooLong {
                bytes: text.len(),
                max: BYTES,
            });
        }
        let written = text.replace("\r\n", "\n").replace('\r', "\n");
        let characters: Vec<char> = written.chars().collect();
        if characters.len() < FEWEST {
            return Err(Error::TextTooShort {
                count: characters.len(),
                min: FEWEST,
            });
        }
        if characters.iter().all(|character| *character == characters[0]) {
            return Err(Error::TextConstant {
                count: characters.len(),
            });
        }
        let vocabulary = Vocabulary::of(&characters[stretch(characters.len(), Stretch::Training)]);
        Ok(Self {
            written,
            tokens: vocabulary.tokens(&characters),
            vocabulary,
        })
    }

    /// Reads a text of UTF-16, as a page holds it.
    ///
    /// # Errors
    /// Where half of a pair stands alone, and those of [`Text::new`].
    pub fn of_utf16(units: &[u16]) -> Result<Self> {
        Self::new(&decoded(units)?)
    }

    /// What a model is built for.
    pub fn sequence(&self) -> Sequence {
        Sequence::of(self.training(), self.vocabulary.size())
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The text itself.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The characters of a range, those without a token among them.
    pub fn passage(&self, range: Range<usize>) -> String {
        self.written.chars().skip(range.start).take(range.len()).collect()
    }

    /// All tokens in their order.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// Where a stretch lies.
    pub fn stretch(&self, which: Stretch) -> Range<usize> {
        stretch(self.tokens.len(), which)
    }

    /// The tokens to learn.
    pub fn training(&self) -> &[u32] {
        &self.tokens[self.stretch(Stretch::Training)]
    }

    /// `n` windows to learn, at places of chance.
    pub fn windows(&self, n: usize, length: usize, rng: &mut Rng) -> Windows {
        let tokens = self.training();
        let length = length.min(tokens.len() - 1);
        let starts: Vec<usize> = (0..n).map(|_| rng.index(tokens.len() - length)).collect();
        Windows::at(tokens, &starts, length)
    }
}

/// Scalar values of UTF-16.
///
/// # Errors
/// Where half of a pair stands alone: it is no character.
pub fn decoded(units: &[u16]) -> Result<String> {
    char::decode_utf16(units.iter().copied())
        .enumerate()
        .map(|(index, character)| character.map_err(|_| Error::TextBroken { index }))
        .collect()
}

fn stretch(length: usize, which: Stretch) -> Range<usize> {
    let learned = length * LEARNED / 10;
    let chosen = length * (LEARNED + CHOSEN_ON) / 10;
    match which {
        Stretch::Training => 0..learned,
        Stretch::Choosing => learned..chosen,
        Stretch::Scores => chosen..length,
    }
}
