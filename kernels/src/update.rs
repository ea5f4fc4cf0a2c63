//! One step of gradient descent in one pass over all parameters.

use crate::{
    functions::all,
    lanes::{LANES, Lanes, each},
};

/// A rule that turns a gradient into a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// m ← β₁ m + g, θ ← θ − length · m.
    Momentum,
    /// v ← β₂ v + (1 − β₂) g², θ ← θ − length · g / (√v + ε).
    RmsProp,
    /// Both means, θ ← θ − length · m / (√v + ε).
    Adam,
}

/// What a step is made of beside the vectors.
#[derive(Clone, Copy, Debug)]
pub struct Update {
    pub rule: Rule,
    pub beta_1: f64,
    pub beta_2: f64,
    pub epsilon: f64,
    /// The learning rate, with what the means lack after few steps.
    pub length: f64,
    /// Share of itself that a parameter loses where weight decay acts.
    pub decay: f64,
    /// Longest gradient, 0 for any.
    pub clip: f64,
    /// Share of the average that it keeps: θ̄ ← keep θ̄ + (1 − keep) θ.
    pub keep: f64,
}

/// The vectors of a learner, of one length.
pub struct Vectors<'a> {
    pub theta: &'a mut [f32],
    pub m: &'a mut [f32],
    pub v: &'a mut [f32],
    pub average: &'a mut [f32],
}

/// Moves all `vectors` along the gradient `g`; `decays` is 1 where weight decay acts and 0 elsewhere.
///
/// # Panics
/// Where the slices differ in length.
#[inline(never)]
pub fn update(update: &Update, vectors: Vectors, g: &[f32], decays: &[f32]) {
    let [
        beta_1,
        beta_2,
        epsilon,
        length,
        decay,
        keep,
        rest_1,
        rest_2,
        rest,
        shrink,
    ] = [
        update.beta_1,
        update.beta_2,
        update.epsilon,
        update.length,
        update.decay,
        update.keep,
        1.0 - update.beta_1,
        1.0 - update.beta_2,
        1.0 - update.keep,
        f64::from(shrink(update.clip as f32, g)),
    ]
    .map(|number| all(number as f32));
    let Vectors { theta, m, v, average } = vectors;
    let written = [theta, m, v, average];
    match update.rule {
        Rule::Momentum => each(written, [g], |[theta, m, v, average], [g]| {
            let m = beta_1 * m + shrink * g;
            let theta = theta - length * m;
            [theta, m, v, keep * average + rest * theta]
        }),
        Rule::RmsProp => each(written, [g], |[theta, m, v, average], [g]| {
            let g = shrink * g;
            let v = beta_2 * v + rest_2 * (g * g);
            let theta = theta - length * g / (v.sqrt() + epsilon);
            [theta, m, v, keep * average + rest * theta]
        }),
        Rule::Adam => each(written, [g, decays], |[theta, m, v, average], [g, decays]| {
            let g = shrink * g;
            let m = beta_1 * m + rest_1 * g;
            let v = beta_2 * v + rest_2 * (g * g);
            let theta = theta - theta * decays * decay - length * m / (v.sqrt() + epsilon);
            [theta, m, v, keep * average + rest * theta]
        }),
    }
}

/// What brings `g` to the length `clip` if it is longer.
fn shrink(clip: f32, g: &[f32]) -> f32 {
    if clip <= 0.0 {
        return 1.0;
    }
    let norm = sum_of_squares(g).sqrt();
    // none of the numbers stays none
    if norm > clip { clip / norm } else { norm * 0.0 + 1.0 }
}

/// Σ gᵢ² in four sums, whatever the vectors of the machine.
fn sum_of_squares(g: &[f32]) -> f32 {
    let (whole, rest) = g.as_chunks::<LANES>();
    let mut sums = all(0.0);
    for g in whole {
        let g = Lanes::new(*g);
        sums += g * g;
    }
    sums.to_array().iter().sum::<f32>() + rest.iter().map(|g| g * g).sum::<f32>()
}
