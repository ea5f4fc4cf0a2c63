//! In which order a chain draws its coordinates.
//!
//! ```text
//! p(x₁) p(x₂ | x₁)     or     p(x₂) p(x₁ | x₂)
//! ```
//!
//! Both are exact; how hard the factors are to learn may differ. A picture has more orders: row by row or column by column, from either end.

use crate::{
    models::spec::Settings,
    spec::{OptionSpec, ParamSpec, Text},
};
use burn::tensor::Tensor;

/// The order of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// x₁, then x₂ given x₁; a picture row by row from the top.
    Forward,
    /// x₂, then x₁ given x₂; a picture row by row from its end.
    Reverse,
    /// A square picture column by column from the left.
    Columns,
    /// A square picture column by column from its end.
    ReverseColumns,
}

/// The setting that chooses it.
pub const ORDER: ParamSpec = ParamSpec::choice(
    "order",
    Order::OPTIONS,
    0,
    Text {
        en: "Order of coordinates",
        zh: "坐标顺序",
    },
    Text {
        en: "Which coordinate is drawn first; the other is drawn given it. The chain rule holds either way, but one order may be much easier to learn. On the line there is only one coordinate and nothing changes.",
        zh: "先抽哪个坐标；另一个在它给定之后再抽。链式法则对两种顺序都成立，但其中一种可能好学得多。一维数据只有一个坐标，选哪种都一样。",
    },
);

impl Order {
    /// Those of the plane, in the order of the options.
    pub const PLANE: [Self; 2] = [Self::Forward, Self::Reverse];

    /// Those of a square picture.
    pub const PICTURE: [Self; 4] = [Self::Forward, Self::Reverse, Self::Columns, Self::ReverseColumns];

    const OPTIONS: &[OptionSpec] = &[
        OptionSpec {
            id: "forward",
            label: Text {
                en: "x₁, then x₂",
                zh: "先 x₁ 后 x₂",
            },
        },
        OptionSpec {
            id: "reverse",
            label: Text {
                en: "x₂, then x₁",
                zh: "先 x₂ 后 x₁",
            },
        },
    ];

    /// The one that `settings` choose.
    pub fn of(settings: &Settings) -> Self {
        Self::PLANE[settings.int(ORDER.id)]
    }

    /// Which of a plane's coordinates is drawn last.
    pub const fn last_of_a_plane(self) -> Option<usize> {
        match self {
            Self::Forward => Some(1),
            Self::Reverse => Some(0),
            Self::Columns | Self::ReverseColumns => None,
        }
    }

    /// Which of a point's `d` coordinates the chain draws first, second, …: what [`Order::arrange`] does to columns.
    pub fn places(self, d: usize) -> Vec<usize> {
        let side = d.isqrt();
        let place = |i: usize| match self {
            Self::Forward => i,
            Self::Reverse => d - 1 - i,
            Self::Columns => i % side * side + i / side,
            Self::ReverseColumns => d - 1 - (i % side * side + i / side),
        };
        (0..d).map(place).collect()
    }

    /// The data's columns in the chain's order; applied again, it puts them back.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    pub fn arrange(self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Forward => x,
            Self::Reverse => x.flip([1]),
            Self::Columns => {
                let [n, d] = x.dims();
                let side = d.isqrt();
                x.reshape([n, side, side]).swap_dims(1, 2).reshape([n, d])
            }
            Self::ReverseColumns => Self::Columns.arrange(x.flip([1])),
        }
    }
}
