//! What the lessons compute, for JavaScript: stateless, beside the engine.

use super::convert::{answer, js_error};
use crate::explain::{
    bars,
    bumps::{Bump, Pair},
    partition,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Bars")]
    pub type JsBars;
    #[wasm_bindgen(typescript_type = "Fits")]
    pub type JsFits;
    #[wasm_bindgen(typescript_type = "Normalised")]
    pub type JsNormalised;
    #[wasm_bindgen(typescript_type = "GridCost")]
    pub type JsGridCost;
}

/// Divergences between two distributions given as heights of bars.
#[wasm_bindgen(js_name = explainBars)]
pub fn explain_bars(p: &[f64], q: &[f64]) -> Result<JsBars, JsValue> {
    answer(bars::compare(p, q))
}

/// The best single Gaussian for two bumps by either direction of the divergence; `share` is the first one's weight.
#[wasm_bindgen(js_name = explainBumps)]
pub fn explain_bumps(means: &[f64], deviations: &[f64], share: f64) -> Result<JsFits, JsValue> {
    let bump = |i: usize| Bump {
        mean: means.get(i).copied().unwrap_or(f64::NAN),
        deviation: deviations.get(i).copied().unwrap_or(f64::NAN),
    };
    let pair = Pair::new([bump(0), bump(1)], share).map_err(js_error)?;
    answer(Ok(pair.fits()))
}

/// The density that a curve makes, given as heights at even steps from `from` to `to`.
#[wasm_bindgen(js_name = explainCurve)]
pub fn explain_curve(heights: &[f64], from: f64, to: f64, temperature: f64) -> Result<JsNormalised, JsValue> {
    answer(partition::normalise(heights, [from, to], temperature))
}

/// What adding up Z on a grid takes.
#[wasm_bindgen(js_name = explainGrid)]
pub fn explain_grid(dim: u32, side: u32, per_second: f64) -> Result<JsGridCost, JsValue> {
    answer(partition::grid_cost(dim, side, per_second))
}
