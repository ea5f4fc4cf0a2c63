//! Mixtures of Gaussians whose parameters a network gives, one mixture per coordinate.
//!
//! ```text
//! p(x) = Σₖ πₖ N(x; μₖ, σₖ²)      π = softmax(logits)      log σ = a bounded function of what the network says
//! ```
//!
//! References: C. Bishop, *Mixture Density Networks*, 1994.

use crate::{
    nn::{
        HALF_LN_2PI,
        activation::{Activate, Activation},
        cpu::is_cpu,
        rowwise::mixture_log_prob,
    },
    rng::Rng,
};
use burn::tensor::{Device, Int, Tensor, activation::log_softmax};

/// One density on the line for each coordinate of each point.
pub trait Univariate {
    /// Whether the density has slopes that tell where it rises: steps have none.
    const SMOOTH: bool = true;

    /// log p of each coordinate, in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    fn log_prob(&self, x: Tensor<2>) -> Tensor<2>;

    /// One draw per coordinate.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn sample(&self, rng: &mut Rng) -> Tensor<2>;

    /// Means, where what is drawn are whole numbers.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn mean_count(&self) -> Option<Tensor<2>> {
        None
    }
}

/// Standard Gumbel noise: the largest of logits + noise is a draw from their categorical distribution, and finding it needs no read.
///
/// # Shapes
/// - returns `[rows, columns]`
pub fn gumbel(shape: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
    // u = 0 would make an infinite Gumbel; 2⁻²⁵ is half the generator's spacing
    let u = rng.uniform_tensor(shape, device).clamp_min(2f64.powi(-25));
    u.log().neg().log().neg()
}

/// Draws from softmax(logits) along the last axis by the Gumbel-max trick, which needs no read.
///
/// # Shapes
/// - `logits`: `[n, d, k]`, returns indices `[n, d, 1]`
pub fn categorical(logits: Tensor<3>, rng: &mut Rng) -> Tensor<3, Int> {
    let [n, d, k] = logits.dims();
    let noise = gumbel([n * d, k], rng, &logits.device()).reshape([n, d, k]);
    (logits + noise).argmax(2)
}

/// Numbers that one component takes: logit, mean, raw width.
pub const PER_COMPONENT: usize = 3;

/// Bounds of log σ. Below, a component would close in on a single point and its likelihood would run away; above, it covers the whole
/// of standardised data.
const LOG_SIGMA: [f64; 2] = [-5.0, 1.0];

/// The raw width whose σ is `sigma`.
pub fn raw_width(sigma: f64) -> f64 {
    let share = (sigma.ln() - LOG_SIGMA[0]) / (LOG_SIGMA[1] - LOG_SIGMA[0]);
    (share / (1.0 - share)).ln()
}

/// A mixture for each coordinate of each point.
#[derive(Clone, Debug)]
pub struct GaussianMixture {
    raw: Tensor<3>, // [n, d, 3 · k]: logits, means, raw widths
}

impl GaussianMixture {
    /// Reads `raw` as logits, means and raw widths.
    ///
    /// # Shapes
    /// - `raw`: `[n, d, 3 · k]`
    pub fn new(raw: Tensor<3>) -> Self {
        Self { raw }
    }

    fn part(&self, i: usize) -> Tensor<3> {
        let k = self.raw.dims()[2] / PER_COMPONENT;
        self.raw.clone().narrow(2, i * k, k)
    }

    fn logits(&self) -> Tensor<3> {
        self.part(0)
    }

    fn mu(&self) -> Tensor<3> {
        self.part(1)
    }

    fn log_sigma(&self) -> Tensor<3> {
        Activation::Sigmoid.apply(self.part(2)) * (LOG_SIGMA[1] - LOG_SIGMA[0]) + LOG_SIGMA[0]
    }

