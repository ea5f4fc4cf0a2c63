//! What a perfect sampler scores: two fresh sets of the data, measured by the code that measures a model.
//!
//! A finite sample is never at distance 0 from its own distribution. A score means something beside this floor.

use super::Estimate;
use crate::data::Points;

/// Mean and standard error of `score` over `repeats` pairs of sets from `draw`, which should give as many points as the model's score is made on.
pub fn data_versus_data(
    repeats: usize,
    mut draw: impl FnMut() -> Points,
    score: impl Fn(&Points, &Points) -> f64,
) -> Estimate {
    let scores: Vec<f64> = (0..repeats).map(|_| score(&draw(), &draw())).collect();
    Estimate::mean(scores.iter().copied())
}
