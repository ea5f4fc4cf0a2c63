//! The rules of a game, one setting each. Defaults are the rows' own.

use crate::spec::{Group, OptionSpec, ParamKind, ParamSpec, Scale, Text};

/// A number that acts on the next step.
const fn number(id: &'static str, max: f64, unit: &'static str, label: Text, help: Text) -> ParamSpec {
    ParamSpec {
        id,
        kind: ParamKind::Float,
        min: 0.0,
        max,
        default: 0.0,
        scale: Scale::Linear,
        unit,
        restarts: false,
        group: Group::Model,
        options: &[],
        label,
        help,
    }
}

const fn option(id: &'static str, en: &'static str, zh: &'static str) -> OptionSpec {
    OptionSpec {
        id,
        label: Text { en, zh },
    }
}

/// The same, whole.
const fn whole(spec: ParamSpec) -> ParamSpec {
    ParamSpec {
        kind: ParamKind::Int,
        ..spec
    }
}

pub const R1_GAMMA: ParamSpec = number(
    "r1_gamma",
    10.0,
    "",
    Text {
        en: "R1 weight γ",
        zh: "R1 权重 γ",
    },
    Text {
        en: "Holds the discriminator flat where the data is. At 0 the game may circle or drop modes; much too large and the discriminator teaches too little.",
        zh: "让判别器在数据处保持平缓。取 0，两方可能来回绕圈或丢掉模式；取得太大，判别器就教不了什么。",
    },
);

pub const R2_GAMMA: ParamSpec = number(
    "r2_gamma",
    10.0,
    "",
    Text {
        en: "R2 weight γ",
        zh: "R2 权重 γ",
    },
    Text {
        en: "The same as R1, where the samples are. It matters while samples and data still lie apart: there R1 alone leaves the discriminator free.",
        zh: "与 R1 相同，只是作用在样本处。样本离数据还远时它最有用：那里 R1 管不到判别器。",
    },
);

pub const GRADIENT_PENALTY: ParamSpec = number(
    "gradient_penalty",
    20.0,
    "",
    Text {
        en: "Gradient penalty λ",
        zh: "梯度惩罚 λ",
    },
    Text {
        en: "Pulls the critic's slope to 1 on the way between data and samples, as a Wasserstein distance asks. Too small and the critic grows without bound.",
        zh: "在数据与样本之间的连线上，把评判器的斜率拉向 1，这正是 Wasserstein 距离所要求的。太小，评判器会无限变陡。",
    },
);

pub const WEIGHT_CLIP: ParamSpec = number(
    "weight_clip",
    1.0,
    "",
    Text {
        en: "Weight clipping",
        zh: "权重裁剪",
    },
    Text {
        en: "Cuts every discriminator weight off at this size after each step; 0 does not cut. Small values make a critic too simple, large ones too steep.",
        zh: "每步之后把判别器的每个权重裁到这个大小以内；0 表示不裁。太小，评判器过于简单；太大，又过于陡峭。",
    },
);

pub const SPECTRAL_NORM: ParamSpec = ParamSpec::choice(
    "spectral_norm",
    &[option("off", "Off", "关"), option("on", "On", "开")],
    0,
    Text {
        en: "Spectral normalisation",
        zh: "谱归一化",
    },
    Text {
        en: "Divides every layer of the discriminator by the most it can stretch anything. Its slope is then bounded, and so is the sharpness of what it can teach.",
        zh: "把判别器的每一层除以它最大的拉伸倍数。斜率从此有界，它能教的细节也因此有限。",
    },
);

pub const INSTANCE_NOISE: ParamSpec = number(
    "instance_noise",
    1.0,
    "",
    Text {
        en: "Instance noise σ",
        zh: "实例噪声 σ",
    },
    Text {
        en: "Gaussian noise on data and samples alike before the discriminator sees them, in standard deviations of the data. The two then overlap, and both learn blurred versions.",
        zh: "判别器看到数据和样本之前，先给两者加上同样的高斯噪声，以数据的标准差为单位。两者因此有了重叠，学到的也是模糊后的版本。",
    },
);

