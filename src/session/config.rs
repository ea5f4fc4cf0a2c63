//! What a reader has chosen, and the checks on changing it.

use super::condition;
use crate::{
    data::{Ellipse, START_MIXTURE, Space, checked_mixture},
    error::{Error, Result},
    models::{
        registry::{self, MODELS},
        spec::{Family, ModelSpec, Settings},
    },
    spec::Group,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The id of data that the reader gave.
pub const CUSTOM: &str = "custom";

/// The id of the mixture that the reader edits.
pub const MIXTURE: &str = "mixture";

/// Largest seed: what a page can hold in 32 bits.
const SEED_MAX: f64 = u32::MAX as f64;

/// A complete choice: what a page shows, a URL carries and a snapshot keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Config {
    pub data: String,
    pub model: String,
    pub seed: u32,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>"))]
    pub params: BTreeMap<String, f64>,
    /// What the data set `mixture` is made of, whether it is chosen or not; weights sum to 1.
    pub mixture: Vec<Ellipse>,
}

/// A wish to change some of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Patch {
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub data: Option<String>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: Option<String>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<f64>,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>", optional))]
    pub params: BTreeMap<String, f64>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub mixture: Option<Vec<Ellipse>>,
}

/// A choice whose every part has been looked up and checked.
#[derive(Clone, Debug)]
pub struct Choice {
    pub data: String,
    pub model: &'static ModelSpec,
    pub seed: u32,
    pub settings: Settings,
    pub mixture: Vec<Ellipse>,
}

impl Choice {
    /// Applies `patch` to `current`, or to the defaults; `space_of` tells what a data set is made of. Refuses without changing anything.
    ///
    /// A data set of another kind brings the family's default model along, or another family's where that has none, unless the patch names one
    /// itself. Another model keeps what is set about the data.
    pub fn patched(current: Option<&Self>, patch: &Patch, space_of: impl Fn(&str) -> Result<Space>) -> Result<Self> {
        let data = patch
            .data
            .clone()
            .or_else(|| current.map(|c| c.data.clone()))
            .unwrap_or_else(|| "8gaussians".into());
        let space = space_of(&data)?;
        let model = match (&patch.model, current) {
            (Some(id), _) => registry::find(id)?,
            (None, Some(c)) if c.model.learns(space) => c.model,
            (None, c) => some_model(c.map_or(Family::Energy, |c| c.model.family), space),
        };
        if !model.learns(space) {
            return Err(Error::WrongDimension {
                model: model.id.into(),
                dim: space.dim,
            });
        }
        let seed = match patch.seed {
            None => current.map_or(1, |c| c.seed),
            Some(value) if (0.0..=SEED_MAX).contains(&value) && value.fract() == 0.0 => value as u32,
            Some(value) => {
                return Err(Error::OutOfRange {
                    id: "seed".into(),
                    value,
                    min: 0.0,
                    max: SEED_MAX,
                });
            }
        };
        let mut settings = match current {
            Some(c) if c.model.id == model.id => c.settings.clone(),
            Some(c) => Settings::defaults(model.params).with_group_of(&c.settings, model.params, Group::Data),
            None => Settings::defaults(model.params),
        };
        for (id, &value) in &patch.params {
            settings.set(model.params, id, value)?;
        }
        let mixture = match (&patch.mixture, current) {
            (Some(components), _) => checked_mixture(components)?,
            (None, Some(c)) => c.mixture.clone(),
            (None, None) => START_MIXTURE.to_vec(),
        };
        // those of a mixture are its components, as they are from now on
        let classes = if data == MIXTURE { mixture.len() } else { space.classes };
        condition::settle(&mut settings, model, &patch.params, classes)?;
        Ok(Self {
            data,
            model,
            seed,
            settings,
            mixture,
        })
    }

    /// Whether going from `old` to this needs a new model.
    pub fn restarts_from(&self, old: &Self) -> bool {
        let rebuilt = |&(id, value): &(&str, f64)| {
            old.settings.float(id) != value && self.model.params.iter().any(|spec| spec.id == id && spec.restarts)
        };
        self.data != old.data
            || (self.data == MIXTURE && self.mixture != old.mixture)
            || self.model.id != old.model.id
            || self.seed != old.seed
            || self.settings.iter().any(|row| rebuilt(&row))
    }

    /// Whether models of both are measured on the same points of the same data.
    pub fn measures_the_same_as(&self, other: &Self) -> bool {
        let about_data = |choice: &Self| -> Vec<f64> {
            let specs = choice.model.params.iter().filter(|spec| spec.group == Group::Data);
            specs.map(|spec| choice.settings.float(spec.id)).collect()
        };
        self.data == other.data
            && (self.data != MIXTURE || self.mixture == other.mixture)
            && self.seed == other.seed
            && about_data(self) == about_data(other)
    }

    /// The same as plain data.
    pub fn config(&self) -> Config {
        Config {
            data: self.data.clone(),
            model: self.model.id.into(),
            seed: self.seed,
            params: self.settings.iter().map(|(id, value)| (id.into(), value)).collect(),
            mixture: self.mixture.clone(),
        }
    }
}

impl From<Config> for Patch {
    fn from(config: Config) -> Self {
        Self {
            data: Some(config.data),
            model: Some(config.model),
            seed: Some(config.seed.into()),
            params: config.params,
            mixture: Some(config.mixture),
        }
    }
}

/// The first registered model of `family` that learns data of `space`, where there is one.
pub fn default_model(family: Family, space: Space) -> Option<&'static ModelSpec> {
    MODELS.iter().find(|row| row.family == family && row.learns(space))
}

/// The same, or one of another family.
fn some_model(family: Family, space: Space) -> &'static ModelSpec {
    default_model(family, space)
        .or_else(|| MODELS.iter().find(|row| row.learns(space)))
        .unwrap_or_else(|| panic!("no model learns data of {space:?}"))
}
