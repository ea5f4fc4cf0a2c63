//! What log-densities say: divergences where the truth is known, and the cross-entropy always.
//!
//! Log-densities at draws of P_phi must be those of the very distribution that drew: where a model samples by another way than its density
//! goes, it is asked for draws by the density's.

use super::{labels, normaliser::LogZ};
use crate::{
    breath::breathe,
    data::{Dataset, Points},
    error::Result,
    metrics::{
        Estimate,
        divergence::kl_from_log_ratio,
        jensen_shannon::{Draws, jensen_shannon},
    },
    models::{Density, spec::DensityKind},
    nn::cpu::is_cpu,
    session::{
        Run, frame,
        looks::PAIRED,
        metric::{Metric, MetricGroup::Divergence},
    },
};
use burn::tensor::{Device, Tensor};
use std::f64::consts::LN_2;

/// Most rows of a GPU's evaluation of a density: bounds memory.
const MOST_ROWS: usize = 4096;

/// Rows that take a CPU a few milliseconds.
const CPU_ROWS: usize = 128;

/// Rows of a decoder that do. A bound is drawn with noise, which must not depend on the engine: so neither do its portions.
const DRAWS: usize = 1024;

/// Samples of P_phi behind what is measured from its side.
const SAMPLES: usize = 1000;

/// Points at which a solver's error is seen from twice its steps.
const DOUBLED: usize = 200;

/// log P_phi at points.
#[derive(Clone, Debug)]
pub struct LogDensity {
    pub kind: DensityKind,
    /// Nats; empty where the family has no density.
    pub values: Vec<f32>,
    /// What the values were divided by, where they had to be: the log of it is already taken off them.
    pub log_z: Option<LogZ>,
}

/// What was measured of a density.
#[derive(Default)]
pub(super) struct Told {
    pub metrics: Vec<Metric>,
    /// log P_phi in nats at the first held-out points; empty where the family has no density.
    pub log_q: Vec<f32>,
    /// What an energy's density was divided by.
    pub log_z: Option<LogZ>,
}

impl Run {
    /// KL, reverse KL, Jensen-Shannon and cross-entropy, as far as this family and these data have them. `blurred` are the data with the noise that
    /// the model learns them with, where it does.
    pub(super) async fn density_metrics(
        &self,
        held_out: &Points,
        samples: &Points,
        blurred: Option<&dyn Dataset>,
        device: &Device,
    ) -> Result<Told> {
        // read together with the held-out points, so that an energy's Z is worked out once
        let few = match self.choice.model.density {
            DensityKind::Exact | DensityKind::Estimate => self.samples_of_density(samples, device).await?,
            _ => samples.first(0),
        };
        let both = [held_out.values.as_slice(), few.values.as_slice()].concat();
        let both = Points::new(held_out.dim, both);
        let density = self.normalised_log_density(&both, device).await?;
        let kind = match density.kind {
            DensityKind::Exact if self.data.is_dequantized() => DensityKind::Bound,
            kind => kind,
        };
        if kind == DensityKind::None {
            return Ok(Told::default());
        }
        // Whatever log Z is off by, every log-density is.
        let log_z_error = density.log_z.map_or(0.0, |log_z| log_z.summed.stderr);
        let numerical = self.solver_error(held_out, &density, device).await?.hypot(log_z_error);
        let k = self.model.bound_samples().filter(|_| kind == DensityKind::Bound);
        let row = |id, label, estimate, floor| {
            Metric::new(id, label, Divergence, estimate, floor)
                .in_units("nats")
                .of_kind(kind)
                .with_k(k)
        };
        let log_q: Vec<f64> = density.values.iter().map(|&v| v.into()).collect();
        let (at_data, at_samples) = log_q.split_at(held_out.len());
        let told = |metrics| Told {
            metrics,
            log_q: density.values[..held_out.len().min(PAIRED)].to_vec(),
            log_z: density.log_z,
        };
        let cross_entropy = kl_from_log_ratio(&vec![0.0; at_data.len()], at_data).with_error(numerical);
        let Some(log_p) = log_density_of(self.data.as_ref(), held_out) else {
            let in_readers_units = Estimate {
                value: cross_entropy.value + self.units.log_det(),
                ..cross_entropy
            };
            let mut metrics = vec![row("nll", labels::NLL, in_readers_units, f64::NAN)];
            metrics.extend(
                self.bound_metrics(held_out, at_data, Estimate::exactly(f64::NAN), device)
                    .await?,
            );
            if self.data.units().is_none() && (self.data.levels().is_some() || self.data.is_dequantized()) {
                let bits = cross_entropy.times(1.0 / (held_out.dim as f64 * LN_2));
                metrics.push(row("bits_per_dim", labels::BITS_PER_DIM, bits, f64::NAN).in_units("bits"));
            }
            return Ok(told(metrics));
        };
        let entropy = Estimate::mean(log_p.iter().map(|log_p| -log_p));
        let blur = blurred
            .and_then(|blurred| log_density_of(blurred, held_out))
            .map(|log_blurred| kl_from_log_ratio(&log_p, &log_blurred));
        let least = blur.unwrap_or(Estimate {
            value: 0.0,
            stderr: 0.0,
        });
        let lowest = Estimate {
            value: entropy.value + least.value,
            stderr: entropy.stderr.hypot(least.stderr),
        };
        let mut metrics = vec![
            row(
                "kl",
                labels::KL,
                kl_from_log_ratio(&log_p, at_data).with_error(numerical),
                0.0,
            )
            .with_floor(least)
            .with_note(blur.is_some().then_some(labels::BLURRED)),
            row("nll", labels::NLL, cross_entropy, f64::NAN).with_floor(lowest),
        ];
        metrics.extend(
            self.bound_metrics(
                held_out,
                at_data,
                Estimate {
                    value: -entropy.value,
                    ..entropy
                },
                device,
            )
            .await?,
        );
        if !few.is_empty() {
            let truth = log_density_of(self.data.as_ref(), &few).expect("data with a density has one everywhere");
            let js = jensen_shannon(
                Draws {
                    own: &log_p,
                    other: at_data,
                },
                Draws {
                    own: at_samples,
                    other: &truth,
                },
            );
            let reverse = kl_from_log_ratio(at_samples, &truth).with_error(numerical);
            metrics.push(row("reverse_kl", labels::REVERSE_KL, reverse, 0.0));
            // log q moves each of its two means by at most half as much
            metrics.push(row("js", labels::JENSEN_SHANNON, js.with_error(0.5 * numerical), 0.0));
        }
        Ok(told(metrics))
    }

