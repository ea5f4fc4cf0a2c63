//! How a model learns: the settings that all models share, and the defaults that each row gives them.

mod rows;
mod rules;

pub use rules::{Optimizer, Schedule};

use super::{ParamSpec, data};

/// A model's defaults, and at run time the values in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    pub learning_rate: f64,
    /// Points per step.
    pub batch: f64,
    pub optimizer: Optimizer,
    /// Decay of the gradient's running mean; the momentum of SGD.
    pub beta_1: f64,
    /// Decay of the squared gradient's running mean.
    pub beta_2: f64,
    /// λ of AdamW, a share of the learning rate by which weights shrink.
    pub weight_decay: f64,
    pub schedule: Schedule,
    /// T of the schedule, in steps.
    pub schedule_steps: f64,
    /// Steps over which the learning rate rises from 0.
    pub warmup: f64,
    /// Largest global norm of a gradient; 0 for none.
    pub clip: f64,
    /// Decay of the running average of the weights that samples and densities are read from; 0 for none.
    pub average: f64,
}

/// How many settings [`Training::specs`] gives.
pub const SHARED: usize = 14;

impl Training {
    /// Adam as Kingma and Ba propose it, gradients held to 5, weights averaged over about the last 500 steps.
    pub const DEFAULT: Self = Self {
        learning_rate: 1e-3,
        batch: 256.0,
        optimizer: Optimizer::Adam,
        beta_1: 0.9,
        beta_2: 0.999,
        weight_decay: 0.01,
        schedule: Schedule::Constant,
        schedule_steps: 5000.0,
        warmup: 0.0,
        clip: 5.0,
        average: 0.998,
    };

    /// The settings that every model shares, with these defaults.
    pub const fn specs(&self) -> [ParamSpec; SHARED] {
        [
            rows::LEARNING_RATE.with_default(self.learning_rate),
            rows::BATCH.with_default(self.batch),
            rows::OPTIMIZER.with_default(self.optimizer as usize as f64),
            rows::BETA_1.with_default(self.beta_1),
            rows::BETA_2.with_default(self.beta_2),
            rows::WEIGHT_DECAY.with_default(self.weight_decay),
            rows::SCHEDULE.with_default(self.schedule as usize as f64),
            rows::SCHEDULE_STEPS.with_default(self.schedule_steps),
            rows::WARMUP.with_default(self.warmup),
            rows::CLIP.with_default(self.clip),
            rows::AVERAGE.with_default(self.average),
            data::TRAIN_SET,
            data::TRAIN_POINTS,
            data::NOISE,
        ]
    }

    /// Changes one value; `false` where `id` is none of these.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        let index = value as usize;
        match id {
            "learning_rate" => self.learning_rate = value,
            "batch" => self.batch = value,
            "optimizer" => self.optimizer = Optimizer::ALL[index],
            "beta_1" => self.beta_1 = value,
            "beta_2" => self.beta_2 = value,
            "weight_decay" => self.weight_decay = value,
            "schedule" => self.schedule = Schedule::ALL[index],
            "schedule_steps" => self.schedule_steps = value,
            "warmup" => self.warmup = value,
            "clip" => self.clip = value,
            "average" => self.average = value,
            _ => return false,
        }
        true
    }
}

/// A row's own settings and then those that all share, as one list: `settings![TRAINING; OWN, …]`.
macro_rules! settings {
    ($training:expr; $($own:expr),* $(,)?) => {{
        const OWN: &[$crate::spec::ParamSpec] = &[$($own),*];
        const ALL: [$crate::spec::ParamSpec; OWN.len() + $crate::spec::training::SHARED] =
            $crate::spec::training::joined(OWN, $training.specs());
        &ALL
    }};
}
pub(crate) use settings;

/// Both lists in one array of length `N`, their lengths' sum.
pub const fn joined<const N: usize>(own: &[ParamSpec], shared: [ParamSpec; SHARED]) -> [ParamSpec; N] {
    assert!(own.len() + SHARED == N, "the two lists fill the array");
    let mut all = [rows::LEARNING_RATE; N];
    let mut i = 0;
    while i < N {
        all[i] = if i < own.len() { own[i] } else { shared[i - own.len()] };
        i += 1;
    }
    all
}
