//! What samples say, where no density is needed: each number beside what the data score against themselves.

use super::labels;
use crate::{
    data::Points,
    session::{
        Run,
        floors::{compare, mode_scores},
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
    pub(super) async fn sample_metrics(&self, samples: &Points) -> Vec<Metric> {
        let floors = self
            .floors
            .get_or_work_out(self.data.as_ref(), COUNT, &mut self.eval_rng())
            .await;
        // No more than there are data: of a score that depends on their number the floor would be another.
        let found = compare(&samples.first(floors.data.len()), &floors.data, floors.bandwidth).await;
        // Where axes differ in scale, a distance in the reader's units would be one along the widest.
        let length = match self.data.units() {
            Some(_) => "spreads",
            None => "data units",
        };
        let rows = [
            ("sliced_wasserstein", labels::SLICED_WASSERSTEIN, Distance, length),
            ("energy_distance", labels::ENERGY_DISTANCE, Distance, length),
            ("mmd", labels::MMD, Distance, ""),
            ("precision", labels::PRECISION, Neighbours, ""),
            ("recall", labels::RECALL, Neighbours, ""),
            ("density", labels::DENSITY, Neighbours, ""),
            ("coverage", labels::COVERAGE, Neighbours, ""),
        ];
        let mut metrics: Vec<Metric> = rows
            .into_iter()
            .zip(found.into_iter().zip(floors.comparisons))
            .filter(|(_, (found, _))| !found.value.is_nan())
            .map(|((id, label, group, unit), (found, floor))| {
                Metric::new(id, label, group, found, f64::NAN)
                    .with_floor(floor)
                    .in_units(unit)
            })
            .collect();
        if let (Some(modes), Some(floors)) = (self.data.modes(), floors.modes) {
            let rows = [
                ("modes", labels::MODES, ""),
                ("high_quality", labels::HIGH_QUALITY, ""),
                ("mode_kl", labels::MODE_KL, "nats"),
            ];
            let scores = rows
                .into_iter()
                .zip(mode_scores(samples, &modes).into_iter().zip(floors));
            metrics.extend(scores.map(|((id, label, unit), (found, floor))| {
                Metric::new(id, label, Modes, found, f64::NAN)
                    .with_floor(floor)
                    .in_units(unit)
            }));
        }
        metrics
    }
}
