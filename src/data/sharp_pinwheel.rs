//! The density of a pinwheel without extra noise: a sum over every way an arm can pass through a point.
//!
//! ```text
//! p(x) = Σ N(a; 1, 0.3²) N(b; 0, 0.1²) / 20 |1 + 0.25 eᵃ b|   over every k, a, b that give x
//! ```
//!
//! With a + ib = r exp(iφ) and r = |x|/2, those are the φ where g(φ) = φ − 0.25 exp(r cos φ) differs from arg x by a multiple of 2π/5. The
//! Jacobian of (a, b) ↦ x is 4 g'(φ).

use super::log_sum_exp;
use std::f64::consts::{PI, TAU};

pub(super) const ARMS: usize = 5;
/// Standard deviation along an arm.
pub(super) const RADIAL: f64 = 0.3;
/// Standard deviation across an arm.
pub(super) const TANGENTIAL: f64 = 0.1;
/// How fast arms bend.
pub(super) const RATE: f64 = 0.25;

/// Past this r, 20 standard deviations out, arms wind tighter than 0.005 and only the mean over a winding is told.
const FAR: f64 = 7.0;
/// Steps of the search for every φ over one turn.
const STEPS: usize = 128;

/// By how many nats one arm's part of the mass is less than all, where there is nothing else to tell.
pub(super) fn share_of(arm: Option<usize>) -> f64 {
    arm.map_or(0.0, |_| (ARMS as f64).ln())
}

/// log p(x, arm) without noise, or of all arms log p(x).
pub(super) fn log_joint(x: [f64; 2], arm: Option<usize>) -> f64 {
    let r = x[0].hypot(x[1]) / 2.0;
    // 1/20 for the arms and the scale, 1/2πσσ' for the two Gaussians.
    let constant = -(4.0 * ARMS as f64 * TAU * RADIAL * TANGENTIAL).ln();
    if r > FAR {
        // Laplace's method for the mean over φ: the exponent's curvature at φ = 0 is `precision`.
        let precision = r * r / TANGENTIAL.powi(2) - r * (r - 1.0) / RADIAL.powi(2);
        return constant + exponent(r, 0.0) + (ARMS as f64).ln() - 0.5 * (TAU * precision).ln() - share_of(arm);
    }
    let terms: Vec<f64> = preimages(r, x[1].atan2(x[0]))
        .into_iter()
        .filter(|(through, _)| arm.is_none_or(|arm| arm == *through))
        .map(|(_, phi)| exponent(r, phi) - slope(r, phi).abs().ln())
        .collect();
    constant + log_sum_exp(terms.iter().copied())
}

/// log of the two Gaussians at (a, b) = r (cos φ, sin φ), without their constants.
fn exponent(r: f64, phi: f64) -> f64 {
    let (sin, cos) = phi.sin_cos();
    -0.5 * (((r * cos - 1.0) / RADIAL).powi(2) + (r * sin / TANGENTIAL).powi(2))
}

/// g(φ): the angle of x for k = 0.
fn angle(r: f64, phi: f64) -> f64 {
    phi - RATE * (r * phi.cos()).exp()
}

/// g'(φ) = 1 + 0.25 eᵃ b.
fn slope(r: f64, phi: f64) -> f64 {
    let (sin, cos) = phi.sin_cos();
    1.0 + RATE * (r * cos).exp() * r * sin
}

/// Every φ in (−π, π] for which some arm passes through the point of radius 2r at angle `psi`, with that arm.
fn preimages(r: f64, psi: f64) -> Vec<(usize, f64)> {
    let sector = TAU / ARMS as f64;
    let at = |step: usize| -PI + TAU * step as f64 / STEPS as f64;
    let sectors = |phi: f64| ((angle(r, phi) - psi) / sector).floor() as i64;
    let mut found = Vec::with_capacity(ARMS + 1);
    let mut before = sectors(at(0));
    for step in 0..STEPS {
        let after = sectors(at(step + 1));
        for k in before.min(after) + 1..=before.max(after) {
            let phi = solve(r, psi + sector * k as f64, at(step), at(step + 1));
            found.push((k.rem_euclid(ARMS as i64) as usize, phi));
        }
        before = after;
    }
    found
}

/// The φ between two others at which g crosses `target`: Newton's method, halving where that would leave the bracket.
fn solve(r: f64, target: f64, mut low: f64, mut high: f64) -> f64 {
    let rising = angle(r, low) < target;
    let mut phi = 0.5 * (low + high);
    for _ in 0..60 {
        let excess = angle(r, phi) - target;
        if (excess < 0.0) == rising {
            low = phi;
        } else {
            high = phi;
        }
        let newton = phi - excess / slope(r, phi);
        let next = if low < newton && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        if (next - phi).abs() < 1e-12 {
            return next;
        }
        phi = next;
    }
    phi
}
