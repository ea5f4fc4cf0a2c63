//! Many pieces of one vector, copied as many at a time as there are places for tensors.

use super::shader::{Shader, each, grid, in_one_piece, launch, room};
use crate::nn::optim::pieces::{MOST, PieceOps};
use burn_wgpu::{CubeBackend, CubeTensor};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Way {
    Cut,
    Join,
}

/// Copies `count` pieces out of the whole or into it: after how many
/// numbers there are, `info` holds where the first piece begins, then where each ends, counted from there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Copy {
    way: Way,
    count: usize,
}

impl Shader for Copy {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        ["whole", "p0", "p1", "p2", "p3", "p4", "p5"][..=self.count].into()
    }

    fn body(&self) -> String {
        let branches: String = (0..self.count)
            .map(|k| {
                let before = if k == 0 {
                    "0u".into()
                } else {
                    format!("info[{}]", k + 1)
                };
                let copy = match self.way {
                    Way::Cut => format!("p{k}[i - {before}] = whole[info[1] + i];"),
                    Way::Join => format!("whole[info[1] + i] = p{k}[i - {before}];"),
                };
                format!("if (i < info[{}]) {{ {copy} return; }}\n", k + 2)
            })
            .collect();
        each(branches)
    }
}

fn copy(way: Way, whole: &CubeTensor, pieces: &[CubeTensor]) {
    let mut start = 0;
    for some in pieces.chunks(MOST) {
        let mut end = 0;
        let ends: Vec<u32> = some
            .iter()
            .map(|piece| {
                end += piece.meta.shape().num_elements();
                end as u32
            })
            .collect();
        let tensors: Vec<&CubeTensor> = std::iter::once(whole).chain(some).collect();
        let info = [&[end as u32, start as u32], &ends[..]].concat();
        let count = some.len();
        launch(Copy { way, count }, &tensors, &info, grid(end));
        start += end;
    }
}

impl PieceOps for CubeBackend {
    fn cut(whole: CubeTensor, lengths: Vec<usize>) -> Vec<CubeTensor> {
        let whole = in_one_piece(whole);
        let pieces: Vec<CubeTensor> = lengths.into_iter().map(|length| room(&whole, [length])).collect();
        copy(Way::Cut, &whole, &pieces);
        pieces
    }

    fn join(
        a: CubeTensor,
        b: CubeTensor,
        c: CubeTensor,
        d: CubeTensor,
        e: CubeTensor,
        f: CubeTensor,
        count: usize,
    ) -> CubeTensor {
        let pieces: Vec<CubeTensor> = [a, b, c, d, e, f].into_iter().take(count).map(in_one_piece).collect();
        let length: usize = pieces.iter().map(|piece| piece.meta.shape().num_elements()).sum();
        let whole = room(&pieces[0], [length]);
        copy(Way::Join, &whole, &pieces);
        whole
    }
}
