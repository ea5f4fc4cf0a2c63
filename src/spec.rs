//! How models and settings present themselves: labels, help, ranges. Page, URL, checks and tests all read these.

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
}

/// Adam's step.
pub const LEARNING_RATE: ParamSpec = ParamSpec {
    id: "learning_rate",
    kind: ParamKind::Float,
    min: 1e-5,
    max: 0.1,
    default: 1e-3,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    label: Text {
        en: "Learning rate",
        zh: "学习率",
    },
    help: Text {
        en: "How far each step moves the weights. Too small and nothing seems to happen; too large and the loss jumps or runs away.",
        zh: "每一步把权重移动多远。太小，画面几乎不动；太大，损失会乱跳甚至发散。",
    },
};

/// Points per step.
pub const BATCH: ParamSpec = ParamSpec {
    id: "batch",
    kind: ParamKind::Int,
    min: 8.0,
    max: 2048.0,
    default: 256.0,
    scale: Scale::Log,
    unit: "points",
    restarts: false,
    label: Text {
        en: "Batch size",
        zh: "批量大小",
    },
    help: Text {
        en: "How many data points each step sees. More points make a smoother loss curve and slower steps.",
        zh: "每一步看多少个数据点。点越多，损失曲线越平滑，每步也越慢。",
    },
};

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
    label: Text {
        en: "Width",
        zh: "网络宽度",
    },
    help: Text {
        en: "Units in each hidden layer. Wider networks draw finer detail and take longer per step.",
        zh: "每个隐藏层的神经元数。越宽越能画出细节，每步也越慢。",
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
    label: Text {
        en: "Depth",
        zh: "网络深度",
    },
    help: Text {
        en: "Hidden layers of each network. Deeper networks bend more sharply and are harder to train.",
        zh: "每个网络的隐藏层数。越深越能弯折，也越难训练。",
    },
};
