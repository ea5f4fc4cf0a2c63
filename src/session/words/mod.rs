//! One model learning one text: what a page, a script or a benchmark drives, as [`super::Session`] is for points.
//!
//! A class of its own, since nothing but the names of its calls is shared: here are no fields, frames or units, there no cursor and no next token.

mod config;
mod evaluate;
mod pen;
mod snapshot;
mod writing;

pub use config::{WordsConfig, WordsPatch};
pub use evaluate::{Bits, Part};
use pen::Pen;
pub use writing::{Cursor, Likely, Taste};

use super::{frame::PackedRead, history::History, report::HistoryRow, report::StepReport};
use crate::{
    data::text::{OWN, Text, passage},
    error::{Error, Result},
    models::language::LanguageModel,
    rng::{Rng, Stream},
};
use burn::tensor::Device;
use config::WordsChoice;
use serde::Serialize;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use web_time::Instant;

/// The result of a change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct WordsApplied {
    pub config: WordsConfig,
    /// Whether the model was built anew.
    pub restarted: bool,
    pub step: u64,
    /// Characters of the text, and how many kinds of them have a token.
    pub characters: usize,
    pub vocabulary: usize,
}

/// A session with a text. Give it the texts that it may need, then call [`WordsSession::configure`].
pub struct WordsSession {
    /// With autodiff.
    device: Device,
    /// By id.
    texts: BTreeMap<String, Rc<Text>>,
    run: Option<Run>,
    /// The one that wrote last, for who goes on where it stopped.
    pen: RefCell<Option<Pen>>,
}

/// A model that learns.
struct Run {
    choice: WordsChoice,
    text: Rc<Text>,
    model: Box<dyn LanguageModel>,
    step: u64,
    seconds: f64,
    data_rng: Rng,
    noise_rng: Rng,
    history: History,
    /// State of the model where the loss was finite last.
    proven: Option<(crate::models::State, u64)>,
}

impl WordsSession {
    /// A session that computes on `device`.
    pub fn new(device: Device) -> Self {
        Self {
            device: device.autodiff(),
            texts: BTreeMap::new(),
            run: None,
            pen: RefCell::new(None),
        }
    }

    /// Takes the text of a passage that ships.
    ///
    /// # Errors
    /// Where there is no such passage, or its text cannot be learned.
    pub fn provide(&mut self, id: &str, text: &str) -> Result<()> {
        let id = passage(id)?.id;
        if !self.texts.contains_key(id) {
            self.texts.insert(id.into(), Rc::new(Text::new(text)?));
        }
        Ok(())
    }

    /// Learns a text of the reader's own, in UTF-16. One that is refused changes nothing.
    ///
    /// # Errors
    /// Those of [`Text::of_utf16`].
    pub fn set_text(&mut self, units: &[u16]) -> Result<WordsApplied> {
        self.learn_own(Text::of_utf16(units)?)
    }

    fn learn_own(&mut self, text: Text) -> Result<WordsApplied> {
        let patch = WordsPatch {
            text: Some(OWN.into()),
            ..WordsPatch::default()
        };
        let before = self.texts.insert(OWN.into(), Rc::new(text));
        let choice = WordsChoice::patched(self.run.as_ref().map(|run| &run.choice), &patch);
        match choice.and_then(|choice| self.start(choice)) {
            Ok(run) => self.run = Some(run),
            Err(error) => {
                match before {
                    Some(text) => self.texts.insert(OWN.into(), text),
                    None => self.texts.remove(OWN),
                };
                return Err(error);
            }
        }
        self.applied(true)
    }

    /// Changes settings. A refused patch changes nothing.
    ///
    /// # Errors
    /// Where something is not known or out of range, or the text is not here yet.
    pub fn configure(&mut self, patch: &WordsPatch) -> Result<WordsApplied> {
        let current = self.run.as_ref().map(|run| &run.choice);
        let choice = WordsChoice::patched(current, patch)?;
        let restarted = current.is_none_or(|old| choice.restarts_from(old));
        if restarted {
            self.run = Some(self.start(choice)?);
        } else {
            let run = self.run_mut()?;
            let moved = |&(id, value): &(&str, f64)| run.choice.settings.float(id) != value;
            for (id, value) in choice.settings.iter().filter(moved) {
                run.model.set(id, value);
            }
            run.choice = choice;
        }
        self.applied(restarted)
    }