    /// The same components with weights that lean away from those of `free`, as far as w says:
    ///
    /// ```text
    /// logit_w,k = logit_k + w (log p(μ_k) − log p_free(μ_k))
    /// ```
    ///
    /// It is a mixture for every w, and tends to p (p / p_free)^w, normalised, as components grow narrow beside that ratio.
    pub fn away_from(&self, free: &Self, w: f64) -> Self {
        let at = self.mu();
        let ratio = self.log_prob_at(at.clone()) - free.log_prob_at(at);
        let logits = self.logits() + ratio * w;
        let k = logits.dims()[2];
        let rest = self.raw.clone().narrow(2, k, (PER_COMPONENT - 1) * k);
        Self::new(Tensor::cat(vec![logits, rest], 2))
    }

    /// log p of each coordinate at several places.
    ///
    /// # Shapes
    /// - `x`: `[n, d, m]`, returns the same
    fn log_prob_at(&self, x: Tensor<3>) -> Tensor<3> {
        let row = |part: Tensor<3>| part.unsqueeze_dim::<4>(2); // [n, d, 1, k]
        let log_sigma = self.log_sigma();
        let z = (x.unsqueeze_dim::<4>(3) - row(self.mu())) * row(log_sigma.clone().neg().exp()); // [n, d, m, k]
        let terms = row(log_softmax(self.logits(), 2) - log_sigma) - z.square() * 0.5;
        let largest = terms.clone().max_dim(3);
        let sum = (terms - largest.clone()).exp().sum_dim(3);
        (sum.log() + largest - HALF_LN_2PI).squeeze_dim(3)
    }

    /// log p of each coordinate, of Burn's operations.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    pub fn log_prob_of_operations(&self, x: Tensor<2>) -> Tensor<2> {
        let log_sigma = self.log_sigma();
        let z = (x.unsqueeze_dim::<3>(2) - self.mu()) * log_sigma.clone().neg().exp(); // [n, d, k]
        let terms = log_softmax(self.logits(), 2) - log_sigma - z.square() * 0.5;
        // log-sum-exp with the largest term taken out; its gradient cancels, so it need not be tracked
        let largest = terms.clone().detach().max_dim(2);
        let sum = (terms - largest.clone()).exp().sum_dim(2);
        (sum.log() + largest - HALF_LN_2PI).squeeze_dim(2)
    }
}

impl Univariate for GaussianMixture {
    fn log_prob(&self, x: Tensor<2>) -> Tensor<2> {
        if is_cpu(&x.device()) {
            mixture_log_prob(x, self.raw.clone(), LOG_SIGMA.map(|bound| bound as f32))
        } else {
            self.log_prob_of_operations(x)
        }
    }

    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let component = categorical(self.logits(), rng); // [n, d, 1]
        let mu = self.mu().gather(2, component.clone());
        let sigma = self.log_sigma().gather(2, component).exp();
        let [n, d, _] = mu.dims();
        let noise = rng.normal_tensor([n, d], &mu.device());
        mu.squeeze_dim(2) + sigma.squeeze_dim(2) * noise
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensors::tensor;

    #[test]
    fn weights_of_narrow_components_lean_as_logits_do() {
        let device = Device::flex();
        // two components at ±1, all but points
        let mixture = |logits: [f32; 2]| {
            let raw = [logits, [-1.0, 1.0], [-6.0, -6.0]].concat();
            GaussianMixture::new(tensor(raw, [1, 6], &device).unsqueeze_dim::<3>(1))
        };
        let guided = mixture([0.3, 1.1]).away_from(&mixture([0.9, 0.2]), 2.0);
        let logits: Vec<f32> = guided.logits().into_data().try_to_vec().expect("f32");
        let expected = 3.0 * (1.1 - 0.3) - 2.0 * (0.2 - 0.9);
        assert!((logits[1] - logits[0] - expected).abs() < 1e-4, "{logits:?}");
        let same = mixture([0.3, 1.1]).away_from(&mixture([0.3, 1.1]), 2.0);
        let at = tensor(vec![0.4], [1, 1], &device);
        let log_p =
            |mixture: GaussianMixture| -> f32 { mixture.log_prob_of_operations(at.clone()).into_scalar::<f32>() };
        let difference = log_p(same) - log_p(mixture([0.3, 1.1]));
        assert!(difference.abs() < 1e-4, "nothing to lean away from: {difference}");
    }
}
