//! Laws of every registered data set, without extra noise and with it: the density is one, the samples follow it, the registered entropy is
//! its entropy.

mod classes;
mod mixture;
mod noise;
mod own;
mod tables;
mod told;

use dgm::{
    data::{DATA, DataSpec, Dataset, Points, Space},
    rng::{Rng, Stream},
    session::standardize::Standardizer,
};
use std::sync::LazyLock;

/// Cells along an axis of the box: on the line and on the plane. The checkerboard's edges fall between cells.
const SIDE: [usize; 2] = [4500, 450];
/// Bins along an axis when samples are counted.
const BINS: [usize; 2] = [45, 15];

/// Exact entropies in nats, from the definitions; for exam-scores by quadrature of its three terms alone.
const ENTROPY: &[(&str, f64)] = &[
    ("8gaussians", 2.8320),
    ("moons", 2.3939),
    ("checkerboard", 3.4657),
    ("circles", 3.2682),
    ("rings", 2.6233),
    ("swissroll", 2.6697),
    ("pinwheel", 2.3178),
    ("2spirals", 2.6455),
    ("ring", -4.2930),
    ("ring8", -2.9067),
    ("25gaussians", 0.0653),
    ("exam-scores", 4.0083),
    ("mixture", 2.4697),
];

/// Extra noise as a share of a data set's own standard deviation.
const NOISE: f64 = 0.2;

/// log p at every cell centre of a data set's box, x fastest, and a cell's volume.
struct Table {
    spec: &'static DataSpec,
    name: String,
    data: Box<dyn Dataset>,
    log_p: Vec<f64>,
    cell: f64,
}

/// Every data set as it is registered.
static SHARP: LazyLock<Vec<Table>> =
    LazyLock::new(|| crate::common::with_density().map(|spec| Table::of(spec, 0.0)).collect());
/// Every data set with extra noise.
static NOISY: LazyLock<Vec<Table>> = LazyLock::new(|| {
    crate::common::with_density()
        .map(|spec| Table::of(spec, NOISE))
        .collect()
});

fn tables() -> impl Iterator<Item = &'static Table> {
    SHARP.iter().chain(NOISY.iter())
}

/// A registered data set with extra noise of `share` of its own standard deviation.
fn noisy(spec: &DataSpec, share: f64) -> Box<dyn Dataset> {
    let scale = Standardizer::of((spec.build)(0.0).as_ref()).scale();
    (spec.build)(share * scale)
}

impl Table {
    fn of(spec: &'static DataSpec, share: f64) -> Self {
        let data = noisy(spec, share);
        let (side, bounds) = (SIDE[spec.dim - 1], data.bounds());
        let step = |[from, to]: [f64; 2]| (to - from) / side as f64;
        let at = |axis: [f64; 2], k: usize| axis[0] + step(axis) * (k as f64 + 0.5);
        let centre = |k: usize| [at(bounds.x, k % side), at(bounds.y, k / side)];
        let log_p = |k| {
            data.log_prob(&centre(k)[..spec.dim])
                .expect("a registered data set has a density")
        };
        let cells = side.pow(spec.dim as u32);
        let cell = if spec.dim == 1 {
            step(bounds.x)
        } else {
            step(bounds.x) * step(bounds.y)
        };
        Self {
            spec,
            name: format!("{} with noise {share}", spec.id),
            log_p: (0..cells).map(log_p).collect(),
            data,
            cell,
        }
    }

    /// Mass of every cell.
    fn mass(&self) -> impl Iterator<Item = f64> {
        self.log_p.iter().map(|log_p| log_p.exp() * self.cell)
    }

    /// −∫ p log p by the cells.
    fn entropy(&self) -> f64 {
        let supported = self.mass().zip(&self.log_p).filter(|(mass, _)| *mass > 0.0);
        supported.map(|(mass, log_p)| -mass * log_p).sum()
    }

    /// Seeded draws.
    fn sample(&self, n: usize) -> Points {
        self.data.sample(n, &mut Rng::new(3, Stream::Eval))
    }

    /// log p of points.
    fn log_prob(&self, points: &Points) -> Vec<f64> {
        let row = |row: &[f32]| row.iter().map(|&x| f64::from(x)).collect::<Vec<_>>();
        points
            .rows()
            .map(|x| self.data.log_prob(&row(x)).expect("a density"))
            .collect()
    }
}

#[test]
fn every_density_integrates_to_one() {
    for table in tables() {
        let total: f64 = table.mass().sum();
        assert!((total - 1.0).abs() < 1e-4, "{}: {total}", table.name);
    }
}

#[test]
fn every_registered_entropy_is_that_of_the_density() {
    for table in SHARP.iter() {
        let id = table.spec.id;
        let stated = ENTROPY
            .iter()
            .find(|row| row.0 == id)
            .unwrap_or_else(|| panic!("state the entropy of {id}"))
            .1;
        let computed = table.entropy();
        assert!(
            (table.spec.entropy - stated).abs() < 0.01,
            "{id}: {} registered, {stated} stated",
            table.spec.entropy
        );
        assert!(
            (table.spec.entropy - computed).abs() < 0.001,
            "{id}: {} registered, {computed}",
            table.spec.entropy
        );
    }
}

