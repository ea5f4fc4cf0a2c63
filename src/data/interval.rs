//! How much of a Gaussian lies in an interval, as a logarithm that holds out to any distance.
//!
//! ```text
//! P(a < ε < b) = Q(a) − Q(b)        Q(z) = ½ erfc(z / √2)
//! ```
//!
//! In a tail both terms underflow, so there the difference is taken between their logarithms, and log Q far out is its asymptotic series
//! (Abramowitz and Stegun 1964, 26.2.12).

use std::f64::consts::{SQRT_2, TAU};

/// From here on the series is exact to 1e-9, long before erfc underflows at 38.
const SERIES_FROM: f64 = 25.0;

/// log P(a < ε < b) for a standard normal ε and a < b.
pub fn log_normal_mass(a: f64, b: f64) -> f64 {
    if b <= 0.0 {
        return log_normal_mass(-b, -a);
    }
    if a < 0.0 {
        // Terms of opposite sign: nothing cancels.
        return (0.5 * (libm::erf(b / SQRT_2) - libm::erf(a / SQRT_2))).ln();
    }
    let (near, far) = (log_upper_tail(a), log_upper_tail(b));
    near + (-(far - near).exp_m1()).ln()
}

/// log Q(z) for z ≥ 0.
fn log_upper_tail(z: f64) -> f64 {
    if z < SERIES_FROM {
        return (0.5 * libm::erfc(z / SQRT_2)).ln();
    }
    let square = z * z;
    let series = -1.0 / square + 3.0 / square.powi(2) - 15.0 / square.powi(3);
    -0.5 * (square + TAU.ln()) - z.ln() + series.ln_1p()
}
