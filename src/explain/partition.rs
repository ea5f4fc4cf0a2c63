//! Any curve made a density, and what that costs in more dimensions.
//!
//! ```text
//! p(x) = exp(f(x) / T) / Z      Z = ∫ exp(f(x) / T) dx      on a grid of n cells an axis:  n^d of them
//! ```
//!
//! exp makes it positive, Z makes it integrate to one. On a line Z is a sum of some hundred numbers; on a grid in d dimensions it is one of
//! n^d, which no computer finishes for a picture of more than a few pixels.

use crate::error::{Error, Result, within};
use serde::Serialize;
use std::f64::consts::LOG10_E;

/// Seconds of a year.
const YEAR: f64 = 365.25 * 86_400.0;

/// A curve and the density it makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Normalised {
    /// exp(f / T) over its largest value, so that it can be drawn whatever f is.
    pub positive: Vec<f64>,
    pub density: Vec<f64>,
    /// log Z in nats.
    pub log_z: f64,
}

/// Makes a density of the heights `f` of a curve at even steps from `from` to `to`, by the trapezoid rule, at temperature `temperature`.
///
/// # Errors
/// Where there are fewer than 2 heights, one is not finite, the interval is empty or the temperature not positive.
pub fn normalise(f: &[f64], [from, to]: [f64; 2], temperature: f64) -> Result<Normalised> {
    let refused = |reason: String| Err(Error::BadRequest { reason });
    if f.len() < 2 {
        return refused(format!("{} heights make no curve; give at least 2", f.len()));
    }
    if let Some(index) = f.iter().position(|height| !height.is_finite()) {
        return refused(format!("height {} is not a finite number", index + 1));
    }
    if !(from < to && (to - from).is_finite()) {
        return refused(format!("there is nothing between {from} and {to}"));
    }
    if !(temperature > 0.0 && temperature.is_finite()) {
        return refused(format!("a temperature of {temperature} is not positive"));
    }
    let largest = f.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let positive: Vec<f64> = f
        .iter()
        .map(|height| ((height - largest) / temperature).exp())
        .collect();
    let step = (to - from) / (f.len() - 1) as f64;
    let ends = 0.5 * (positive[0] + positive[f.len() - 1]);
    let area = step * (positive.iter().sum::<f64>() - ends);
    Ok(Normalised {
        density: positive.iter().map(|height| height / area).collect(),
        log_z: largest / temperature + area.ln(),
        positive,
    })
}

/// What adding up Z on a grid takes, as powers of ten: the numbers themselves leave what a computer can write.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GridCost {
    pub log10_cells: f64,
    /// Of one number of 4 bytes a cell.
    pub log10_bytes: f64,
    pub log10_years: f64,
}

/// The cost of a grid with `side` cells on each of `dim` axes, `per_second` cells a second.
///
/// # Errors
/// Where there is no axis, no cell, or no speed.
pub fn grid_cost(dim: u32, side: u32, per_second: f64) -> Result<GridCost> {
    let (dim, side) = (f64::from(dim), f64::from(side));
    for (id, value) in [("dim", dim), ("side", side), ("per_second", per_second)] {
        within(id, value, [1.0, f64::MAX])?;
    }
    let log10_cells = dim * side.ln() * LOG10_E;
    Ok(GridCost {
        log10_cells,
        log10_bytes: log10_cells + 4_f64.log10(),
        log10_years: log10_cells - per_second.log10() - YEAR.log10(),
    })
}
