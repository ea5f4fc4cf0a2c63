//! A pinwheel: five Gaussian arms, bent by an angle that grows with the distance along the arm.
//!
//! ```text
//! x = 2 R(−θ) (a, b)        a ~ N(1, 0.3²)   b ~ N(0, 0.1²)   θ = 2πk/5 + 0.25 eᵃ   k uniform on 0..5
//! p(x) = Σ N(a; 1, 0.3²) N(b; 0, 0.1²) / 20 |1 + 0.25 eᵃ b|   over every k, a, b that give x
//! ```
//!
//! References: Johnson et al. 2016, arXiv:1603.06277; parameters as in Grathwohl et al. 2019, FFJORD, arXiv:1810.01367.

use super::{
    Bounds, Dataset, Points,
    blurred_pinwheel::Blur,
    equal_shares, plane_points,
    sharp_pinwheel::{ARMS, RADIAL, RATE, TANGENTIAL, log_joint},
};
use crate::rng::Rng;
use std::f64::consts::TAU;

struct Pinwheel {
    /// Extra noise, where there is any.
    blur: Option<Blur>,
}

impl Pinwheel {
    /// log p(x, arm), or of all arms log p(x).
    fn log_joint(&self, x: &[f64], arm: Option<usize>) -> f64 {
        let x = [x[0], x[1]];
        let blurred = self.blur.as_ref().map(|blur| blur.log_joint(x, arm));
        blurred.unwrap_or_else(|| log_joint(x, arm))
    }
}

impl Dataset for Pinwheel {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        plane_points(n, || {
            let (a, b) = (1.0 + RADIAL * rng.normal(), TANGENTIAL * rng.normal());
            let arm = rng.index(ARMS);
            let theta = TAU * arm as f64 / ARMS as f64 + RATE * a.exp();
            let (sin, cos) = theta.sin_cos();
            let x = [2.0 * (a * cos + b * sin), 2.0 * (b * cos - a * sin)];
            let x = match &self.blur {
                None => x,
                Some(blur) => x.map(|x| x + blur.noise * rng.normal()),
            };
            (arm, x)
        })
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        Some(self.log_joint(x, None))
    }

    fn class_shares(&self) -> Vec<f64> {
        equal_shares(ARMS)
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        Some(self.log_joint(x, Some(class)) + (ARMS as f64).ln())
    }

    fn bounds(&self) -> Bounds {
        Bounds::square(4.5).with_noise(self.blur.as_ref().map_or(0.0, |blur| blur.noise))
    }
}

/// Five bent arms.
pub fn pinwheel(noise: f64) -> Box<dyn Dataset> {
    Box::new(Pinwheel {
        blur: (noise > 0.0).then(|| Blur::new(noise)),
    })
}
