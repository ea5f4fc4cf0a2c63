//! How far P_phi is from P_data, each number with its error and with what it is.

use super::{Run, Session, frame};
use crate::{
    data::{Bounds, Points},
    error::Result,
    metrics::{
        Estimate, coverage, divergence, floor::data_versus_data, quadrature, sliced_wasserstein::sliced_wasserstein,
    },
    models::{Density, registry::DensityKind},
    rng::Rng,
    spec::Text,
};
use burn::tensor::Device;
use serde::Serialize;

/// Cells along each axis when log Z is computed: on the line and on the plane.
const QUADRATURE_SIDE: [usize; 2] = [2048, 192];

/// The box of log Z is this much wider than the box that is drawn: an energy may be low where nobody looks.
const QUADRATURE_MARGIN: f64 = 1.5;

/// How many samples are judged (VEEGAN, PacGAN).
const SAMPLES: usize = 2500;

/// Pairs of fresh data sets behind a floor.
const FLOOR_PAIRS: usize = 2;

/// Rows per evaluation of a density: bounds memory.
const CHUNK: usize = 4096;

/// A number with all that is needed to believe it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Metric {
    pub id: &'static str,
    pub label: Text,
    pub value: f64,
    /// One standard error; 0 where the number is a count.
    pub stderr: f64,
    /// What a perfect model scores.
    pub floor: f64,
    pub kind: DensityKind,
    pub unit: &'static str,
}

const KL: Text = Text {
    en: "KL(P_data ‖ P_φ)",
    zh: "KL(P_data ‖ P_φ)",
};
const NLL: Text = Text {
    en: "held-out −log P_φ",
    zh: "留出数据的 −log P_φ",
};
const MODES: Text = Text {
    en: "modes found",
    zh: "找到的模式数",
};
const HIGH_QUALITY: Text = Text {
    en: "high-quality samples",
    zh: "高质量样本占比",
};
const SLICED_WASSERSTEIN: Text = Text {
    en: "sliced Wasserstein distance",
    zh: "切片 Wasserstein 距离",
};
const MODE_KL: Text = Text {
    en: "KL of mode counts",
    zh: "模式计数的 KL",
};

/// log P_phi at points, in data units.
#[derive(Clone, Debug)]
pub struct LogDensity {
    pub kind: DensityKind,
    /// Nats; empty where the family has no density.
    pub values: Vec<f32>,
}

impl Session {
    /// Measures P_phi on `points` fresh held-out points.
    pub async fn evaluate(&self, points: usize) -> Result<Vec<Metric>> {
        let run = self.run()?;
        let mut rng = run.eval_rng();
        let held_out = run.data.held_out(points, &mut rng);
        let density = run
            .normalised_log_density(&held_out, &self.device.clone().inner())
            .await?;
        let mut metrics = run.density_metrics(&held_out, &density);
        // Walkers of an energy model are not independent draws, and fresh chains are too dear to run on every look.
        if !run.choice.model.views.walkers {
            let samples = self.sample(SAMPLES).await?;
            metrics.extend(run.sample_metrics(&samples, &mut rng));
        }
        Ok(metrics)
    }

    /// log P_phi at `points`, normalised where that is possible.
    pub async fn log_prob(&self, points: &Points) -> Result<LogDensity> {
        let run = self.run()?;
        run.normalised_log_density(points, &self.device.clone().inner()).await
    }
}

impl Run {
    /// What held-out points say of a density: KL where the truth is known, and the cross-entropy.
    fn density_metrics(&self, held_out: &Points, density: &LogDensity) -> Vec<Metric> {
        let kind = density.kind;
        if kind == DensityKind::None {
            return Vec::new();
        }
        let log_q: Vec<f64> = density.values.iter().map(|&v| v.into()).collect();
        let in_f64 = |x: &[f32]| x.iter().map(|&v| f64::from(v)).collect::<Vec<f64>>();
        let log_p: Option<Vec<f64>> = held_out.rows().map(|x| self.data.log_prob(&in_f64(x))).collect();
        let row = |id, label, Estimate { value, stderr }, floor| Metric {
            id,
            label,
            value,
            stderr,
            floor,
            kind,
            unit: "nats",
        };
        let cross_entropy = divergence::kl_from_log_ratio(&vec![0.0; log_q.len()], &log_q);
        match log_p {
            Some(log_p) => {
                let kl = divergence::kl_from_log_ratio(&log_p, &log_q);
                let entropy = -log_p.iter().sum::<f64>() / log_p.len() as f64;
                vec![row("kl", KL, kl, 0.0), row("nll", NLL, cross_entropy, entropy)]
            }
            None => vec![row("nll", NLL, cross_entropy, f64::NAN)],
        }
    }

