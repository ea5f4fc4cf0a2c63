//! What kernels over tiles of rows have in common: how large a tile is, where the weights of perceptrons lie, and the sums of what the groups found.

use super::{
    arena::Arena,
    shader::{Shader, each, grid, launch, room},
};
use burn_wgpu::CubeTensor;

/// Rows of a tile by units of a layer: the numbers that the threads of a group make of a layer, each thirty-two.
pub const TILE: usize = 1024;

/// Threads of a group.
pub const THREADS: usize = 32;

/// The most units of a layer that there is room for.
pub const MOST_UNITS: usize = 128;

/// The most groups of a kernel: enough for any GPU, and few enough that their cells are small.
const MOST_GROUPS: usize = 1024;

/// The most numbers of all groups' gradients together, 32 MiB: where layers are large, fewer groups go through more tiles each.
const MOST_PARTIALS: usize = 1 << 23;

/// What a bias that is not there begins at.
const NOTHING: u32 = u32::MAX;

/// `n` rows in tiles that leave room for a layer of `units`.
#[derive(Clone, Copy, Debug)]
pub struct Tiles {
    n: usize,
    /// Of a tile.
    pub rows: usize,
}

impl Tiles {
    pub fn new(n: usize, units: usize) -> Self {
        Self {
            n,
            rows: TILE / units.next_power_of_two().clamp(32, MOST_UNITS),
        }
    }

    pub fn count(self) -> usize {
        self.n.div_ceil(self.rows)
    }

    /// Groups of a kernel.
    pub fn groups(self) -> usize {
        self.count().min(MOST_GROUPS)
    }

    /// Groups of a kernel each of which has so many gradients of its own.
    pub fn groups_with(self, gradients: usize) -> usize {
        self.groups().min((MOST_PARTIALS / gradients).max(1))
    }

    /// The constants of a shader.
    pub fn constants(rows: usize) -> String {
        format!("const ROWS = {rows}u;\nconst UNITS = {}u;\n", TILE / rows)
    }
}

/// A matrix of a perceptron, and whether a bias follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix {
    pub inputs: usize,
    pub outputs: usize,
    pub bias: bool,
}

impl Matrix {
    /// Shapes of its parameters, the bias last.
    pub fn shapes(self) -> impl Iterator<Item = Vec<usize>> {
        let bias = self.bias.then(|| vec![self.outputs]);
        std::iter::once(vec![self.inputs, self.outputs]).chain(bias)
    }
}

/// What shaders are told of `matrices`, whose parameters begin at number `at` of `theta` and their gradients at the same of `gradients`.
pub fn words(matrices: &[Matrix], theta: &Arena, gradients: Option<&Arena>, mut at: usize) -> Vec<u32> {
    let start = |arena: &Arena, at: usize| arena.starts[at] as u32;
    let words = matrices.iter().flat_map(|matrix| {
        let weight = at;
        let bias = matrix.bias.then_some(at + 1);
        at += 1 + usize::from(matrix.bias);
        let both = |arena: &Arena| [start(arena, weight), bias.map_or(NOTHING, |bias| start(arena, bias))];
        let [w, b] = both(theta);
        let [by_w, by_b] = gradients.map_or([0, NOTHING], both);
        [matrix.inputs as u32, matrix.outputs as u32, w, b, by_w, by_b]
    });
    words.collect()
}

/// Sums of the groups' gradients, each number one thread.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Sums;

impl Shader for Sums {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        vec!["partial", "sums"]
    }

    fn body(&self) -> String {
        each(
            "var sum = 0.0;
for (var k = i; k < info[1] * info[0]; k += info[0]) { sum += partial[k]; }
sums[i] = sum;",
        )
    }
}

/// Fills `gradients` with what `groups` groups wrote by `run` into rooms of their own.
pub fn summed(gradients: &Arena, groups: usize, run: impl FnOnce(&CubeTensor)) {
    let length = gradients.length();
    if groups == 1 {
        run(&gradients.whole);
        return;
    }
    let partial = room(&gradients.whole, [groups * length]);
    run(&partial);
    launch(
        Sums,
        &[&partial, &gradients.whole],
        &[length as u32, groups as u32],
        grid(length),
    );
}
