//! How models and settings present themselves: labels, help, ranges. Page, URL, checks and tests all read these.

pub mod classes;
pub mod data;
pub mod training;

use serde::Serialize;

/// A text in both languages of the page.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Text {
    pub en: &'static str,
    pub zh: &'static str,
}

/// How a slider moves over its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Scale {
    Linear,
    Log,
}

/// Which numbers a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum ParamKind {
    Float,
    Int,
    /// The value is the index of one of [`ParamSpec::options`].
    Choice,
}

/// What a setting is about: the page shows each group in a fold of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Group {
    /// What the model is and what it minimises.
    Model,
    /// How it learns: optimiser, schedule, averaging.
    Training,
    /// What it learns from.
    Data,
}

/// One of the ways a [`ParamKind::Choice`] can be set.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OptionSpec {
    /// What addresses and attributes say in place of the index.
    pub id: &'static str,
    pub label: Text,
}

/// The only place where a setting is declared.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ParamSpec {
    pub id: &'static str,
    pub kind: ParamKind,
    pub min: f64,
    pub max: f64,
    pub default: f64,
    pub scale: Scale,
    /// "" where the number has none.
    pub unit: &'static str,
    /// Whether a change builds a new model; the others act on the next step.
    pub restarts: bool,
    pub group: Group,
    /// Empty unless `kind` is [`ParamKind::Choice`].
    pub options: &'static [OptionSpec],
    pub label: Text,
    /// What it does and what to expect when it moves.
    pub help: Text,
}

impl ParamSpec {
    /// The same setting with a default of its own for one model.
    pub const fn with_default(mut self, default: f64) -> Self {
        self.default = default;
        self
    }

    /// A choice between `options`, at first the one of index `default`. It restarts training unless told otherwise.
    pub const fn choice(
        id: &'static str,
        options: &'static [OptionSpec],
        default: usize,
        label: Text,
        help: Text,
    ) -> Self {
        Self {
            id,
            kind: ParamKind::Choice,
            min: 0.0,
            max: (options.len() - 1) as f64,
            default: default as f64,
            scale: Scale::Linear,
            unit: "",
            restarts: true,
            group: Group::Model,
            options,
            label,
            help,
        }
    }

    /// The same setting, acting on the next step without a restart.
    pub const fn live(mut self) -> Self {
        self.restarts = false;
        self
    }

    /// The same setting in another group.
    pub const fn of(mut self, group: Group) -> Self {
        self.group = group;
        self
    }
}

/// Units per hidden layer.
pub const WIDTH: ParamSpec = ParamSpec {
    id: "width",
    kind: ParamKind::Int,
    min: 4.0,
    max: 256.0,
    default: 64.0,
    scale: Scale::Log,
    unit: "units",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Width",
        zh: "网络宽度",
    },
    help: Text {
        en: "Units in each hidden layer. Wider networks draw finer detail and take longer per step.",
        zh: "每个隐藏层的神经元数。越宽越能画出细节，每步也越慢。",
    },
};

/// Share of units that a step of learning leaves out.
pub const DROPOUT: ParamSpec = ParamSpec {
    id: "dropout",
    kind: ParamKind::Float,
    min: 0.0,
    max: 0.8,
    default: 0.2,
    scale: Scale::Linear,
    unit: "",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Dropout",
        zh: "随机失活",
    },
    help: Text {
        en: "Share of its units that the network must do without at each step. Few pictures are soon learned by heart; a network that can count on no single unit has to learn what goes together.",
        zh: "每一步随机让网络缺掉多大一部分单元。图片少，很快就会被背下来；哪个单元都不能全靠，网络才会去学哪些东西总在一起出现。",
    },
};

/// Hidden layers.
pub const DEPTH: ParamSpec = ParamSpec {
    id: "depth",
    kind: ParamKind::Int,
    min: 1.0,
    max: 6.0,
    default: 2.0,
    scale: Scale::Linear,
    unit: "layers",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Depth",
        zh: "网络深度",
    },
    help: Text {
        en: "Hidden layers of each network. Deeper networks bend more sharply and are harder to train.",
        zh: "每个网络的隐藏层数。越深越能弯折，也越难训练。",
    },
};
