//! Samples against a density: counted in equal cells and held to what the density says of each cell by Pearson's χ².
//!
//! ```text
//! χ² = Σ_c (O_c − N p_c)² / (N p_c)      p_c = ∫_c p(x) dx / ∫_box p(x) dx      cells with few expected counts stand together
//! ```

use crate::common::tensor;
use burn::tensor::Tensor;
use dgm::{data::Bounds, session::frame::lattice};
use std::collections::BTreeMap;

/// Half-width of the box of cells, in standardised units. Where the histogram of `tokens` ends too, so that no cell straddles one of its bins.
const BOX: f64 = 3.0;

/// Cells of the box along an axis.
const CELLS: usize = 32;

/// Parts along an axis that a cell is cut into to integrate it, and each part again as long as it matters.
const PARTS: usize = 4;

/// Cuts at most: the last parts are 1/340 wide.
const CUTS: usize = 3;

/// A part is right when its own cut changes it by less: what is still wrong then is some 16 times less, far below the sampling error of a cell.
const RIGHT: f64 = 2e-5;

/// Cells with less mass and without a sample are not worth a cut.
const EMPTY: f64 = 1e-6;

/// How many times the samples that it speaks of may lie in a part before it is cut again: a ridge that falls between the midpoints shows in the samples
/// alone.
const MOST_SAMPLES: f64 = 1.5;

/// Expected counts below which a cell is counted together with the next: Pearson's χ² is then close to its law.
const FEW: f64 = 10.0;

/// The normal quantile of a chance of 1e-4.
const QUANTILE: f64 = 3.719;

/// Samples, and how much mass a density has in each cell of the box.
pub struct Histogram<'a> {
    dim: usize,
    samples: &'a [f32],
    masses: Vec<f64>,
}

/// A part of a cell: which cell, its middle and half its width, and the mass that its middle says it has.
#[derive(Clone)]
struct Part {
    cell: usize,
    middle: Vec<f64>,
    half: f64,
    mass: f64,
}

impl<'a> Histogram<'a> {
    /// Of `samples`, row by row, against `density`, which gives p up to a constant at `[n, dim]` points.
    pub fn new(dim: usize, samples: &'a [f32], density: impl Fn(Tensor<2>) -> Vec<f64>) -> Self {
        let masses = integrate(dim, samples, density);
        Self { dim, samples, masses }
    }

    /// The mass in the box and the share of samples around it: one, where the density is that of the samples and no constant is missing.
    pub fn total(&self) -> f64 {
        let n = self.samples.len() / self.dim;
        let around = self.samples.chunks_exact(self.dim).filter(|x| cell(x).is_none());
        self.masses.iter().sum::<f64>() + around.count() as f64 / n as f64
    }

    /// Panics where the samples in the box come otherwise than the masses say, at a significance of 1e-4.
    pub fn assert_followed(&self, what: &str) {
        let mut counts = vec![0.0; self.masses.len()];
        for cell in self.samples.chunks_exact(self.dim).filter_map(cell) {
            counts[cell] += 1.0;
        }
        let scale = counts.iter().sum::<f64>() / self.masses.iter().sum::<f64>();
        let mut groups: Vec<(f64, f64)> = Vec::new();
        let mut gathered = (0.0, 0.0);
        for (count, mass) in counts.into_iter().zip(&self.masses) {
            gathered = (gathered.0 + count, gathered.1 + scale * mass);
            if gathered.1 >= FEW {
                groups.push(std::mem::take(&mut gathered));
            }
        }
        let last = groups.last_mut().expect("enough samples for one group of cells");
        *last = (last.0 + gathered.0, last.1 + gathered.1);
        let chi: f64 = groups.iter().map(|(count, mean)| (count - mean).powi(2) / mean).sum();
        let freedom = (groups.len() - 1) as f64;
        // E. Wilson, M. Hilferty, The Distribution of Chi-Square, 1931: its cube root is nearly normal.
        let spread = 2.0 / (9.0 * freedom);
        let limit = freedom * (1.0 - spread + QUANTILE * spread.sqrt()).powi(3);
        assert!(
            chi < limit,
            "{what}: samples do not follow the density: χ² is {chi:.0} over {freedom} degrees of freedom, {limit:.0} is passed once in 10,000"
        );
    }
}

