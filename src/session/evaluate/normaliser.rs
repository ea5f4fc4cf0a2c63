//! log Z of an energy, twice: by quadrature, which one or two dimensions allow, and by importance sampling, which more would need.
//!
//! Z is that of the model's own, standardised units.

use super::labels;
use crate::{
    data::Bounds,
    error::Result,
    metrics::{
        Estimate, importance,
        quadrature::{LogIntegral, log_integral_refined},
    },
    models::Density,
    nn::standard_normal_log_prob,
    session::{
        Run, frame,
        metric::{Metric, MetricGroup::Normaliser},
    },
};
use burn::tensor::Device;

/// Cells along each axis when log Z is computed: on the line and on the plane.
const QUADRATURE_SIDE: [usize; 2] = [2048, 192];

/// The box of log Z is this much wider than the box that is drawn: an energy may be low where nobody looks.
const QUADRATURE_MARGIN: f64 = 1.5;

/// Draws of the proposal.
const DRAWS: usize = 4096;

impl Run {
    /// The integral `log_z` beside its estimate by importance sampling, and how good the proposal was.
    pub(super) async fn normaliser_metrics(&self, log_z: LogIntegral, device: &Device) -> Result<Vec<Metric>> {
        let log_weights = self.log_weights(device).await?;
        let quadrature = Estimate {
            value: log_z.value,
            stderr: log_z.refinement_error,
        };
        let share = Estimate {
            value: importance::effective_sample_size(&log_weights) / DRAWS as f64,
            stderr: 0.0,
        };
        let row = |id, label, estimate| Metric::new(id, label, Normaliser, estimate, f64::NAN);
        Ok(vec![
            row("log_z", labels::LOG_Z, quadrature).in_units("nats"),
            row("log_z_is", labels::LOG_Z_SAMPLED, importance::log_z(&log_weights)).in_units("nats"),
            row("ess", labels::EFFECTIVE_SAMPLES, share),
        ])
    }

    /// log of the integral of the unnormalised density over a box wider than the one drawn.
    pub(super) async fn log_z(&self, device: &Device) -> Result<LogIntegral> {
        let wider = |[low, high]: [f64; 2]| {
            let (centre, half) = ((low + high) / 2.0, (high - low) / 2.0 * QUADRATURE_MARGIN);
            [centre - half, centre + half]
        };
        let bounds = self.data.bounds();
        let bounds = Bounds {
            x: wider(bounds.x),
            y: wider(bounds.y),
        };
        let dim = self.standardizer.dim();
        let side = QUADRATURE_SIDE[dim - 1];
        let density = self.log_density(&frame::lattice(&bounds, side, dim), device).await?;
        let cell = frame::cell_volume(&bounds, side, dim);
        Ok(log_integral_refined(&density.values, side, dim, cell))
    }

    /// log of exp(−E) over the proposal's density at its own draws, in nats. The proposal is the Gaussian that the energy decays to: what the
    /// energy adds to it grows at most linearly, so the weights have a finite variance.
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
