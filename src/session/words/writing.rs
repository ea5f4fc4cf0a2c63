//! Writing on: what may come next, a choice among it, and again.
//!
//! ```text
//! p_T(w) ∝ p(w)^(1/T), of the k likeliest, of the fewest whose shares add up to top_p
//! ```
//!
//! References: A. Fan, M. Lewis, Y. Dauphin, 2018, arXiv:1805.04833 (top-k); A. Holtzman et al., 2020, arXiv:1904.09751 (nucleus).

use super::{WordsSession, pen::Pen};
use crate::{
    data::text::{UNKNOWN, Vocabulary, decoded},
    error::{Result, within},
    rng::{Rng, Stream},
    session::frame::read,
};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_2;

/// Longest continuation that one call writes.
const MOST_WRITTEN: usize = 10_000;

/// How a token is chosen.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Taste {
    /// 1 takes the model at its word; towards 0 only the likeliest is left.
    pub temperature: f64,
    /// How many of the likeliest may be chosen; 0 for all.
    pub top_k: usize,
    /// Share of the likeliest that may be chosen; 1 for all.
    pub top_p: f64,
    /// Which of the samples that could be drawn.
    pub seed: u32,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            temperature: 1.0,
            top_k: 0,
            top_p: 1.0,
            seed: 1,
        }
    }
}

impl Taste {
    /// # Errors
    /// [`Error::OutOfRange`] where there is no such choice.
    pub fn checked(&self) -> Result<()> {
        within("temperature", self.temperature, [0.0, 10.0])?;
        within("top_p", self.top_p, [0.0, 1.0])
    }

    /// Shares of the tokens that may be chosen, the likeliest first, from log P of all. The unknown never is: it has no letter.
    pub fn shares(&self, log_prob: &[f32]) -> Vec<(u32, f64)> {
        let mut shares: Vec<(u32, f64)> = (0..)
            .zip(log_prob)
            .skip(UNKNOWN as usize + 1)
            .map(|(token, &log_p)| (token, f64::from(log_p)))
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let largest = shares[0].1;
        for (_, share) in &mut shares {
            let behind = *share - largest;
            *share = if behind == 0.0 {
                1.0
            } else {
                (behind / self.temperature).exp()
            };
        }
        if self.top_k > 0 {
            shares.truncate(self.top_k);
        }
        normalize(&mut shares);
        let mut sum = 0.0;
        let few = shares.iter().position(|&(_, share)| {
            sum += share;
            sum >= self.top_p
        });
        shares.truncate(few.map_or(shares.len(), |last| last + 1));
        normalize(&mut shares);
        shares
    }
}

fn normalize(shares: &mut [(u32, f64)]) {
    let sum: f64 = shares.iter().map(|share| share.1).sum();
    shares.iter_mut().for_each(|share| share.1 /= sum);
}

/// A token that may come next.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Likely {
    /// "\u{fffd}" for all characters without a token of their own.
    pub character: char,
    pub probability: f64,
}

/// What a model expects at a place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Cursor {
    /// The likeliest first.
    pub next: Vec<Likely>,
    /// Entropy of all that may come, in bits.
    pub entropy: f64,
    /// How each head shares its look back among the last characters, the one before the cursor last; empty for a model that does not look back.
    pub attention: Vec<Vec<f32>>,
}

impl WordsSession {
    /// Reads `before`, as far back as a window reaches; where it is empty, a line's end.
    async fn pen(&self, before: &[u32]) -> Result<Pen> {
        let run = self.run()?;
        let newline = [run.text.vocabulary().token('\n')];
        let before = if before.is_empty() { &newline } else { before };
        if let Some(pen) = self.pen.take()
            && pen.step == run.step
            && before.ends_with(&pen.behind)
        {
            return Ok(pen);
        }
        let mut pen = Pen::new(run.model.writer(), run.step);
        // a recurrent state is made of more than a window, but of little that lies farther back
        let from = before.len().saturating_sub(2 * run.model.length());
        for &token in &before[from..] {
            pen.read(token).await?;
        }
        Ok(pen)
    }

    /// Goes on from `prompt` for `n` characters.
    ///
    /// # Errors
    /// Where nothing is chosen yet, half a character is in the prompt, or there is no such choice of tokens.
    pub async fn write(&self, prompt: &[u16], n: usize, taste: &Taste) -> Result<String> {
        taste.checked()?;
        within("n", n as f64, [0.0, MOST_WRITTEN as f64])?;
        let run = self.run()?;
        let vocabulary = run.text.vocabulary();
        let mut pen = self.pen(&tokens_of(vocabulary, prompt)?).await?;
        let mut rng = Rng::new(taste.seed.into(), Stream::Look);
        let mut written = String::new();
        for _ in 0..n {
            let token = chosen(&taste.shares(&pen.log_prob), rng.uniform());
            written.push(vocabulary.character(token));
            pen.read(token).await?;
        }
        self.pen.replace(Some(pen));
        Ok(written)
    }

    /// The `most` likeliest characters after `before`, and what the model looked at.
    ///
    /// # Errors
    /// Where nothing is chosen yet or half a character is in the text.
    pub async fn cursor(&self, before: &[u16], most: usize) -> Result<Cursor> {
        let vocabulary = self.run()?.text.vocabulary();
        let pen = self.pen(&tokens_of(vocabulary, before)?).await?;
        let mut next: Vec<Likely> = (0..)
            .zip(&pen.log_prob)
            .map(|(token, &log_p)| Likely {
                character: vocabulary.character(token),
                probability: f64::from(log_p).exp(),
            })
            .collect();
        let entropy = pen
            .log_prob
            .iter()
            .map(|&log_p| f64::from(log_p))
            .map(|log_p| -log_p * log_p.exp() / LN_2)
            .sum();
        next.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then(a.character.cmp(&b.character))
        });
        next.truncate(most);
        let attention = match pen.writer.attention() {
            Some(shares) => {
                let places = shares.dims()[1];
                read(shares).await?.chunks_exact(places).map(<[f32]>::to_vec).collect()
            }
            None => Vec::new(),
        };
        self.pen.replace(Some(pen));
        Ok(Cursor {
            next,
            entropy,
            attention,
        })
    }
}

/// What half a character is in has none.
pub(super) fn tokens_of(vocabulary: &Vocabulary, units: &[u16]) -> Result<Vec<u32>> {
    Ok(vocabulary.tokens(&decoded(units)?.chars().collect::<Vec<_>>()))
}

/// The token whose share holds the number `at` of [0, 1).
fn chosen(shares: &[(u32, f64)], at: f64) -> u32 {
    let mut sum = 0.0;
    let found = shares.iter().find(|(_, share)| {
        sum += share;
        at < sum
    });
    found.or(shares.last()).expect("there is always a token").0
}
