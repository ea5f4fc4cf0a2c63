//! How far P_phi is from P_data, each number with its error, its floor and what it is.
//!
//! A family without a density gets no number about one. Reverse KL and Jensen-Shannon need log P_phi itself: with a lower bound in its place
//! they would be neither bounds nor estimates, so they are left out there.

mod bounds;
mod classes;
mod density;
mod labels;
mod latent;
mod normaliser;
mod samples;

pub use density::LogDensity;
use density::Told;
pub use normaliser::LogZ;

use super::{Run, Session, looks::Look, metric::Metric};
use crate::{
    breath::breathe,
    data::{Dataset, Points, Table},
    error::Result,
    models::{
        composition::Asked,
        spec::{DensityKind, Family},
    },
    nn::cpu::is_cpu,
    rng::Rng,
};
use burn::tensor::{Device, Tensor};

impl Session {
    /// Measures P_phi as it is now on `points` fresh held-out points.
    pub async fn evaluate(&self, points: usize) -> Result<Vec<Metric>> {
        self.evaluation(points)?.await
    }

    /// The same to be awaited while the session goes on: it measures what P_phi was when this was called.
    pub fn evaluation(&self, points: usize) -> Result<impl Future<Output = Result<Vec<Metric>>> + 'static> {
        let run = self.run()?.looked_at(Asked::All);
        let blurred = self.blurred()?;
        let device = self.device.clone().inner();
        Ok(async move { run.evaluate(points, blurred.as_deref(), &device).await })
    }

    /// log P_phi at `points`, normalised where that is possible, in the reader's units.
    pub async fn log_prob(&self, points: &Table) -> Result<LogDensity> {
        self.log_prob_of(points, Asked::All).await
    }
}

/// Draws that a solver makes at a time.
const CPU_DRAWS: usize = 500;

impl Run {
    /// log P_phi at `points`, normalised where that is possible, in the reader's units.
    pub(super) async fn log_prob(&self, points: &Table, device: &Device) -> Result<LogDensity> {
        let mut density = self.normalised_log_density(&self.units.points(points), device).await?;
        let shift = self.units.log_det() as f32;
        density.values.iter_mut().for_each(|value| *value -= shift);
        Ok(density)
    }

    /// `n` draws, in the data set's units; none where `draw` gives none.
    async fn drawn(
        &self,
        n: usize,
        device: &Device,
        draw: impl Fn(usize, &mut Rng) -> Option<Tensor<2>>,
    ) -> Result<Option<Points>> {
        let by_solver =
            self.choice.model.density == DensityKind::Estimate || self.choice.model.family == Family::Diffusion;
        let portion = if by_solver && is_cpu(device) { CPU_DRAWS } else { n };
        let mut rng = self.look_rng();
        let mut points = Points::none(self.data.dim());
        while points.len() < n {
            let portion = portion.min(n - points.len());
            if let Some(classes) = self.model.classes_of_samples(portion, &mut rng.clone()) {
                points.labels.get_or_insert_default().extend(classes);
            }
            let Some(draws) = draw(portion, &mut rng) else {
                return Ok(None);
            };
            points.values.extend(self.read_points(draws).await?.values);
            breathe().await;
        }
        Ok(Some(points))
    }

    /// Of `points` to measure on as many as take no longer than without classes, whose every density a solver works out.
    fn affordable(&self, points: usize) -> usize {
        let by_solver = self.choice.model.density == DensityKind::Estimate;
        match self.data.space().classes {
            classes if by_solver && self.choice.settings.is_conditional() => (points / classes).max(2),
            _ => points,
        }
    }

    async fn evaluate(&self, points: usize, blurred: Option<&dyn Dataset>, device: &Device) -> Result<Vec<Metric>> {
        // Distances between pixels say little about pictures: those are judged by their probabilities, where a model has any.
        let is_judged = self.data.space().can_be_drawn() || self.choice.model.density == DensityKind::None;
        let draw = |n, rng: &mut Rng| is_judged.then(|| self.model.sample(n, rng));
        let samples = self.drawn(samples::COUNT, device, draw).await?;
        let samples = samples.unwrap_or_else(|| Points::none(self.data.dim()));
        let held_out = self.data.held_out(self.affordable(points), &mut self.eval_rng());
        let Told {
            mut metrics,
            log_q,
            log_z,
        } = self.density_metrics(&held_out, &samples, blurred, device).await?;
        if !samples.is_empty() {
            metrics.extend(self.sample_metrics(&samples).await);
        }
        metrics.extend(self.latent_metrics(&held_out, device).await?);
        metrics.extend(self.class_metrics(&held_out, &samples, device).await?);
        if let Some(log_z) = log_z {
            metrics.extend(self.normaliser_metrics(log_z, device).await?);
        }
        self.looks.borrow_mut().push(Look {
            metrics: metrics.clone(),
            log_q,
        });
        Ok(metrics)
    }
}

#[cfg(test)]
mod tests;
