//! Two distributions over a few outcomes, and what it costs to take one for the other.
//!
//! ```text
//! KL(P ‖ Q) = Σ P(x) log P(x)/Q(x)      TV = ½ Σ |P(x) − Q(x)|      JS = ½ KL(P ‖ M) + ½ KL(Q ‖ M),  M = ½ (P + Q)
//! ```
//!
//! A term may be negative, the sum never is: log is concave (Jensen). An outcome that P has and Q excludes costs infinitely much; one that P
//! lacks costs nothing.
//!
//! References: S. Kullback and R. Leibler, *On Information and Sufficiency*, 1951; J. Lin, *Divergence Measures Based on the Shannon Entropy*,
//! 1991.

use crate::error::{Error, Result};
use serde::Serialize;

/// Most outcomes that can be told apart in a figure.
pub const MOST: usize = 64;

/// P and Q with their divergences, in nats.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Bars {
    /// P and Q, each summing to one.
    pub p: Vec<f64>,
    pub q: Vec<f64>,
    /// P log P/Q of each outcome; infinite where Q excludes what P has.
    pub terms: Vec<f64>,
    /// Q log Q/P of each.
    pub reverse_terms: Vec<f64>,
    pub kl: f64,
    pub reverse_kl: f64,
    pub total_variation: f64,
    pub jensen_shannon: f64,
    pub entropy: f64,
    pub cross_entropy: f64,
}

/// Compares two distributions given as heights of bars, which need not sum to one.
///
/// # Errors
/// Where they are not as many, fewer than 2 or more than [`MOST`], where a height is negative or not finite, or where none is above 0.
pub fn compare(p: &[f64], q: &[f64]) -> Result<Bars> {
    if p.len() != q.len() {
        return Err(Error::BadRequest {
            reason: format!("P has {} outcomes and Q {}", p.len(), q.len()),
        });
    }
    let [p, q] = [("P", p), ("Q", q)].map(|(name, heights)| normalised(name, heights));
    let (p, q) = (p?, q?);
    let terms: Vec<f64> = p.iter().zip(&q).map(|(&p, &q)| term(p, q)).collect();
    let reverse_terms: Vec<f64> = p.iter().zip(&q).map(|(&p, &q)| term(q, p)).collect();
    let middle = |own: &[f64], other: &[f64]| -> f64 {
        let pairs = own.iter().zip(other);
        0.5 * pairs.map(|(&own, &other)| term(own, 0.5 * (own + other))).sum::<f64>()
    };
    let entropy = -p.iter().map(|&p| term(p, 1.0)).sum::<f64>();
    let kl = terms.iter().sum::<f64>();
    Ok(Bars {
        kl,
        reverse_kl: reverse_terms.iter().sum(),
        total_variation: 0.5 * p.iter().zip(&q).map(|(p, q)| (p - q).abs()).sum::<f64>(),
        jensen_shannon: middle(&p, &q) + middle(&q, &p),
        entropy,
        cross_entropy: entropy + kl,
        terms,
        reverse_terms,
        p,
        q,
    })
}

/// a log a/b, 0 at a = 0.
fn term(a: f64, b: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a * (a / b).ln() }
}

fn normalised(name: &str, heights: &[f64]) -> Result<Vec<f64>> {
    let refused = |reason| Err(Error::BadRequest { reason });
    if !(2..=MOST).contains(&heights.len()) {
        return refused(format!("{name} has {} outcomes; give 2 to {MOST}", heights.len()));
    }
    if let Some(i) = heights.iter().position(|height| !(0.0..f64::INFINITY).contains(height)) {
        return refused(format!("height {} of {name} is {}; give 0 or more", i + 1, heights[i]));
    }
    let largest = heights.iter().copied().fold(0.0, f64::max);
    if largest == 0.0 {
        return refused(format!("every height of {name} is 0; a distribution sums to one"));
    }
    // by the largest first, so that a sum of large ones stays finite
    let shares: Vec<f64> = heights.iter().map(|height| height / largest).collect();
    let sum: f64 = shares.iter().sum();
    Ok(shares.iter().map(|share| share / sum).collect())
}