pub const NOISE_STEPS: ParamSpec = whole(number(
    "noise_steps",
    20_000.0,
    "steps",
    Text {
        en: "End of the noise",
        zh: "噪声消失步数",
    },
    Text {
        en: "Steps over which the instance noise falls to nothing, so that fine detail can be learned at last. 0 keeps it as it is.",
        zh: "实例噪声经过多少步降到零，好让模型最后学到细节。取 0 则一直不变。",
    },
));

pub const PACK: ParamSpec = ParamSpec {
    min: 1.0,
    restarts: true,
    ..whole(number(
        "pack",
        4.0,
        "points",
        Text {
            en: "Points judged at once",
            zh: "一次评判的点数",
        },
        Text {
            en: "The discriminator sees this many points together (PacGAN). Lack of variety then shows at a glance. What a batch has over is left out; the field shows the same point that many times.",
            zh: "判别器一次看这么多个点（PacGAN）。样本单调，一眼就会被看穿。批量中凑不齐一组的点不用；场图画的是同一点重复这么多次的结果。",
        },
    ))
};

pub const UNROLL: ParamSpec = whole(number(
    "unroll",
    8.0,
    "steps",
    Text {
        en: "Unrolled steps",
        zh: "展开步数",
    },
    Text {
        en: "The generator looks this many discriminator steps ahead and learns through them, exactly. It then sees that crowding into one mode will not pay. The steps it imagines are plain gradient descent without penalties.",
        zh: "生成器向前看判别器的这么多步，并精确地穿过这些步求梯度，于是明白挤在一个模式里没有好处。想象的这些步是不带惩罚的普通梯度下降。",
    },
));

pub const D_STEPS: ParamSpec = ParamSpec {
    min: 1.0,
    ..whole(number(
        "d_steps",
        5.0,
        "steps",
        Text {
            en: "Discriminator steps",
            zh: "判别器步数",
        },
        Text {
            en: "Discriminator updates before each one of the generator. More make a better teacher and slower steps.",
            zh: "生成器每更新一次之前，判别器先更新几次。次数越多，老师越准，每步也越慢。",
        },
    ))
};

pub const PACE: ParamSpec = ParamSpec {
    min: 0.05,
    scale: Scale::Log,
    ..number(
        "pace",
        2.0,
        "",
        Text {
            en: "Generator's pace",
            zh: "生成器步速",
        },
        Text {
            en: "The generator's learning rate over the discriminator's. Below 1 the discriminator keeps up with whom it judges, and a settled game stays settled.",
            zh: "生成器与判别器的学习率之比。小于 1 时，判别器跟得上它要评判的对手，稳定下来的博弈就不会再乱。",
        },
    )
};

pub const WAVES: ParamSpec = ParamSpec {
    restarts: true,
    ..whole(number(
        "waves",
        64.0,
        "waves",
        Text {
            en: "Waves of the discriminator",
            zh: "判别器的波",
        },
        Text {
            en: "Sine waves through which the discriminator sees the data beside its coordinates. They show it fine detail early; with 0 it sees smooth blobs for a long time.",
            zh: "除坐标外，判别器还透过这么多个正弦波看数据，因此很早就能看到细节；取 0，它很久都只看到模糊的团块。",
        },
    ))
};

pub const UNITS: ParamSpec = ParamSpec::choice(
    "units",
    &[
        option("leaky_relu", "Leaky ReLU", "Leaky ReLU"),
        option("silu", "SiLU (smooth)", "SiLU（光滑）"),
    ],
    0,
    Text {
        en: "Units of the discriminator",
        zh: "判别器的激活函数",
    },
    Text {
        en: "What bends the discriminator between its layers. Leaky ReLU makes creases and learns fine detail; smooth SiLU blurs it, and with many modes the generator then loses some.",
        zh: "判别器层与层之间靠什么弯折。Leaky ReLU 会留下折痕，学得到细节；光滑的 SiLU 会把细节抹平，模式一多，生成器就会丢掉一些。",
    },
);
