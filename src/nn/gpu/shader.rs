//! A shader, from its text to its place in the GPU's queue.
//!
//! A shader is compiled once for each value of its type and kept by CubeCL. It sees its tensors as `array<f32>` under the names that it gives
//! them, each in one piece, and whatever differs from call to call as the words of `info`.

use burn::{
    backend::{TensorMetadata, ops::FloatTensorOps},
    tensor::{DType, Shape},
};
use burn_wgpu::{CubeBackend, CubeDim, CubeTensor, KernelSource, SourceKernel, SourceTemplate, into_contiguous};
use cubecl::{
    prelude::{CubeCount, KernelId},
    server::{KernelArguments, MetadataBindingInfo},
};
use std::{
    fmt::{Debug, Display},
    hash::Hash,
};

/// A kernel in WGSL.
pub trait Shader: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// Threads of a group along x and y.
    const GROUP: [u32; 2];

    /// The names of its tensors, in the order in which they are handed over.
    fn tensors(&self) -> Vec<&'static str>;

    /// Functions and constants before its body.
    fn before(&self) -> String {
        String::new()
    }

    /// What a thread does. `id` is its place in the grid, `local` in its group, `group` the group's place; each is a `vec3<u32>`.
    fn body(&self) -> String;
}

#[derive(Clone, Debug)]
struct Source<S>(S);

impl<S: Shader> Source<S> {
    fn text(&self) -> String {
        let tensors: String = self
            .0
            .tensors()
            .iter()
            .enumerate()
            .map(|(i, name)| format!("@group(0) @binding({i}) var<storage, read_write> {name}: array<f32>;\n"))
            .collect();
        let [x, y] = S::GROUP;
        format!(
            "{tensors}@group(0) @binding({}) var<storage, read> info: array<u32>;\n{}\n@compute @workgroup_size({x}, {y}, 1)\n\
             fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>, \
             @builtin(workgroup_id) group: vec3<u32>) {{\n{}\n}}\n",
            self.0.tensors().len(),
            self.0.before(),
            self.0.body(),
        )
    }
}

impl<S: Shader> KernelSource for Source<S> {
    fn source(&self) -> SourceTemplate {
        SourceTemplate::new(self.text())
    }

    fn id(&self) -> KernelId {
        KernelId::new::<Self>()
            .info(self.0.clone())
            .cube_dim(dimensions::<S>().0)
    }

    fn lang(&self) -> &'static str {
        "wgsl"
    }
}

fn dimensions<S: Shader>() -> CubeDim {
    let [x, y] = S::GROUP;
    CubeDim::new_2d(x, y)
}

/// Queues `shader` for a grid of `threads` along x and y.
///
/// # Panics
/// Where the tensors are not as many as the shader names, or one is not in one piece.
pub fn launch<S: Shader>(shader: S, tensors: &[&CubeTensor], info: &[u32], threads: [usize; 2]) {
    assert_eq!(tensors.len(), shader.tensors().len(), "{shader:?} names its tensors");
    let groups = [0, 1].map(|axis| (threads[axis] as u32).div_ceil(S::GROUP[axis]));
    if groups.contains(&0) {
        return;
    }
    let words = info.chunks(2).map(|pair| {
        let [low, high] = [0, 1].map(|i| u64::from(pair.get(i).copied().unwrap_or(0)));
        low | high << 32
    });
    let arguments = KernelArguments::new()
        .with_buffers(tensors.iter().map(|tensor| tensor.handle.clone().binding()).collect())
        .with_info(MetadataBindingInfo::custom(words.collect()));
    tensors[0].client.launch(
        Box::new(SourceKernel::new(Source(shader), dimensions::<S>())),
        CubeCount::Static(groups[0], groups[1], 1),
        arguments,
    );
}

/// Threads of a row of [`grid`], so many that no axis has more groups than every GPU takes.
const WIDE: usize = 1 << 20;

/// A grid for `count` numbers.
pub fn grid(count: usize) -> [usize; 2] {
    [count.min(WIDE), count.div_ceil(WIDE)]
}

/// `what` is done with number `i` of a [`grid`]; how many there are stands first in `info`.
pub fn each(what: impl Display) -> String {
    format!("let i = id.y * {WIDE}u + id.x;\nif (i >= info[0]) {{ return; }}\n{what}")
}

/// The same numbers row by row.
pub fn in_one_piece(x: CubeTensor) -> CubeTensor {
    into_contiguous(x)
}

/// A tensor of that shape beside `like`, to be filled.
pub fn room(like: &CubeTensor, shape: impl Into<Shape>) -> CubeTensor {
    CubeBackend::float_empty(shape.into(), &like.device(), DType::F32.into())
}
