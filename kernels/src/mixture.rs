//! Log-densities of mixtures of Gaussians on the line, one mixture a row, with their gradients.
//!
//! ```text
//! log p(x) = log Σₖ πₖ N(x; μₖ, σₖ²)      π = softmax(logits)      log σ = least + (most − least) · sigmoid(raw)
//! ∂/∂logitₖ = rₖ − πₖ      ∂/∂μₖ = rₖ zₖ / σₖ      ∂/∂log σₖ = rₖ (zₖ² − 1)      rₖ the share of component k, zₖ = (x − μₖ) / σₖ
//! ```
//!
//! Reference: C. Bishop, *Mixture Density Networks*, 1994.

use crate::{
    functions::{all, exp, sigmoid},
    lanes::each,
    softmax,
};

/// ½ log 2π.
const HALF_LN_2PI: f32 = 0.918_938_5;

/// Where the gradients of log p go.
pub struct Gradients<'a> {
    pub by_x: &'a mut [f32],
    pub by_raw: &'a mut [f32],
}

/// log p(x), in nats. A row of `raw` holds logits, means and raw widths, as many of each; log σ lies within `log_sigma`.
///
/// # Panics
/// Where a slice is shorter than the rows of `x` ask for, or no rows are.
#[inline(never)]
pub fn log_prob(log_sigma: [f32; 2], x: &[f32], raw: &[f32], y: &mut [f32], mut gradients: Option<Gradients>) {
    let size = raw.len() / x.len();
    let k = size / 3;
    let range = log_sigma[1] - log_sigma[0];
    // What there is of each component of a row.
    let [mut chances, mut places, mut z, mut narrow, mut terms, mut shares] = [(); 6].map(|()| vec![0.0; k]);
    for (i, (x, raw)) in x.iter().zip(raw.chunks_exact(size)).enumerate() {
        let (logits, rest) = raw.split_at(k);
        let (means, widths) = rest.split_at(k);
        let largest_logit = softmax::weights(logits, &mut chances);
        let total_chance: f32 = chances.iter().sum();
        each(
            [&mut places, &mut z, &mut narrow, &mut terms],
            [logits, means, widths],
            |_, [logit, mean, width]| {
                let place = sigmoid(width);
                let log_sigma = all(log_sigma[0]) + all(range) * place;
                let narrow = exp(-log_sigma);
                let z = (all(*x) - mean) * narrow;
                [place, z, narrow, logit - log_sigma - all(0.5) * z * z]
            },
        );
        let largest = softmax::weights(&terms, &mut shares);
        let total: f32 = shares.iter().sum();
        y[i] = libm::logf(total) + largest - libm::logf(total_chance) - largest_logit - HALF_LN_2PI;
        if let Some(gradients) = &mut gradients {
            let (by_logits, rest) = gradients.by_raw[i * size..(i + 1) * size].split_at_mut(k);
            let (by_means, by_widths) = rest.split_at_mut(k);
            let (per_total, per_chance) = (all(1.0 / total), all(1.0 / total_chance));
            each([by_logits], [&shares, &chances], |_, [share, chance]| {
                [share * per_total - chance * per_chance]
            });
            each(
                [by_means, by_widths],
                [&shares, &z, &narrow, &places],
                |_, [share, z, narrow, place]| {
                    let share = share * per_total;
                    let turn = all(range) * place * (all(1.0) - place);
                    [share * z * narrow, share * (z * z - all(1.0)) * turn]
                },
            );
            gradients.by_x[i] = -by_means.iter().sum::<f32>();
        }
    }
}
