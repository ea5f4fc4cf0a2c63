//! Whether a choice of classes can be had: what was asked for is refused with a reason, what only no longer fits is let go.

use crate::{
    error::{Error, Result},
    models::spec::{ModelSpec, Settings},
    spec::classes::{ALL_CLASSES, CONDITION, CONDITIONAL},
};
use std::collections::BTreeMap;

/// Holds `settings` of `model` to data of so many classes; `asked` are those that were named just now.
///
/// # Errors
/// [`Error::NoClasses`], [`Error::NotConditional`] and [`Error::NoSuchClass`], each only for what was asked.
pub fn settle(
    settings: &mut Settings,
    model: &'static ModelSpec,
    asked: &BTreeMap<String, f64>,
    classes: usize,
) -> Result<()> {
    if settings.is_conditional() && classes == 0 {
        if asked.contains_key(CONDITIONAL.id) {
            return Err(Error::NoClasses);
        }
        settings.set(model.params, CONDITIONAL.id, 0.0)?;
    }
    let Some(condition) = settings.get(CONDITION.id).filter(|&condition| condition != ALL_CLASSES) else {
        return Ok(());
    };
    match checked(settings, condition as usize, classes) {
        Err(error) if asked.contains_key(CONDITION.id) => Err(error),
        Err(_) => settings.set(model.params, CONDITION.id, ALL_CLASSES).map(|_| ()),
        Ok(()) => Ok(()),
    }
}

/// Whether a model with these settings can be asked for that class.
///
/// # Errors
/// [`Error::NotConditional`] where it has not been told any, [`Error::NoSuchClass`] where the data have no such class.
pub fn checked(settings: &Settings, class: usize, classes: usize) -> Result<()> {
    if !settings.is_conditional() {
        return Err(Error::NotConditional);
    }
    if class >= classes {
        return Err(Error::NoSuchClass { class, classes });
    }
    Ok(())
}
