//! Models see data with zero mean and unit scale. Data that readers bring are so already ([`Dataset::units`]).
//!
//! ```text
//! u = (x − shift) / scale        log p_x(x) = log p_u(u) − d · log scale
//! ```
//!
//! One scale for all axes keeps circles round.

use crate::{
    data::{Bounds, Dataset, Points},
    models::Extent,
    rng::{Rng, Stream},
    tensors::tensor,
};
use burn::tensor::{Device, Tensor};

/// Points that fix the scale. The seed is fixed too, so that a data set has one standardisation whatever the run's seed.
const REFERENCE_POINTS: usize = 4096;

/// The affine map between data units and a model's units.
#[derive(Clone, Debug)]
pub struct Standardizer {
    shift: Vec<f64>,
    scale: f64,
}

impl Standardizer {
    /// The map under which a model sees `data`: whole numbers stay as they are, and points that come in units of their own have been scaled.
    pub fn of(data: &dyn Dataset) -> Self {
        if data.levels().is_some() || data.units().is_some() {
            return Self {
                shift: vec![0.0; data.dim()],
                scale: 1.0,
            };
        }
        Self::measured(data)
    }

    /// Mean and average per-axis standard deviation of a reference sample.
    pub fn measured(data: &dyn Dataset) -> Self {
        let points = data.sample(REFERENCE_POINTS, &mut Rng::new(0, Stream::Eval));
        let (n, dim) = (points.len() as f64, points.dim);
        let mean =
            |f: &dyn Fn(&[f32], usize) -> f64, axis: usize| points.rows().map(|row| f(row, axis)).sum::<f64>() / n;
        let shift: Vec<f64> = (0..dim).map(|axis| mean(&|row, i| row[i].into(), axis)).collect();
        let variance = (0..dim)
            .map(|axis| mean(&|row, i| (f64::from(row[i]) - shift[i]).powi(2), axis))
            .sum::<f64>()
            / dim as f64;
        Self {
            shift,
            scale: variance.sqrt(),
        }
    }

    /// Where the data lie, in a model's units: the box that is drawn, and the reference points.
    pub fn extent(&self, data: &dyn Dataset) -> Extent {
        let Bounds { x, y } = data.bounds();
        let points = data.sample(REFERENCE_POINTS, &mut Rng::new(0, Stream::Eval));
        let away = |axis: usize, value: f64| ((value - self.shift[axis]) / self.scale).abs();
        let corners = [x, y].into_iter().take(self.dim()).enumerate();
        let most = corners.flat_map(|(axis, ends)| ends.map(|end| away(axis, end)));
        let seen = points.values.iter().enumerate();
        let seen = seen.map(|(i, &value)| away(i % self.dim(), value.into()));
        Extent {
            most: most.fold(0.0, f64::max),
            all: seen.fold(0.0, f64::max),
        }
    }

    /// Data units to a model's unit: the data's average standard deviation along an axis.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Numbers per point.
    pub fn dim(&self) -> usize {
        self.shift.len()
    }

    /// A model's zero along each axis, in data units.
    pub fn shift(&self) -> &[f64] {
        &self.shift
    }

    /// log|∂x/∂u|: what a model's log-density loses when it is told in data units, in nats.
    pub fn log_det(&self) -> f64 {
        self.dim() as f64 * self.scale.ln()
    }

    /// Uploads data points in a model's units.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn upload(&self, points: &Points, device: &Device) -> Tensor<2> {
        assert_eq!(points.dim, self.dim(), "points and standardizer differ in dimension");
        let standard =
            |(i, &value): (usize, &f32)| ((f64::from(value) - self.shift[i % self.dim()]) / self.scale) as f32;
        let values: Vec<f32> = points.values.iter().enumerate().map(standard).collect();
        tensor(values, [points.len(), points.dim], device)
    }

    /// Brings values read from a model, row by row, back to data units.
    pub fn to_data_units(&self, values: &mut [f32]) {
        for (i, value) in values.iter_mut().enumerate() {
            *value = (f64::from(*value) * self.scale + self.shift[i % self.dim()]) as f32;
        }
    }
}
