//! What a perfect sampler scores: two fresh sets of the data, measured by the code that measures a model.
//!
//! A finite sample is never at distance 0 from its own distribution. A score means something beside this floor.

use super::Estimate;
use crate::data::Points;

/// Mean and standard error of each of `scores` over `repeats` pairs of sets that share no draw, which should have as many points as the model's
/// scores are made on.
pub fn data_versus_data<const N: usize>(
    repeats: usize,
    mut pair: impl FnMut() -> [Points; 2],
    scores: impl Fn(&Points, &Points) -> [f64; N],
) -> [Estimate; N] {
    let run = |_| {
        let [one, other] = pair();
        scores(&one, &other)
    };
    let runs: Vec<[f64; N]> = (0..repeats).map(run).collect();
    std::array::from_fn(|i| Estimate::mean(runs.iter().map(|run| run[i])))
}
