//! Where the batches of a run come from: fresh points at every step, or a set that is drawn once.
//!
//! A fixed set follows from the data, the seed and its size alone, so a snapshot need not hold it. Scores are measured on
//! [`Dataset::held_out`] points of another stream, never on these.

use crate::{
    data::{Dataset, Points},
    models::spec::Settings,
    rng::Rng,
    spec::data::{TRAIN_POINTS, TRAIN_SET},
};

/// What a run trains on.
pub enum Source {
    /// New points in every batch, as if data never ran out.
    Fresh,
    /// Batches are drawn from these with replacement.
    Fixed(Points),
}

impl Source {
    /// The source that `settings` ask for; a fixed set is the first that is drawn from `rng`.
    pub fn new(data: &dyn Dataset, settings: &Settings, rng: &mut Rng) -> Self {
        match TRAIN_SET.options[settings.int(TRAIN_SET.id)].id {
            "fixed" => Self::Fixed(data.training(settings.int(TRAIN_POINTS.id), rng)),
            _ => Self::Fresh,
        }
    }

    /// `n` points to train on.
    pub fn batch(&self, data: &dyn Dataset, n: usize, rng: &mut Rng) -> Points {
        match self {
            Self::Fresh => data.training(n, rng),
            Self::Fixed(set) => set.chosen(&(0..n).map(|_| rng.index(set.len())).collect::<Vec<_>>()),
        }
    }

    /// At most `n` points to look at: those of a fixed set, as far as it goes, since a model that learns by heart is seen on them.
    pub fn shown(&self, data: &dyn Dataset, n: usize, rng: &mut Rng) -> Points {
        match self {
            Self::Fresh => data.sample(n, rng),
            Self::Fixed(set) => set.first(n),
        }
    }
}
