//! Monotone rational-quadratic splines, a row at a time, with their gradients.
//!
//! ```text
//! bin k: width w, height h, slopes d, d⁺ at its ends, s = h / w, θ = (x − xₖ) / w ∈ [0, 1], b = θ(1−θ)
//! y = yₖ + h R / D         R = s θ² + d b        D = s + (d⁺ + d − 2s) b
//! dy/dx = s² N / D²        N = d⁺ θ² + 2 s b + d (1−θ)²
//! ```
//!
//! Reference: C. Durkan, A. Bekasov, I. Murray, G. Papamakarios, *Neural Spline Flows*, 2019, arXiv:1906.04032.

use crate::{
    functions::one::{exp, sigmoid},
    softmax::softmax,
};
use std::cmp::Ordering;

/// What is fixed about a spline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bins {
    pub count: usize,
    /// The spline lies on ± it, and is the identity beyond.
    pub half_width: f32,
    pub min_share: f32,
    pub min_slope: f32,
    /// Added to a raw slope.
    pub slope_shift: f32,
}

/// Room for the shares that a row's bins have of the width and of the height.
pub(crate) type Shares = [Vec<f32>; 2];

impl Bins {
    /// Raw numbers a row: the bins' widths and heights, the slopes between bins.
    pub const fn raw_size(&self) -> usize {
        3 * self.count - 1
    }

    /// y and log dy/dx.
    pub(crate) fn forward(&self, x: f32, raw: &[f32], shares: &mut Shares) -> (f32, f32) {
        if !self.inside(x) {
            return (x, 0.0);
        }
        let bin = Bin::of(self, raw, x, Axis::Widths, shares);
        bin.at((x - bin.left) / bin.width).value()
    }

    /// x and log dx/dy.
    pub(crate) fn inverse(&self, y: f32, raw: &[f32], shares: &mut Shares) -> (f32, f32) {
        if !self.inside(y) {
            return (y, 0.0);
        }
        let bin = Bin::of(self, raw, y, Axis::Heights, shares);
        let theta = bin.share_at(y);
        let (_, log_slope) = bin.at(theta).value();
        (bin.left + theta * bin.width, -log_slope)
    }

    /// y and log dy/dx, each with its derivative in x; those in the raw numbers go to `by_raw`, which holds zeros.
    pub(crate) fn with_gradients(
        &self,
        x: f32,
        raw: &[f32],
        shares: &mut Shares,
        [y_by_raw, log_slope_by_raw]: [&mut [f32]; 2],
    ) -> [(f32, f32); 2] {
        if !self.inside(x) {
            return [(x, 1.0), (0.0, 0.0)];
        }
        let bin = Bin::of(self, raw, x, Axis::Widths, shares);
        let point = bin.at((x - bin.left) / bin.width);
        let (y, log_slope) = point.value();
        let [of_y, of_log_slope] = point.gradients();
        [
            (y, bin.spread(self, raw, shares, of_y, y_by_raw)),
            (log_slope, bin.spread(self, raw, shares, of_log_slope, log_slope_by_raw)),
        ]
    }
}

/// Along which the bin is looked for.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Widths,
    Heights,
}

impl Bins {
    /// A hair inside, so that rounding never puts a value beyond the last knot.
    fn inside(&self, x: f32) -> bool {
        x.abs() < self.half_width * (1.0 - 1e-6)
    }

    /// What all bins share out beyond the least share of each.
    fn spare(&self) -> f32 {
        1.0 - self.min_share * self.count as f32
    }

    /// Size of a bin whose share of the spare is `share`.
    fn size(&self, share: f32) -> f32 {
        2.0 * self.half_width * (share * self.spare() + self.min_share)
    }

    /// Number, start and size of the bin `found`, or of that which holds `value`.
    fn knot(&self, shares: &[f32], value: f32, found: Option<usize>) -> (usize, f32, f32) {
        let mut start = -self.half_width;
        for (k, share) in shares.iter().enumerate() {
            let size = self.size(*share);
            let here = match found {
                Some(found) => k == found,
                None => value < start + size || k + 1 == self.count,
            };
            if here {
                return (k, start, size);
            }
            start += size;
        }
        unreachable!("the last bin holds what none before it held")
    }

    /// Slope at knot `k`, 1 at both ends.
    fn slope(&self, raw: &[f32], k: usize) -> f32 {
        if k == 0 || k == self.count {
            return 1.0;
        }
        let x = raw[2 * self.count + k - 1] + self.slope_shift;
        x.max(0.0) + libm::log1pf(exp(-x.abs())) + self.min_slope
    }
}

/// The bin that a row's value falls into.
struct Bin {
    index: usize,
    left: f32,
    width: f32,
    bottom: f32,
    height: f32,
    slope: f32,
    next_slope: f32,
}

impl Bin {
    /// Puts the row's shares into `shares`.
    fn of(bins: &Bins, raw: &[f32], value: f32, axis: Axis, shares: &mut Shares) -> Self {
        let [widths, heights] = shares;
        softmax(&raw[..bins.count], widths);
        softmax(&raw[bins.count..2 * bins.count], heights);
        let (index, left, width, bottom, height);
        if axis == Axis::Widths {
            (index, left, width) = bins.knot(widths, value, None);
            (_, bottom, height) = bins.knot(heights, value, Some(index));
        } else {
            (index, bottom, height) = bins.knot(heights, value, None);
            (_, left, width) = bins.knot(widths, value, Some(index));
        }
        Self {
            index,
            left,
            width,
            bottom,
            height,
            slope: bins.slope(raw, index),
            next_slope: bins.slope(raw, index + 1),
        }
    }