    /// The points a portion at a time, ready for the model: what one evaluation takes.
    pub(in crate::session) fn portions(&self, points: &Points, device: &Device) -> impl Iterator<Item = Tensor<2>> {
        let rows = match self.model.bound_samples() {
            Some(draws) => DRAWS.div_ceil(draws),
            None if is_cpu(device) => CPU_ROWS,
            None => MOST_ROWS,
        };
        points.values.chunks(rows * points.dim).map(|chunk| {
            let portion = Points::new(points.dim, chunk.to_vec());
            self.standardizer.upload(&portion, device)
        })
    }

    /// Some draws of the distribution whose density is told: the model's samples, or others where those go another way.
    async fn samples_of_density(&self, samples: &Points, device: &Device) -> Result<Points> {
        let few = samples.first(SAMPLES);
        if few.is_empty() {
            return Ok(few);
        }
        let draw = |n, rng: &mut _| self.model.sample_of_density(n, rng);
        Ok(self.drawn(few.len(), device, draw).await?.unwrap_or(few))
    }

    /// By how much, in nats, a solver's steps move the mean of log P_phi: its mean change under twice the steps, with the error of that mean.
    async fn solver_error(&self, points: &Points, density: &LogDensity, device: &Device) -> Result<f64> {
        let some = points.first(DOUBLED);
        let mut finer = Vec::with_capacity(some.len());
        for portion in self.portions(&some, device) {
            let Some(log_prob) = self.model.finer_density(portion) else {
                return Ok(0.0);
            };
            finer.extend(frame::read(log_prob).await?);
            breathe().await;
        }
        let shift = self.standardizer.log_det();
        let changes = finer
            .iter()
            .zip(&density.values)
            .map(|(finer, now)| f64::from(*finer) - shift - f64::from(*now));
        let Estimate { value, stderr } = Estimate::mean(changes);
        Ok(value.hypot(stderr))
    }

    /// log-density in the data set's units; an unnormalised one is divided by its Z.
    pub(in crate::session) async fn normalised_log_density(
        &self,
        points: &Points,
        device: &Device,
    ) -> Result<LogDensity> {
        let mut density = self.log_density(points, device).await?;
        if density.kind == DensityKind::Unnormalized {
            let log_z = self.log_z().await?;
            density.values.iter_mut().for_each(|v| *v -= log_z.summed.value as f32);
            density.kind = DensityKind::Estimate;
            density.log_z = Some(log_z);
        }
        Ok(density)
    }

    /// log-density in the data set's units as the model gives it, read in portions.
    pub(super) async fn log_density(&self, points: &Points, device: &Device) -> Result<LogDensity> {
        let mut rng = self.look_rng();
        let mut values = Vec::with_capacity(points.len());
        let mut kind = DensityKind::None;
        for portion in self.portions(points, device) {
            let (log_prob, of) = match self.model.density(portion, &mut rng) {
                Density::Exact(log_prob) => (log_prob, DensityKind::Exact),
                Density::Estimate(log_prob) => (log_prob, DensityKind::Estimate),
                Density::LowerBound(log_prob) => (log_prob, DensityKind::Bound),
                Density::Unnormalized(log_prob) => (log_prob, DensityKind::Unnormalized),
                Density::None => break,
            };
            kind = of;
            let shift = self.standardizer.log_det() as f32;
            values.extend(frame::read(log_prob).await?.into_iter().map(|v| v - shift));
            breathe().await;
        }
        Ok(LogDensity {
            kind,
            values,
            log_z: None,
        })
    }
}

/// log P_data, where it is known.
fn log_density_of(data: &dyn Dataset, points: &Points) -> Option<Vec<f64>> {
    points
        .rows()
        .map(|row| {
            let x: Vec<f64> = row.iter().map(|&v| v.into()).collect();
            data.log_prob(&x)
        })
        .collect()
}
