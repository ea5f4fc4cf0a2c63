//! Exam scores: a distribution on the line with a large middle, a group that struggled and a few at the top.
//!
//! ```text
//! p(x) = 0.68 N(x; 70, 7²) + 0.22 N(x; 40, 6²) + 0.10 N(x; 90, 3²)
//! ```
//!
//! The mixture is not cut at 0 and 100, so that its density stays in closed form: 5e-5 of the mass lies above 100.

use super::{
    Bounds, Dataset,
    mixture::{Component, Mixture},
};

/// Scores on the scale from 0 to 100: most near 70, some near 40, a few near 90.
pub fn exam_scores(noise: f64) -> Box<dyn Dataset> {
    let components = vec![
        Component {
            weight: 0.68,
            mean: [70.0],
            sigma: 7.0,
        },
        Component {
            weight: 0.22,
            mean: [40.0],
            sigma: 6.0,
        },
        Component {
            weight: 0.10,
            mean: [90.0],
            sigma: 3.0,
        },
    ];
    Box::new(Mixture::new(components, Bounds::interval(0.0, 110.0), noise))
}
