//! What a model learns from: settings of every model, read by the session.

use super::{Group, OptionSpec, ParamKind, ParamSpec, Scale, Text};

/// Fresh points at every step, or the same few again and again.
pub const TRAIN_SET: ParamSpec = ParamSpec::choice(
    "train_set",
    &[
        OptionSpec {
            id: "fresh",
            label: Text {
                en: "Fresh points each step",
                zh: "每步用新点",
            },
        },
        OptionSpec {
            id: "fixed",
            label: Text {
                en: "A fixed set",
                zh: "固定的一组点",
            },
        },
    ],
    0,
    Text {
        en: "Training points",
        zh: "训练点",
    },
    Text {
        en: "Fresh points at every step, as if data never ran out, or one fixed set used again and again: with few points a model begins to learn them by heart.",
        zh: "每一步都抽新的点，好像数据取之不尽；或者固定一组点反复用：点太少时，模型会开始死记硬背。",
    },
)
.of(Group::Data);

/// Size of the fixed set.
pub const TRAIN_POINTS: ParamSpec = ParamSpec {
    id: "train_points",
    kind: ParamKind::Int,
    min: 10.0,
    max: 10_000.0,
    default: 200.0,
    scale: Scale::Log,
    unit: "points",
    restarts: true,
    group: Group::Data,
    options: &[],
    label: Text {
        en: "Size of the fixed set",
        zh: "固定组的点数",
    },
    help: Text {
        en: "How many points the fixed set holds; it has no effect on fresh points. The held-out points that scores are measured on are never among them.",
        zh: "固定的一组里有多少个点；用新点时它不起作用。评分所用的留出点从不在其中。",
    },
};

/// Extra noise on every point, as a share of the data's own standard deviation.
pub const NOISE: ParamSpec = ParamSpec {
    id: "noise",
    kind: ParamKind::Float,
    min: 0.0,
    max: 0.5,
    default: 0.0,
    scale: Scale::Linear,
    unit: "",
    restarts: true,
    group: Group::Data,
    options: &[],
    label: Text {
        en: "Noise on the data",
        zh: "数据噪声",
    },
    help: Text {
        en: "Gaussian noise added to every point, as a share of the data's spread. It blurs edges and fills gaps, and most models then find the data easier.",
        zh: "给每个点加上的高斯噪声，以数据自身的离散程度为单位。它会模糊边缘、填平空隙，多数模型因此更容易学。",
    },
};
