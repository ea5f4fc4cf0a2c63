//! Elementary functions of several numbers, without a branch.
//!
//! ```text
//! eˣ = 2ⁿ e^r              n = round(x / ln 2), r = x − n ln 2 in two parts, e^r by a polynomial of degree 6 on |r| ≤ ½ ln 2
//! sin x, cos x = ± sin r, ± cos r or exchanged     n = round(x / ½π), r = x − n ½π in three parts, polynomials on |r| ≤ ¼π
//! ```
//!
//! Reference: S. Moshier, *Methods and Programs for Mathematical Functions*, 1989 (Cephes), whose coefficients these are.

use crate::lanes::{Bits, Lanes};
use bytemuck::cast;

/// Beyond these eˣ is taken at them: 1e-37 and 2e37.
const RANGE: [f32; 2] = [-85.0, 86.0];

/// 1.5 · 2²³: a float so large that to add it rounds to whole numbers.
const ROUNDER: f32 = 12_582_912.0;

/// Up to here an angle is brought near zero without loss.
pub const LARGEST_ANGLE: f32 = 8192.0;

const SIGN: u32 = 1 << 31;

#[inline(always)]
pub fn all(x: f32) -> Lanes {
    Lanes::splat(x)
}

#[inline(always)]
fn bits(x: Lanes) -> Bits {
    cast(x)
}

#[inline(always)]
fn floats(x: Bits) -> Lanes {
    cast(x)
}

/// What is smaller counts as nothing where gradients go on: its products leave f32's exponent, and a CPU takes a hundred times as long over
/// such numbers. A model that knows its few points by heart makes little else.
pub const TINY: f32 = 1e-30;

/// 0 for what is smaller than [`TINY`], the rest as it is.
#[inline(always)]
pub fn settled(x: Lanes) -> Lanes {
    choose(x.abs().simd_lt(all(TINY)), all(0.0), x)
}

/// `yes` where the mask is set, `no` elsewhere.
#[inline(always)]
pub fn choose(mask: Lanes, yes: Lanes, no: Lanes) -> Lanes {
    mask.bitselect(yes, no)
}

/// c₀ xᵏ + c₁ xᵏ⁻¹ + … + cₖ.
#[inline(always)]
fn polynomial<const K: usize>(coefficients: [f32; K], x: Lanes) -> Lanes {
    let mut sum = all(coefficients[0]);
    for c in &coefficients[1..] {
        sum = sum * x + all(*c);
    }
    sum
}

/// eˣ, within two units in the last place.
#[inline(always)]
pub fn exp(x: Lanes) -> Lanes {
    let [least, most] = RANGE.map(all);
    // written so that none of the numbers stays what it is
    let x = choose(x.simd_lt(least), least, x);
    let x = choose(x.simd_gt(most), most, x);
    let shifted = x * all(std::f32::consts::LOG2_E) + all(ROUNDER);
    let n = shifted - all(ROUNDER);
    let r = x - n * all(0.693_359_4) + n * all(2.121_944_4e-4);
    let series = polynomial(
        [
            1.987_569_1e-4,
            1.398_199_9e-3,
            8.333_452e-3,
            4.166_579_6e-2,
            0.166_666_66,
            0.5,
        ],
        r,
    );
    let power = floats((bits(shifted) << 23_u32) + Bits::splat(1.0_f32.to_bits()));
    (series * r * r + r + all(1.0)) * power
}

/// 1 / (1 + e⁻ˣ).
#[inline(always)]
pub fn sigmoid(x: Lanes) -> Lanes {
    all(1.0) / (all(1.0) + exp(-x))
}

/// log(1 + eˣ) = max(x, 0) + log(1 + e^{−|x|}).
#[inline(always)]
pub fn softplus(x: Lanes) -> Lanes {
    let below = x.simd_lt(all(0.0));
    let away = exp(choose(below, x, -x)); // 0 to 1
    // log(1 + u) = u log(w) / (w − 1) with w = 1 + u as it is rounded (W. Kahan), and u where nothing of it is left in w
    let w = all(1.0) + away;
    let lost = w.simd_eq(all(1.0));
    let small = choose(lost, away, away * w.ln() / (w - all(1.0)));
    choose(below, small, x + small)
}

