//! How far P_phi is from P_data, each number with its error, its floor and what it is.
//!
//! A family without a density gets no number about one. Reverse KL and Jensen-Shannon need log P_phi itself: with a lower bound in its place
//! they would be neither bounds nor estimates, so they are left out there.

mod density;
mod labels;
mod latent;
mod normaliser;
mod samples;

pub use density::LogDensity;
pub(super) use samples::Floors;

use super::Session;
use crate::{data::Points, error::Result, metrics::Estimate, models::spec::DensityKind, spec::Text};
use serde::Serialize;

/// What a measure tells of; the page shows each group together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum MetricGroup {
    /// Of the two densities.
    Divergence,
    /// Of the samples from the data, as a whole.
    Distance,
    /// Of single samples and single data points: whether each has a neighbour on the other side.
    Neighbours,
    /// Of the components of a mixture.
    Modes,
    /// Of the codes of an autoencoder.
    Latent,
    /// Of Z.
    Normaliser,
}

/// A number with all that is needed to believe it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Metric {
    pub id: &'static str,
    pub label: Text,
    pub group: MetricGroup,
    pub value: f64,
    /// One standard error; for log Z by quadrature, what a coarser grid changes; 0 where the number is a count or its error is not known.
    pub stderr: f64,
    /// What a perfect model scores; NaN where that means nothing.
    pub floor: f64,
    pub kind: DensityKind,
    pub unit: &'static str,
    /// Latents per point behind an importance-weighted bound.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub k: Option<usize>,
}

impl Metric {
    fn new(id: &'static str, label: Text, group: MetricGroup, estimate: Estimate, floor: f64) -> Self {
        Self {
            id,
            label,
            group,
            value: estimate.value,
            stderr: estimate.stderr,
            floor,
            kind: DensityKind::Estimate,
            unit: "",
            k: None,
        }
    }

    fn in_units(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    fn of_kind(self, kind: DensityKind) -> Self {
        Self { kind, ..self }
    }

    fn with_k(self, k: Option<usize>) -> Self {
        Self { k, ..self }
    }
}

/// Least effective share of the draws from which an energy is resampled. Below it, its samples are hardly its own, and what is measured from
/// their side would be nonsense.
const TRUSTED_SHARE: f64 = 0.01;

/// What a measurement found, for the diagnosis of later ones.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub step: u64,
    pub metrics: Vec<Metric>,
}

impl Measured {
    /// A measure by its id, where it was taken.
    pub fn get(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == id)
    }
}

impl Session {
    /// Measures P_phi on `points` fresh held-out points.
    pub async fn evaluate(&mut self, points: usize) -> Result<Vec<Metric>> {
        // Distances between pixels say little about pictures: those are judged by their probabilities alone.
        let samples = match self.run()?.data.space().can_be_drawn() {
            true => self.sample(samples::COUNT).await?,
            false => Points::none(self.run()?.data.dim()),
        };
        let device = self.device.clone().inner();
        let run = self.run_mut()?;
        let held_out = run.data.held_out(points, &mut run.eval_rng());
        let (mut metrics, log_z) = run.density_metrics(&held_out, &samples, &device).await?;
        if !samples.is_empty() {
            metrics.extend(run.sample_metrics(&samples));
        }
        metrics.extend(run.latent_metrics(&held_out, &device).await?);
        if let Some(log_z) = log_z {
            let normaliser = run.normaliser_metrics(log_z, &device).await?;
            let sampled = normaliser
                .iter()
                .all(|metric| metric.id != "ess" || metric.value >= TRUSTED_SHARE);
            metrics.retain(|metric| sampled || !["reverse_kl", "js"].contains(&metric.id));
            metrics.extend(normaliser);
        }
        run.measured.push(Measured {
            step: run.step,
            metrics: metrics.clone(),
        });
        Ok(metrics)
    }

    /// log P_phi at `points`, normalised where that is possible.
    pub async fn log_prob(&self, points: &Points) -> Result<LogDensity> {
        let run = self.run()?;
        run.normalised_log_density(points, &self.device.clone().inner()).await
    }
}
