//! The non-linearities eight numbers at a time, in arithmetic that a compiler turns into vectors: no branch, no call.
//!
//! ```text
//! eˣ = 2ⁿ e^r        n = round(x / ln 2), r = x − n ln 2 in two parts, e^r by a polynomial of degree 6 on |r| ≤ ½ ln 2
//! ```
//!
//! Only additions, multiplications and divisions of IEEE 754, in one order: the same numbers everywhere.
//!
//! Reference: S. Moshier, *Methods and Programs for Mathematical Functions*, 1989 (Cephes), whose coefficients these are.

use super::kind::{Activation, LEAK};

/// Numbers at a time.
pub const LANES: usize = 8;

pub type Lanes = [f32; LANES];

/// Beyond these eˣ is taken at them: 1e-37 and 2e37.
const RANGE: [f32; 2] = [-85.0, 86.0];

/// 1.5 · 2²³: a float so large that to add it rounds to whole numbers.
const ROUNDER: f32 = 12_582_912.0;

fn each(f: impl Fn(usize) -> f32) -> Lanes {
    std::array::from_fn(f)
}

/// Between two bounds, or none of the numbers.
fn within(x: f32, [least, most]: [f32; 2]) -> f32 {
    let x = if x < least { least } else { x };
    if x > most { most } else { x }
}

/// eˣ, within two units in the last place.
#[inline(always)]
pub fn exp(x: Lanes) -> Lanes {
    each(|i| {
        let x = within(x[i], RANGE);
        let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
        let n = shifted - ROUNDER;
        let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
        let series =
            ((((1.987_569_1e-4 * r + 1.398_199_9e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r + 0.166_666_66) * r
                + 0.5;
        let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
        (series * r * r + r + 1.0) * power
    })
}

/// 1 / (1 + e⁻ˣ).
#[inline(always)]
pub fn sigmoid(x: Lanes) -> Lanes {
    let small = exp(each(|i| -x[i]));
    each(|i| 1.0 / (1.0 + small[i]))
}

/// tanh x = x + x³ P(x²) near 0, sign(x) (1 − 2 / (e^{2|x|} + 1)) elsewhere.
#[inline(always)]
pub fn tanh(x: Lanes) -> Lanes {
    let large = exp(each(|i| 2.0 * x[i].abs()));
    each(|i| {
        let (x, square) = (x[i], x[i] * x[i]);
        let series = (((-5.704_988_7e-3 * square + 2.063_909e-2) * square - 5.373_972e-2) * square + 1.333_144_3e-1)
            * square
            - 3.333_328e-1;
        let near = series * square * x + x;
        let far = (1.0 - 2.0 / (large[i] + 1.0)).copysign(x);
        if x.abs() < 0.625 { near } else { far }
    })
}

/// a(x) and its first two derivatives.
#[inline(always)]
pub fn derivatives(activation: Activation, x: Lanes) -> [Lanes; 3] {
    match activation {
        Activation::Silu => {
            let s = sigmoid(x);
            let y = each(|i| x[i] * s[i]);
            let slope = each(|i| s[i] + y[i] * (1.0 - s[i]));
            let bend = each(|i| s[i] * (1.0 - s[i]) * (2.0 + x[i] - 2.0 * y[i]));
            [y, slope, bend]
        }
        Activation::LeakyRelu => {
            let slope = each(|i| if x[i] > 0.0 { 1.0 } else { LEAK as f32 });
            [each(|i| x[i] * slope[i]), slope, [0.0; LANES]]
        }
        Activation::Tanh => {
            let y = tanh(x);
            let slope = each(|i| 1.0 - y[i] * y[i]);
            [y, slope, each(|i| -2.0 * y[i] * slope[i])]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(approximate: fn(Lanes) -> Lanes, exact: fn(f64) -> f64, range: [f64; 2]) -> f64 {
        let count = 200_000;
        (0..count)
            .map(|k| (range[0] + (range[1] - range[0]) * k as f64 / count as f64) as f32)
            .map(|x| {
                let exact = exact(x.into());
                (f64::from(approximate([x; LANES])[3]) / exact - 1.0).abs()
            })
            .fold(0.0, f64::max)
    }

    #[test]
    fn the_functions_are_right_to_the_last_digits() {
        assert!(worst(exp, f64::exp, [-80.0, 80.0]) < 2.5e-7);
        assert!(worst(sigmoid, |x| 1.0 / (1.0 + (-x).exp()), [-80.0, 80.0]) < 4e-7);
        assert!(worst(tanh, f64::tanh, [1e-6, 12.0]) < 4e-7);
    }

    #[test]
    fn they_hold_at_the_ends_of_the_numbers() {
        let ends = [
            0.0,
            -0.0,
            f32::MAX,
            f32::MIN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            1e-40,
            -1e-40,
        ];
        assert_eq!(sigmoid(ends)[..2], [0.5; 2]);
        assert!(
            sigmoid(ends)
                .iter()
                .chain(&tanh(ends))
                .all(|y| y.is_finite() && y.abs() <= 1.0)
        );
        assert_eq!(tanh(ends)[2..6], [1.0, -1.0, 1.0, -1.0]);
        assert!(derivatives(Activation::Silu, [f32::NAN; LANES])[0][0].is_nan());
        assert!(derivatives(Activation::Tanh, [f32::NAN; LANES])[0][0].is_nan());
    }
}