    /// θ at which the curve reaches `y`: the root of a θ² + b θ + c = 0 in the form of Durkan et al., equation 29, which never cancels.
    fn share_at(&self, y: f32) -> f32 {
        let s = self.height / self.width;
        let rise = y - self.bottom;
        let bend = rise * (self.slope + self.next_slope - 2.0 * s);
        let a = self.height * (s - self.slope) + bend;
        let b = self.height * self.slope - bend;
        let c = -rise * s;
        let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
        2.0 * c / (-b - root)
    }

    fn at(&self, theta: f32) -> Point<'_> {
        let s = self.height / self.width;
        let rest = 1.0 - theta;
        let b = theta * rest;
        Point {
            bin: self,
            theta,
            s,
            b,
            rise: s * theta * theta + self.slope * b,
            denominator: s + (self.next_slope + self.slope - 2.0 * s) * b,
            numerator: self.next_slope * theta * theta + 2.0 * s * b + self.slope * rest * rest,
        }
    }

    /// Writes the gradient `of` a value in the raw numbers to `by_raw`; returns that in x.
    fn spread(&self, bins: &Bins, raw: &[f32], shares: &Shares, of: Partials, by_raw: &mut [f32]) -> f32 {
        let (count, k) = (bins.count, self.index);
        let (widths, rest) = by_raw.split_at_mut(count);
        let (heights, slopes) = rest.split_at_mut(count);
        bins.spread(&shares[0], k, [of.left, of.width], widths);
        bins.spread(&shares[1], k, [of.bottom, of.height], heights);
        for (knot, by_slope) in [(k, of.slope), (k + 1, of.next_slope)] {
            if knot > 0 && knot < count {
                slopes[knot - 1] = by_slope * sigmoid(raw[2 * count + knot - 1] + bins.slope_shift);
            }
        }
        of.x
    }
}

impl Bins {
    /// The gradient in raw sizes of what depends on the start and the size of bin `k`: the start is the sum of the sizes before.
    fn spread(&self, shares: &[f32], k: usize, [by_start, by_size]: [f32; 2], to: &mut [f32]) {
        let before: f32 = shares[..k].iter().sum();
        let mean = by_start * before + by_size * shares[k];
        let stretch = 2.0 * self.half_width * self.spare();
        for (i, (to, share)) in to.iter_mut().zip(shares).enumerate() {
            let own = match i.cmp(&k) {
                Ordering::Less => by_start,
                Ordering::Equal => by_size,
                Ordering::Greater => 0.0,
            };
            *to = stretch * share * (own - mean);
        }
    }
}

/// A value's place within its bin, and what the curve is there.
struct Point<'a> {
    bin: &'a Bin,
    theta: f32,
    s: f32,
    b: f32,
    rise: f32,
    denominator: f32,
    numerator: f32,
}

/// Derivatives of a value in x and in the pieces of its bin.
struct Partials {
    x: f32,
    left: f32,
    width: f32,
    bottom: f32,
    height: f32,
    slope: f32,
    next_slope: f32,
}

impl Point<'_> {
    /// y and log dy/dx.
    fn value(&self) -> (f32, f32) {
        let y = self.bin.bottom + self.bin.height * self.rise / self.denominator;
        let root = self.s / self.denominator;
        (y, libm::logf(root * root * self.numerator))
    }

    /// Derivatives of y and of log dy/dx.
    fn gradients(&self) -> [Partials; 2] {
        let Self {
            bin,
            theta,
            s,
            b,
            rise,
            denominator,
            numerator,
        } = *self;
        let (rest, tilt) = (1.0 - theta, 1.0 - 2.0 * theta);
        let bend = bin.next_slope + bin.slope - 2.0 * s;
        // through R, D and N, whose own derivatives are
        // R: θ²  in s, b in d, 2sθ + d(1−2θ) in θ      D: 1−2b in s, b in d and d⁺, (d⁺+d−2s)(1−2θ) in θ
        // N: 2b in s, (1−θ)² in d, θ² in d⁺, 2d⁺θ + 2s(1−2θ) − 2d(1−θ) in θ
        let of_y = {
            let (by_rise, by_denominator) = (
                bin.height / denominator,
                -bin.height * rise / (denominator * denominator),
            );
            self.in_the_pieces(
                by_rise * (2.0 * s * theta + bin.slope * tilt) + by_denominator * bend * tilt,
                by_rise * theta * theta + by_denominator * (1.0 - 2.0 * b),
                [rise / denominator, 1.0],
                [(by_rise + by_denominator) * b, by_denominator * b],
            )
        };
        let of_log_slope = {
            let (by_numerator, by_denominator) = (1.0 / numerator, -2.0 / denominator);
            let turn = 2.0 * (bin.next_slope * theta + s * tilt - bin.slope * rest);
            self.in_the_pieces(
                by_numerator * turn + by_denominator * bend * tilt,
                2.0 / s + by_numerator * 2.0 * b + by_denominator * (1.0 - 2.0 * b),
                [0.0, 0.0],
                [
                    by_numerator * rest * rest + by_denominator * b,
                    by_numerator * theta * theta + by_denominator * b,
                ],
            )
        };
        [of_y, of_log_slope]
    }

    /// From derivatives in θ and s, θ = (x − left) / width and s = height / width, and those in what else there is.
    fn in_the_pieces(
        &self,
        by_theta: f32,
        by_s: f32,
        [by_height, bottom]: [f32; 2],
        [slope, next_slope]: [f32; 2],
    ) -> Partials {
        let width = self.bin.width;
        let x = by_theta / width;
        Partials {
            x,
            left: -x,
            width: -(by_s * self.s + by_theta * self.theta) / width,
            bottom,
            height: by_height + by_s / width,
            slope,
            next_slope,
        }
    }
}
