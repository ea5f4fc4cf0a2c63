//! Whether a choice of classes can be had: what was asked for is refused with a reason, what only no longer fits is let go.

use crate::{
    error::{Error, Result},
    models::{
        composition::Asked,
        spec::{ModelSpec, Settings},
    },
    spec::classes::{ALL_CLASSES, COMPOSE, CONDITION, CONDITIONAL, Join, LABEL_DROPOUT, OTHER},
};
use std::collections::BTreeMap;

/// Holds `settings` of `model` to data of so many classes; `asked` are those that were named just now.
///
/// # Errors
/// [`Error::NoClasses`], [`Error::NotConditional`], [`Error::NoSuchClass`] and [`Error::CannotCompose`], each only for what was asked.
pub fn settle(
    settings: &mut Settings,
    model: &'static ModelSpec,
    asked: &BTreeMap<String, f64>,
    classes: usize,
) -> Result<()> {
    let named = |id: &str| asked.contains_key(id);
    if settings.is_conditional() && classes == 0 {
        if named(CONDITIONAL.id) {
            return Err(Error::NoClasses);
        }
        settings.set(model.params, CONDITIONAL.id, 0.0)?;
    }
    let Some(condition) = settings.get(CONDITION.id).filter(|&condition| condition != ALL_CLASSES) else {
        return Ok(());
    };
    match checked(model, settings, &Asked::Class(condition as usize), classes) {
        Err(error) if named(CONDITION.id) => return Err(error),
        Err(_) => return settings.set(model.params, CONDITION.id, ALL_CLASSES).map(|_| ()),
        Ok(()) => {}
    }
    match checked(model, settings, &looked_at(settings, classes), classes) {
        Err(error) if named(COMPOSE.id) || named(OTHER.id) => Err(error),
        Err(_) => settings.set(model.params, COMPOSE.id, 0.0).map(|_| ()),
        Ok(()) => Ok(()),
    }
}

/// Which of so many classes the reader looks at by these settings.
pub fn looked_at(settings: &Settings, classes: usize) -> Asked {
    let condition = settings.get(CONDITION.id).filter(|&class| class != ALL_CLASSES);
    let Some(class) = condition.filter(|_| settings.is_conditional()) else {
        return Asked::All;
    };
    let join = settings
        .get(COMPOSE.id)
        .map_or(Join::Alone, |join| Join::ALL[join as usize]);
    let other = settings.get(OTHER.id).unwrap_or_default();
    Asked::joined(class as usize, join, other as usize, classes)
}

/// Whether a model with these settings can be asked for that.
///
/// # Errors
/// [`Error::NotConditional`] where it has not been told any classes, [`Error::NoSuchClass`] where the data have no such class, and
/// [`Error::CannotCompose`] where the family does not put classes together, or does by comparing with no class, of which it has learned nothing.
pub fn checked(model: &ModelSpec, settings: &Settings, asked: &Asked, classes: usize) -> Result<()> {
    if !settings.is_conditional() {
        return Err(Error::NotConditional);
    }
    let named = match asked {
        Asked::All => Vec::new(),
        Asked::Class(class) => vec![*class],
        Asked::Any(any) => any.clone(),
        Asked::Product(product) => [&product.of[..], &product.without].concat(),
    };
    if let Some(class) = named.into_iter().find(|&class| class >= classes) {
        return Err(Error::NoSuchClass { class, classes });
    }
    let composes = model.params.iter().any(|param| param.id == COMPOSE.id);
    let compares = settings.get(LABEL_DROPOUT.id).is_none_or(|share| share > 0.0);
    match asked {
        // with one class there is nothing to tell it from
        Asked::Product(_) if !(composes && compares) || classes < 2 => Err(Error::CannotCompose),
        _ => Ok(()),
    }
}
