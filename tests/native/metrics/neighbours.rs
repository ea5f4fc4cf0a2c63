//! Precision, recall, density and coverage: on constructed sets, and against a search over all pairs.

use super::{gaussian, rng};
use dgm::{
    data::Points,
    metrics::{Estimate, density_coverage::density_coverage, floor::floor, precision_recall::precision_recall},
};

const K: usize = 5;

/// Precision, recall, density, coverage.
fn all(samples: &Points, data: &Points) -> [f64; 4] {
    let (precision, density) = (precision_recall(samples, data, K), density_coverage(samples, data, K));
    [precision.precision, precision.recall, density.density, density.coverage].map(|figure| figure.value)
}

/// The four definitions word by word, with every distance computed and sorted.
fn all_pairs(samples: &Points, data: &Points) -> [f64; 4] {
    let square = |x: &[f32], y: &[f32]| -> f64 {
        let differences = x.iter().zip(y).map(|(x, y)| f64::from(*x) - f64::from(*y));
        differences.map(|d| d.powi(2)).sum()
    };
    let balls = |points: &Points| -> Vec<f64> {
        let of = |x: &[f32]| {
            let mut squares: Vec<f64> = points.rows().map(|y| square(x, y)).collect();
            squares.sort_by(f64::total_cmp);
            // The first is the point itself.
            squares[K]
        };
        points.rows().map(of).collect()
    };
    let held = |points: &Points, centres: &Points| -> Vec<Vec<bool>> {
        let radii = balls(centres);
        let by = |x: &[f32]| centres.rows().zip(&radii).map(|(y, r)| square(x, y) <= *r).collect();
        points.rows().map(by).collect()
    };
    let share = |held: &[Vec<bool>]| held.iter().filter(|row| row.contains(&true)).count() as f64 / held.len() as f64;
    let by_data = held(samples, data);
    let pairs = by_data.iter().flatten().filter(|&&inside| inside).count();
    let covered = (0..data.len()).filter(|&j| by_data.iter().any(|row| row[j])).count();
    [
        share(&by_data),
        share(&held(data, samples)),
        pairs as f64 / (K * samples.len()) as f64,
        covered as f64 / data.len() as f64,
    ]
}

fn close(found: [f64; 4], expected: [f64; 4]) -> bool {
    found
        .iter()
        .zip(expected)
        .all(|(found, expected)| (found - expected).abs() < 1e-12)
}

#[test]
fn the_sweep_finds_what_a_search_over_all_pairs_finds() {
    let mut rng = rng(17);
    for dim in 1..=3 {
        let (samples, data) = (
            gaussian(120, &vec![0.3; dim], 0.7, &mut rng),
            gaussian(90, &vec![0.0; dim], 1.0, &mut rng),
        );
        assert!(
            close(all(&samples, &data), all_pairs(&samples, &data)),
            "dimension {dim}"
        );
    }
    // A lattice is all ties, and a column all in one place of the sweep.
    let lattice = |n: usize, step: f32, side: usize| {
        let place = |k| [step * (k % side) as f32, step * (k / side) as f32];
        Points::new(2, (0..n).flat_map(place).collect())
    };
    for (samples, data) in [
        (lattice(60, 1.0, 8), lattice(64, 1.0, 8)),
        (lattice(60, 0.5, 1), lattice(40, 1.0, 1)),
        (lattice(50, 1.0, 1), gaussian(80, &[0.0, 20.0], 9.0, &mut rng)),
    ] {
        assert!(close(all(&samples, &data), all_pairs(&samples, &data)));
    }
}

#[test]
fn disjoint_identical_and_half_sets() {
    let mut rng = rng(18);
    let (left, right) = (
        gaussian(300, &[-20.0, 0.0], 1.0, &mut rng),
        gaussian(300, &[20.0, 0.0], 1.0, &mut rng),
    );
    let both = Points::new(2, [&left.values[..], &right.values[..]].concat());
    assert!(close(all(&left, &right), [0.0; 4]));
    // Each point lies in its own ball, and the balls of a set hold K others each.
    assert!(close(all(&left, &left), [1.0, 1.0, (K + 1) as f64 / K as f64, 1.0]));
    // One of two modes: faithful, and blind to the other half.
    let [precision, recall, density, coverage] = all(&left, &both);
    assert!(close(
        [precision, recall, density, coverage],
        [1.0, 0.5, (K + 1) as f64 / K as f64, 0.5]
    ));
    // Half of the samples astray: the other way round.
    let [precision, recall, density, coverage] = all(&both, &left);
    assert!(close(
        [precision, recall, density, coverage],
        [0.5, 1.0, 0.5 * (K + 1) as f64 / K as f64, 1.0]
    ));
    let swapped = precision_recall(&left, &both, K);
    assert_eq!(swapped.precision, precision_recall(&both, &left, K).recall);
    assert!((swapped.recall.stderr - (0.25_f64 / 600.0).sqrt()).abs() < 1e-12);
}

#[test]
fn nan_samples_are_near_nothing() {
    let mut rng = rng(19);
    let data = gaussian(100, &[0.0, 0.0], 1.0, &mut rng);
    let lost = Points::new(2, vec![f32::NAN; 80]);
    assert!(close(all(&lost, &data), [0.0; 4]));
}

#[test]
fn fresh_data_scores_what_the_papers_promise() {
    for row in crate::common::with_density() {
        let data = (row.build)(0.0);
        let (mut rng, n) = (rng(20), 600);
        let repeats: Vec<_> = (0..12)
            .map(|_| all(&data.sample(n, &mut rng), &data.sample(n, &mut rng)))
            .collect();
        let floor = floor(&repeats);
        let [precision, recall, density, coverage] = floor;
        // Which set is called data makes no difference.
        for share in [precision, recall] {
            assert!((0.95..=1.0).contains(&share.value), "{}: {share:?}", row.id);
        }
        // Every ball of the k-th neighbour has mass k / n on average.
        assert!(
            (density.value - 1.0).abs() < 4.0 * density.stderr && density.stderr < 0.02,
            "{}: {density:?}",
            row.id
        );
        // Naeem's equation 9: a ball is missed when the k nearest of 2n − 1 other points are all data.
        let missed: f64 = (1..=K).map(|i| (n - i) as f64 / (2 * n - i) as f64).product();
        let Estimate { value, stderr } = coverage;
        assert!(
            (value - (1.0 - missed)).abs() < 4.0 * stderr && stderr < 0.005,
            "{}: {value}",
            row.id
        );
    }
}
