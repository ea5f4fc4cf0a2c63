//! Ancestral sampling: the diffusion run backwards, with fresh noise at every step.
//!
//! ```text
//! x̂1 = α x + (σ / θ') dx/dt                                        what the data under x looks like
//! q(x_s | x_t, x̂1) = N( (a σₛ²/σₜ²) x_t + (αₛ τ²/σₜ²) x̂1,  τ² σₛ²/σₜ² )      a = αₜ/αₛ,  τ² = σₜ² − a² σₛ²,  s > t
//! ```
//!
//! On the cosine [`schedule`](super::schedule), with t = 1 at the data. The fresh noise washes out earlier errors; in exchange it takes many
//! more steps than a solver of the deterministic equation.
//!
//! References: J. Ho, A. Jain, P. Abbeel, *Denoising Diffusion Probabilistic Models*, 2020, arXiv:2006.11239, equations 6 and 7.

use super::{
    VelocityField,
    schedule::{ANGLE_RATE, angle},
};
use crate::{
    rng::Rng,
    spec::{OptionSpec, ParamSpec, Text},
};
use burn::tensor::Tensor;

/// How noise becomes a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampler {
    /// Along the velocity, by a solver.
    Ode,
    /// With fresh noise at every step.
    Ancestral,
}

impl Sampler {
    /// In the order of the setting's options.
    pub const ALL: [Self; 2] = [Self::Ode, Self::Ancestral];
}

/// Which of them draws samples.
pub const SAMPLER: ParamSpec = ParamSpec::choice(
    "sampler",
    &[
        OptionSpec {
            id: "ode",
            label: Text {
                en: "Deterministic (ODE)",
                zh: "确定性（ODE）",
            },
        },
        OptionSpec {
            id: "ancestral",
            label: Text {
                en: "Ancestral (with noise)",
                zh: "祖先采样（带噪声）",
            },
        },
    ],
    0,
    Text {
        en: "Sampler",
        zh: "采样方式",
    },
    Text {
        en: "Deterministic: each noise point has one fixed end, and the solver below takes it there. Ancestral: noise is taken out and a little put back at every step, as in the first paper; it forgives errors and wants 100 steps or more.",
        zh: "确定性：每个噪声点都有唯一的终点，由下面的求解器带过去。祖先采样：每一步去掉一些噪声再添回一点，正如最初的论文；它能抹平误差，但要 100 步以上才好。",
    },
)
.live();

/// Data from noise in `steps` noisy steps along the cosine schedule whose velocity is `field`.
///
/// # Shapes
/// - `x0`: `[n, d]`, returns the same
pub fn sample(field: &impl VelocityField, x0: Tensor<2>, steps: usize, rng: &mut Rng) -> Tensor<2> {
    let ([n, d], device) = (x0.dims(), x0.device());
    (0..steps).fold(x0, |x, step| {
        let [t, s] = [step, step + 1].map(|i| i as f64 / steps as f64);
        let ((alpha, sigma), (alpha_s, sigma_s)) = (angle(t).sin_cos(), angle(s).sin_cos());
        let data = x.clone() * alpha + field.velocity(x.clone(), t) * (sigma / ANGLE_RATE);
        let kept = alpha / alpha_s;
        let added = sigma * sigma - kept * kept * sigma_s * sigma_s; // τ²
        let ratio = (sigma_s / sigma).powi(2);
        let mean = x * (kept * ratio) + data * (alpha_s * added / (sigma * sigma));
        mean + rng.normal_tensor([n, d], &device) * (added * ratio).sqrt()
    })
}
