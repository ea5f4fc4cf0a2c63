//! log Z of an energy, by up to three ways: summed over a lattice, as it was learned, and by importance sampling, which more dimensions would need.
//!
//! Z is that of the model's own, standardised units, at the chosen temperature.

use super::labels;
use crate::{
    error::Result,
    metrics::{Estimate, importance},
    models::Density,
    nn::standard_normal_log_prob,
    session::{
        Run,
        frame::{self, PackedRead},
        metric::{Metric, MetricGroup::Normaliser},
    },
};
use burn::tensor::Device;

/// Draws of the proposal.
const DRAWS: usize = 4096;

/// log Z in nats, as the lattice and as the model itself have it.
#[derive(Clone, Copy, Debug)]
pub struct LogZ {
    pub summed: Estimate,
    pub learned: Option<f64>,
}

impl Run {
    /// `log_z` beside its estimate by importance sampling, and how good the proposal was.
    pub(super) async fn normaliser_metrics(&self, log_z: LogZ, device: &Device) -> Result<Vec<Metric>> {
        let log_weights = self.log_weights(device).await?;
        let alone = |value| Estimate {
            value,
            stderr: f64::NAN,
        };
        let share = importance::effective_sample_size(&log_weights) / DRAWS as f64;
        let row = |id, label, estimate| Metric::new(id, label, Normaliser, estimate, f64::NAN);
        let learned = log_z
            .learned
            .map(|learned| row("log_z_learned", labels::LOG_Z_LEARNED, alone(learned)).in_units("nats"));
        let mut metrics = vec![row("log_z", labels::LOG_Z, log_z.summed).in_units("nats")];
        metrics.extend(learned);
        metrics.extend([
            row("log_z_is", labels::LOG_Z_SAMPLED, importance::log_z(&log_weights)).in_units("nats"),
            row("ess", labels::EFFECTIVE_SAMPLES, alone(share)),
        ]);
        Ok(metrics)
    }

    /// log of what the unnormalised density integrates to.
    pub(super) async fn log_z(&self) -> Result<LogZ> {
        let normalizer = self.model.normalizer().expect("an energy can be summed over a lattice");
        let mut packed = PackedRead::default();
        packed.push(normalizer.log_z);
        let learned = normalizer.learned.map(|learned| packed.push(learned));
        let parts = packed.read().await?;
        Ok(LogZ {
            summed: Estimate {
                value: parts[0][0].into(),
                stderr: parts[0][1].into(),
            },
            learned: learned.map(|index| parts[index][0].into()),
        })
    }

    /// log of exp(−E/T) over the proposal's density at its own draws, in nats. The proposal is the Gaussian that E/T decays to: what the energy
    /// adds to it grows at most linearly, so the weights have a finite variance.
    async fn log_weights(&self, device: &Device) -> Result<Vec<f64>> {
        let dim = self.standardizer.dim();
        let scale = self.model.tail_scale().expect("an energy decays to a Gaussian");
        let mut rng = self.eval_rng();
        let z = rng.normal_tensor([DRAWS, dim], device);
        let log_q = standard_normal_log_prob(z.clone()) - dim as f64 * scale.ln();
        let Density::Unnormalized(log_prob) = self.model.density(z * scale, &mut rng) else {
            unreachable!("only an unnormalised density has an integral to be divided by")
        };
        let log_weights = frame::read(log_prob - log_q).await?;
        Ok(log_weights.into_iter().map(f64::from).collect())
    }
}
