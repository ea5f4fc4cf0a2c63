//! What is foretold of the next token, between the two products of a layer of logits: log-probabilities, and in the logits' place their gradient.
//!
//! ```text
//! log P(x) = zₓ − log Σₖ exp zₖ     ∂/∂zₖ = [k = x] − softmax(z)ₖ     z = logits + bias
//! ```

use crate::{
    functions::{all, exp, settled},
    lanes::{LANES, Lanes, each},
};

/// The larger of each pair, and of all in the end.
fn largest(row: &[f32]) -> f32 {
    let (whole, rest) = row.split_at(row.len() - row.len() % LANES);
    let larger = |a: f32, b: &f32| if *b > a { *b } else { a };
    let mut most = [f32::NEG_INFINITY; LANES];
    for four in whole.chunks_exact(LANES) {
        for (most, x) in most.iter_mut().zip(four) {
            *most = larger(*most, x);
        }
    }
    most.iter().chain(rest).fold(f32::NEG_INFINITY, larger)
}

/// Four sums at a time, then theirs.
fn total(row: &[f32]) -> f32 {
    let (whole, rest) = row.split_at(row.len() - row.len() % LANES);
    let mut sums = all(0.0);
    for four in whole.chunks_exact(LANES) {
        sums += Lanes::new(four.try_into().expect("a whole vector"));
    }
    sums.to_array().iter().chain(rest).sum()
}

/// The sum of log P(x) over the rows, in nats. `logits` are written over by their gradient, whose sum over the rows is added to `by_bias`.
///
/// Shapes: `next` `[n]`, `bias` and `by_bias` `[v]`, `logits` `[n, v]`.
///
/// # Panics
/// Where the logits are not a row for each of `next`, or one of these has no place in a row.
#[inline(never)]
pub fn gradients(next: &[u32], bias: &[f32], logits: &mut [f32], by_bias: &mut [f32]) -> f64 {
    assert_eq!(logits.len(), next.len() * bias.len(), "a row of logits for each token");
    let mut sum = 0.0;
    for (&x, row) in next.iter().zip(logits.chunks_exact_mut(bias.len())) {
        let x = x as usize;
        each([&mut *row], [bias], |[logit], [bias]| [logit + bias]);
        let most = largest(row);
        let right = row[x] - most;
        let shift = all(most);
        each([&mut *row], [], |[logit], []| [exp(logit - shift)]);
        let weights = total(row);
        sum += f64::from(right) - f64::from(libm::logf(weights));
        let share = all(-1.0 / weights);
        each([&mut *row], [], |[weight], []| [settled(weight * share)]);
        row[x] += 1.0;
        each([&mut *by_bias], [row], |[sum], [by]| [sum + by]);
    }
    sum
}
