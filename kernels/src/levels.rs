//! Log-probabilities of whole numbers, one table of logits a row, with their gradient.
//!
//! ```text
//! log P(x) = logitₓ − log Σₖ exp logitₖ      ∂/∂logitₖ = [k = x] − softmax(logits)ₖ
//! ```

use crate::{functions::all, lanes::each, softmax};

/// log P(x), in nats, and its gradient in the logits where that is asked for.
///
/// # Panics
/// Where a slice is shorter than the rows of `x` ask for, no rows are, or an x has no place in its table.
#[inline(never)]
pub fn log_prob(x: &[f32], logits: &[f32], y: &mut [f32], mut by_logits: Option<&mut [f32]>) {
    let k = logits.len() / x.len();
    let mut weights = vec![0.0; k];
    for (i, (x, logits)) in x.iter().zip(logits.chunks_exact(k)).enumerate() {
        let x = *x as usize;
        let largest = softmax::weights(logits, &mut weights);
        let total: f32 = weights.iter().sum();
        y[i] = logits[x] - largest - libm::logf(total);
        if let Some(by_logits) = &mut by_logits {
            let by_logits = &mut by_logits[i * k..(i + 1) * k];
            let share = all(-1.0 / total);
            each([by_logits], [&weights], |_, [weight]| [weight * share]);
            by_logits[x] += 1.0;
        }
    }
}
