//! Shares from logits.

use crate::{
    functions::{all, exp},
    lanes::each,
};

/// e^{logit − largest} of each, with the largest: what is divided by its sum are shares.
#[inline(always)]
pub fn weights(logits: &[f32], to: &mut [f32]) -> f32 {
    let largest = logits
        .iter()
        .fold(f32::NEG_INFINITY, |a, b| if *b > a { *b } else { a });
    let shift = all(largest);
    each([to], [logits], |_, [logit]| [exp(logit - shift)]);
    largest
}

/// softmax(logits).
#[inline(always)]
pub fn softmax(logits: &[f32], to: &mut [f32]) {
    weights(logits, to);
    let total = all(to.iter().sum());
    each([to], [], |[weight], []| [weight / total]);
}
