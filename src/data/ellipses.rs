//! A mixture of Gaussians that the reader edits: each a share of the mass, a centre and an ellipse.
//!
//! ```text
//! p(x) = Σₖ wₖ N(x; μₖ, R(αₖ) diag(sₖ₁², sₖ₂²) R(αₖ)ᵀ + σ² I)        σ extra noise
//! ```
//!
//! Noise that is the same in every direction leaves the axes of an ellipse where they are: it adds to both variances.

use super::{
    Bounds, Dataset, Modes, Points, log_sum_exp,
    mixture::{Component, Mixture},
    part_of, plane_points,
};
use crate::{
    error::{Result, within},
    rng::Rng,
};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Most Gaussians of a mixture.
pub const MOST: usize = 12;

/// How far the sum of weights may be from 1 before they are divided by it: weights once normalised stay as they are.
const ROUNDING: f64 = 1e-9;

/// One Gaussian of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Ellipse {
    /// Its share of the mass, relative to the others.
    pub weight: f64,
    pub mean: [f64; 2],
    /// Standard deviations along its axes.
    pub sigma: [f64; 2],
    /// From the x axis to its first axis, counterclockwise, in radians.
    pub angle: f64,
}

/// What a reader starts from: three unequal Gaussians.
pub const START: [Ellipse; 3] = [
    Ellipse {
        weight: 0.5,
        mean: [-1.5, -0.8],
        sigma: [0.9, 0.35],
        angle: 0.6,
    },
    Ellipse {
        weight: 0.3,
        mean: [1.8, 0.9],
        sigma: [0.5, 0.5],
        angle: 0.0,
    },
    Ellipse {
        weight: 0.2,
        mean: [0.2, 2.4],
        sigma: [0.8, 0.2],
        angle: -0.3,
    },
];

/// The components with weights that sum to 1.
///
/// # Errors
/// [`Error::OutOfRange`] with the id `components`, `weight`, `mean`, `sigma` or `angle`.
pub fn checked(components: &[Ellipse]) -> Result<Vec<Ellipse>> {
    within("components", components.len() as f64, [1.0, MOST as f64])?;
    for part in components {
        within("weight", part.weight, [1e-4, 1e4])?;
        part.mean
            .iter()
            .try_for_each(|&mean| within("mean", mean, [-100.0, 100.0]))?;
        part.sigma
            .iter()
            .try_for_each(|&sigma| within("sigma", sigma, [0.01, 100.0]))?;
        within("angle", part.angle, [-TAU, TAU])?;
    }
    let total: f64 = components.iter().map(|part| part.weight).sum();
    let divisor = if (total - 1.0).abs() < ROUNDING { 1.0 } else { total };
    let normalised = components.iter().map(|part| Ellipse {
        weight: part.weight / divisor,
        ..*part
    });
    Ok(normalised.collect())
}

/// The mixture of [`checked`] components, with extra noise.
pub struct Ellipses {
    /// With the noise in their sigma.
    components: Vec<Ellipse>,
    bounds: Bounds,
}

impl Ellipses {
    /// Adds noise of standard deviation `noise` to `components`, whose weights sum to 1.
    pub fn new(mut components: Vec<Ellipse>, noise: f64) -> Self {
        for part in &mut components {
            part.sigma = part.sigma.map(|sigma| sigma.hypot(noise));
        }
        let bounds = square_around(&components);
        Self { components, bounds }
    }
}

impl Ellipse {
    /// From offsets of the plane to offsets along the axes.
    fn along_axes(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let (sin, cos) = self.angle.sin_cos();
        [cos * x + sin * y, cos * y - sin * x]
    }

    fn log_density(&self, x: &[f64]) -> f64 {
        let along = self.along_axes([x[0] - self.mean[0], x[1] - self.mean[1]]);
        let [u, v] = [along[0] / self.sigma[0], along[1] / self.sigma[1]];
        -0.5 * (u * u + v * v) - TAU.ln() - (self.sigma[0] * self.sigma[1]).ln()
    }

    fn sample(&self, rng: &mut Rng) -> [f64; 2] {
        let [u, v] = self.sigma.map(|sigma| sigma * rng.normal());
        let (sin, cos) = self.angle.sin_cos();
        [self.mean[0] + cos * u - sin * v, self.mean[1] + sin * u + cos * v]
    }
}

/// The smallest square that reaches four standard deviations beyond every centre, along either axis.
fn square_around(components: &[Ellipse]) -> Bounds {
    let reach = |part: &Ellipse, axis: usize| {
        let (sin, cos) = part.angle.sin_cos();
        let shares = if axis == 0 { [cos, sin] } else { [sin, cos] };
        4.0 * (shares[0] * part.sigma[0]).hypot(shares[1] * part.sigma[1])
    };
    let side = |axis: usize, sign: f64| {
        let ends = components.iter().map(|part| sign * part.mean[axis] + reach(part, axis));
        sign * ends.fold(f64::NEG_INFINITY, f64::max)
    };
    let [x, y] = [0, 1].map(|axis| [side(axis, -1.0), side(axis, 1.0)]);
    let half = 0.5 * (x[1] - x[0]).max(y[1] - y[0]);
    let around = |[from, to]: [f64; 2]| [0.5 * (from + to) - half, 0.5 * (from + to) + half];
    Bounds {
        x: around(x),
        y: around(y),
    }
}

impl Dataset for Ellipses {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        plane_points(n, || {
            let chosen = part_of(self.components.iter().map(|part| part.weight), rng.uniform());
            (chosen, self.components[chosen].sample(rng))
        })
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        let parts = self.components.iter();
        Some(log_sum_exp(parts.map(|part| part.weight.ln() + part.log_density(x))))
    }

    fn class_shares(&self) -> Vec<f64> {
        self.components.iter().map(|part| part.weight).collect()
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        Some(self.components[class].log_density(x))
    }

    fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Told where every component is round, as a mixture of round ones tells them.
    fn modes(&self) -> Option<Modes> {
        let round = self.components.iter().map(|part| {
            (part.sigma[0] == part.sigma[1]).then_some(Component {
                weight: part.weight,
                mean: part.mean,
                sigma: part.sigma[0],
            })
        });
        Mixture::new(round.collect::<Option<Vec<_>>>()?, self.bounds, 0.0).modes()
    }
}

/// Three unequal Gaussians to begin with.
pub fn start(noise: f64) -> Box<dyn Dataset> {
    Box::new(Ellipses::new(START.to_vec(), noise))
}