impl Part {
    /// The cell and the middles of its own parts.
    fn cut(&self) -> Vec<(usize, Vec<f64>)> {
        let dim = self.middle.len();
        let at = |number: usize, axis: usize| {
            let place = number / PARTS.pow(axis as u32) % PARTS;
            self.middle[axis] + self.half * ((2 * place + 1) as f64 / PARTS as f64 - 1.0)
        };
        let middle = |number| (self.cell, (0..dim).map(|axis| at(number, axis)).collect());
        (0..PARTS.pow(dim as u32)).map(middle).collect()
    }
}

/// The mass of each cell of the box.
fn integrate(dim: usize, samples: &[f32], density: impl Fn(Tensor<2>) -> Vec<f64>) -> Vec<f64> {
    let half = BOX / CELLS as f64;
    let cells = lattice(&Bounds::square(BOX), CELLS, dim).values;
    let middles = cells.chunks_exact(dim).enumerate();
    let middles = middles.map(|(cell, x)| (cell, x.iter().map(|&x| f64::from(x)).collect()));
    let mut open = parts(middles.collect(), half, &density);
    let mut masses: Vec<f64> = open.iter().map(|part| part.mass).collect();
    let seen = counts(samples, dim, half);
    open.retain(|part| part.mass > EMPTY || seen.contains_key(&place(&part.middle, half)));
    for _ in 0..CUTS {
        let cut: Vec<_> = open.iter().flat_map(|part| part.cut()).collect();
        let Some(half) = open.first().map(|part| part.half / PARTS as f64) else {
            break;
        };
        let finer = parts(cut, half, &density);
        let counts = counts(samples, dim, half);
        let ridge = |part: &Part| {
            let count = counts.get(&place(&part.middle, half)).copied().unwrap_or(0);
            let expected = part.mass * (samples.len() / dim) as f64;
            count as f64 > MOST_SAMPLES * expected
        };
        let mut next = Vec::new();
        for (part, finer) in open.iter().zip(finer.chunks_exact(PARTS.pow(dim as u32))) {
            let change = finer.iter().map(|part| part.mass).sum::<f64>() - part.mass;
            masses[part.cell] += change;
            let wanted = |part: &&Part| change.abs() > RIGHT || ridge(part);
            next.extend(finer.iter().filter(wanted).cloned());
        }
        open = next;
    }
    masses
}

/// Parts of half-width `half` around so many middles.
fn parts(middles: Vec<(usize, Vec<f64>)>, half: f64, density: impl Fn(Tensor<2>) -> Vec<f64>) -> Vec<Part> {
    let Some(dim) = middles.first().map(|(_, middle)| middle.len()) else {
        return Vec::new();
    };
    let points = middles.iter().flat_map(|(_, middle)| middle.iter().map(|&x| x as f32));
    let density = density(tensor(points.collect(), dim));
    let volume = (2.0 * half).powi(dim as i32);
    let part = |((cell, middle), p): ((usize, Vec<f64>), f64)| Part {
        cell,
        middle,
        half,
        mass: p * volume,
    };
    middles.into_iter().zip(density).map(part).collect()
}

/// Where a point lies among parts of half-width `half`.
fn place(x: &[f64], half: f64) -> Vec<i64> {
    x.iter().map(|x| ((x + BOX) / (2.0 * half)).floor() as i64).collect()
}

/// How many samples lie in each of those parts.
fn counts(samples: &[f32], dim: usize, half: f64) -> BTreeMap<Vec<i64>, usize> {
    let mut counts = BTreeMap::new();
    for x in samples.chunks_exact(dim) {
        let x: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
        *counts.entry(place(&x, half)).or_default() += 1;
    }
    counts
}

/// The number of the cell that `x` lies in, in the order of [`lattice`].
fn cell(x: &[f32]) -> Option<usize> {
    x.iter().rev().try_fold(0, |number, &x| {
        let place = ((f64::from(x) + BOX) / (2.0 * BOX) * CELLS as f64).floor();
        (0.0..CELLS as f64)
            .contains(&place)
            .then(|| number * CELLS + place as usize)
    })
}
