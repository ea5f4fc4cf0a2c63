//! Gaussians on points, by which these foretell one another: what [`smoothing`](super::smoothing) chooses its width by, and writes its formulas of.

use std::{collections::HashSet, f64::consts::PI};

/// Widths that are tried.
const WIDTHS: usize = 24;

/// Share of the broad density.
const BROAD: f64 = 0.01;

/// The least and the greatest λ.
const FACTORS: [f64; 2] = [0.3, 3.0];

/// A column of the points.
#[derive(Clone, Copy, Debug)]
pub struct SmoothedAxis {
    /// In the points' units.
    pub spread: f64,
    /// Between two different values, in these units; 0 where they were spread over it.
    pub gap: f64,
    /// Few values far apart that were not spread are no density that could be smoothed: points with another value do not foretell one.
    pub few: bool,
}

/// Points with a Gaussian on each.
pub struct Kernels<'a> {
    pub points: Vec<&'a [f64]>,
    axes: &'a [SmoothedAxis],
    /// λ of each.
    pub factors: Vec<f64>,
    /// Half the squared distance of each two, the second one below the first.
    halves: Vec<f64>,
}

impl<'a> Kernels<'a> {
    pub fn new(points: &[&'a [f64]], axes: &'a [SmoothedAxis]) -> Self {
        let below = |i: usize| points[..i].iter().map(move |other| half_square(points[i], other, axes));
        Self {
            halves: (0..points.len()).flat_map(below).collect(),
            factors: vec![1.0; points.len()],
            points: points.to_vec(),
            axes,
        }
    }

    /// The peak of a Gaussian of that width, and its share of the density that one point is foretold by.
    fn peak(&self, width: f64) -> f64 {
        let dim = self.axes.iter().filter(|axis| !axis.few).count();
        (2.0 * PI * width * width).powf(-0.5 * dim as f64) / (self.points.len() as f64 - 1.0).max(1.0)
    }

    /// The h at which they foretell one another best.
    pub fn best_width(&self, [narrowest, widest]: [f64; 2]) -> f64 {
        let step = (widest / narrowest).ln() / (WIDTHS - 1) as f64;
        let tried = (0..WIDTHS).map(|i| narrowest * (step * i as f64).exp());
        let best = tried
            .map(|h| (self.likelihood(h), h))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or(narrowest, |(_, h)| h)
    }

    /// Σᵢ log((1 − ε) p₋ᵢ(xᵢ) + ε g(xᵢ)).
    fn likelihood(&self, h: f64) -> f64 {
        let count = self.points.len();
        let widths: Vec<f64> = self.factors.iter().map(|factor| h * factor).collect();
        let peaks: Vec<f64> = widths.iter().map(|&width| self.peak(width)).collect();
        let squares: Vec<f64> = widths.iter().map(|width| -1.0 / (width * width)).collect();
        let mut foretold = vec![0.0; count];
        let mut halves = self.halves.iter();
        for i in 0..count {
            for j in 0..i {
                let half = halves.next().expect("one for each pair");
                foretold[i] += peaks[j] * (half * squares[j]).exp();
                foretold[j] += peaks[i] * (half * squares[i]).exp();
            }
        }
        let all = foretold.into_iter().zip(&self.points);
        all.map(|(near, point)| with_broad(near, point, self.axes).ln()).sum()
    }

    /// λ of each of `points` as these foretell them at the width `h`, but for equal ones: the geometric mean is 1.
    pub fn factors(&self, points: &[&[f64]], h: f64) -> Vec<f64> {
        let (peak, square) = (self.peak(h), -1.0 / (h * h));
        let log_density = |point: &&[f64]| {
            let apart = self.points.iter().map(|other| half_square(point, other, self.axes));
            let near = apart.filter(|&half| half > 0.0).map(|half| (half * square).exp());
            with_broad(peak * near.sum::<f64>(), point, self.axes).ln()
        };
        let logs: Vec<f64> = points.iter().map(log_density).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let factor = |log: f64| (0.5 * (mean - log)).exp().clamp(FACTORS[0], FACTORS[1]);
        logs.into_iter().map(factor).collect()
    }
}

/// Each point once, in their order: repeated ones would foretell one another the better the narrower a kernel is.
pub fn distinct<'a>(points: &[&'a [f64]]) -> Vec<&'a [f64]> {
    let mut seen = HashSet::new();
    let bits = |point: &[f64]| point.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
    points
        .iter()
        .copied()
        .filter(|point| seen.insert(bits(point)))
        .collect()
}

/// Half the squared distance in spreads; infinite where a value that is not smoothed differs.
fn half_square(a: &[f64], b: &[f64], axes: &[SmoothedAxis]) -> f64 {
    let along = |(axis, (a, b)): (&SmoothedAxis, (&f64, &f64))| match axis.few {
        true if (a - b).abs() > 0.5 * axis.gap => f64::INFINITY,
        true => 0.0,
        false => 0.5 * ((a - b) / axis.spread).powi(2),
    };
    axes.iter().zip(a.iter().zip(b)).map(along).sum()
}

/// (1 − ε) p + ε g at a point.
fn with_broad(p: f64, point: &[f64], axes: &[SmoothedAxis]) -> f64 {
    let along = |(axis, x): (&SmoothedAxis, &f64)| 1.0 / (PI * (1.0 + (x / axis.spread).powi(2)));
    let smooth = axes.iter().zip(point).filter(|(axis, _)| !axis.few);
    (1.0 - BROAD) * p + BROAD * smooth.map(along).product::<f64>()
}
