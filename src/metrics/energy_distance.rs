//! Energy distance: how much farther points are from the other set than from their own.
//!
//! ```text
//! D²(P, Q) = 2 E|X − Y| − E|X − X'| − E|Y − Y'|        X, X' ~ P   Y, Y' ~ Q   independent;   0 exactly when P = Q
//! ```
//!
//! Reference: Székely and Rizzo 2013, Energy statistics, Journal of Statistical Planning and Inference 143, doi:10.1016/j.jspi.2013.03.018.

use super::{Estimate, pairs};
use crate::data::Points;

/// The unbiased estimate of D², in data units: 0 on average for equal distributions, so it is often negative. Costs n² distances.
///
/// # Panics
/// If a set has fewer than two points or the dimensions differ.
pub fn energy_distance(a: &Points, b: &Points) -> Estimate {
    pairs::two_sample(a, b, |square| -square.sqrt())
}
