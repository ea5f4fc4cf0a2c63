//! Concentric circles blurred by Gaussian noise: the density depends on the radius alone, in closed form.
//!
//! ```text
//! p(x) = 1/K Σ_R exp(−(r² + R²) / 2σ²) I₀(r R / σ²) / 2πσ²        r = |x|
//! ```
//!
//! References: `rings` and `circles` as in Grathwohl et al. 2019, FFJORD, arXiv:1810.01367; the integral over the angle that gives the Bessel
//! function is Rice's, 1945, Bell System Technical Journal 24, section 3.10.

use super::{Bounds, Dataset, Points, equal_shares, log_sum_exp, plane_points};
use crate::rng::Rng;
use std::f64::consts::TAU;

/// Circles of equal mass around the origin, each blurred by `sigma` along both axes.
struct Rings {
    radii: &'static [f64],
    sigma: f64,
    bounds: Bounds,
}

impl Rings {
    fn variance(&self) -> f64 {
        self.sigma * self.sigma
    }

    /// log 2πσ² p(x) on the ring of that radius.
    fn log_ring(&self, x: &[f64], radius: &f64) -> f64 {
        let (r, variance) = (x[0].hypot(x[1]), self.variance());
        // exp(−(r² + R²)/2σ²) I₀(rR/σ²) with the Bessel function's growth taken out, so that nothing overflows.
        -(r - radius).powi(2) / (2.0 * variance) + bessel_i0_scaled(r * radius / variance).ln()
    }
}

impl Dataset for Rings {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        plane_points(n, || {
            let ring = rng.index(self.radii.len());
            let (radius, angle) = (self.radii[ring], TAU * rng.uniform());
            let centre = [radius * angle.cos(), radius * angle.sin()];
            (ring, centre.map(|centre| centre + self.sigma * rng.normal()))
        })
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        let rings = self.radii.iter().map(|radius| self.log_ring(x, radius));
        Some(log_sum_exp(rings) - (TAU * self.variance() * self.radii.len() as f64).ln())
    }

    fn class_shares(&self) -> Vec<f64> {
        equal_shares(self.radii.len())
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        Some(self.log_ring(x, &self.radii[class]) - (TAU * self.variance()).ln())
    }

    fn bounds(&self) -> Bounds {
        self.bounds
    }
}

/// e^(−x) I₀(x) for x ≥ 0, to 2e-7 relative: Abramowitz and Stegun 1964, 9.8.1 and 9.8.2.
fn bessel_i0_scaled(x: f64) -> f64 {
    let horner = |t: f64, coefficients: &[f64]| coefficients.iter().rev().fold(0.0, |sum, c| sum * t + c);
    if x < 3.75 {
        let t = (x / 3.75).powi(2);
        (-x).exp()
            * horner(
                t,
                &[1.0, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813],
            )
    } else {
        #[rustfmt::skip]
        let c = [0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706, 0.02635537, -0.01647633, 0.00392377];
        horner(3.75 / x, &c) / x.sqrt()
    }
}

/// Four rings of equal counts.
pub fn rings(noise: f64) -> Box<dyn Dataset> {
    Box::new(Rings {
        radii: &[3.0, 2.25, 1.5, 0.75],
        sigma: noise.hypot(0.08),
        bounds: Bounds::square(4.0).with_noise(noise),
    })
}

/// scikit-learn's `make_circles(factor=0.5, noise=0.08)`, times 3.
pub fn circles(noise: f64) -> Box<dyn Dataset> {
    Box::new(Rings {
        radii: &[3.0, 1.5],
        sigma: noise.hypot(0.24),
        bounds: Bounds::square(4.5).with_noise(noise),
    })
}
