//! Surprise: how many bits a character costs, of a passage one by one, of what is kept back on average.
//!
//! Every token is foretold from those before it. They are read in windows as long as the model's reach that overlap by half, of which the second
//! half counts: so each token has at least half a window before it, be it of the stretch before.

use super::{WordsSession, writing::tokens_of};
use crate::{
    breath::breathe,
    data::text::{Stretch, Text, Vocabulary, Windows},
    error::{Error, Result, within},
    models::language::{
        LanguageModel,
        ngram::{LONGEST, Table},
    },
    session::frame::read,
};
use serde::{Deserialize, Serialize};
use std::{f64::consts::LN_2, future::Future, ops::Range, rc::Rc};

/// Tokens that are read at once.
const AT_ONCE: usize = 2048;

/// Neighbouring characters are not independent: errors are of the means of this many stretches.
const STRETCHES: usize = 32;

/// Longest text that one call reads.
const MOST_READ: usize = 100_000;

/// Which characters are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Part {
    Training,
    Choosing,
    HeldOut,
}

impl Part {
    fn stretch(self) -> Stretch {
        match self {
            Self::Training => Stretch::Training,
            Self::Choosing => Stretch::Choosing,
            Self::HeldOut => Stretch::Scores,
        }
    }
}

/// Bits per character, with the standard error.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Bits {
    /// "model", or "ngram-2" to "ngram-5" for the tables beside it.
    pub id: String,
    pub value: f64,
    pub stderr: f64,
    /// Characters measured.
    pub characters: usize,
}

impl Bits {
    fn of(id: String, nats: &[f64]) -> Self {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let value = mean(nats) / LN_2;
        let means: Vec<f64> = nats
            .chunks_exact((nats.len() / STRETCHES).max(1))
            .map(|stretch| mean(stretch) / LN_2)
            .collect();
        let spread = means.iter().map(|one| (one - value).powi(2)).sum::<f64>() / (means.len() as f64 - 1.0).max(1.0);
        Self {
            id,
            value,
            stderr: (spread / means.len() as f64).sqrt(),
            characters: nats.len(),
        }
    }
}

/// −log P in nats of each character of a range of `tokens`, what an unknown one is spelled with included; the very first of all costs what any of the
/// tokens would.
async fn surprise(
    model: &dyn LanguageModel,
    vocabulary: &Vocabulary,
    tokens: &[u32],
    range: Range<usize>,
) -> Result<Vec<f64>> {
    let length = model.reach().min(tokens.len() - 1);
    let half = length.div_ceil(2);
    let mut nats = Vec::with_capacity(range.len());
    if range.start == 0 && !range.is_empty() {
        nats.push((vocabulary.size() as f64).ln());
    }
    // each window with the first token that it is to foretell
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut from = range.start.max(1);
    while from < range.end {
        let start = (from + half).saturating_sub(length + 1).min(tokens.len() - 1 - length);
        pieces.push((start, from));
        from = start + length + 1;
    }
    for pieces in pieces.chunks((AT_ONCE / length).max(1)) {
        breathe().await;
        let starts: Vec<usize> = pieces.iter().map(|piece| piece.0).collect();
        let log_prob = read(model.log_prob(&Windows::at(tokens, &starts, length))).await?;
        for (&(start, from), row) in pieces.iter().zip(log_prob.chunks_exact(length)) {
            let last = (start + length).min(range.end - 1);
            nats.extend((from..=last).map(|at| -f64::from(row[at - start - 1])));
        }
    }
    for (nats, &token) in nats.iter_mut().zip(&tokens[range]) {
        *nats += vocabulary.spelling(token);
    }
    Ok(nats)
}

/// What the table of that order scores on a stretch.
fn counted(text: &Text, order: usize, range: Range<usize>) -> Vec<f64> {
    let table = Table::new(text.training(), order, text.vocabulary().size());
    let tokens = text.tokens();
    range
        .map(|at| {
            text.vocabulary().spelling(tokens[at]) - table.log_prob(&tokens[at.saturating_sub(LONGEST)..at], tokens[at])
        })
        .collect()
}

impl WordsSession {
    /// Measures the model as it is now, at most `most` characters of a part from its beginning; it may learn on meanwhile.
    ///
    /// # Errors
    /// Where nothing is chosen yet.
    pub fn evaluation(&self, part: Part, most: usize) -> Result<impl Future<Output = Result<Bits>> + 'static> {
        let run = self.run()?;
        let (model, text): (_, Rc<Text>) = (run.model.twin(), run.text.clone());
        Ok(async move {
            let stretch = text.stretch(part.stretch());
            let range = stretch.start..stretch.end.min(stretch.start + most);
            let nats = surprise(model.as_ref(), text.vocabulary(), text.tokens(), range).await?;
            Ok(Bits::of("model".into(), &nats))
        })
    }

    /// The same of tables of 2 to 5 tokens, counted on what the model learns.
    ///
    /// # Errors
    /// Where nothing is chosen yet.
    pub fn floors(&self, part: Part, most: usize) -> Result<impl Future<Output = Result<Vec<Bits>>> + 'static> {
        let text = self.run()?.text.clone();
        Ok(async move {
            let stretch = text.stretch(part.stretch());
            let range = stretch.start..stretch.end.min(stretch.start + most);
            let mut floors = Vec::new();
            for order in 2..=LONGEST {
                breathe().await;
                floors.push(Bits::of(
                    format!("ngram-{order}"),
                    &counted(&text, order, range.clone()),
                ));
            }
            Ok(floors)
        })
    }

    /// Bits that each character of `[start, start + length)` of the text costs, and the characters.
    ///
    /// # Errors
    /// Where nothing is chosen yet, or the text ends before.
    pub async fn surprise(&self, start: usize, length: usize) -> Result<(String, Vec<f32>)> {
        let run = self.run()?;
        let tokens = run.text.tokens();
        let range = start..start.saturating_add(length);
        if range.end > tokens.len() {
            return Err(Error::BadRequest {
                reason: format!("the text has {} characters", tokens.len()),
            });
        }
        let nats = surprise(run.model.as_ref(), run.text.vocabulary(), tokens, range.clone()).await?;
        let bits = nats.into_iter().map(|nats| (nats / LN_2) as f32).collect();
        Ok((run.text.passage(range), bits))
    }

    /// log P in nats of each character of `text`, which is read as what begins after a line's end. It need not be any that was learned.
    ///
    /// # Errors
    /// Where nothing is chosen yet, half a character is in it, or it is too long.
    pub async fn log_prob(&self, text: &[u16]) -> Result<Vec<f32>> {
        let run = self.run()?;
        let vocabulary = run.text.vocabulary();
        let mut tokens = vec![vocabulary.token('\n')];
        tokens.extend(tokens_of(vocabulary, text)?);
        within("characters", tokens.len() as f64 - 1.0, [0.0, MOST_READ as f64])?;
        if tokens.len() == 1 {
            return Ok(Vec::new());
        }
        let all = 1..tokens.len();
        let nats = surprise(run.model.as_ref(), vocabulary, &tokens, all).await?;
        Ok(nats.into_iter().map(|nats| -nats as f32).collect())
    }
}
