//! Rust values as JavaScript ones: small structs through serde, bulk numbers as typed arrays.

use crate::{
    data::{Bounds, Points, Skipped},
    error::Error,
    session::{
        Applied,
        frame::{Field, Frame, Latent},
    },
};
use js_sys::{Array, Float32Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A plain object or array. Maps become objects and absent values `undefined`.
pub fn plain<T: Serialize>(value: &T) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new()
        .serialize_maps_as_objects(true)
        .serialize_large_number_types_as_bigints(false);
    value.serialize(&serializer).expect("plain data always serialises")
}

/// An `Error` with the stable `code` as a property, and beside it the facts that its sentence names, so that a page can say them in
/// another language.
pub fn js_error(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.to_string());
    set(&js, "code", &error.code().into());
    let facts: Vec<(&str, JsValue)> = match error {
        Error::OutOfRange { id, value, min, max } => {
            vec![
                ("id", id.into()),
                ("value", value.into()),
                ("min", min.into()),
                ("max", max.into()),
            ]
        }
        Error::UnknownId { what, id, known } => vec![("what", what.into()), ("id", id.into()), ("known", known.into())],
        Error::LossNotFinite { model, step } => vec![("model", model.into()), ("step", (step as f64).into())],
        Error::TooFewPoints { count } | Error::DataConstant { count } => vec![("count", count.into())],
        Error::TooManyPoints { count, max } => vec![("count", count.into()), ("max", max.into())],
        Error::DataOutlier { value } => vec![("value", value.into())],
        Error::DataNotLoaded { file } => vec![("file", file.into())],
        Error::BadFile { file, reason } => vec![("file", file.into()), ("reason", reason.into())],
        _ => Vec::new(),
    };
    for (key, value) in &facts {
        set(&js, key, value);
    }
    js.into()
}

/// `{ dim, points, bounds }`.
pub fn data_view(points: &Points, bounds: &Bounds) -> JsValue {
    object([
        ("dim", points.dim.into()),
        ("points", floats(&points.values)),
        ("bounds", bounds_object(bounds)),
    ])
}

/// `{ applied, skipped, dim, points }`.
pub fn text_applied(applied: &Applied, skipped: &Skipped, points: &Points) -> JsValue {
    object([
        ("applied", plain(applied)),
        ("skipped", plain(skipped)),
        ("dim", points.dim.into()),
        ("points", floats(&points.values)),
    ])
}

/// `{ shape, values }`.
pub fn shaped(points: &Points) -> JsValue {
    let shape: Array = [points.len(), points.dim].into_iter().map(JsValue::from).collect();
    object([("shape", shape.into()), ("values", floats(&points.values))])
}

/// `{ kind, values }`.
pub fn log_density(kind: &impl Serialize, values: &[f32]) -> JsValue {
    object([("kind", plain(kind)), ("values", floats(values))])
}

/// A picture; what it does not hold is absent.
pub fn frame(frame: &Frame) -> JsValue {
    let optional = |values: &Option<Vec<f32>>| values.as_deref().map(floats);
    let js = object([
        ("step", (frame.step as f64).into()),
        ("dim", frame.dim.into()),
        ("bounds", bounds_object(&frame.bounds)),
        ("samples", floats(&frame.samples)),
    ]);
    let parts = [
        ("field", frame.field.as_ref().map(field)),
        ("truth", optional(&frame.truth)),
        ("energy", optional(&frame.energy)),
        ("walkers", optional(&frame.walkers)),
        (
            "grid",
            frame
                .grid
                .as_ref()
                .map(|(side, points)| object([("side", (*side).into()), ("points", floats(points))])),
        ),
        ("latent", frame.latent.as_ref().map(latent)),
    ];
    for (key, value) in parts {
        if let Some(value) = value {
            set(&js, key, &value);
        }
    }
    js
}

fn field(field: &Field) -> JsValue {
    object([
        ("kind", plain(&field.kind)),
        ("side", field.side.into()),
        ("values", floats(&field.values)),
    ])
}

fn latent(latent: &Latent) -> JsValue {
    object([
        ("dim", latent.dim.into()),
        ("points", floats(&latent.points)),
        ("data", floats(&latent.data.values)),
        ("prior", floats(&latent.prior)),
    ])
}

fn bounds_object(bounds: &Bounds) -> JsValue {
    let pair = |[low, high]: [f64; 2]| -> JsValue { Array::of2(&low.into(), &high.into()).into() };
    object([("x", pair(bounds.x)), ("y", pair(bounds.y))])
}

fn floats(values: &[f32]) -> JsValue {
    Float32Array::from(values).into()
}

fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let js = Object::new();
    for (key, value) in entries {
        set(&js, key, &value);
    }
    js.into()
}

fn set(js: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(js, &key.into(), value).expect("a plain object takes any property");
}
