//! Unadjusted Langevin dynamics: downhill on the energy, with just enough noise to stay a sampler.
//!
//! ```text
//! x ← x + ε · score(x) + √(2ε) · z      z ~ N(0, I)
//! ```
//!
//! Without a Metropolis correction the stationary law is that of exp(−E) up to an error of order ε.
//!
//! References: G. Roberts and R. Tweedie, *Exponential Convergence of Langevin Distributions and Their Discrete Approximations*, 1996;
//! M. Welling and Y. W. Teh, *Bayesian Learning via Stochastic Gradient Langevin Dynamics*, 2011.

use super::Energy;
use crate::{
    rng::Rng,
    spec::{Group, ParamKind, ParamSpec, Scale, Text},
};
use burn::tensor::Tensor;

/// ε of the walkers that the page shows.
pub const STEP_SIZE: ParamSpec = ParamSpec {
    id: "step_size",
    kind: ParamKind::Float,
    min: 1e-4,
    max: 0.1,
    default: 2e-3,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Langevin step size",
        zh: "朗之万步长",
    },
    help: Text {
        en: "How far the walkers move at each step. Small steps follow the valleys faithfully but cross between them rarely; large steps smear the walkers over the hills.",
        zh: "游走粒子每步走多远。步长小，粒子老实地沿着谷底走，却很少翻到另一个谷；步长大，粒子会被抖到山坡上，分布变得模糊。",
    },
};

/// `steps` Langevin steps of size `step_size` from `x`, on a [`super::lifted`] energy.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, returns the same
pub fn langevin(energy: &impl Energy, x: Tensor<2>, steps: usize, step_size: f64, rng: &mut Rng) -> Tensor<2> {
    (0..steps).fold(x, |x, _| {
        let z = rng.normal_tensor(x.dims(), &x.device());
        let drift = energy.score(x.clone()) * step_size;
        x + drift + z * (2.0 * step_size).sqrt()
    })
}
