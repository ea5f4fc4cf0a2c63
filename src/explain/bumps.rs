//! One Gaussian fitted to two: what each direction of the divergence asks for.
//!
//! ```text
//! forward   min KL(P ‖ Q)   mean and variance of P itself: covers both bumps
//! reverse   min KL(Q ‖ P) = −½ log 2πe σ² − E_z log P(μ + σ z),  z ~ N(0, 1)
//!           ∂/∂μ = −E (log P)'(μ + σ z)      ∂/∂log σ = −1 − E σ z (log P)'(μ + σ z)      settles in one bump where they lie apart
//! ```
//!
//! Integrals are sums over an even grid, which for what falls off like a Gaussian errs less than rounding does.
//!
//! References: C. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 10.1.2; T. Minka, *Divergence Measures and Message Passing*,
//! 2005.

use crate::error::{Result, within};
use serde::Serialize;
use std::f64::consts::{E, PI};

/// Points of a quadrature in z, and how far out it goes.
const POINTS: usize = 801;
const REACH: f64 = 9.0;

/// Steps of a descent, and the slope at which it has arrived.
const STEPS: usize = 2000;
const FLAT: f64 = 1e-9;

/// Optima closer than this, in the width of the wider, are one.
const SAME: f64 = 1e-3;

/// Most that a mean lies from 0, and the widths that are taken.
const MEAN_MAX: f64 = 1e3;
const WIDTHS: [f64; 2] = [1e-2, 1e2];

/// A Gaussian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Bump {
    pub mean: f64,
    pub deviation: f64,
}

impl Bump {
    /// log N(x; mean, deviation²) in nats.
    pub fn log_prob(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.deviation;
        -0.5 * z * z - self.deviation.ln() - 0.5 * (2.0 * PI).ln()
    }
}

/// Two Gaussians, the first of weight `share`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub bumps: [Bump; 2],
    pub share: f64,
}

/// A fit with its divergences, in nats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Fit {
    pub fit: Bump,
    /// KL(P ‖ Q).
    pub forward: f64,
    /// KL(Q ‖ P).
    pub reverse: f64,
}

/// The best fits by either direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Fits {
    pub forward: Fit,
    /// All places where the reverse divergence settles, the best first.
    pub reverse: Vec<Fit>,
}

impl Pair {
    /// # Errors
    /// Where a mean, a width or the share is out of range.
    pub fn new(bumps: [Bump; 2], share: f64) -> Result<Self> {
        for bump in bumps {
            within("mean", bump.mean, [-MEAN_MAX, MEAN_MAX])?;
            within("deviation", bump.deviation, WIDTHS)?;
        }
        within("share", share, [0.0, 1.0])?;
        Ok(Self { bumps, share })
    }

    /// Both bumps with their weights.
    fn weighted(&self) -> [(f64, Bump); 2] {
        let [a, b] = self.bumps;
        [(self.share, a), (1.0 - self.share, b)]
    }

    /// log P(x) in nats, and its derivative in x.
    pub fn log_prob_and_slope(&self, x: f64) -> [f64; 2] {
        let parts = self.weighted().map(|(weight, bump)| weight.ln() + bump.log_prob(x));
        let largest = parts[0].max(parts[1]);
        let shares = parts.map(|part| (part - largest).exp());
        let sum = shares[0] + shares[1];
        let slopes = self
            .bumps
            .map(|bump| (bump.mean - x) / (bump.deviation * bump.deviation));
        let slope = (shares[0] * slopes[0] + shares[1] * slopes[1]) / sum;
        [largest + sum.ln(), slope]
    }

    /// Mean and standard deviation.
    fn moments(&self) -> Bump {
        let mean: f64 = self.weighted().iter().map(|(weight, bump)| weight * bump.mean).sum();
        let about = |bump: &Bump| bump.deviation * bump.deviation + (bump.mean - mean) * (bump.mean - mean);
        let variance: f64 = self.weighted().iter().map(|(weight, bump)| weight * about(bump)).sum();
        Bump {
            mean,
            deviation: variance.sqrt(),
        }
    }

    /// KL(Q ‖ P) in nats, and its derivatives in μ and log σ.
    fn reverse(&self, q: Bump) -> (f64, [f64; 2]) {
        let entropy = 0.5 * (2.0 * PI * E).ln() + q.deviation.ln();
        let [mut mean_log, mut by_mean, mut by_width] = [0.0; 3];
        for (z, weight) in quadrature() {
            let [log_p, slope] = self.log_prob_and_slope(q.mean + q.deviation * z);
            mean_log += weight * log_p;
            by_mean -= weight * slope;
            by_width -= weight * q.deviation * z * slope;
        }
        (-entropy - mean_log, [by_mean, by_width - 1.0])
    }

    /// KL(P ‖ Q) in nats.
    fn forward(&self, q: Bump) -> f64 {
        let of = |bump: Bump| -> f64 {
            let at = |z: f64| bump.mean + bump.deviation * z;
            quadrature()
                .map(|(z, weight)| weight * (self.log_prob_and_slope(at(z))[0] - q.log_prob(at(z))))
                .sum()
        };
        self.weighted()
            .iter()
            .filter(|(weight, _)| *weight > 0.0)
            .map(|(weight, bump)| weight * of(*bump))
            .sum()
    }

    fn fit(&self, fit: Bump) -> Fit {
        Fit {
            fit,
            forward: self.forward(fit),
            reverse: self.reverse(fit).0,
        }
    }

    /// Downhill in the reverse divergence from `start`, measured in its own width, with steps that are halved until they pay.
    fn settle(&self, start: Bump) -> Bump {
        let mut q = start;
        let (mut value, mut slope) = self.reverse(q);
        let mut length = 0.5;
        for _ in 0..STEPS {
            // the natural gradient of a Gaussian: μ by σ², log σ by ½
            let way = [slope[0] * q.deviation, slope[1]];
            if way[0].hypot(way[1]) < FLAT {
                break;
            }
            let moved = Bump {
                mean: q.mean - length * q.deviation * way[0],
                deviation: q.deviation * (-0.5 * length * way[1]).exp(),
            };
            let (lower, next) = self.reverse(moved);
            if lower < value {
                (q, value, slope) = (moved, lower, next);
                length = (length * 1.5_f64).min(1.0);
            } else {
                length *= 0.5;
                if length < 1e-12 {
                    break;
                }
            }
        }
        q
    }

    /// The best Gaussian by either direction.
    pub fn fits(&self) -> Fits {
        let cover = self.moments();
        let mut reverse: Vec<Fit> = Vec::new();
        for start in [self.bumps[0], self.bumps[1], cover] {
            let settled = self.settle(start);
            let known = |fit: &Fit| {
                let wide = fit.fit.deviation.max(settled.deviation);
                (fit.fit.mean - settled.mean).hypot(fit.fit.deviation - settled.deviation) < SAME * wide
            };
            if !reverse.iter().any(known) {
                reverse.push(self.fit(settled));
            }
        }
        reverse.sort_by(|a, b| a.reverse.total_cmp(&b.reverse));
        Fits {
            forward: self.fit(cover),
            reverse,
        }
    }
}

/// z and its share of N(0, 1), summing to one.
fn quadrature() -> impl Iterator<Item = (f64, f64)> {
    let step = 2.0 * REACH / (POINTS - 1) as f64;
    let scale = step / (2.0 * PI).sqrt();
    (0..POINTS).map(move |i| {
        let z = i as f64 * step - REACH;
        (z, scale * (-0.5 * z * z).exp())
    })
}
