//! Kullback-Leibler divergence from paired log-densities.
//!
//! ```text
//! KL(P ‖ Q) = E_P[log p(x) − log q(x)]      standard error = sd / √n
//! ```
//!
//! References: S. Kullback and R. Leibler, *On Information and Sufficiency*, 1951.

/// A mean with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub stderr: f64,
}

/// KL(P ‖ Q) in nats from log p and log q at the same draws of P; with log p = 0 throughout it is the cross-entropy. A point that Q excludes
/// (log q = −∞) makes it infinite.
pub fn kl_from_log_ratio(log_p: &[f64], log_q: &[f64]) -> Estimate {
    assert_eq!(log_p.len(), log_q.len(), "log-densities come in pairs");
    let n = log_p.len() as f64;
    let ratios = || log_p.iter().zip(log_q).map(|(p, q)| p - q);
    let value = ratios().sum::<f64>() / n;
    let variance = ratios().map(|r| (r - value).powi(2)).sum::<f64>() / (n - 1.0);
    Estimate {
        value,
        stderr: (variance / n).sqrt(),
    }
}
