//! Small models that have learned for a while: most maps are nearly the identity before, and much that is wrong cannot be seen.

use crate::common::{SMALL, dataset, device, settings_where_known, space};
use dgm::{
    data::Dataset,
    models::{
        Model,
        spec::{DensityKind, Family, ModelSpec},
    },
    rng::{Rng, Stream},
    session::standardize::Standardizer,
};

/// By then every family has found the clusters.
const STEPS: usize = 300;

const BATCH: usize = 256;

/// Beside the small sizes: solvers so fine, and bounds of so many latents from a q no narrower than the
/// posterior, that their error is far below a
/// sampling error.
const FINE: &[(&str, f64)] = &[
    ("solver", 3.0),
    ("solver_steps", 20.0),
    ("density_steps", 8.0),
    ("bound_samples", 500.0),
    ("kl_warmup", 0.0),
];

/// A small model after [`STEPS`] steps on a data set.
pub struct Trained {
    pub spec: &'static ModelSpec,
    pub model: Box<dyn Model>,
    pub dim: usize,
    /// For messages.
    pub what: String,
    data: Box<dyn Dataset>,
}

impl Trained {
    /// The data sets that a row is trained on: two on the plane and one on the line where a look at its density costs little; one of each
    /// where that takes the many steps of a solver for every point; the line alone where it takes many latents.
    pub fn data(spec: &'static ModelSpec) -> impl Iterator<Item = &'static str> {
        let sets: &[(usize, &str)] = match (spec.density, spec.family) {
            (DensityKind::Exact, _) | (_, Family::Energy) => {
                &[(1, "exam-scores"), (2, "8gaussians"), (2, "25gaussians")]
            }
            (_, Family::Diffusion) => &[(1, "exam-scores"), (2, "8gaussians")],
            (DensityKind::Bound, _) => &[(1, "exam-scores")],
            _ => &[],
        };
        let learned = sets.iter().filter(|(dim, _)| spec.dims.contains(dim));
        learned.map(|&(_, data)| data)
    }

    /// Trains it, with some settings of its own.
    pub fn new(spec: &'static ModelSpec, data: &str, own: &[(&str, f64)]) -> Self {
        let (what, data) = (format!("{} on {data}", spec.id), dataset(data));
        let dim = data.space().dim;
        let settings = settings_where_known(spec, &[SMALL, FINE, own].concat());
        let mut model = (spec.build)(
            space(dim),
            &settings,
            &mut Rng::new(11, Stream::Init),
            &device().autodiff(),
        );
        let standardizer = Standardizer::of(data.as_ref());
        let (mut points, mut noise) = (Rng::new(11, Stream::Data), Rng::new(11, Stream::Noise));
        for _ in 0..STEPS {
            let x = standardizer.upload(&data.sample(BATCH, &mut points), &device());
            model.train_step(x, &mut noise);
        }
        Self {
            spec,
            model,
            dim,
            what,
            data,
        }
    }

    /// Standardised points of its data set.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn points(&self, n: usize) -> burn::tensor::Tensor<2> {
        let points = self.data.sample(n, &mut Rng::new(12, Stream::Data));
        Standardizer::of(self.data.as_ref()).upload(&points, &device())
    }
}
