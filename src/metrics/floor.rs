//! What a perfect sampler scores: fresh sets of the data, measured by the code that measures a model.
//!
//! A finite sample is never at distance 0 from its own distribution. A score means something beside this floor.

use super::Estimate;

/// Mean and standard error of each of the scores over `repeats`, each of sets of their own that share no draw and have as many points as the model's
/// scores are made on.
pub fn floor<const N: usize>(repeats: &[[f64; N]]) -> [Estimate; N] {
    std::array::from_fn(|i| Estimate::mean(repeats.iter().map(|scores| scores[i])))
}
