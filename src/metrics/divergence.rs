//! Kullback-Leibler divergence from paired log-densities.
//!
//! ```text
//! KL(P ‖ Q) = E_P[log p(x) − log q(x)] ≈ mean of log p(xᵢ) − log q(xᵢ)        standard error = sd / √n
//! ```
//!
//! Both densities are read at the same points, so the noise that they share cancels: near Q = P the error vanishes with the divergence.
//!
//! Where Q is normalised, log(p/q) + q/p − 1 has the same mean, is never negative and spreads far less. It is not used: the mean of q/p is 1 only
//! with all of Q in it, and draws of P never meet what Q keeps where P is not, which is what KL is there to find. A model that puts a share s
//! of its mass elsewhere has KL −log(1 − s) ≈ s; that mean would tell −log(1 − s) − s ≈ s²/2, and with next to no error.
//!
//! Reference: Kullback and Leibler 1951, On Information and Sufficiency, Annals of Mathematical Statistics 22.

use super::Estimate;

/// KL(P ‖ Q) in nats from log p and log q at the same draws of P. With log p = 0 throughout it is the cross-entropy; with draws of Q and the
/// roles exchanged it is the reverse divergence.
///
/// A draw that Q excludes (log q = −∞) makes the value +∞ and its standard error NaN. Where log p = −∞ too, the draw was not P's and the
/// value is NaN, as it is when a density is NaN.
///
/// # Panics
/// If the two differ in length.
pub fn kl_from_log_ratio(log_p: &[f64], log_q: &[f64]) -> Estimate {
    assert_eq!(log_p.len(), log_q.len(), "log-densities come in pairs");
    Estimate::mean(log_p.iter().zip(log_q).map(|(log_p, log_q)| log_p - log_q))
}
