//! Filling in by replacement: on the way from noise to data the known coordinates are put back at every time, as noisy as they would be then.
//!
//! ```text
//! x_t ← known: α x1 + σ ε, unknown: as they stand        x_s ← solver's step from x_t,  s > t
//! back again: x_t = a x_s + √(σₜ² − a² σₛ²) ε,  a = αₜ / αₛ        each step several times over
//! ```
//!
//! Going back and forth lets what is drawn and what is known come to agree. The draws are only nearly those of p(unknown | known): a step does not
//! know what known coordinates the next one will be given.
//!
//! References: A. Lugmayr et al., *RePaint: Inpainting using Denoising Diffusion Probabilistic Models*, 2022, arXiv:2201.09865; Y. Song et al.,
//! *Score-Based Generative Modeling through Stochastic Differential Equations*, 2021, arXiv:2011.13456, appendix I.2 (replacement).

use super::{Objective, VelocityField, solvers::Solver};
use crate::{
    models::fill::{FillWay, Filled, Part},
    rng::Rng,
};

/// Steps from noise to data.
const STEPS: usize = 40;

/// How often each step is taken.
const TIMES: usize = 10;

/// One step: short ones need no look ahead.
const SOLVER: Solver = Solver::Heun;

/// `n` points whose unknown coordinates `field` has carried in from noise.
pub fn filled(objective: &impl Objective, field: &impl VelocityField, part: &Part, n: usize, rng: &mut Rng) -> Filled {
    let known = part.repeat(n);
    let (shape, device) = (known.dims(), known.device());
    let mask = part.mask().repeat_dim(0, n).greater_elem(0.5);
    let mut x = rng.normal_tensor(shape, &device);
    for step in 0..STEPS {
        let [t, s] = [step, step + 1].map(|i| i as f64 / STEPS as f64);
        let ([alpha, sigma], [alpha_s, sigma_s]) = (objective.shares(t), objective.shares(s));
        let kept = alpha / alpha_s;
        let added = (sigma * sigma - kept * kept * sigma_s * sigma_s).max(0.0).sqrt();
        for time in 1..=TIMES {
            let as_noisy = known.clone() * alpha + rng.normal_tensor(shape, &device) * sigma;
            let ahead = SOLVER.carry(field, x.mask_where(mask.clone(), as_noisy), [t, s], 1);
            x = match time {
                TIMES => ahead,
                _ => ahead * kept + rng.normal_tensor(shape, &device) * added,
            };
        }
    }
    Filled {
        x: part.restored_in(x),
        way: FillWay::Replacement,
        effective: None,
        log_known: None,
        log_conditional: None,
    }
}
