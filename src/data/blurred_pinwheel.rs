//! The density of a pinwheel under isotropic Gaussian noise: an integral along the arms, in closed form across them.
//!
//! ```text
//! x = 2 R(−θ) (a, b) + σ ε        a, b, θ as in the pinwheel
//! p(x) = 1/5 Σₖ ∫ N(a; 1, 0.3²) N(y₁; 2a, σ²) N(y₂; 0, 0.2² + σ²) da        y = R(θ) x
//! ```
//!
//! The noise is the same in every direction, so it may be added after turning x back. The integral is by Gauss-Legendre quadrature, eight nodes
//! to a panel at most three widths of the integrand long. Noise so small that panels would be too many is averaged over instead: three
//! Gauss-Hermite nodes along each axis.

use super::{
    curves::GAUSS,
    log_sum_exp,
    sharp_pinwheel::{self, ARMS, RADIAL, RATE, TANGENTIAL, share_of},
};
use std::f64::consts::TAU;

/// Below this noise, a tenth of an arm's width, the sharp density is averaged over the noise.
const SMALL: f64 = 0.02;

/// Gauss-Hermite nodes for a standard normal, with their weights.
const HERMITE: [(f64, f64); 3] = [
    (-1.7320508075688772, 1.0 / 6.0),
    (0.0, 2.0 / 3.0),
    (1.7320508075688772, 1.0 / 6.0),
];

/// The integral runs over a from 8 standard deviations below its mean to 9 above.
const RANGE: [f64; 2] = [1.0 - 8.0 * RADIAL, 1.0 + 9.0 * RADIAL];

/// Where the a behind a point is likely to be larger than this, which holds for 1e-11 of the mass, only the mean over a winding is told.
const WOUND: f64 = 3.0;

/// How many nats below the largest term of the sum a term may be left out.
const NEGLIGIBLE: f64 = 28.0;

/// What the density needs for one strength of noise.
pub struct Blur {
    /// Standard deviation of the noise.
    pub noise: f64,
    /// None where the noise is small.
    nodes: Vec<Node>,
}

/// A place on an arm.
struct Node {
    twice_a: f64,
    cos: f64,
    sin: f64,
    /// log of the mass it stands for.
    log_mass: f64,
}

impl Blur {
    /// For noise of standard deviation `noise` > 0.
    pub fn new(noise: f64) -> Self {
        let mut nodes = Vec::new();
        let mut a = if noise < SMALL { RANGE[1] } else { RANGE[0] };
        while a < RANGE[1] {
            let length = 3.0 * width(a + 3.0 * width(a, noise), noise);
            for &(node, weight) in &GAUSS {
                for node in [-node, node] {
                    let a = a + 0.5 * length * (1.0 + node);
                    let standard = (a - 1.0) / RADIAL;
                    let density = (-0.5 * standard * standard).exp() / (TAU.sqrt() * RADIAL);
                    nodes.extend((0..ARMS).map(|k| Node::new(k, a, 0.5 * length * weight * density)));
                }
            }
            a += length;
        }
        Self { noise, nodes }
    }

    /// log p(x, arm), or of all arms log p(x).
    pub fn log_joint(&self, x: [f64; 2], arm: Option<usize>) -> f64 {
        let noise = self.noise;
        if self.nodes.is_empty() {
            let grid = HERMITE.iter().flat_map(|u| HERMITE.map(|v| (u, v)));
            return log_sum_exp(grid.map(|((u, weight_u), (v, weight_v))| {
                sharp_pinwheel::log_joint([x[0] + noise * u, x[1] + noise * v], arm) + (weight_u * weight_v).ln()
            }));
        }
        let r = x[0].hypot(x[1]);
        let along = 4.0 * RADIAL * RADIAL;
        if 1.0 + along / (along + noise * noise) * (0.5 * r - 1.0) > WOUND {
            return far(r, noise) - share_of(arm);
        }
        let across = 4.0 * TANGENTIAL * TANGENTIAL + noise * noise;
        let term = |node: &Node| {
            let y = [node.cos * x[0] - node.sin * x[1], node.sin * x[0] + node.cos * x[1]];
            node.log_mass - 0.5 * ((y[0] - node.twice_a) / noise).powi(2) - 0.5 * y[1] * y[1] / across
        };
        // The arms take turns.
        let (first, stride) = arm.map_or((0, 1), |arm| (arm, ARMS));
        let terms: Vec<f64> = self.nodes.iter().skip(first).step_by(stride).map(term).collect();
        let max = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let counted = terms.iter().copied().filter(|term| max - term < NEGLIGIBLE);
        log_sum_exp(counted) - TAU.ln() - noise.ln() - 0.5 * across.ln()
    }
}

impl Node {
    fn new(arm: usize, a: f64, mass: f64) -> Self {
        let (sin, cos) = (TAU * arm as f64 / ARMS as f64 + RATE * a.exp()).sin_cos();
        Self {
            twice_a: 2.0 * a,
            cos,
            sin,
            log_mass: (mass / ARMS as f64).ln(),
        }
    }
}

/// How far a can move before the integrand changes by a standard deviation, for points up to 4 of them off the arm.
fn width(a: f64, noise: f64) -> f64 {
    let across = (2.0 * TANGENTIAL).hypot(noise);
    let turn = RATE * a.exp();
    let speeds = [
        (2.0 + 4.0 * across * turn) / noise,
        (2.0 * a.abs() + 4.0 * noise) * turn / across,
        1.0 / RADIAL,
    ];
    speeds.iter().map(|speed| speed * speed).sum::<f64>().sqrt().recip()
}

/// log p at the distance `r` from the origin, where θ is as good as uniform: Laplace's method for the mean over it.
fn far(r: f64, noise: f64) -> f64 {
    let along = 4.0 * RADIAL * RADIAL + noise * noise;
    let across = 4.0 * TANGENTIAL * TANGENTIAL + noise * noise;
    let precision = r * r / across - r * (r - 2.0) / along;
    -0.5 * (r - 2.0).powi(2) / along - TAU.ln() - 0.5 * (along * across).ln() - 0.5 * (TAU * precision).ln()
}