#[test]
fn samples_have_the_entropy_of_the_density() {
    for table in tables() {
        let n = 100_000.0;
        let points = table.sample(n as usize);
        assert_eq!((points.len() as f64, points.dim), (n, table.spec.dim));
        let log_p = table.log_prob(&points);
        let lost = log_p.iter().filter(|log_p| !log_p.is_finite()).count();
        assert_eq!(lost, 0, "{}: draws rounded to f32 leave the support", table.name);
        let mean = log_p.iter().sum::<f64>() / n;
        let stderr = (log_p.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / n / n).sqrt();
        let off = (-mean - table.entropy()).abs();
        // Cells give the entropy to about that much, which matters where log p is constant.
        assert!(off < 4.0 * stderr + 1e-4, "{}: {} ± {stderr}", table.name, -mean);
        assert!(4.0 * stderr < 0.014, "{}: too few samples to tell", table.name);
    }
}

/// Pearson's χ² of binned samples against the integrated density, at significance 1e-4 (Wilson and Hilferty's normal approximation).
#[test]
fn samples_follow_the_density() {
    for table in tables() {
        let (dim, n) = (table.spec.dim, 50_000);
        let (side, bins) = (SIDE[dim - 1], BINS[dim - 1]);
        let rows = if dim == 1 { 1 } else { bins };
        let mut expected = vec![0.0; rows * bins];
        for (k, mass) in table.mass().enumerate() {
            expected[k / side * bins / side * bins + k % side * bins / side] += n as f64 * mass;
        }
        let mut counted = vec![0.0; rows * bins];
        let bounds = table.data.bounds();
        let bin = |x: f32, [from, to]: [f64; 2]| ((f64::from(x) - from) / (to - from) * bins as f64).floor() as usize;
        for row in table.sample(n).rows() {
            let (x, y) = (bin(row[0], bounds.x), row.get(1).map_or(0, |&y| bin(y, bounds.y)));
            if x < bins && y < rows {
                counted[y * bins + x] += 1.0;
            }
        }
        // Bins too rare for the approximation are left to the last one, with all that lies outside the box.
        let kept = || expected.iter().zip(&counted).filter(|(expected, _)| **expected > 10.0);
        let (inside, seen) = kept().fold((0.0, 0.0), |(e, c), (expected, counted)| (e + expected, c + counted));
        let rest = n as f64 - inside;
        let rest = if rest > 10.0 {
            (n as f64 - seen - rest).powi(2) / rest
        } else {
            0.0
        };
        let square = rest
            + kept()
                .map(|(expected, counted)| (counted - expected).powi(2) / expected)
                .sum::<f64>();
        let spread = 2.0 / (9.0 * kept().count() as f64);
        let z = ((square / kept().count() as f64).cbrt() - (1.0 - spread)) / spread.sqrt();
        assert!(z < 3.72, "{}: χ² = {square} over {} bins", table.name, kept().count());
    }
}

#[test]
fn the_box_holds_the_mass_and_is_square() {
    for table in tables() {
        let bounds = table.data.bounds();
        let within = |x: f32, [from, to]: [f64; 2]| (from..to).contains(&x.into());
        let points = table.sample(20_000);
        let outside = points
            .rows()
            .filter(|row| !(within(row[0], bounds.x) && within(*row.get(1).unwrap_or(&0.5), bounds.y)));
        assert!(outside.count() < 20, "{}", table.name);
        let (width, height) = (bounds.x[1] - bounds.x[0], bounds.y[1] - bounds.y[0]);
        assert!(table.spec.dim == 1 || (width - height).abs() < 1e-9, "{}", table.name);
    }
}

/// A model's stray sample is weighed by the exact density too: it may be tiny, never NaN.
#[test]
fn densities_are_told_everywhere() {
    for table in tables() {
        let near = table.data.log_prob(&vec![0.0; table.spec.dim]).expect("a density");
        assert!(!near.is_nan(), "{}: at the origin", table.name);
        for far in [250.0, -1e3, 1e6] {
            let log_p = table.data.log_prob(&vec![far; table.spec.dim]).expect("a density");
            assert!(log_p < -10.0, "{} at {far}: {log_p}", table.name);
        }
    }
}

#[test]
fn rows_are_complete_and_ids_unique() {
    crate::common::provide_digits();
    crate::common::provide_tables();
    for (k, row) in DATA.iter().enumerate() {
        assert_eq!(
            (row.build)(0.0).space(),
            Space {
                dim: row.dim,
                levels: row.levels,
                classes: row.classes,
            },
            "{}",
            row.id
        );
        assert!(
            [row.label, row.help]
                .iter()
                .chain(row.axes)
                .all(|text| !text.en.is_empty() && !text.zh.is_empty()),
            "{}",
            row.id
        );
        assert!(DATA[..k].iter().all(|other| other.id != row.id), "{}", row.id);
        assert_eq!(DataSpec::find(row.id).map(|found| found.id), Ok(row.id));
    }
    assert_eq!(
        DataSpec::find("9gaussians").map(|row| row.id).unwrap_err().code(),
        "unknown_id"
    );
}

#[test]
fn modes_are_where_the_density_peaks() {
    for table in tables() {
        let Some(modes) = table.data.modes() else { continue };
        let share = -(modes.centres.len() as f64 * std::f64::consts::TAU * modes.sigma.powi(2)).ln();
        for centre in &modes.centres {
            let log_p = table.data.log_prob(centre).expect("a density");
            assert!(
                (log_p - share).abs() < 1e-3,
                "{}: {log_p} at {centre:?}, {share}",
                table.name
            );
        }
    }
}
