//! The rules among which a learner chooses: optimisers, and how the learning rate changes.

use crate::spec::{OptionSpec, Text};

/// The rule that turns a gradient into a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimizer {
    Adam,
    AdamW,
    Sgd,
    RmsProp,
}

impl Optimizer {
    pub(super) const ALL: [Self; 4] = [Self::Adam, Self::AdamW, Self::Sgd, Self::RmsProp];
    pub(super) const OPTIONS: &[OptionSpec] = &[
        option("adam", "Adam", "Adam"),
        option("adamw", "AdamW", "AdamW"),
        option("sgd", "SGD with momentum", "带动量的 SGD"),
        option("rmsprop", "RMSprop", "RMSprop"),
    ];
}

/// How the learning rate changes over the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    Constant,
    /// Half a cosine down to a hundredth.
    Cosine,
    /// 1/√(1 + t/T): fast at first, fine later, and never at an end.
    InverseSqrt,
}

impl Schedule {
    pub(super) const ALL: [Self; 3] = [Self::Constant, Self::Cosine, Self::InverseSqrt];
    pub(super) const OPTIONS: &[OptionSpec] = &[
        option("constant", "Constant", "不变"),
        option("cosine", "Cosine", "余弦"),
        option("inverse_sqrt", "1/√t", "1/√t"),
    ];
}

const fn option(id: &'static str, en: &'static str, zh: &'static str) -> OptionSpec {
    OptionSpec {
        id,
        label: Text { en, zh },
    }
}
