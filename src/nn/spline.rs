//! Monotone rational-quadratic splines: a curve through knots that is cheap to invert and to differentiate.
//!
//! ```text
//! bin k: width w, height h, slopes d, d⁺ at its ends, s = h / w, θ = (x − xₖ) / w ∈ [0, 1]
//! y = yₖ + h (s θ² + d θ(1−θ)) / D                      D = s + (d⁺ + d − 2s) θ(1−θ)
//! dy/dx = s² (d⁺ θ² + 2 s θ(1−θ) + d (1−θ)²) / D²
//! ```
//!
//! Outside [−B, B] the map is the identity, and the slopes at ±B are 1, so that it stays smooth there.
//!
//! References: C. Durkan, A. Bekasov, I. Murray, G. Papamakarios, *Neural Spline Flows*, 2019, arXiv:1906.04032.

use crate::{nn::dense::product, tensors::tensor};
use burn::tensor::{
    Device, Tensor,
    activation::{softmax, softplus},
};
use kernels::{curve::Curve, spline::Bins};

/// B in standardised units: 5 standard deviations hold the data and all but 6e-7 of the Gaussian.
const HALF_WIDTH: f64 = 5.0;

/// Least share of a bin, so that no bin closes (the value of Durkan et al.).
const MIN_SHARE: f64 = 1e-3;

/// Least slope at a knot (the value of Durkan et al.).
const MIN_SLOPE: f64 = 1e-3;

/// softplus⁻¹(1 − MIN_SLOPE): raw slopes of zero are slopes of one.
const SLOPE_SHIFT: f64 = 0.539_742_4;

/// How many raw numbers one spline of `bins` bins takes: widths, heights and the slopes between bins.
pub const fn raw_size(bins: usize) -> usize {
    curve(bins).raw_size()
}

/// The kernel's name for such a spline.
pub const fn curve(bins: usize) -> Curve {
    Curve::Spline(Bins {
        count: bins,
        half_width: HALF_WIDTH as f32,
        min_share: MIN_SHARE as f32,
        min_slope: MIN_SLOPE as f32,
        slope_shift: SLOPE_SHIFT as f32,
    })
}

/// One spline per row.
pub struct Spline {
    left: Tensor<2>,   // [n, bins], knots in x
    widths: Tensor<2>, // [n, bins]
    bottom: Tensor<2>, // [n, bins], knots in y
    heights: Tensor<2>,
    slopes: Tensor<2>,      // [n, bins], at the left ends
    next_slopes: Tensor<2>, // [n, bins], at the right ends
}

/// The pieces of the bin that each row falls into, `[n, 1]` each.
struct Bin {
    left: Tensor<2>,
    width: Tensor<2>,
    bottom: Tensor<2>,
    height: Tensor<2>,
    slope: Tensor<2>,
    next_slope: Tensor<2>,
}

impl Spline {
    /// Splines from unconstrained numbers.
    ///
    /// # Shapes
    /// - `raw`: `[n, raw_size(bins)]`
    pub fn new(raw: Tensor<2>, bins: usize) -> Self {
        let [n, size] = raw.dims();
        assert_eq!(
            size,
            raw_size(bins),
            "a spline of {bins} bins takes {} numbers, got {size}",
            raw_size(bins)
        );
        let device = raw.device();
        let (left, widths) = knots(raw.clone().narrow(1, 0, bins), &device);
        let (bottom, heights) = knots(raw.clone().narrow(1, bins, bins), &device);
        let inner = softplus(raw.narrow(1, 2 * bins, bins - 1) + SLOPE_SHIFT, 1.0) + MIN_SLOPE;
        let end = Tensor::ones([n, 1], &device);
        let slopes = Tensor::cat(vec![end.clone(), inner.clone()], 1);
        let next_slopes = Tensor::cat(vec![inner, end], 1);
        Self {
            left,
            widths,
            bottom,
            heights,
            slopes,
            next_slopes,
        }
    }

    /// y and log dy/dx.
    ///
    /// # Shapes
    /// - `x`: `[n, 1]`, returns two of `[n, 1]`
    pub fn forward(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (inside, clamped) = inside(&x);
        let bin = self.bin(&clamped, &self.left);
        let theta = (clamped - bin.left.clone()) / bin.width.clone();
        let (y, log_slope) = bin.evaluate(theta);
        (mix(&inside, y, x), log_slope * inside)
    }

