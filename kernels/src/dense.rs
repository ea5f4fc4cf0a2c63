//! What stands around a dense layer's products: the bias and the non-linearity after the first, their reverse before the others.

use crate::{
    activation::{Activation, Derivatives, for_each_activation},
    functions::settled,
    lanes::{Lanes, each, rows},
};

/// Rows of `h` become h + b.
///
/// # Panics
/// Where a slice is not whole rows of the bias's length, as all of this file do.
#[inline(never)]
pub fn add_bias(h: &mut [f32], bias: &[f32]) {
    rows([h], bias.len(), |[h]| each([h], [bias], |[h], [b]| [h + b]));
}

/// Rows of `h` become a(h + b).
#[inline(never)]
pub fn activate(activation: Activation, h: &mut [f32], bias: &[f32]) {
    #[inline(always)]
    fn pass(h: &mut [f32], bias: &[f32], f: impl Fn(Lanes) -> Derivatives) {
        rows([h], bias.len(), |[h]| each([h], [bias], |[h], [b]| [f(h + b)[0]]));
    }
    for_each_activation!(activation, pass(h, bias));
}

/// Rows of `h` become a(h + b), those of `slope` a'(h + b).
#[inline(never)]
pub fn activate_with_slope(activation: Activation, h: &mut [f32], bias: &[f32], slope: &mut [f32]) {
    #[inline(always)]
    fn pass(h: &mut [f32], bias: &[f32], slope: &mut [f32], f: impl Fn(Lanes) -> Derivatives) {
        rows([h, slope], bias.len(), |written| {
            each(written, [bias], |[h, _], [b]| {
                let [y, slope, ..] = f(h + b);
                [y, slope]
            });
        });
    }
    for_each_activation!(activation, pass(h, bias, slope));
}

/// Rows of `grad` become δ = grad · slope, and `sums` their sum, the bias's gradient.
#[inline(never)]
pub fn reverse(grad: &mut [f32], slope: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    let mut slopes = slope.chunks_exact(sums.len());
    rows([grad], sums.len(), |[grad]| {
        let slope = slopes.next().expect("as many rows");
        each([grad, sums], [slope], |[grad, sum], [slope]| {
            let delta = settled(grad * slope);
            [delta, sum + delta]
        });
    });
}

/// The same without a non-linearity: δ = grad.
#[inline(never)]
pub fn reverse_affine(grad: &mut [f32], sums: &mut [f32]) {
    sums.fill(0.0);
    rows([grad], sums.len(), |[grad]| {
        each([grad, sums], [], |[grad, sum], []| {
            let delta = settled(grad);
            [delta, sum + delta]
        });
    });
}
