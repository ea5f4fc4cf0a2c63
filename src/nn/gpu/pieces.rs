//! Many pieces of one vector. What is cut lies in an [`Arena`], so that one dispatch cuts any number of pieces and joins them again; pieces from
//! elsewhere are joined as many at a time as there are places for tensors.

use super::{
    arena::Arena,
    shader::{Shader, each, grid, in_one_piece, launch, room},
};
use crate::nn::{many::Many, optim::pieces::PieceOps};
use burn_wgpu::{CubeBackend, CubeTensor};

/// Copies a vector into an arena or out of it. After how many numbers and how many pieces there are, `info` holds where each piece ends in the vector
/// and how much further on it lies in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Copy {
    Cut,
    Join,
}

impl Shader for Copy {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        vec!["whole", "arena"]
    }

    fn body(&self) -> String {
        let copy = match self {
            Self::Cut => "arena[i + info[3u + 2u * piece]] = whole[i];",
            Self::Join => "whole[i] = arena[i + info[3u + 2u * piece]];",
        };
        each(format!(
            "var piece = 0u; var last = info[1] - 1u;
while (piece < last) {{
  let middle = (piece + last) / 2u;
  if (i < info[2u + 2u * middle]) {{ last = middle; }} else {{ piece = middle + 1u; }}
}}
{copy}"
        ))
    }
}

fn copy(way: Copy, whole: &CubeTensor, arena: &Arena, lengths: impl IntoIterator<Item = usize>) {
    let mut end = 0;
    let mut words = vec![0, arena.starts.len() as u32];
    for (length, start) in lengths.into_iter().zip(&arena.starts) {
        let further = start.wrapping_sub(end) as u32;
        end += length;
        words.extend([end as u32, further]);
    }
    words[0] = end as u32;
    launch(way, &[whole, &arena.whole], &words, grid(end));
}

/// The most pieces of [`Gather`]: with the whole and what says where they lie eight tensors, which every GPU takes.
const MOST: usize = 6;

/// Copies `count` pieces into the whole: after how many numbers there are, `info` holds where the first piece begins, then where each ends, counted
/// from there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Gather {
    count: usize,
}

impl Shader for Gather {
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
                format!(
                    "if (i < info[{}]) {{ whole[info[1] + i] = p{k}[i - {before}]; return; }}\n",
                    k + 2
                )
            })
            .collect();
        each(branches)
    }
}

fn gather(whole: &CubeTensor, pieces: &[CubeTensor]) {
    let mut start = 0;
    for some in pieces.chunks(MOST) {
        let mut end = 0;
        let ends: Vec<u32> = some
            .iter()
            .map(|piece| {
                end += count(piece);
                end as u32
            })
            .collect();
        let tensors: Vec<&CubeTensor> = std::iter::once(whole).chain(some).collect();
        let info = [&[end as u32, start as u32], &ends[..]].concat();
        launch(Gather { count: some.len() }, &tensors, &info, grid(end));
        start += end;
    }
}

fn count(piece: &CubeTensor) -> usize {
    piece.meta.shape().num_elements()
}

/// The buffer that all of `tensors` lie in, where there is one, else one that they are copied to.
pub fn together(tensors: Vec<CubeTensor>) -> Arena {
    let tensors: Vec<CubeTensor> = tensors.into_iter().map(in_one_piece).collect();
    Arena::shared_by(&tensors).unwrap_or_else(|| {
        let mut end = 0;
        let next = |tensor: &CubeTensor| {
            let start = end;
            end += count(tensor);
            start
        };
        let starts = tensors.iter().map(next).collect();
        let whole = room(&tensors[0], [end]);
        gather(&whole, &tensors);
        Arena { whole, starts }
    })
}

impl PieceOps for CubeBackend {
    fn cut(whole: CubeTensor, lengths: Vec<usize>) -> Vec<CubeTensor> {
        let whole = in_one_piece(whole);
        let arena = Arena::new(&whole, lengths.iter().copied());
        copy(Copy::Cut, &whole, &arena, lengths.iter().copied());
        arena.tensors(lengths.into_iter().map(|length| [length].into()))
    }

    fn join(pieces: Many<Self>) -> CubeTensor {
        let pieces: Vec<CubeTensor> = pieces.0.into_iter().map(in_one_piece).collect();
        let whole = room(&pieces[0], [pieces.iter().map(count).sum::<usize>()]);
        match Arena::shared_by(&pieces) {
            Some(arena) => copy(Copy::Join, &whole, &arena, pieces.iter().map(count)),
            None => gather(&whole, &pieces),
        }
        whole
    }
}
