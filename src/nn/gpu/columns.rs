//! The plane's two coordinates taken apart and put together, each row one thread.

use super::shader::{Shader, each, grid, in_one_piece, launch, room};
use crate::nn::columns::ColumnOps;
use burn_wgpu::{CubeBackend, CubeTensor};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Columns {
    /// One out of two.
    Take(usize),
    Pair,
    /// One beside zeros.
    Pad(usize),
}

impl Shader for Columns {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        match self {
            Self::Take(_) | Self::Pad(_) => vec!["x", "to"],
            Self::Pair => vec!["x", "y", "to"],
        }
    }

    fn body(&self) -> String {
        let what = match self {
            Self::Take(which) => format!("to[i] = x[2u * i + {which}u];"),
            Self::Pair => "to[2u * i] = x[i]; to[2u * i + 1u] = y[i];".into(),
            Self::Pad(which) => format!("to[2u * i + {which}u] = x[i]; to[2u * i + {}u] = 0.0;", 1 - which),
        };
        each(what)
    }
}

fn rows(shader: Columns, x: &CubeTensor, others: &[&CubeTensor], width: usize) -> CubeTensor {
    let n = x.meta.shape()[0];
    let to = room(x, [n, width]);
    let tensors = [&[x], others, &[&to]].concat();
    launch(shader, &tensors, &[n as u32], grid(n));
    to
}

impl ColumnOps for CubeBackend {
    fn column(x: CubeTensor, which: usize) -> CubeTensor {
        rows(Columns::Take(which), &in_one_piece(x), &[], 1)
    }

    fn pair(first: CubeTensor, second: CubeTensor) -> CubeTensor {
        let [first, second] = [first, second].map(in_one_piece);
        rows(Columns::Pair, &first, &[&second], 2)
    }

    fn padded(column: CubeTensor, which: usize) -> CubeTensor {
        rows(Columns::Pad(which), &in_one_piece(column), &[], 2)
    }
}
