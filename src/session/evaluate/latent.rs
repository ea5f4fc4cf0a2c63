//! How many latents an encoder uses.
//!
//! ```text
//! latent i is active:  Var_x( E_q[zᵢ | x] ) > 0.01 Var_p( zᵢ )
//! ```
//!
//! Under the prior N(0, I) that is the published rule. A prior that learns may be of any width, and the codes with it.
//!
//! Reference: Y. Burda, R. Grosse, R. Salakhutdinov, *Importance Weighted Autoencoders*, 2016, arXiv:1509.00519, section 5.2.

use super::labels;
use crate::{
    data::Points,
    error::Result,
    metrics::Estimate,
    session::{
        Run,
        frame::PackedRead,
        metric::{Metric, MetricGroup},
    },
};
use burn::tensor::Device;

/// The threshold of Burda et al.
const ACTIVE: f64 = 0.01;

impl Run {
    /// The number of active latents, where the model encodes.
    pub(super) async fn latent_metrics(&self, held_out: &Points, device: &Device) -> Result<Option<Metric>> {
        let x = self.standardizer.upload(held_out, device);
        let codes = match self.one_hot(held_out, device) {
            Some(y) => self.model.given(Some(y)).encode(x),
            None => self.model.encode(x),
        };
        let Some((codes, prior)) = codes.zip(self.model.prior()) else {
            return Ok(None);
        };
        let [_, latents] = codes.dims();
        let mut packed = PackedRead::default();
        packed.push(codes);
        packed.push(prior);
        let read = packed.read().await?;
        let count = Estimate {
            value: active(latents, &read[0], &read[1]) as f64,
            stderr: 0.0,
        };
        Ok(Some(Metric::new(
            "active_units",
            labels::ACTIVE_UNITS,
            MetricGroup::Latent,
            count,
            f64::NAN,
        )))
    }
}

/// Latents in use.
///
/// # Shapes
/// - `codes`: `[n, latents]`, means of the encoder; `prior`: `[c, 1 + 2 latents]`, weight, means and standard deviations of each Gaussian
fn active(latents: usize, codes: &[f32], prior: &[f32]) -> usize {
    let n = (codes.len() / latents) as f64;
    let spread = |i: usize| {
        let column = codes.iter().skip(i).step_by(latents);
        variance(column.map(|&z| (1.0 / n, f64::from(z), 0.0)))
    };
    let prior_spread = |i: usize| {
        let components = prior.chunks_exact(1 + 2 * latents);
        variance(components.map(|c| [c[0], c[1 + i], c[1 + latents + i]].map(f64::from).into()))
    };
    (0..latents).filter(|&i| spread(i) > ACTIVE * prior_spread(i)).count()
}

/// Variance of a mixture of Gaussians of these weights, means and standard deviations.
fn variance(components: impl Iterator<Item = (f64, f64, f64)> + Clone) -> f64 {
    let mean: f64 = components.clone().map(|(weight, mean, _)| weight * mean).sum();
    components
        .map(|(weight, at, deviation)| weight * ((at - mean).powi(2) + deviation.powi(2)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latent_is_active_where_codes_move_by_a_tenth_of_the_priors_width() {
        // The first latent moves by 0.2, the second by 0.05 to either side.
        let codes = [0.2, 3.05, -0.2, 2.95, 0.2, 3.05, -0.2, 2.95];
        let standard = [1.0, 0.0, 0.0, 1.0, 1.0];
        assert_eq!(active(2, &codes, &standard), 1);
        // Two Gaussians of width 0.1, apart in the first latent only: the second latent is in use as well.
        let narrow = [0.5, 0.2, 3.0, 0.1, 0.1, 0.5, -0.2, 3.0, 0.1, 0.1];
        assert_eq!(active(2, &codes, &narrow), 2);
        // Far apart and unequal: the first latent's variance is 0.09 · 100 + 0.01, of which the codes use less than a hundredth.
        let wide = [0.9, 0.0, 3.0, 0.1, 0.1, 0.1, 10.0, 3.0, 0.1, 0.1];
        assert_eq!(active(2, &codes, &wide), 1);
    }
}
