//! Classifier-free guidance: beyond the answer for the class, away from the answer for none.
//!
//! ```text
//! y_w(x, t) = (1 + w) y(x, t | class) − w y(x, t)      w = 0: the conditional answer itself
//! ```
//!
//! Velocity and noise are both linear in the answer, so the rule is the same for each. What the flow of y_w carries noise to is a distribution with
//! a density of its own, which solvers compute as any other; it is not p(x | class) p(class | x)^w, towards which it leans.
//!
//! Reference: J. Ho and T. Salimans, *Classifier-Free Diffusion Guidance*, 2022, arXiv:2207.12598.

use super::Net;
use burn::tensor::Tensor;

/// The answer for a class, guided where there is something to be guided by.
pub struct Guided<'a, N> {
    /// The answer for the class.
    pub told: &'a N,
    /// The answer for no class, and w.
    pub away_from: Option<(N, f64)>,
}

impl<N: Net> Net for Guided<'_, N> {
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        match &self.away_from {
            None => self.told.forward(x, t),
            Some((free, w)) => beyond(self.told.forward(x.clone(), t.clone()), free.forward(x, t), *w),
        }
    }

    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let Some((free, w)) = &self.away_from else {
            return self.told.jvps(x, vs, t);
        };
        let (told, told_slopes) = self.told.jvps(x.clone(), vs.clone(), t.clone());
        let (free, free_slopes) = free.jvps(x, vs, t);
        let slopes = told_slopes.into_iter().zip(free_slopes);
        (
            beyond(told, free, *w),
            slopes.map(|(told, free)| beyond(told, free, *w)).collect(),
        )
    }
}

/// (1 + w) `told` − w `free`.
fn beyond(told: Tensor<2>, free: Tensor<2>, w: f64) -> Tensor<2> {
    told * (1.0 + w) - free * w
}