    /// x and log dx/dy: the exact inverse of [`Spline::forward`].
    ///
    /// # Shapes
    /// - `y`: `[n, 1]`, returns two of `[n, 1]`
    pub fn inverse(&self, y: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (inside, clamped) = inside(&y);
        let bin = self.bin(&clamped, &self.bottom);
        let s = bin.height.clone() / bin.width.clone();
        // a θ² + b θ + c = 0, in the form of Durkan et al., equation 29, whose root below never cancels.
        let rise = clamped - bin.bottom.clone();
        let bend = rise.clone() * (bin.slope.clone() + bin.next_slope.clone() - s.clone() * 2.0);
        let a = bin.height.clone() * (s.clone() - bin.slope.clone()) + bend.clone();
        let b = bin.height.clone() * bin.slope.clone() - bend;
        let c = rise.neg() * s;
        let root = (b.clone().square() - a * c.clone() * 4.0).clamp_min(0.0).sqrt();
        let theta = (c * 2.0) / (b.neg() - root);
        let x = bin.left.clone() + theta.clone() * bin.width.clone();
        let (_, log_slope) = bin.evaluate(theta);
        (mix(&inside, x, y), log_slope.neg() * inside)
    }

    /// The bin that each row's value falls into, by where the bins start.
    fn bin(&self, value: &Tensor<2>, starts: &Tensor<2>) -> Bin {
        let [n, bins] = starts.dims();
        // One-hot by comparison: to search and gather would take sorts or reads that a GPU in a browser cannot wait for.
        let reached = value.clone().expand([n, bins]).greater_equal(starts.clone()).float();
        let zeros = Tensor::zeros([n, 1], &starts.device());
        let next_reached = Tensor::cat(vec![reached.clone().narrow(1, 1, bins - 1), zeros], 1);
        let one_hot = reached - next_reached;
        let pick = |of: &Tensor<2>| (of.clone() * one_hot.clone()).sum_dim(1);
        Bin {
            left: pick(&self.left),
            width: pick(&self.widths),
            bottom: pick(&self.bottom),
            height: pick(&self.heights),
            slope: pick(&self.slopes),
            next_slope: pick(&self.next_slopes),
        }
    }
}

impl Bin {
    /// y and log dy/dx at θ, `[n, 1]` each.
    fn evaluate(&self, theta: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let s = self.height.clone() / self.width.clone();
        let between = theta.clone() * (theta.clone().neg() + 1.0); // θ(1−θ)
        let bend = self.next_slope.clone() + self.slope.clone() - s.clone() * 2.0;
        let denominator = s.clone() + bend * between.clone();
        let rise = s.clone() * theta.clone().square() + self.slope.clone() * between.clone();
        let y = self.bottom.clone() + self.height.clone() * rise / denominator.clone();
        let slope = self.next_slope.clone() * theta.clone().square()
            + s.clone() * between * 2.0
            + self.slope.clone() * (theta.neg() + 1.0).square();
        (y, s.log() * 2.0 + slope.log() - denominator.log() * 2.0)
    }
}

/// Starts and sizes of bins that fill [−B, B], from raw numbers `[n, bins]`.
fn knots(raw: Tensor<2>, device: &Device) -> (Tensor<2>, Tensor<2>) {
    let [_, bins] = raw.dims();
    let shares = softmax(raw, 1) * (1.0 - MIN_SHARE * bins as f64) + MIN_SHARE;
    let sizes = shares * (2.0 * HALF_WIDTH);
    // Sums of all earlier sizes, as a product with a strictly upper triangular matrix of ones.
    let earlier: Vec<f32> = (0..bins * bins)
        .map(|k| if k / bins < k % bins { 1.0 } else { 0.0 })
        .collect();
    let earlier = tensor(earlier, [bins, bins], device);
    (product(sizes.clone(), earlier) - HALF_WIDTH, sizes)
}

/// 1 where |x| < B and 0 elsewhere, and x held inside.
fn inside(x: &Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    // A hair inside, so that rounding never puts a value beyond the last knot.
    let edge = HALF_WIDTH * (1.0 - 1e-6);
    (x.clone().abs().lower_elem(edge).float(), x.clone().clamp(-edge, edge))
}

/// `a` where the mask is 1, `b` where it is 0.
fn mix(mask: &Tensor<2>, a: Tensor<2>, b: Tensor<2>) -> Tensor<2> {
    mask.clone() * a + (mask.clone().neg() + 1.0) * b
}
