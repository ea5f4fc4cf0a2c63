//! How far P_phi is from P_data, each number with its error, its floor and what it is.
//!
//! A family without a density gets no number about one. Reverse KL and Jensen-Shannon need log P_phi itself: with a lower bound in its place
//! they would be neither bounds nor estimates, so they are left out there.

mod bounds;
mod density;
mod labels;
mod latent;
mod normaliser;
mod samples;

pub use density::LogDensity;
use density::Told;
pub use normaliser::LogZ;

use super::{Session, looks::Look, metric::Metric};
use crate::{
    data::{Points, Table},
    error::Result,
};

impl Session {
    /// Measures P_phi on `points` fresh held-out points.
    pub async fn evaluate(&mut self, points: usize) -> Result<Vec<Metric>> {
        // Distances between pixels say little about pictures: those are judged by their probabilities alone.
        let samples = match self.run()?.data.space().can_be_drawn() {
            true => self.run()?.sample(samples::COUNT).await?,
            false => Points::none(self.run()?.data.dim()),
        };
        let device = self.device.clone().inner();
        let blurred = self.blurred()?;
        let run = self.run_mut()?;
        let held_out = run.data.held_out(points, &mut run.eval_rng());
        let Told {
            mut metrics,
            log_q,
            log_z,
        } = run
            .density_metrics(&held_out, &samples, blurred.as_deref(), &device)
            .await?;
        if !samples.is_empty() {
            metrics.extend(run.sample_metrics(&samples));
        }
        metrics.extend(run.latent_metrics(&held_out, &device).await?);
        if let Some(log_z) = log_z {
            metrics.extend(run.normaliser_metrics(log_z, &device).await?);
        }
        run.looks.push(Look {
            step: run.step,
            metrics: metrics.clone(),
            log_q,
        });
        Ok(metrics)
    }

    /// log P_phi at `points`, normalised where that is possible, in the reader's units.
    pub async fn log_prob(&self, points: &Table) -> Result<LogDensity> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        let mut density = run.normalised_log_density(&run.units.points(points), &device).await?;
        let shift = run.units.log_det() as f32;
        density.values.iter_mut().for_each(|value| *value -= shift);
        Ok(density)
    }
}

#[cfg(test)]
mod tests;
