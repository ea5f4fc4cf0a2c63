//! What samples say, where no density is needed: each number beside what the data score against themselves.

use super::{
    Metric,
    MetricGroup::{Distance, Modes, Neighbours},
    labels,
};
use crate::{
    data::Points,
    metrics::{
        Estimate,
        coverage::{Coverage, coverage},
        density_coverage::density_coverage,
        energy_distance::energy_distance,
        floor::data_versus_data,
        mmd::{median_distance, mmd_squared},
        precision_recall::precision_recall,
        sliced_wasserstein::sliced_wasserstein,
    },
    session::Run,
};

/// How many samples are judged (VEEGAN, PacGAN).
pub(super) const COUNT: usize = 2500;

/// Points of each set in what costs the square of their number.
const PAIRED: usize = 800;

/// Points of each set whose neighbours are sought, and which neighbour bounds a ball (Naeem et al. 2020).
const NEIGHBOURS: usize = 2000;
const K: usize = 5;

/// Pairs of fresh data sets behind a floor.
const FLOOR_PAIRS: usize = 2;

/// Two sets compared: the same seven numbers of samples and data, and of data and data.
const COMPARISONS: usize = 7;

/// What depends on the data and the seed alone, so that it is worked out once a run.
pub struct Floors {
    /// The points that samples are compared with.
    data: Points,
    /// Of the Gaussian kernel, in data units.
    bandwidth: f64,
    comparisons: [Estimate; COMPARISONS],
    modes: Option<Coverage>,
}

impl Run {
    /// Distances, neighbours and modes.
    pub(super) fn sample_metrics(&self, samples: &Points) -> Vec<Metric> {
        let floors = self.floors.get_or_init(|| self.work_out_floors());
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
                row("modes", labels::MODES, exactly(found.modes as f64), floor.modes as f64),
                row(
                    "high_quality",
                    labels::HIGH_QUALITY,
                    Estimate::share(good, samples.len()),
                    floor.high_quality,
                ),
                row("mode_kl", labels::MODE_KL, exactly(found.mode_kl), floor.mode_kl).in_units("nats"),
            ]);
        }
        metrics
    }

    fn work_out_floors(&self) -> Floors {
        let mut rng = self.eval_rng();
        let mut fresh = || self.data.held_out(COUNT, &mut rng);
        let data = fresh();
        let bandwidth = median_distance(&data).max(f64::MIN_POSITIVE);
        let comparisons = data_versus_data(FLOOR_PAIRS, &mut fresh, |a, b| {
            compare(a, b, bandwidth).map(|score| score.value)
        });
        let modes = self.data.modes().map(|modes| coverage(&fresh(), &modes));
        Floors {
            data,
            bandwidth,
            comparisons,
            modes,
        }
    }
}

/// Every two-sample score, in the order of the rows above.
fn compare(samples: &Points, data: &Points, bandwidth: f64) -> [Estimate; COMPARISONS] {
    let [few_samples, few_data] = [samples, data].map(|points| points.first(PAIRED));
    let [some_samples, some_data] = [samples, data].map(|points| points.first(NEIGHBOURS));
    let shares = precision_recall(&some_samples, &some_data, K);
    let balls = density_coverage(&some_samples, &some_data, K);
    [
        exactly(sliced_wasserstein(samples, data)),
        energy_distance(&few_samples, &few_data),
        mmd_squared(&few_samples, &few_data, bandwidth),
        shares.precision,
        shares.recall,
        balls.density,
        balls.coverage,
    ]
}

/// A number whose error is not known, or that is a count.
const fn exactly(value: f64) -> Estimate {
    Estimate { value, stderr: 0.0 }
}
