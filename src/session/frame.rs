//! What to draw: everything that one picture needs, gathered on the device and read once.

use crate::{
    data::{Bounds, Points, Table},
    models::spec::FieldKind,
};
use burn::tensor::Tensor;
use serde::Deserialize;

/// What the page would like to see.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FrameRequest {
    /// How many samples of P_phi.
    pub samples: usize,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub field: Option<FieldKind>,
    /// The part of the world to draw, in the reader's units; all that is worth it where none is named.
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Bounds"))]
    pub bounds: Option<Bounds>,
    /// Cells of the field along each axis.
    pub side: usize,
    /// Lines of the warped latent grid along each axis; 0 for none.
    pub grid: usize,
    /// How many data points to encode; 0 for none.
    pub latent: usize,
    /// How many Langevin walkers; 0 for none.
    pub walkers: usize,
    /// Langevin steps since the last frame.
    pub walk_steps: usize,
}

/// A scalar field at the centres of equal cells of the bounds.
#[derive(Clone, Debug)]
pub struct Field {
    pub kind: FieldKind,
    /// In the reader's units.
    pub bounds: Bounds,
    pub side: usize,
    /// Plane: `[side · side]`, row by row, the lowest y first. Line: `[side]`.
    pub values: Vec<f32>,
}

/// Latents of data points, a draw for each.
#[derive(Clone, Debug)]
pub struct Latent {
    pub dim: usize,
    /// `[n, dim]`.
    pub points: Vec<f32>,
    /// The data they come from.
    pub data: Table,
    /// The Gaussians that latents are drawn from: weight, means and standard deviations of each, `[c, 1 + 2 dim]`.
    pub prior: Vec<f32>,
}

/// One picture, in the reader's units.
#[derive(Clone, Debug)]
pub struct Frame {
    pub step: u64,
    pub dim: usize,
    pub bounds: Bounds,
    /// `[n, dim]`.
    pub samples: Vec<f64>,
    /// The class of each, `[n]`, where the model learns classes.
    pub labels: Option<Vec<u8>>,
    pub field: Option<Field>,
    /// Line only: exact density of the data at the field's centres.
    pub truth: Option<Vec<f32>>,
    /// Line and energy only: E(x) at the field's centres, in nats up to a constant.
    pub energy: Option<Vec<f32>>,
    /// `[k, dim]`.
    pub walkers: Option<Vec<f64>>,
    /// `[side · side, 2]` on the plane, `[side, 1]` on the line.
    pub grid: Option<(usize, Vec<f64>)>,
    pub latent: Option<Latent>,
}

/// Centres of `side` equal cells of [low, high].
pub fn centres([low, high]: [f64; 2], side: usize) -> impl Iterator<Item = f64> + Clone {
    let cell = (high - low) / side as f64;
    (0..side).map(move |i| low + cell * (i as f64 + 0.5))
}

/// Cell centres of the bounds: `side · side` rows on the plane (lowest y first), `side` on the line.
pub fn lattice(bounds: &Bounds, side: usize, dim: usize) -> Points {
    let values = match dim {
        1 => centres(bounds.x, side).map(|x| x as f32).collect(),
        _ => centres(bounds.y, side)
            .flat_map(|y| centres(bounds.x, side).flat_map(move |x| [x as f32, y as f32]))
            .collect(),
    };
    Points::new(dim, values)
}

/// Volume of one cell of [`lattice`].
pub fn cell_volume(bounds: &Bounds, side: usize, dim: usize) -> f64 {
    let width = |[low, high]: [f64; 2]| (high - low) / side as f64;
    if dim == 1 {
        width(bounds.x)
    } else {
        width(bounds.x) * width(bounds.y)
    }
}

/// Tensors to be read together: a read is what costs on a GPU, not what it brings.
#[derive(Default)]
pub struct PackedRead {
    parts: Vec<Tensor<1>>,
}

impl PackedRead {
    /// Adds a tensor; [`PackedRead::read`] returns its values at this index.
    pub fn push<const D: usize>(&mut self, tensor: Tensor<D>) -> usize {
        self.parts.push(tensor.reshape([-1]));
        self.parts.len() - 1
    }

    /// Reads everything in one go.
    pub async fn read(self) -> crate::error::Result<Vec<Vec<f32>>> {
        if self.parts.is_empty() {
            return Ok(Vec::new());
        }
        let lengths: Vec<usize> = self.parts.iter().map(|part| part.dims()[0]).collect();
        let all = read(Tensor::cat(self.parts, 0)).await?;
        let mut rest = all.as_slice();
        Ok(lengths
            .into_iter()
            .map(|length| {
                let (part, tail) = rest.split_at(length);
                rest = tail;
                part.to_vec()
            })
            .collect())
    }
}

/// Reads one tensor.
pub async fn read<const D: usize>(tensor: Tensor<D>) -> crate::error::Result<Vec<f32>> {
    let failed = |reason: String| crate::error::Error::Device { reason };
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| failed(error.to_string()))?;
    data.try_to_vec::<f32>().map_err(|error| failed(error.to_string()))
}
