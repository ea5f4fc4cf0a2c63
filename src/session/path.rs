//! The way of points through the model: from data to latents and back, with every stop between.

use super::{Run, Session, frame::PackedRead};
use crate::{
    data::Table,
    error::{Error, Result},
    models::way::{Stop, Toward, Way},
    tensors::tensor,
};
use burn::tensor::{Device, Tensor};

/// Where `n` points stand on their way, in a model's units: x = shift + scale u.
#[derive(Clone, Debug)]
pub struct Path {
    /// In the order of the way; none where the model has no such way.
    pub stops: Vec<Stop>,
    /// How many points.
    pub n: usize,
    /// Numbers of each at every stop.
    pub dim: usize,
    /// `[stops, n, dim]`.
    pub states: Vec<f32>,
    pub code: Option<Code>,
    /// A model's zero in the reader's units, `[dim]`.
    pub shift: Vec<f64>,
    /// One of a model's units in the reader's, `[dim]`.
    pub scale: Vec<f64>,
}

/// Latent codes of the points, each a Gaussian, or a certain one where its deviations are 0.
#[derive(Clone, Debug)]
pub struct Code {
    pub dim: usize,
    /// `[n, dim]`.
    pub mean: Vec<f32>,
    /// `[n, dim]`.
    pub sigma: Vec<f32>,
}

impl Session {
    /// The way of `points`, row by row: of data in the reader's units toward their latents, or of latents toward data. A model that encodes leads
    /// data through their codes to what it restores of them.
    pub async fn path(&self, points: &[f64], toward: Toward) -> Result<Path> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        let dim = match toward {
            Toward::Latent => run.standardizer.dim(),
            Toward::Data => run.latent_dim(),
        };
        let rows = rows(points, dim)?;
        let x = match toward {
            Toward::Latent => run.uploaded(points, &device),
            Toward::Data => tensor(points.iter().map(|&value| value as f32).collect(), [rows, dim], &device),
        };
        let (shift, scale) = run.readers_units();
        let mut path = Path {
            stops: Vec::new(),
            n: rows,
            dim: run.standardizer.dim(),
            states: Vec::new(),
            code: None,
            shift,
            scale,
        };
        if rows == 0 {
            return Ok(path);
        }
        let mut packed = PackedRead::default();
        let codes = (toward == Toward::Latent)
            .then(|| run.model.posterior(x.clone()))
            .flatten();
        let restored = codes.as_ref().and_then(|[mean, _]| run.restored(&x, mean));
        let code = codes.map(|codes| (codes[0].dims()[1], codes.map(|part| packed.push(part))));
        let way = restored.or_else(|| run.model.way(x, toward)).unwrap_or_default();
        let (stops, states): (Vec<_>, Vec<_>) = way.into_iter().unzip();
        let states: Vec<usize> = states.into_iter().map(|states| packed.push(states)).collect();
        let parts = packed.read().await?;
        path.stops = stops;
        path.states = states.iter().flat_map(|&index| &parts[index]).copied().collect();
        path.code = code.map(|(dim, codes)| {
            let [mean, sigma] = codes.map(|index| parts[index].clone());
            Code { dim, mean, sigma }
        });
        Ok(path)
    }
}

/// How many rows of `dim` finite numbers there are.
pub(super) fn rows(values: &[f64], dim: usize) -> Result<usize> {
    let count = values.len();
    if !count.is_multiple_of(dim) {
        return Err(Error::RaggedData { count, dim });
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(Error::DataNotFinite { index }),
        None => Ok(count / dim),
    }
}

impl Run {
    /// The reader's points, row by row, as the model sees them.
    pub(super) fn uploaded(&self, points: &[f64], device: &Device) -> Tensor<2> {
        let table = Table {
            dim: self.standardizer.dim(),
            values: points.to_vec(),
            labels: None,
        };
        self.standardizer.upload(&self.units.points(&table), device)
    }

    /// A model's zero and one of its units along each axis, as the reader's.
    pub(super) fn readers_units(&self) -> (Vec<f64>, Vec<f64>) {
        let zero = self.standardizer.shift().iter().enumerate();
        let one = self.units.scale().iter();
        (
            zero.map(|(axis, &zero)| self.units.to_reader_along(axis, zero))
                .collect(),
            one.map(|one| one * self.standardizer.scale()).collect(),
        )
    }

    /// Coordinates of a latent.
    fn latent_dim(&self) -> usize {
        // weight, means and standard deviations
        self.model
            .prior()
            .map_or(self.standardizer.dim(), |prior| prior.dims()[1] / 2)
    }

    /// From data through the means of their codes.
    fn restored(&self, x: &Tensor<2>, codes: &Tensor<2>) -> Option<Way> {
        let restored = self.model.data_from_latent(codes.clone())?;
        Some(vec![(Stop::Data, x.clone()), (Stop::Restored, restored)])
    }
}
