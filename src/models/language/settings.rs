//! The settings of every model of sequences: those of any learner, with batches counted in windows.

use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text, training::Training};

/// What of a learner's settings is about points.
const OF_POINTS: [&str; 4] = ["batch", "train_set", "train_points", "noise"];

/// How many are left.
pub const SHARED: usize = crate::spec::training::SHARED - OF_POINTS.len();

/// Windows that a step sees.
pub const BATCH: ParamSpec = ParamSpec {
    id: "batch",
    kind: ParamKind::Int,
    min: 1.0,
    max: 256.0,
    default: 32.0,
    scale: Scale::Log,
    unit: "windows",
    restarts: false,
    group: Group::Training,
    options: &[],
    label: Text {
        en: "Windows per step",
        zh: "每步的片段数",
    },
    help: Text {
        en: "How many pieces of the text each step reads. More of them make a smoother loss curve and slower steps.",
        zh: "每一步读多少段文字。段数越多，损失曲线越平滑，每步也越慢。",
    },
};

/// Tokens of a window.
pub const LENGTH: ParamSpec = ParamSpec {
    id: "length",
    kind: ParamKind::Int,
    min: 8.0,
    max: 256.0,
    default: 64.0,
    scale: Scale::Log,
    unit: "characters",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Length of a window",
        zh: "片段长度",
    },
    help: Text {
        en: "How many characters a piece of the text has that is learned from. A transformer sees no farther back; a GRU carries its state on, but learns what to carry from pieces of this length.",
        zh: "学习所用的每段文字有多少字符。变换器最远只能看到这么远；GRU 的状态会一直传下去，但该传什么，是从这么长的片段里学的。",
    },
};

/// Share of units that a step of learning leaves out.
pub const DROPOUT: ParamSpec = ParamSpec {
    help: Text {
        en: "Share of its units that the network must do without, others in every piece of text. A short text is soon learned by heart; a network that can count on no single unit has to learn what goes together.",
        zh: "读每段文字时，网络要随机缺掉多大一部分单元。文字不长，很快就会被背下来；哪个单元都不能全靠，网络才会去学哪些东西总在一起出现。",
    },
    ..crate::spec::DROPOUT
};

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// A row's own settings, then those of how it learns that texts have too; `N` is their number.
pub const fn joined<const N: usize>(own: &[ParamSpec], training: &Training) -> [ParamSpec; N] {
    assert!(own.len() + SHARED == N, "the two lists fill the array");
    let specs = training.specs();
    let mut all = [BATCH; N];
    let mut filled = 0;
    while filled < own.len() {
        all[filled] = own[filled];
        filled += 1;
    }
    let mut i = 0;
    while i < specs.len() {
        let mut of_points = false;
        let mut j = 0;
        while j < OF_POINTS.len() {
            of_points |= same(specs[i].id, OF_POINTS[j]);
            j += 1;
        }
        if !of_points {
            all[filled] = specs[i];
            filled += 1;
        }
        i += 1;
    }
    all
}

/// As one list: `language_settings![TRAINING; OWN, …]`.
macro_rules! language_settings {
    ($training:expr; $($own:expr),* $(,)?) => {{
        const TRAINING: $crate::spec::training::Training = $training;
        const OWN: &[$crate::spec::ParamSpec] = &[$($own),*, $crate::models::language::settings::BATCH.with_default(TRAINING.batch)];
        const ALL: [$crate::spec::ParamSpec; OWN.len() + $crate::models::language::settings::SHARED] =
            $crate::models::language::settings::joined(OWN, &TRAINING);
        &ALL
    }};
}
pub(crate) use language_settings;
