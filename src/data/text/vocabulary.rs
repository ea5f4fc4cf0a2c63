//! The tokens of a text: its characters, Unicode scalar values, so that any script and any emoji is read as it stands.

use std::collections::BTreeMap;

/// Most tokens that a model is asked to choose from, the unknown among them.
pub const MOST: usize = 4096;

/// How many times a character must be met to have a token of its own. A character met once tells nothing but that there are such, and that is what
/// the unknown learns from it.
const OFTEN: usize = 2;

/// How many characters there are in Unicode: an unknown one is any of them, and costs its share beside the token's own probability. So all
/// probabilities of a text are those of its characters, whatever tokens they have.
const SCALAR_VALUES: f64 = 1_112_064.0;

/// The token of every character without one.
pub const UNKNOWN: u32 = 0;

/// Which token stands for which character.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// By token; the unknown's stands for it where it is shown.
    characters: Vec<char>,
    tokens: BTreeMap<char, u32>,
}

impl Vocabulary {
    /// Of the characters of a text to learn, the most frequent first.
    pub fn of(text: &[char]) -> Self {
        let mut counts = BTreeMap::new();
        for &character in text {
            *counts.entry(character).or_insert(0_usize) += 1;
        }
        let mut often: Vec<(char, usize)> = counts.into_iter().filter(|&(_, count)| count >= OFTEN).collect();
        often.sort_by_key(|&(character, count)| (std::cmp::Reverse(count), character));
        often.truncate(MOST - 1);
        let characters: Vec<char> = std::iter::once(char::REPLACEMENT_CHARACTER)
            .chain(often.into_iter().map(|(character, _)| character))
            .collect();
        let named = characters.iter().zip(0..).skip(1);
        Self {
            tokens: named.map(|(&character, token)| (character, token)).collect(),
            characters,
        }
    }

    /// How many tokens there are.
    pub fn size(&self) -> usize {
        self.characters.len()
    }

    /// The token of a character.
    pub fn token(&self, character: char) -> u32 {
        self.tokens.get(&character).copied().unwrap_or(UNKNOWN)
    }

    /// The tokens of a text.
    pub fn tokens(&self, text: &[char]) -> Vec<u32> {
        text.iter().map(|&character| self.token(character)).collect()
    }

    /// What a token is written as.
    pub fn character(&self, token: u32) -> char {
        self.characters[token as usize]
    }

    /// What a character costs beside its token, in nats: which of all it is, where it has none of its own.
    pub fn spelling(&self, token: u32) -> f64 {
        if token == UNKNOWN { SCALAR_VALUES.ln() } else { 0.0 }
    }
}
