//! What the score-matching objectives share: derivatives of an energy that can themselves be learned from.
//!
//! ```text
//! J = E_data[ ½ |score(x) − ∇ log P_data(x)|² ] = E_data[ ½ |∇E|² − tr ∇²E ] + const
//! ```
//!
//! Z drops out of a slope, so nothing has to be sampled from the model. The price: where two islands of data are far apart, slopes at the
//! data say little about how much lies on each.
//!
//! References: A. Hyvärinen, *Estimation of Non-Normalized Statistical Models by Score Matching*, JMLR 6, 2005, theorem 1.

use super::Energy;
use crate::tensors::identity;
use burn::tensor::{Device, Tensor};

/// An energy with directional derivatives in x, tracked in its parameters.
pub trait SmoothEnergy: Energy {
    /// ∇E·v.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`, returns `[n]`
    fn slope(&self, x: Tensor<2>, v: Tensor<2>) -> Tensor<1>;

    /// ∇E·v and vᵀ ∇²E v.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`, returns two of `[n]`
    fn slope_and_curvature(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<1>, Tensor<1>);
}

/// The unit vectors, each for `n` points: rows i·n to i·n + n are eᵢ.
///
/// # Shapes
/// - returns `[d · n, d]`
pub fn unit_vectors(n: usize, d: usize, device: &Device) -> Tensor<2> {
    identity(d, device)
        .reshape([d, 1, d])
        .repeat_dim(1, n)
        .reshape([d * n, d])
}

/// Hyvärinen's J with directions in place of the whole gradient: the loss, E[½ (∇E·v)²] and E[vᵀ ∇²E v], where E sums over the
/// directions of a point that are `orthogonal`, and else takes their mean.
///
/// # Shapes
/// - `x`: `[n, d]`, `directions`: `[k · n, d]`, in blocks of n, returns `[3]`
pub fn hyvarinen(energy: &impl SmoothEnergy, x: Tensor<2>, directions: Tensor<2>, orthogonal: bool) -> Tensor<1> {
    let (n, rows) = (x.dims()[0], directions.dims()[0]);
    let (slope, curvature) = energy.slope_and_curvature(x.repeat_dim(0, rows / n), directions);
    let count = if orthogonal { n } else { rows } as f64;
    let (slope, curvature) = (slope.square().sum() * (0.5 / count), curvature.sum() / count);
    Tensor::cat(vec![slope.clone() - curvature.clone(), slope, curvature], 0)
}
