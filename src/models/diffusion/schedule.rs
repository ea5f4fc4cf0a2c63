//! The cosine schedule in continuous time: an angle that turns noise into data.
//!
//! ```text
//! x_t = cos θ(t) x0 + sin θ(t) x1      θ(0) = 0.05, θ(1) = π/2
//! ```
//!
//! Reference: A. Nichol and P. Dhariwal, *Improved Denoising Diffusion Probabilistic Models*, 2021, arXiv:2102.09672.

use std::f64::consts::FRAC_PI_2;

/// θ at t = 0, in radians.
pub const ANGLE_START: f64 = 0.05;

/// dθ/dt.
pub const ANGLE_RATE: f64 = FRAC_PI_2 - ANGLE_START;

/// θ(t): sin θ is the share of data in x_t, cos θ that of noise.
pub fn angle(t: f64) -> f64 {
    ANGLE_START + ANGLE_RATE * t
}
