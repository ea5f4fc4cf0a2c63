//! Diffusion and flow matching: learn which way noise has to move to become data, then follow the arrows.
//!
//! Noise x0 ~ N(0, I) and data x1 are joined by paths x_t, t from 0 to 1. A network learns the mean velocity of the paths through each
//! point, by plain regression; the ordinary differential equation with that velocity carries all of the noise onto the data.
//!
//! ```text
//! dx/dt = v(x, t)      v(x, t) = E[ dx_t/dt | x_t = x ]      loss = E|answer − what was asked for|²
//! log p(x1) = log N(x0; 0, I) − ∫₀¹ div v(x_t, t) dt         x_t solved back from x1 at t = 1 to x0 at t = 0
//! ```
//!
//! In one or two dimensions the divergence is exact, by one forward-mode derivative per axis. What is left is the solver's error, which no flow
//! has: the sum of divergences along some steps is not the log-determinant of the map that those steps make. So the log-density is called an
//! estimate, and its scores carry that error, seen from twice as many steps.
//!
//! The density has a solver of its own, fine and of order 4, whatever solver draws samples; scores that compare log-densities at samples draw
//! these by the density's solver too, or the samples would be those of another distribution.
//!
//! References: Y. Song et al., *Score-Based Generative Modeling through Stochastic Differential Equations*, 2021, arXiv:2011.13456;
//! Y. Lipman et al., *Flow Matching for Generative Modeling*, 2023, arXiv:2210.02747.

pub mod ancestral;
pub mod ddpm;
pub mod flow_matching;
pub mod fm_ot;
pub mod guidance;
mod method;
pub mod network;
mod replacement;
pub mod schedule;
pub mod solvers;
pub mod transport;

use crate::{models::act::Deed, tensors::identity};
use burn::tensor::Tensor;

/// A velocity of each point at each time in [0, 1]: noise at 0, data at 1.
pub trait VelocityField {
    /// v(x, t), in standardised units per unit of time.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns the same
    fn velocity(&self, x: Tensor<2>, t: f64) -> Tensor<2>;

    /// The velocity and its derivatives in x along several directions.
    ///
    /// # Shapes
    /// - `x`, each of `vs`: `[n, d]`, returns `[n, d]` and one such for each of `vs`
    fn velocity_and_jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: f64) -> (Tensor<2>, Vec<Tensor<2>>);

    /// The velocity and its exact divergence Σᵢ ∂vᵢ/∂xᵢ, from one derivative per axis.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]` and `[n]`
    fn velocity_and_divergence(&self, x: Tensor<2>, t: f64) -> (Tensor<2>, Tensor<1>) {
        let [n, d] = x.dims();
        let axes = identity(d, &x.device());
        let axis = |i: usize| axes.clone().narrow(0, i, 1).repeat_dim(0, n); // [n, d]
        let (velocity, slopes) = self.velocity_and_jvps(x, (0..d).map(axis).collect(), t);
        let diagonal = slopes.into_iter().enumerate().map(|(i, slope)| slope.narrow(1, i, 1));
        (velocity, Tensor::cat(diagonal.collect(), 1).sum_dim(1).squeeze_dim(1))
    }
}

/// A function of a point and a time, as a network is one.
pub trait Net {
    /// # Shapes
    /// - `x`: `[n, d]`, `t`: `[n, 1]`, or `[1, 1]` for one time of all, returns `[n, d]`
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2>;

    /// The output and its derivatives in x along several directions.
    ///
    /// # Shapes
    /// - `x`, each of `vs`: `[n, d]`, `t` as in [`Net::forward`], returns `[n, d]` and one such for each of `vs`
    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>);
}

impl<N: Net> Net for &N {
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        N::forward(self, x, t)
    }

    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
        N::jvps(self, x, vs, t)
    }
}

/// A question about points of paths, each of `[n, d]`.
#[derive(Clone, Debug)]
pub struct Answered {
    /// x_t.
    pub x: Tensor<2>,
    pub answer: Tensor<2>,
    /// What would be right.
    pub right: Tensor<2>,
}

/// The paths between noise and data, and what the network is asked about them.
pub trait Objective {
    /// The points x_t of the paths from `x0` to `x1`, with what is answered there.
    ///
    /// # Shapes
    /// - `x0`, `x1`: `[n, d]`, `t`: `[n, 1]`
    fn answered(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Answered;

    /// What is asked for.
    fn asked(&self) -> Deed;

    /// Answer minus right answer at the points x_t.
    ///
    /// # Shapes
    /// - `x0`, `x1`: `[n, d]`, `t`: `[n, 1]`, returns `[n, d]`
    fn residual(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        let Answered { answer, right, .. } = self.answered(net, x0, x1, t);
        answer - right
    }

    /// What x_t is made of at time `t`: α of the data and σ of the noise.
    fn shares(&self, t: f64) -> [f64; 2];

    /// The velocity is this many times the network's output.
    fn velocity_scale(&self) -> f64;

    /// mean |residual|² over a batch, the squares summed over the coordinates.
    ///
    /// # Shapes
    /// - `x0`, `x1`: `[n, d]`, `t`: `[n, 1]`, returns `[1]`
    fn loss(&self, net: &impl Net, x0: Tensor<2>, x1: Tensor<2>, t: Tensor<2>) -> Tensor<1> {
        self.residual(net, x0, x1, t).square().sum_dim(1).mean()
    }
}

/// The velocity field of a network: its output times `scale`.
pub struct Learned<N> {
    pub net: N,
    pub scale: f64,
}

/// A time as the network takes it.
fn moment(t: f64, x: &Tensor<2>) -> Tensor<2> {
    Tensor::full([1, 1], t, &x.device())
}

impl<N: Net> VelocityField for Learned<N> {
    fn velocity(&self, x: Tensor<2>, t: f64) -> Tensor<2> {
        let t = moment(t, &x);
        self.net.forward(x, t) * self.scale
    }

    fn velocity_and_jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: f64) -> (Tensor<2>, Vec<Tensor<2>>) {
        let t = moment(t, &x);
        let (y, slopes) = self.net.jvps(x, vs, t);
        let scaled = slopes.into_iter().map(|slope| slope * self.scale);
        (y * self.scale, scaled.collect())
    }
}
