//! What a closer look at a model came to, as JavaScript has it.

use super::convert::{floats, numbers, object, plain, set, set_present};
use crate::session::{
    fill::Fill,
    path::{Code, Path},
    probe::{Conditional, Nearest, Probe},
    slice::Slice,
    slow::Slow,
};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// `{ stops, n, dim, states, code, shift, scale }`; no code where the model has none.
pub fn path(path: &Path) -> JsValue {
    let js = object([
        ("stops", plain(&path.stops)),
        ("n", path.n.into()),
        ("dim", path.dim.into()),
        ("states", floats(&path.states)),
        ("shift", numbers(&path.shift, true)),
        ("scale", numbers(&path.scale, true)),
    ]);
    if let Some(code) = &path.code {
        set(&js, "code", &self::code(code));
    }
    js
}

fn code(code: &Code) -> JsValue {
    object([
        ("dim", code.dim.into()),
        ("mean", floats(&code.mean)),
        ("sigma", floats(&code.sigma)),
    ])
}

/// What a step does; what there is not to see of a deed is absent.
pub fn slow(slow: &Slow) -> JsValue {
    let acts = Array::new();
    for told in &slow.acts {
        let act = object([("deed", plain(&told.deed))]);
        let parts = [
            ("points", &told.points),
            ("from", &told.from),
            ("arrows", &told.arrows),
            ("losses", &told.losses),
        ];
        set_present(&act, parts.map(|(name, values)| (name, values.as_deref().map(floats))));
        acts.push(&act);
    }
    object([
        ("step", (slow.step as f64).into()),
        ("dim", slow.dim.into()),
        ("acts", acts.into()),
        ("shift", numbers(&slow.shift, true)),
        ("scale", numbers(&slow.scale, true)),
    ])
}

/// What is known of points; what is not is absent.
pub fn probe(probe: &Probe, double: bool) -> JsValue {
    let optional = |values: &Option<Vec<f32>>| values.as_deref().map(floats);
    let js = object([
        ("step", (probe.step as f64).into()),
        ("dim", probe.dim.into()),
        ("kind", plain(&probe.kind)),
        ("logProb", floats(&probe.log_prob)),
        ("path", path(&probe.path)),
    ]);
    let parts = [
        ("truth", optional(&probe.truth)),
        ("energy", optional(&probe.energy)),
        ("logit", optional(&probe.logit)),
        ("score", optional(&probe.score)),
        ("conditional", probe.conditional.as_ref().map(conditional)),
        ("nearest", probe.nearest.as_ref().map(|found| nearest(found, double))),
    ];
    set_present(&js, parts);
    js
}

fn conditional(line: &Conditional) -> JsValue {
    object([
        ("axis", line.axis.into()),
        ("range", numbers(&line.range, true)),
        ("logProb", floats(&line.log_prob)),
    ])
}

fn nearest(found: &Nearest, double: bool) -> JsValue {
    object([
        ("points", numbers(&found.points.values, double)),
        ("distances", floats(&found.distances)),
    ])
}

/// One coordinate given the other; what is not known is absent.
pub fn slice(slice: &Slice) -> JsValue {
    let js = object([
        ("step", (slice.step as f64).into()),
        ("given", slice.given.into()),
        ("at", slice.at.into()),
        ("range", numbers(&slice.range, true)),
        ("kind", plain(&slice.kind)),
        ("logProb", floats(&slice.log_prob)),
    ]);
    let truth = slice.truth.as_deref().map(floats);
    set_present(&js, [("truth", truth), ("kl", slice.kl.map(JsValue::from))]);
    js
}

/// A point filled in; what is not known is absent.
pub fn fill(fill: &Fill, double: bool) -> JsValue {
    let js = object([
        ("step", (fill.step as f64).into()),
        ("way", plain(&fill.way)),
        ("exact", fill.way.is_exact().into()),
        ("points", numbers(&fill.points.values, double)),
        ("kind", plain(&fill.kind)),
        ("logProb", floats(&fill.log_prob)),
    ]);
    let parts = [
        ("effective", fill.effective.map(JsValue::from)),
        ("given", fill.given.map(JsValue::from)),
        ("logConditional", fill.log_conditional.map(JsValue::from)),
    ];
    set_present(&js, parts);
    js
}
