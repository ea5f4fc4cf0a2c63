//! The normaliser by brute force: a sum over a grid, which only one or two dimensions allow.
//!
//! ```text
//! log Z = log ∫ exp f(x) dx ≈ log Σᵢ exp f(xᵢ) + log(cell volume)        xᵢ: the centres of equal cells
//! ```
//!
//! For a smooth density that vanishes at the edges of the box the rule converges faster than any power of the cell's side, once the cells are
//! smaller than the narrowest feature: Trefethen and Weideman 2014, SIAM Review 56, doi:10.1137/130932132.

use crate::data::log_sum_exp;

/// log Z with what it changes by when the grid is made coarser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogIntegral {
    /// Nats.
    pub value: f64,
    /// The largest difference, in nats, to the integral over every second cell along each axis. What the box cuts off is not in it.
    pub refinement_error: f64,
}

/// log of the integral of exp(`log_values`), in nats, by the midpoint rule over equal cells of volume `cell`; −∞ where all values are.
///
/// # Shapes
/// - `log_values`: one per cell, in any order
pub fn log_integral(log_values: &[f32], cell: f64) -> f64 {
    log_sum_exp(log_values.iter().map(|&value| value.into())) + cell.ln()
}

/// The same, with the difference to the grids of half its resolution: two on the line, four on the plane.
///
/// # Shapes
/// - `log_values`: `[side]` for `dim` 1, `[side · side]` row by row for `dim` 2
///
/// # Panics
/// If `side` is odd, `dim` is not 1 or 2, or the values are not as many.
pub fn log_integral_refined(log_values: &[f32], side: usize, dim: usize, cell: f64) -> LogIntegral {
    assert!(
        side.is_multiple_of(2) && (1..=2).contains(&dim),
        "half of a grid of side {side}^{dim}"
    );
    assert_eq!(
        log_values.len(),
        side.pow(dim as u32),
        "values for a grid of side {side}^{dim}"
    );
    let value = log_integral(log_values, cell);
    let coarse_cell = cell * f64::from(1 << dim);
    let rows = if dim == 1 { 1 } else { side };
    let coarse = |x: usize, y: usize| {
        let at = (y..rows)
            .step_by(2)
            .flat_map(move |row| (x..side).step_by(2).map(move |column| row * side + column));
        log_sum_exp(at.map(|k| log_values[k].into())) + coarse_cell.ln()
    };
    let corners = (0..rows.min(2)).flat_map(|y| [(0, y), (1, y)]);
    let refinement_error = corners.map(|(x, y)| (coarse(x, y) - value).abs()).fold(0.0, f64::max);
    LogIntegral {
        value,
        refinement_error,
    }
}
