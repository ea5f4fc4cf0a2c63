//! Which classes are looked at, as settings say it: one, or one and another.

use crate::{
    models::composition::Asked,
    spec::classes::{ALL_CLASSES, COMPOSE, CONDITION, GUIDANCE, Join, OTHER},
};

/// The values in force.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice {
    /// The class that is looked at; none for all.
    condition: Option<usize>,
    /// How it is joined with the other.
    join: Join,
    other: usize,
    /// w.
    pub guidance: f64,
}

impl Choice {
    /// Changes one of them; `false` where `id` is none.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            _ if id == CONDITION.id => self.condition = (value != ALL_CLASSES).then_some(value as usize),
            _ if id == COMPOSE.id => self.join = Join::ALL[value as usize],
            _ if id == OTHER.id => self.other = value as usize,
            _ if id == GUIDANCE.id => self.guidance = value,
            _ => return false,
        }
        true
    }

    /// Which classes of so many that is.
    pub fn asked(self, classes: usize) -> Asked {
        self.condition
            .map_or(Asked::All, |class| Asked::joined(class, self.join, self.other, classes))
    }
}
