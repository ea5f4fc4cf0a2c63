//! Control: settings of the models that can be told a class.

use super::{Group, OptionSpec, ParamKind, ParamSpec, Scale, Text};

/// Whether classes are learned.
pub const CONDITIONAL: ParamSpec = ParamSpec::choice(
    "conditional",
    &[
        OptionSpec {
            id: "off",
            label: Text {
                en: "Points alone, p(x)",
                zh: "只学点，p(x)",
            },
        },
        OptionSpec {
            id: "on",
            label: Text {
                en: "Points of each class, p(x | y)",
                zh: "分类别学，p(x | y)",
            },
        },
    ],
    0,
    Text {
        en: "Conditional on the class",
        zh: "以类别为条件",
    },
    Text {
        en: "Tells the model the class y of every point it learns from. It can then draw one class alone, say how likely a point is in each, and so guess the class of a point.",
        zh: "学习时把每个点的类别 y 也告诉模型。之后它可以只画某一类，能说出一个点在各类中各有多可能，因而也能猜出点的类别。",
    },
);

/// Most classes that data may have.
pub const MOST_CLASSES: usize = 32;

/// All classes together, as a value of [`CONDITION`].
pub const ALL_CLASSES: f64 = -1.0;

/// The class that is drawn.
pub const CONDITION: ParamSpec = ParamSpec {
    id: "condition",
    kind: ParamKind::Int,
    min: ALL_CLASSES,
    max: (MOST_CLASSES - 1) as f64,
    default: ALL_CLASSES,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Class drawn",
        zh: "画哪一类",
    },
    help: Text {
        en: "Which class samples and density are of, counted from 0; at −1 all of them, each as often as in the data. Learning is not touched, and scores are always of all classes.",
        zh: "样本和密度属于哪一类，从 0 数起；取 −1 是所有类，各按它在数据中的比例。它不影响学习，评分也总是针对所有类。",
    },
};

/// How the class that is drawn is joined with another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    #[default]
    Alone,
    And,
    Or,
    Not,
}

impl Join {
    /// In the order of the setting's options.
    pub const ALL: [Self; 4] = [Self::Alone, Self::And, Self::Or, Self::Not];
}

/// What of it.
pub const COMPOSE: ParamSpec = ParamSpec::choice(
    "compose",
    &[
        OptionSpec {
            id: "off",
            label: Text {
                en: "Alone",
                zh: "单独",
            },
        },
        OptionSpec {
            id: "and",
            label: Text {
                en: "And the other",
                zh: "且属于另一类",
            },
        },
        OptionSpec {
            id: "or",
            label: Text {
                en: "Or the other",
                zh: "或属于另一类",
            },
        },
        OptionSpec {
            id: "not",
            label: Text {
                en: "Not the other",
                zh: "但不属于另一类",
            },
        },
    ],
    0,
    Text {
        en: "Joined with another class",
        zh: "与另一类组合",
    },
    Text {
        en: "Puts the class drawn together with another: what both could be, what either is, or what the first is and the other is not. An energy model multiplies densities, exactly; a diffusion model adds up scores, which only comes near.",
        zh: "把所画的类与另一类组合：两类都说得通的、任一类的，或者属于前者而不像后者的。能量模型把密度相乘，是精确的；扩散模型把分数相加，只是近似。",
    },
)
.live();

/// The other class.
pub const OTHER: ParamSpec = ParamSpec {
    id: "other",
    min: 0.0,
    default: 1.0,
    label: Text {
        en: "The other class",
        zh: "另一类",
    },
    help: Text {
        en: "With which class the class drawn is joined, counted from 0.",
        zh: "所画的类与哪一类组合，从 0 数起。",
    },
    ..CONDITION
};

/// Share of points whose class is not told.
pub const LABEL_DROPOUT: ParamSpec = ParamSpec {
    id: "label_dropout",
    kind: ParamKind::Float,
    min: 0.0,
    max: 0.5,
    default: 0.1,
    scale: Scale::Linear,
    unit: "",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Label dropout",
        zh: "标签丢弃率",
    },
    help: Text {
        en: "Share of points that a conditional model learns without being told their class, so that it also knows how points lie whatever their class. Guidance compares the two; at 0 there is nothing to compare with.",
        zh: "条件模型学习时，有多大比例的点不告诉它类别，这样它也知道不分类别时点的分布。引导就是拿两者作比较；取 0，就没有可比的了。",
    },
};

/// w of classifier-free guidance.
pub const GUIDANCE: ParamSpec = ParamSpec {
    id: "guidance",
    kind: ParamKind::Float,
    min: 0.0,
    max: 8.0,
    default: 0.0,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Guidance w",
        zh: "引导强度 w",
    },
    help: Text {
        en: "How far a conditional model goes beyond its answer for the class, away from its answer for no class. 0 is what was learned; more makes samples more typical of their class and less varied.",
        zh: "条件模型在“给定类别”的答案上，朝远离“不给类别”的答案的方向再走多远。0 就是学到的样子；越大，样本越像本类的典型，也越缺少变化。",
    },
};
