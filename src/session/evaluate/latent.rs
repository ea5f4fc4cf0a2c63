//! How many latents an encoder uses.
//!
//! ```text
//! latent i is active:  Var_x( E_q[zᵢ | x] ) > 0.01
//! ```
//!
//! Reference: Y. Burda, R. Grosse, R. Salakhutdinov, *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519, section 5.2.

use super::{Metric, MetricGroup, labels};
use crate::{
    data::Points,
    error::Result,
    metrics::Estimate,
    session::{Run, frame},
};
use burn::tensor::Device;

/// The threshold of Burda et al.
const ACTIVE: f64 = 0.01;

impl Run {
    /// The number of active latents, where the model encodes.
    pub(super) async fn latent_metrics(&self, held_out: &Points, device: &Device) -> Result<Option<Metric>> {
        let Some(mu) = self.model.encode(self.standardizer.upload(held_out, device)) else {
            return Ok(None);
        };
        let [n, latents] = mu.dims();
        let mu = frame::read(mu).await?;
        let variance = |i: usize| {
            let column = || mu.iter().skip(i).step_by(latents).map(|&z| f64::from(z));
            let mean = column().sum::<f64>() / n as f64;
            column().map(|z| (z - mean).powi(2)).sum::<f64>() / n as f64
        };
        let active = (0..latents).filter(|&i| variance(i) > ACTIVE).count();
        let count = Estimate {
            value: active as f64,
            stderr: 0.0,
        };
        Ok(Some(Metric::new(
            "active_units",
            labels::ACTIVE_UNITS,
            MetricGroup::Latent,
            count,
            f64::NAN,
        )))
    }
}