    /// The same choice with fresh weights, from step 0.
    ///
    /// # Errors
    /// Where nothing is chosen yet.
    pub fn reset(&mut self) -> Result<WordsApplied> {
        self.run = Some(self.start(self.run()?.choice.clone())?);
        self.applied(true)
    }

    /// Learns for `n` steps.
    ///
    /// # Errors
    /// [`Error::LossNotFinite`] where a loss ran away; the weights are then the last whose loss was finite.
    pub async fn step(&mut self, n: usize) -> Result<StepReport> {
        self.run_mut()?.step(n).await
    }

    /// The learning curve.
    ///
    /// # Errors
    /// Where nothing is chosen yet.
    pub fn history(&self) -> Result<&[HistoryRow]> {
        let run = self.run()?;
        Ok(run.history.until(run.step))
    }

    /// What is chosen.
    ///
    /// # Errors
    /// Where nothing is.
    pub fn config(&self) -> Result<WordsConfig> {
        Ok(self.run()?.choice.config())
    }

    fn applied(&self, restarted: bool) -> Result<WordsApplied> {
        if restarted {
            self.pen.replace(None);
        }
        let run = self.run()?;
        Ok(WordsApplied {
            config: run.choice.config(),
            restarted,
            step: run.step,
            characters: run.text.tokens().len(),
            vocabulary: run.text.vocabulary().size(),
        })
    }

    fn run(&self) -> Result<&Run> {
        self.run.as_ref().ok_or(Error::NotConfigured)
    }

    fn run_mut(&mut self) -> Result<&mut Run> {
        self.run.as_mut().ok_or(Error::NotConfigured)
    }

    fn start(&self, choice: WordsChoice) -> Result<Run> {
        let text = self
            .texts
            .get(&choice.text)
            .ok_or_else(|| match passage(&choice.text) {
                Ok(row) => Error::DataNotLoaded { file: row.file.into() },
                Err(_) => Error::TextTooShort {
                    count: 0,
                    min: crate::data::text::FEWEST,
                },
            })?;
        let seed = choice.seed.into();
        let mut rng = Rng::new(seed, Stream::Init);
        Ok(Run {
            model: (choice.model.build)(&text.sequence(), &choice.settings, &mut rng, &self.device),
            text: text.clone(),
            choice,
            step: 0,
            seconds: 0.0,
            data_rng: Rng::new(seed, Stream::Data),
            noise_rng: Rng::new(seed, Stream::Noise),
            history: History::default(),
            proven: None,
        })
    }
}

impl Run {
    async fn step(&mut self, n: usize) -> Result<StepReport> {
        let before = (self.model.state(), self.step);
        let mut losses = PackedRead::default();
        let mut seconds = 0.0;
        for _ in 0..n {
            let start = Instant::now();
            let batch = self.choice.settings.int("batch");
            let windows = self.text.windows(batch, self.model.length(), &mut self.data_rng);
            losses.push(self.model.train_step(&windows, &mut self.noise_rng));
            seconds += start.elapsed().as_secs_f64();
        }
        let losses: Vec<f32> = losses.read().await?.concat();
        if let Some(bad) = losses.iter().position(|loss| !loss.is_finite()) {
            return Err(self.roll_back(before, bad));
        }
        self.step += n as u64;
        self.seconds += seconds;
        let mut mean = Vec::new();
        if n > 0 {
            mean.push(losses.iter().sum::<f32>() / n as f32);
            self.proven = Some(before);
            self.history.push(HistoryRow {
                step: self.step,
                losses: mean.clone(),
                seconds: self.seconds,
            });
        }
        Ok(StepReport {
            step: self.step,
            losses: mean,
            seconds,
        })
    }

    /// Goes back to weights whose loss was finite, after the loss number `bad` of the steps since `before` was not.
    fn roll_back(&mut self, before: (crate::models::State, u64), bad: usize) -> Error {
        let step = before.1 + bad as u64 + 1;
        // where the very first loss is bad, it was the update before these steps that spoiled the weights
        let (state, at) = if bad == 0 {
            self.proven.take().unwrap_or(before)
        } else {
            before
        };
        self.model.load_state(&state);
        self.step = at;
        self.history.forget_after(at);
        Error::LossNotFinite {
            model: self.choice.model.id.into(),
            step,
        }
    }
}
