//! The settings of how a model learns, one by one. Defaults are the rows' own.

use super::rules::{Optimizer, Schedule};
use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text};

/// A number of how a model learns; it acts on the next step.
const fn number(
    id: &'static str,
    [min, max]: [f64; 2],
    scale: Scale,
    unit: &'static str,
    label: Text,
    help: Text,
) -> ParamSpec {
    ParamSpec {
        id,
        kind: ParamKind::Float,
        min,
        max,
        default: min,
        scale,
        unit,
        restarts: false,
        group: Group::Training,
        options: &[],
        label,
        help,
    }
}

/// The same, whole.
const fn whole(spec: ParamSpec) -> ParamSpec {
    ParamSpec {
        kind: ParamKind::Int,
        ..spec
    }
}

/// The length of a step.
pub const LEARNING_RATE: ParamSpec = number(
    "learning_rate",
    [1e-5, 0.1],
    Scale::Log,
    "",
    Text {
        en: "Learning rate",
        zh: "学习率",
    },
    Text {
        en: "How far each step moves the weights. Too small and nothing seems to happen; too large and the loss jumps or runs away.",
        zh: "每一步把权重移动多远。太小，画面几乎不动；太大，损失会乱跳甚至发散。",
    },
);

pub const BATCH: ParamSpec = whole(number(
    "batch",
    [8.0, 2048.0],
    Scale::Log,
    "points",
    Text {
        en: "Batch size",
        zh: "批量大小",
    },
    Text {
        en: "How many data points each step sees. More points make a smoother loss curve and slower steps.",
        zh: "每一步看多少个数据点。点越多，损失曲线越平滑，每步也越慢。",
    },
));

pub const OPTIMIZER: ParamSpec = ParamSpec::choice(
    "optimizer",
    Optimizer::OPTIONS,
    0,
    Text {
        en: "Optimiser",
        zh: "优化器",
    },
    Text {
        en: "How a gradient becomes a step. Adam and RMSprop give every weight a step of its own; plain SGD steps as far as the gradient is long, so it wants three to ten times the learning rate, and more patience.",
        zh: "怎样把梯度变成一步。Adam 和 RMSprop 给每个权重各自的步长；SGD 的步长取决于梯度本身，学习率要调大三到十倍，也要更有耐心。",
    },
)
.live()
.of(Group::Training);

pub const BETA_1: ParamSpec = number(
    "beta_1",
    [0.0, 0.99],
    Scale::Linear,
    "",
    Text {
        en: "Momentum β₁",
        zh: "动量 β₁",
    },
    Text {
        en: "How much of the last direction each step keeps. High values glide over noise and may overshoot; two players in a game circle less without any.",
        zh: "每一步保留多少上一步的方向。大，能滑过噪声，也可能冲过头；两方博弈时不用动量反而少兜圈子。",
    },
);

pub const BETA_2: ParamSpec = number(
    "beta_2",
    [0.5, 0.9999],
    Scale::Linear,
    "",
    Text {
        en: "Memory of gradient size β₂",
        zh: "梯度大小的记忆 β₂",
    },
    Text {
        en: "How long Adam and RMSprop remember how large a weight's gradients were. Short memory reacts fast and makes jumpy steps. SGD has none.",
        zh: "Adam 和 RMSprop 对每个权重的梯度大小记多久。记得短，反应快但步子忽大忽小。SGD 不用它。",
    },
);

pub const WEIGHT_DECAY: ParamSpec = number(
    "weight_decay",
    [0.0, 1.0],
    Scale::Linear,
    "",
    Text {
        en: "Weight decay (AdamW)",
        zh: "权重衰减（AdamW）",
    },
    Text {
        en: "How strongly AdamW pulls the weights of layers towards zero at each step; offsets are left alone. A little keeps functions smooth; much keeps them from learning.",
        zh: "AdamW 每一步把各层权重拉向零的力度，偏置不受影响。少许能让函数更平滑，太多就学不动了。",
    },
);

pub const SCHEDULE: ParamSpec = ParamSpec::choice(
    "schedule",
    Schedule::OPTIONS,
    0,
    Text {
        en: "Schedule",
        zh: "学习率计划",
    },
    Text {
        en: "How the learning rate changes with the steps. Falling rates settle the last details; a cosine ends at a hundredth of the start and stays there, until you change the rate or a setting of the model: then it begins again.",
        zh: "学习率随步数怎样变化。逐渐减小能把最后的细节定下来；余弦会降到起始值的百分之一并停在那里；改动学习率或模型的设置，它就从头再来。",
    },
)
.live()
.of(Group::Training);

pub const SCHEDULE_STEPS: ParamSpec = whole(number(
    "schedule_steps",
    [100.0, 100_000.0],
    Scale::Log,
    "steps",
    Text {
        en: "Length of the schedule",
        zh: "计划长度",
    },
    Text {
        en: "Steps until a cosine has run down, or until 1/√t has lost three tenths. A constant rate takes no notice of it.",
        zh: "余弦走完全程所需的步数，或 1/√t 减小三成所需的步数。学习率不变时它不起作用。",
    },
));

pub const WARMUP: ParamSpec = whole(number(
    "warmup",
    [0.0, 5000.0],
    Scale::Linear,
    "steps",
    Text {
        en: "Warm-up",
        zh: "预热",
    },
    Text {
        en: "Steps over which the learning rate rises to its full value. Useful where the first gradients are wild.",
        zh: "学习率从零升到设定值所用的步数。开头的梯度很乱时有用。",
    },
));

pub const CLIP: ParamSpec = number(
    "clip",
    [0.0, 100.0],
    Scale::Linear,
    "",
    Text {
        en: "Longest gradient",
        zh: "梯度长度上限",
    },
    Text {
        en: "A gradient longer than this is scaled down to it, all weights together. 0 lets every gradient pass: one wild batch can then throw training off.",
        zh: "梯度整体长过这个值就按比例缩短。取 0 则一律放行：遇到一批异常的数据，训练可能被带偏。",
    },
);

pub const AVERAGE: ParamSpec = number(
    "average",
    [0.0, 0.9999],
    Scale::Linear,
    "",
    Text {
        en: "Averaging of weights",
        zh: "权重平均",
    },
    Text {
        en: "What is drawn and measured uses a running average of the weights; 0.998 remembers about 500 steps. 0 shows the weights as they are, jitter and all.",
        zh: "画图和评分用的是权重的滑动平均；0.998 大约记住 500 步。取 0 就直接显示当前权重，连抖动一起。",
    },
);
