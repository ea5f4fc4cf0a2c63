//! What samples say, where no density is needed: each number beside what the data score against themselves.

use super::labels;
use crate::{
    data::Points,
    metrics::{Estimate, coverage::coverage},
    session::{
        Run,
        floors::{Floors, compare},
        metric::{
            Metric,
            MetricGroup::{Distance, Modes, Neighbours},
        },
    },
};

/// How many samples are judged (VEEGAN, PacGAN).
pub(super) const COUNT: usize = 2500;

impl Run {
    /// Distances, neighbours and modes.
    pub(super) fn sample_metrics(&self, samples: &Points) -> Vec<Metric> {
        let floors = self
            .floors
            .get_or_init(|| Floors::of(self.data.as_ref(), COUNT, &mut self.eval_rng()));
        let found = compare(samples, &floors.data, floors.bandwidth);
        let rows = [
            ("sliced_wasserstein", labels::SLICED_WASSERSTEIN, Distance, "data units"),
            ("energy_distance", labels::ENERGY_DISTANCE, Distance, "data units"),
            ("mmd", labels::MMD, Distance, ""),
            ("precision", labels::PRECISION, Neighbours, ""),
            ("recall", labels::RECALL, Neighbours, ""),
            ("density", labels::DENSITY, Neighbours, ""),
            ("coverage", labels::COVERAGE, Neighbours, ""),
        ];
        let mut metrics: Vec<Metric> = rows
            .into_iter()
            .zip(found.into_iter().zip(floors.comparisons))
            .map(|((id, label, group, unit), (found, floor))| {
                Metric::new(id, label, group, found, floor.value).in_units(unit)
            })
            .collect();
        if let (Some(modes), Some(floor)) = (self.data.modes(), floors.modes) {
            let found = coverage(samples, &modes);
            let row = |id, label, estimate, floor| Metric::new(id, label, Modes, estimate, floor);
            let good = (found.high_quality * samples.len() as f64).round() as usize;
            metrics.extend([
                row(
                    "modes",
                    labels::MODES,
                    Estimate::exactly(found.modes as f64),
                    floor.modes as f64,
                ),
                row(
                    "high_quality",
                    labels::HIGH_QUALITY,
                    Estimate::share(good, samples.len()),
                    floor.high_quality,
                ),
                row(
                    "mode_kl",
                    labels::MODE_KL,
                    Estimate::exactly(found.mode_kl),
                    floor.mode_kl,
                )
                .in_units("nats"),
            ]);
        }
        metrics
    }
}
