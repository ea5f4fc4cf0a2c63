//! Settings that flows share.

use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text};

/// How many layers a flow stacks.
pub(super) const LAYERS: ParamSpec = ParamSpec {
    id: "layers",
    kind: ParamKind::Int,
    min: 1.0,
    max: 16.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "layers",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Flow layers",
        zh: "流的层数",
    },
    help: Text {
        en: "How many invertible layers are stacked. Each can be undone exactly; more of them fold the data more finely.",
        zh: "叠加多少个可逆层。每层都能精确退回；层数越多，折叠越精细。",
    },
};

/// Through how many waves a conditioner sees each coordinate.
pub(super) const FEATURES: ParamSpec = ParamSpec {
    id: "features",
    kind: ParamKind::Int,
    min: 0.0,
    max: 32.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "waves",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Fourier features",
        zh: "傅里叶特征数",
    },
    help: Text {
        en: "Waves through which each layer sees the coordinate that decides. With none the layers bend too gently to pull clusters apart.",
        zh: "每层借助多少个波来看起决定作用的那个坐标。设为 0 时，弯折太平缓，分不开一团一团的数据。",
    },
};

/// Pieces of each spline.
pub(super) const BINS: ParamSpec = ParamSpec {
    id: "bins",
    kind: ParamKind::Int,
    min: 3.0,
    max: 32.0,
    default: 8.0,
    scale: Scale::Linear,
    unit: "bins",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Spline bins",
        zh: "样条分段数",
    },
    help: Text {
        en: "Pieces of each spline. More pieces follow sharper edges and take more data to place well.",
        zh: "每条样条的分段数。段越多越能贴合陡边，也要更多数据才放得准。",
    },
};
