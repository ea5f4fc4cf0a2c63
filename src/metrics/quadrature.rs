//! The normaliser by brute force: sum over a grid, which only one or two dimensions allow.
//!
//! ```text
//! log Z = log ∫ exp(f(x)) dx ≈ log Σ exp(f(xᵢ)) + log(cell volume)
//! ```

/// log of the integral of exp(`log_values`) by the midpoint rule over equal cells.
pub fn log_integral(log_values: &[f32], cell: f64) -> f64 {
    let highest = log_values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return f64::NEG_INFINITY;
    }
    // Taking the highest value out first keeps every exponential within (0, 1].
    let sum: f64 = log_values.iter().map(|&v| f64::from(v - highest).exp()).sum();
    f64::from(highest) + sum.ln() + cell.ln()
}
