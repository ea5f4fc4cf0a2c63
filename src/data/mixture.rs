//! Mixtures of isotropic Gaussians: their density is a sum in closed form.
//!
//! ```text
//! p(x) = Σₖ wₖ N(x; μₖ, σₖ² I)
//! ```
//!
//! References: 8gaussians as in Grathwohl et al. 2019, FFJORD, arXiv:1810.01367; the ring and the 5 x 5 grid as in Srivastava et al. 2017,
//! VEEGAN, arXiv:1705.07761, and Lin et al. 2018, PacGAN, arXiv:1712.04086.

use super::{Bounds, Dataset, Modes, Points, log_sum_exp, part_of};
use crate::rng::Rng;
use std::f64::consts::TAU;

/// One Gaussian of a mixture.
#[derive(Clone, Copy, Debug)]
pub struct Component<const D: usize> {
    /// Its share of the mass; the shares of a mixture sum to 1.
    pub weight: f64,
    pub mean: [f64; D],
    /// Standard deviation along each axis.
    pub sigma: f64,
}

/// A mixture on the line (`D = 1`) or the plane (`D = 2`).
pub struct Mixture<const D: usize> {
    components: Vec<Component<D>>,
    bounds: Bounds,
}

impl<const D: usize> Mixture<D> {
    /// The mixture of `components`, each widened by Gaussian noise of standard deviation `noise`: variances add.
    pub fn new(mut components: Vec<Component<D>>, bounds: Bounds, noise: f64) -> Self {
        for part in &mut components {
            part.sigma = part.sigma.hypot(noise);
        }
        Self {
            components,
            bounds: bounds.with_noise(noise),
        }
    }

    /// Whether the components are equal and no two of their discs of 3σ, within which a sample counts as theirs, overlap.
    fn separated(&self) -> bool {
        let first = self.components[0];
        let apart = |a: &Component<D>, b: &Component<D>| {
            let square: f64 = a.mean.iter().zip(&b.mean).map(|(a, b)| (a - b).powi(2)).sum();
            square >= (6.0 * first.sigma).powi(2)
        };
        self.components.iter().enumerate().all(|(k, part)| {
            (part.weight, part.sigma) == (first.weight, first.sigma)
                && self.components[..k].iter().all(|other| apart(part, other))
        })
    }
}

impl<const D: usize> Component<D> {
    /// log N(x; μ, σ² I), and `log_weight`.
    fn log_density(&self, log_weight: f64, x: &[f64]) -> f64 {
        let offsets = self.mean.iter().zip(x);
        let square: f64 = offsets.map(|(mean, x)| ((x - mean) / self.sigma).powi(2)).sum();
        log_weight - 0.5 * square - D as f64 * (0.5 * TAU.ln() + self.sigma.ln())
    }
}

impl<const D: usize> Dataset for Mixture<D> {
    fn dim(&self) -> usize {
        D
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        let mut points = Points::new(D, Vec::with_capacity(n * D));
        let mut labels = Vec::with_capacity(n);
        for _ in 0..n {
            let chosen = part_of(self.components.iter().map(|part| part.weight), rng.uniform());
            let Component { mean, sigma, .. } = self.components[chosen];
            points
                .values
                .extend(mean.map(|mean| (mean + sigma * rng.normal()) as f32));
            labels.push(chosen as u8);
        }
        points.labels = Some(labels);
        points
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        let parts = self.components.iter();
        Some(log_sum_exp(parts.map(|part| part.log_density(part.weight.ln(), x))))
    }

    fn class_shares(&self) -> Vec<f64> {
        self.components.iter().map(|part| part.weight).collect()
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        Some(self.components[class].log_density(0.0, x))
    }

    fn bounds(&self) -> Bounds {
        self.bounds
    }

    fn modes(&self) -> Option<Modes> {
        self.separated().then(|| Modes {
            centres: self.components.iter().map(|part| part.mean.to_vec()).collect(),
            sigma: self.components[0].sigma,
        })
    }
}

/// Equal Gaussians at `centres`.
fn equal(centres: Vec<[f64; 2]>, sigma: f64, half: f64, noise: f64) -> Box<dyn Dataset> {
    let weight = 1.0 / centres.len() as f64;
    let components = centres
        .into_iter()
        .map(|mean| Component { weight, mean, sigma })
        .collect();
    Box::new(Mixture::new(components, Bounds::square(half), noise))
}

/// Eight centres on a circle.
fn octagon(radius: f64) -> Vec<[f64; 2]> {
    (0..8)
        .map(|k| TAU / 8.0 * k as f64)
        .map(|angle| [radius * angle.cos(), radius * angle.sin()])
        .collect()
}

/// Eight Gaussians of sigma 0.5 on a circle of radius 4, all divided by 1.414 as FFJORD does.
pub fn eight_gaussians(noise: f64) -> Box<dyn Dataset> {
    equal(octagon(4.0 / 1.414), 0.5 / 1.414, 4.5, noise)
}

/// Eight very narrow Gaussians on the unit circle (VEEGAN, PacGAN).
pub fn ring(noise: f64) -> Box<dyn Dataset> {
    equal(octagon(1.0), 0.01, 1.5, noise)
}

/// Eight narrow Gaussians on a circle of radius 2.
pub fn ring8(noise: f64) -> Box<dyn Dataset> {
    equal(octagon(2.0), 0.02, 3.0, noise)
}

/// Twenty-five narrow Gaussians on a 5 x 5 grid.
pub fn twenty_five_gaussians(noise: f64) -> Box<dyn Dataset> {
    let axis = [-4.0, -2.0, 0.0, 2.0, 4.0];
    let centres = axis.iter().flat_map(|&x| axis.map(|y| [x, y])).collect();
    equal(centres, 0.05, 5.0, noise)
}
