//! What was learned, tensor by tensor, with all that another program needs to say the same of the same points.

use super::{Session, frame::PackedRead};
use crate::{error::Result, nn::optim::Weight};

/// A model's tensors and the units it sees points in: u = (x − shift) / scale, axis by axis.
#[derive(Clone, Debug)]
pub struct Weights {
    pub tensors: Vec<NamedTensor>,
    /// Values that a coordinate takes, where they are whole numbers from 0.
    pub levels: Option<usize>,
    pub shift: Vec<f64>,
    pub scale: Vec<f64>,
    /// log of what exp(−E) integrates to over u and the standard error of it, of an energy alone.
    pub log_z: Option<Vec<f32>>,
}

/// One tensor on the host.
#[derive(Clone, Debug)]
pub struct NamedTensor {
    pub name: String,
    pub shape: Vec<usize>,
    /// The last index first.
    pub values: Vec<f32>,
}

impl Session {
    /// The weights that samples and scores are made with.
    pub async fn weights(&self) -> Result<Weights> {
        let run = self.run()?;
        let mut packed = PackedRead::default();
        let weights = run.model.weights();
        for weight in &weights {
            packed.push(weight.values.clone());
        }
        let log_z = run.model.normalizer().map(|normalizer| packed.push(normalizer.log_z));
        let mut parts = packed.read().await?;
        let log_z = log_z.map(|index| parts.swap_remove(index));
        let named = |(Weight { name, shape, .. }, values)| NamedTensor { name, shape, values };
        let tensors = weights.into_iter().zip(parts).map(named).collect();
        let (shift, scale) = run.readers_units();
        Ok(Weights {
            tensors,
            levels: run.data.levels(),
            shift,
            scale,
            log_z,
        })
    }
}
