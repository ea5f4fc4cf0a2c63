//! An axis that reaches far and is fine where data lie: even cells of u on [−1, 1] become cells of x that grow outwards.
//!
//! ```text
//! x(u) = a u + b u²¹        x(¾) = half-width of the box that is drawn, x(1) = reach
//! ∫ f(x) dx = ∫ f(x(u)) x′(u) du
//! ```
//!
//! The map is smooth, so the midpoint rule in u keeps the accuracy that it has for smooth integrands that vanish at the ends: Trefethen and
//! Weideman 2014, SIAM Review 56, doi:10.1137/130932132.

use burn::tensor::Tensor;

/// Share of the cells that lie in the data's box.
const INSIDE: f64 = 0.75;
/// The power of u that carries the axis outwards: odd, and high enough to leave the inside nearly even.
const POWER: i32 = 21;
/// Of the reach, in half-widths: at 1 / ¾²¹ = 420 the map would stand still at 0.
const WIDEST: f64 = 100.0;

/// The map from u to x, the same along every axis.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    linear: f64,
    steep: f64,
}

impl Axis {
    /// Three quarters of the cells over [−`half_width`, `half_width`], the others out to ±`reach`: at least a third wider than the box, and at
    /// most a hundred times.
    pub fn new(half_width: f64, reach: f64) -> Self {
        let bend = INSIDE.powi(POWER);
        let reach = reach.clamp(half_width / INSIDE, WIDEST * half_width);
        let linear = (half_width - reach * bend) / (INSIDE - bend);
        Self {
            linear,
            steep: reach - linear,
        }
    }

    /// # Shapes
    /// - `u`: `[n, d]`, returns the same
    pub fn x(&self, u: Tensor<2>) -> Tensor<2> {
        let power = twentieth_power(u.clone()) * u.clone();
        u * self.linear + power * self.steep
    }

    /// log|∂x/∂u|.
    ///
    /// # Shapes
    /// - `u`: `[n, d]`, returns `[n]`
    pub fn log_det(&self, u: Tensor<2>) -> Tensor<1> {
        let slope = twentieth_power(u) * (self.steep * f64::from(POWER)) + self.linear;
        slope.log().sum_dim(1).squeeze_dim(1)
    }
}

fn twentieth_power(u: Tensor<2>) -> Tensor<2> {
    let fourth = u.square().square();
    fourth.clone().square().square() * fourth
}
