//! What a gated recurrent unit does between its products, a step forwards and a step back.
//!
//! ```text
//! r = σ(aᵣ + bᵣ)   z = σ(a_z + b_z)   n = tanh(aₙ + r bₙ)   h' = n + z (h − n)      a: of the input, b: of the state
//! ```

use crate::{
    functions::{all, settled, sigmoid, tanh},
    lanes::each,
};

/// How many numbers a step keeps of each unit for the way back: r, z, n and bₙ.
pub const KEPT: usize = 4;

/// Rows of `width` numbers each.
fn parts<const N: usize>(row: &[f32], width: usize) -> [&[f32]; N] {
    std::array::from_fn(|i| &row[i * width..(i + 1) * width])
}

fn parts_mut<const N: usize>(row: &mut [f32], width: usize) -> [&mut [f32]; N] {
    let mut parts = row.chunks_exact_mut(width);
    std::array::from_fn(|_| parts.next().expect("as many parts"))
}

/// The next state of each row, and what the way back needs.
///
/// Shapes: `of_input` and `of_state` `[n, 3 width]`, `state` and `next` `[n, width]`, `kept` `[n, 4 width]`.
///
/// # Panics
/// Where a slice is shorter than the rows of `state` ask for.
#[inline(never)]
pub fn step(width: usize, of_input: &[f32], of_state: &[f32], state: &[f32], next: &mut [f32], kept: &mut [f32]) {
    for (i, (state, next)) in state.chunks_exact(width).zip(next.chunks_exact_mut(width)).enumerate() {
        let [a_r, a_z, a_n] = parts(&of_input[3 * i * width..], width);
        let [b_r, b_z, b_n] = parts(&of_state[3 * i * width..], width);
        let [r, z, n, m] = parts_mut(&mut kept[KEPT * i * width..], width);
        each(
            [next, r, z, n, m],
            [a_r, a_z, a_n, b_r, b_z, b_n, state],
            |_, [a_r, a_z, a_n, b_r, b_z, b_n, h]| {
                let (r, z) = (sigmoid(a_r + b_r), sigmoid(a_z + b_z));
                let n = tanh(a_n + r * b_n);
                [n + z * (h - n), r, z, n, b_n]
            },
        );
    }
}

/// From ∂L/∂h' in `grad`: the gradients of the input's part and of the state's, and in `grad` what goes to h beside the latter.
///
/// Shapes: `grad` and `state` `[n, width]`, `kept` `[n, 4 width]`, `by_input` and `by_state` `[n, 3 width]`.
///
/// # Panics
/// Where a slice is shorter than the rows of `state` ask for.
#[inline(never)]
pub fn back(width: usize, grad: &mut [f32], state: &[f32], kept: &[f32], by_input: &mut [f32], by_state: &mut [f32]) {
    for (i, (state, grad)) in state.chunks_exact(width).zip(grad.chunks_exact_mut(width)).enumerate() {
        let [r, z, n, m] = parts(&kept[KEPT * i * width..], width);
        let [x_r, x_z, x_n] = parts_mut(&mut by_input[3 * i * width..], width);
        let [s_r, s_z, s_n] = parts_mut(&mut by_state[3 * i * width..], width);
        each(
            [grad, x_r, x_z, x_n, s_r, s_z, s_n],
            [r, z, n, m, state],
            |[grad, ..], [r, z, n, m, h]| {
                let of_n = grad * (all(1.0) - z) * (all(1.0) - n * n);
                let of_z = grad * (h - n) * z * (all(1.0) - z);
                let of_m = of_n * r;
                let of_r = of_n * m * r * (all(1.0) - r);
                let [of_r, of_z, of_n, of_m] = [of_r, of_z, of_n, of_m].map(settled);
                [settled(grad * z), of_r, of_z, of_n, of_r, of_z, of_m]
            },
        );
    }
}
