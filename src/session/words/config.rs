//! What is chosen: a text, a model, a seed and settings, as plain data, and how a wish changes it.

use crate::{
    data::text::{OWN, PASSAGES, passage},
    error::{Result, within},
    models::{
        language::{
            registry::{self, LANGUAGE_MODELS},
            spec::LanguageSpec,
        },
        settings::Settings,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const SEED_MAX: f64 = u32::MAX as f64;

/// Everything that makes a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct WordsConfig {
    pub text: String,
    pub model: String,
    pub seed: u32,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>"))]
    pub params: BTreeMap<String, f64>,
}

/// A wish to change some of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct WordsPatch {
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub text: Option<String>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: Option<String>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<f64>,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>", optional))]
    pub params: BTreeMap<String, f64>,
}

/// A choice whose every part has been looked up and checked.
#[derive(Clone, Debug)]
pub(super) struct WordsChoice {
    pub text: String,
    pub model: &'static LanguageSpec,
    pub seed: u32,
    pub settings: Settings,
}

impl WordsChoice {
    /// Applies `patch` to `current`, or to the defaults. Refuses without changing anything.
    pub fn patched(current: Option<&Self>, patch: &WordsPatch) -> Result<Self> {
        let text = patch.text.clone().or_else(|| current.map(|c| c.text.clone()));
        let text = text.unwrap_or_else(|| PASSAGES[0].id.into());
        if text != OWN {
            passage(&text)?;
        }
        let model = match (&patch.model, current) {
            (Some(id), _) => registry::find(id)?,
            (None, current) => current.map_or(&LANGUAGE_MODELS[0], |c| c.model),
        };
        let seed = match patch.seed {
            None => current.map_or(1, |c| c.seed),
            Some(value) => {
                within("seed", value, [0.0, SEED_MAX])?;
                value as u32
            }
        };
        let mut settings = match current {
            Some(c) if c.model.id == model.id => c.settings.clone(),
            _ => Settings::defaults(model.params),
        };
        for (id, &value) in &patch.params {
            settings.set(model.params, id, value)?;
        }
        Ok(Self {
            text,
            model,
            seed,
            settings,
        })
    }

    /// Whether going from `old` to this needs a new model.
    pub fn restarts_from(&self, old: &Self) -> bool {
        let rebuilt = |&(id, value): &(&str, f64)| {
            old.settings.float(id) != value && self.model.params.iter().any(|spec| spec.id == id && spec.restarts)
        };
        self.text != old.text
            || self.model.id != old.model.id
            || self.seed != old.seed
            || self.settings.iter().any(|row| rebuilt(&row))
    }

    /// The same as plain data.
    pub fn config(&self) -> WordsConfig {
        WordsConfig {
            text: self.text.clone(),
            model: self.model.id.into(),
            seed: self.seed,
            params: self.settings.iter().map(|(id, value)| (id.into(), value)).collect(),
        }
    }
}

impl From<WordsConfig> for WordsPatch {
    fn from(config: WordsConfig) -> Self {
        Self {
            text: Some(config.text),
            model: Some(config.model),
            seed: Some(config.seed.into()),
            params: config.params,
        }
    }
}
