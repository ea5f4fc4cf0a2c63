//! The values that a reader has given to a model's settings.

use crate::{
    error::{Error, Result},
    spec::{Group, ParamKind, ParamSpec, classes::CONDITIONAL, training::Training},
};
use std::collections::BTreeMap;

/// Values of one model's settings, each within its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings(BTreeMap<&'static str, f64>);

impl Settings {
    /// The defaults of the model that declares `params`.
    pub fn defaults(params: &[ParamSpec]) -> Self {
        Self(params.iter().map(|spec| (spec.id, spec.default)).collect())
    }

    /// The same with `other`'s values of the settings in `group`, which every model has.
    pub fn with_group_of(mut self, other: &Self, params: &[ParamSpec], group: Group) -> Self {
        for spec in params.iter().filter(|spec| spec.group == group) {
            self.0.insert(spec.id, other.float(spec.id));
        }
        self
    }

    /// Changes one setting; refuses an unknown id or a value outside its range.
    pub fn set(&mut self, params: &'static [ParamSpec], id: &str, value: f64) -> Result<&'static ParamSpec> {
        let spec = params
            .iter()
            .find(|spec| spec.id == id)
            .ok_or_else(|| Error::UnknownId {
                what: "setting",
                id: id.into(),
                known: params.iter().map(|spec| spec.id).collect::<Vec<_>>().join(", "),
            })?;
        let whole = spec.kind == ParamKind::Float || value.fract() == 0.0;
        if !(spec.min..=spec.max).contains(&value) || !whole {
            return Err(Error::OutOfRange {
                id: id.into(),
                value,
                min: spec.min,
                max: spec.max,
            });
        }
        self.0.insert(spec.id, value);
        Ok(spec)
    }

    /// The value of a setting, where the model has it.
    pub fn get(&self, id: &str) -> Option<f64> {
        self.0.get(id).copied()
    }

    /// The value of a setting that the model declares.
    pub fn float(&self, id: &str) -> f64 {
        *self
            .0
            .get(id)
            .unwrap_or_else(|| panic!("the model declares no setting {id}"))
    }

    /// Whether classes are to be learned.
    pub fn is_conditional(&self) -> bool {
        self.get(CONDITIONAL.id).is_some_and(|value| value > 0.0)
    }

    /// The value of a whole-number setting that the model declares.
    pub fn int(&self, id: &str) -> usize {
        self.float(id) as usize
    }

    /// How the model learns.
    pub fn training(&self) -> Training {
        let mut training = Training::DEFAULT;
        for (id, value) in self.iter() {
            training.set(id, value);
        }
        training
    }

    /// All settings, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.0.iter().map(|(&id, &value)| (id, value))
    }
}
