//! Filling in by search, for any density: one unknown coordinate after another is drawn anew given all others.
//!
//! ```text
//! the interval of a coordinate in L equal parts, a place drawn in each, the present one in its own
//! P(place) ∝ p(x with that place)^β        β rises to 1 over the first half of the sweeps, so that early ones roam
//! ```
//!
//! With β = 1 this leaves p(unknown | known) as it is, whatever the density's Z, and forgets its start in time: how long that takes is not known, so
//! the draws are called approximate. Whatever is drawn lies in the interval.
//!
//! References: S. Geman, D. Geman, *Stochastic Relaxation, Gibbs Distributions, and the Bayesian Restoration of Images*, 1984; R. Neal, *MCMC Using
//! Ensembles of States for Problems with Fast and Slow Variables*, 2010, arXiv:1101.0387 (a pool of places that the present one is part of).

use crate::{
    breath::breathe,
    models::{
        Density, Model,
        fill::{FillWay, Filled, Part},
    },
    nn::distributions::categorical,
    rng::Rng,
    tensors::identity,
};
use burn::tensor::{Int, Tensor};

/// Times that every unknown coordinate is drawn.
const SWEEPS: usize = 12;

/// β of the first sweep.
const WARMEST: f64 = 0.3;

/// Parts of an interval of real numbers.
const PARTS: usize = 64;

/// Where a coordinate may lie, in a model's units.
pub struct Line {
    pub ends: [f64; 2],
    /// How many whole numbers it stands for; real numbers where none are told.
    pub parts: Option<usize>,
}

/// `n` points, each after so many sweeps from a start of its own.
pub async fn filled(model: &dyn Model, part: &Part, lines: &[Line], n: usize, rng: &mut Rng) -> Filled {
    let unknown: Vec<usize> = (0..lines.len()).filter(|&axis| !part.known()[axis]).collect();
    let axes = identity(lines.len(), &part.repeat(1).device());
    let mut x = part.repeat(n);
    for sweep in 0..SWEEPS {
        let beta = (WARMEST + (1.0 - WARMEST) * 2.0 * sweep as f64 / SWEEPS as f64).min(1.0);
        for &axis in &unknown {
            let Line {
                ends: [low, high],
                parts,
            } = &lines[axis];
            let (parts, device) = (parts.unwrap_or(PARTS), x.device());
            let part_width = (high - low) / parts as f64;
            let now = x.clone().narrow(1, axis, 1); // [n, 1]
            let starts = Tensor::<1, Int>::arange(0..parts as i64, &device)
                .float()
                .reshape([1, parts])
                * part_width
                + *low;
            let fresh = rng.uniform_tensor([n, parts], &device) * part_width + starts.clone();
            // in its own part the present place stands
            let away = now.clone() - starts; // [n, parts]
            let own = away
                .clone()
                .greater_equal_elem(0.0)
                .bool_and(away.lower_elem(part_width));
            let places = fresh.mask_where(own, now.repeat_dim(1, parts));
            let unit = axes.clone().narrow(0, axis, 1); // [1, d]
            let rest = x.clone() * (unit.clone().neg() + 1.0);
            let rows = rest.clone().repeat_dim(1, parts).reshape([n * parts, lines.len()]);
            let candidates = rows + places.clone().reshape([n * parts, 1]) * unit.clone();
            let log_prob = log_density(model, candidates, rng).reshape([n, 1, parts]) * beta;
            let chosen = categorical(log_prob, rng).reshape([n, 1]);
            x = rest + places.gather(1, chosen) * unit;
            breathe().await;
        }
    }
    Filled {
        x: part.restored_in(x),
        way: FillWay::Gibbs,
        effective: None,
        log_known: None,
        log_conditional: None,
    }
}

/// log p up to a constant, or a bound on it.
fn log_density(model: &dyn Model, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
    match model.density(x, rng) {
        Density::Exact(log_prob)
        | Density::Estimate(log_prob)
        | Density::LowerBound(log_prob)
        | Density::Unnormalized(log_prob) => log_prob,
        Density::None => unreachable!("only densities are searched"),
    }
}
