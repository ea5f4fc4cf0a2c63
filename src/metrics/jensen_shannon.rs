//! Jensen-Shannon divergence from log-densities at draws of both distributions.
//!
//! ```text
//! JS(P, Q) = ½ KL(P ‖ M) + ½ KL(Q ‖ M),  M = ½ (P + Q)        ½ E_P[log 2 − softplus(log q − log p)] + ½ E_Q[log 2 − softplus(log p − log q)]
//! ```
//!
//! Symmetric, 0 exactly when P = Q and log 2 when they share no point: it stays finite where either Kullback-Leibler divergence does not.
//!
//! Reference: Lin 1991, Divergence Measures Based on the Shannon Entropy, IEEE Transactions on Information Theory 37, doi:10.1109/18.61115.

use super::Estimate;
use std::f64::consts::LN_2;

/// Both log-densities, in nats, at the same draws of one of the two distributions.
#[derive(Clone, Copy, Debug)]
pub struct Draws<'a> {
    /// Of the distribution that the draws are from.
    pub own: &'a [f64],
    pub other: &'a [f64],
}

/// JS(P, Q) in nats. A draw that the other distribution excludes counts log 2; where its own does too, the value is NaN.
///
/// # Panics
/// If the log-densities do not come in pairs.
pub fn jensen_shannon(of_p: Draws, of_q: Draws) -> Estimate {
    let [p, q] = [of_p, of_q].map(|Draws { own, other }| {
        assert_eq!(own.len(), other.len(), "log-densities come in pairs");
        Estimate::mean(own.iter().zip(other).map(|(own, other)| LN_2 - softplus(other - own)))
    });
    Estimate {
        value: 0.5 * (p.value + q.value),
        stderr: 0.5 * p.stderr.hypot(q.stderr),
    }
}

/// log(1 + exp t), safe from overflow.
fn softplus(t: f64) -> f64 {
    t.max(0.0) + (-t.abs()).exp().ln_1p()
}