    /// What samples say where no density is needed, each beside what the data score against themselves.
    fn sample_metrics(&self, samples: &Points, rng: &mut Rng) -> Vec<Metric> {
        let mut fresh = || self.data.held_out(SAMPLES, rng);
        let row = |id, label, value, stderr, floor, unit| Metric {
            id,
            label,
            value,
            stderr,
            floor,
            kind: DensityKind::Estimate,
            unit,
        };
        let distance = sliced_wasserstein(samples, &fresh());
        let [floor] = data_versus_data(FLOOR_PAIRS, &mut fresh, |a, b| [sliced_wasserstein(a, b)]);
        let mut metrics = vec![row(
            "sliced_wasserstein",
            SLICED_WASSERSTEIN,
            distance,
            0.0,
            floor.value,
            "data units",
        )];
        if let Some(modes) = self.data.modes() {
            let share_error = |share: f64| (share * (1.0 - share) / samples.len() as f64).sqrt();
            let (found, floor) = (
                coverage::coverage(samples, &modes),
                coverage::coverage(&fresh(), &modes),
            );
            metrics.push(row("modes", MODES, found.modes as f64, 0.0, floor.modes as f64, ""));
            metrics.push(row(
                "high_quality",
                HIGH_QUALITY,
                found.high_quality,
                share_error(found.high_quality),
                floor.high_quality,
                "",
            ));
            metrics.push(row("mode_kl", MODE_KL, found.mode_kl, 0.0, floor.mode_kl, "nats"));
        }
        metrics
    }

    /// log-density in data units; an unnormalised one is divided by a Z from quadrature.
    async fn normalised_log_density(&self, points: &Points, device: &Device) -> Result<LogDensity> {
        let mut density = self.log_density(points, device).await?;
        if density.kind == DensityKind::Unnormalized {
            let log_z = self.log_z(device).await?;
            density.values.iter_mut().for_each(|v| *v -= log_z as f32);
            density.kind = DensityKind::Estimate;
        }
        Ok(density)
    }

    /// log-density in data units as the model gives it, read in chunks.
    async fn log_density(&self, points: &Points, device: &Device) -> Result<LogDensity> {
        let mut rng = self.eval_rng();
        let mut values = Vec::with_capacity(points.len());
        let mut kind = DensityKind::None;
        for chunk in points.values.chunks(CHUNK * points.dim) {
            let chunk = Points {
                dim: points.dim,
                values: chunk.to_vec(),
            };
            let (log_prob, of) = match self.model.density(self.standardizer.upload(&chunk, device), &mut rng) {
                Density::Exact(log_prob) => (log_prob, DensityKind::Exact),
                Density::LowerBound(log_prob) => (log_prob, DensityKind::Bound),
                Density::Unnormalized(log_prob) => (log_prob, DensityKind::Unnormalized),
                Density::None => return Ok(LogDensity { kind, values }),
            };
            kind = of;
            let shift = self.standardizer.log_det() as f32;
            values.extend(frame::read(log_prob).await?.into_iter().map(|v| v - shift));
        }
        Ok(LogDensity { kind, values })
    }

    /// log of the integral of the unnormalised density over a box wider than the one drawn, in data units.
    async fn log_z(&self, device: &Device) -> Result<f64> {
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
        Ok(quadrature::log_integral(
            &density.values,
            frame::cell_volume(&bounds, side, dim),
        ))
    }
}