/// tanh x = x + x³ P(x²) near 0, sign(x) (1 − 2 / (e^{2|x|} + 1)) elsewhere.
#[inline(always)]
pub fn tanh(x: Lanes) -> Lanes {
    let sign = bits(x) & Bits::splat(SIGN);
    let size = floats(bits(x) & Bits::splat(!SIGN));
    let square = x * x;
    let series = polynomial(
        [
            -5.704_988_7e-3,
            2.063_909e-2,
            -5.373_972e-2,
            1.333_144_3e-1,
            -3.333_328e-1,
        ],
        square,
    );
    let near = series * square * x + x;
    let far = all(1.0) - all(2.0) / (exp(size + size) + all(1.0));
    choose(size.simd_ge(all(0.625)), floats(bits(far) | sign), near)
}

/// sin x and cos x for |x| up to [`LARGEST_ANGLE`], within 1.3e-7.
#[inline(always)]
pub fn sin_cos(x: Lanes) -> [Lanes; 2] {
    let shifted = x * all(std::f32::consts::FRAC_2_PI) + all(ROUNDER);
    let n = shifted - all(ROUNDER);
    let quarter = bits(shifted);
    let r = x - n * all(1.570_312_5) - n * all(4.837_513e-4) - n * all(7.549_79e-8);
    let square = r * r;
    let sin = polynomial([-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1], square) * square * r + r;
    let cos = polynomial([2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2], square) * square * square
        - square * all(0.5)
        + all(1.0);
    // all bits of the lowest one
    let exchanged = floats(Bits::splat(0) - (quarter & Bits::splat(1)));
    // The sign bit: sin is negative in the third and fourth quarter, cos in the second and third.
    let signed = |value: Lanes, quarter: Bits| floats(bits(value) ^ ((quarter & Bits::splat(2)) << 30_u32));
    [
        signed(choose(exchanged, cos, sin), quarter),
        signed(choose(exchanged, sin, cos), quarter + Bits::splat(1)),
    ]
}

/// The same of one number.
pub mod one {
    use super::Lanes;

    /// eˣ.
    #[inline(always)]
    pub fn exp(x: f32) -> f32 {
        super::exp(Lanes::splat(x)).to_array()[0]
    }

    /// 1 / (1 + e⁻ˣ).
    #[inline(always)]
    pub fn sigmoid(x: f32) -> f32 {
        1.0 / (1.0 + exp(-x))
    }

    /// tanh x.
    #[inline(always)]
    pub fn tanh(x: f32) -> f32 {
        super::tanh(Lanes::splat(x)).to_array()[0]
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
                (f64::from(approximate(all(x)).to_array()[3]) / exact - 1.0).abs()
            })
            .fold(0.0, f64::max)
    }

    #[test]
    fn the_functions_are_right_to_the_last_digits() {
        assert!(worst(exp, f64::exp, [-80.0, 80.0]) < 2.5e-7);
        assert!(worst(sigmoid, |x| 1.0 / (1.0 + (-x).exp()), [-80.0, 80.0]) < 4e-7);
        assert!(worst(tanh, f64::tanh, [1e-6, 12.0]) < 4e-7);
        assert!(worst(softplus, |x| x.max(0.0) + (-x.abs()).exp().ln_1p(), [-80.0, 80.0]) < 5e-7);
    }

    #[test]
    fn waves_are_right_in_all_quarters() {
        for range in [4.0_f64, 100.0, 8192.0] {
            for k in -50_000..=50_000 {
                let x = (range * f64::from(k) / 50_000.0) as f32;
                let [sin, cos] = sin_cos(all(x)).map(|value| f64::from(value.to_array()[1]));
                let exact = f64::from(x);
                assert!((sin - exact.sin()).abs() < 1.3e-7, "sin {x}: {sin}");
                assert!((cos - exact.cos()).abs() < 1.3e-7, "cos {x}: {cos}");
            }
        }
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
        assert_eq!([one::sigmoid(0.0), one::sigmoid(-0.0)], [0.5; 2]);
        for x in ends {
            assert!(
                [one::sigmoid(x), one::tanh(x)]
                    .iter()
                    .all(|y| y.is_finite() && y.abs() <= 1.0)
            );
        }
        assert_eq!(ends.map(one::tanh)[2..6], [1.0, -1.0, 1.0, -1.0]);
        assert!(
            [exp, sigmoid, tanh, softplus]
                .iter()
                .all(|f| f(all(f32::NAN)).to_array()[0].is_nan())
        );
        let far = [f32::MAX, f32::INFINITY, -200.0, f32::NEG_INFINITY].map(|x| softplus(all(x)).to_array()[0]);
        assert_eq!(far[..2], [f32::MAX, f32::INFINITY]);
        assert!(far[2..].iter().all(|y| (0.0..1e-36).contains(y)));
    }
}
