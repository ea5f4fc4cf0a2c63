//! Learning rates over the steps.
//!
//! ```text
//! rate(t) = lr · min(1, (t + 1) / warmup) · decay(t)        t = 0, 1, …: updates since the schedule began
//! cosine:      decay = f + (1 − f) ½ (1 + cos π min(t / T, 1)),  f = 0.01
//! inverse_sqrt: decay = 1 / √(1 + t / T)
//! ```
//!
//! On a page without an end a schedule may have run down when a reader moves a setting. Then it begins anew (a warm restart), so that what was
//! changed is learned at the full rate.
//!
//! References: I. Loshchilov and F. Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, 2017, arXiv:1608.03983; P. Goyal et
//! al., *Accurate, Large Minibatch SGD*, 2017, arXiv:1706.02677 (warm-up).

use crate::spec::training::{Schedule, Training};
use std::f64::consts::PI;

/// Where a cosine ends: the page has no last step, so learning never stops altogether.
const FLOOR: f64 = 0.01;

/// The learning rate `t` updates after the schedule began.
pub fn rate(training: &Training, t: u64) -> f64 {
    let progress = t as f64 / training.schedule_steps;
    let decay = match training.schedule {
        Schedule::Constant => 1.0,
        Schedule::Cosine => FLOOR + (1.0 - FLOOR) * 0.5 * (1.0 + (PI * progress.min(1.0)).cos()),
        Schedule::InverseSqrt => (1.0 + progress).sqrt().recip(),
    };
    let warm = ((t + 1) as f64 / training.warmup.max(1.0)).min(1.0);
    training.learning_rate * warm * decay
}
