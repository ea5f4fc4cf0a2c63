//! What a data set's row says of it.

use super::Dataset;
use crate::spec::Text;
use serde::Serialize;

/// A data set as a reader meets it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DataSpec {
    /// As in the literature.
    pub id: &'static str,
    /// Numbers per point: 1 on the line, 2 on the plane, the number of pixels for a picture.
    pub dim: usize,
    /// How many values a number can take, 0, 1, 2, …; `None` where it is real.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub levels: Option<usize>,
    /// How many kinds of points there are, 0 where they are not told apart; of a mixture that is edited, those it begins with.
    pub classes: usize,
    /// What each is called; empty where a number does.
    pub class_names: &'static [Text],
    /// The file that must be given to [`super::provide`] first.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub file: Option<&'static str>,
    /// What each coordinate is, with its unit; empty where it is but a number.
    pub axes: &'static [Text],
    pub label: Text,
    pub help: Text,
    /// Exact differential entropy in nats without extra noise: what −log P_phi averages to when a model is perfect. NaN where it is not known.
    pub entropy: f64,
    /// Builds it with isotropic Gaussian noise added to every point, of the given standard deviation in units of the data set.
    #[serde(skip)]
    pub build: fn(f64) -> Box<dyn Dataset>,
}

impl DataSpec {
    /// Points of `dim` real numbers of which no density is known, without words: a row says what differs.
    pub const fn new(id: &'static str, dim: usize, build: fn(f64) -> Box<dyn Dataset>) -> Self {
        const NONE: Text = Text { en: "", zh: "" };
        Self {
            id,
            dim,
            levels: None,
            classes: 0,
            class_names: &[],
            file: None,
            axes: &[],
            label: NONE,
            help: NONE,
            entropy: f64::NAN,
            build,
        }
    }

    /// Of so many kinds, for which numbers do as names.
    pub const fn of_classes(self, classes: usize) -> Self {
        Self { classes, ..self }
    }

    /// Of kinds with those names.
    pub const fn called(self, class_names: &'static [Text]) -> Self {
        Self {
            classes: class_names.len(),
            class_names,
            ..self
        }
    }
}
