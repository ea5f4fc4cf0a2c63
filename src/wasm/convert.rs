//! Rust values as JavaScript ones: small structs through serde, bulk numbers as typed arrays.

// the engine of texts has neither points nor pictures
#![cfg_attr(feature = "words", allow(dead_code))]

use crate::{
    data::{Bounds, DataNote, OwnClasses, OwnColumn, OwnData, ScaleChoice, SmoothChoice, SpreadChoice, Table},
    error::Error,
    session::{
        control::Classified,
        frame::{Field, Frame, Latent},
        weights::{NamedTensor, Weights},
    },
};
use js_sys::{Array, Float32Array, Float64Array, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
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
        Error::DataOutlier { value } | Error::DataSpread { value } => vec![("value", value.into())],
        Error::ClassCount { count, max } => vec![("count", count.into()), ("max", max.into())],
        Error::ClassTooSmall { name } => vec![("name", name.into())],
        Error::DataNotFinite { index } => vec![("index", index.into())],
        Error::DataNotLoaded { file } => vec![("file", file.into())],
        Error::TextTooShort { count, min } => vec![("count", count.into()), ("min", min.into())],
        Error::TextTooLong { bytes, max } => vec![("bytes", bytes.into()), ("max", max.into())],
        Error::TextBroken { index } => vec![("index", index.into())],
        Error::TextConstant { count } => vec![("count", count.into())],
        Error::NoSuchClass { class, classes } => vec![("class", class.into()), ("classes", classes.into())],
        Error::NotAPlane { dim } => vec![("dim", dim.into())],
        Error::CannotFill { model } => vec![("model", model.into())],
        Error::BadExpression { text } => vec![("text", text.into())],
        Error::BadFile { file, reason } => vec![("file", file.into()), ("reason", reason.into())],
        _ => Vec::new(),
    };
    for (key, value) in &facts {
        set(&js, key, value);
    }
    js.into()
}

/// What JavaScript gave, as a request of that shape.
pub fn parse<T: DeserializeOwned>(value: impl Into<JsValue>) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value.into()).map_err(|error| {
        js_error(Error::BadRequest {
            reason: error.to_string(),
        })
    })
}

/// What JavaScript gets of a result.
pub fn answer<T: Serialize, J: JsCast>(result: crate::error::Result<T>) -> Result<J, JsValue> {
    result.map(|value| plain(&value).unchecked_into()).map_err(js_error)
}

/// `{ dim, points, bounds }`.
pub fn data_view(points: &Table, bounds: &Bounds, double: bool) -> JsValue {
    let js = object([
        ("dim", points.dim.into()),
        ("points", numbers(&points.values, double)),
        ("bounds", bounds_object(bounds)),
    ]);
    set_labels(&js, points);
    js
}

/// The class of each point, where they have one.
fn set_labels(js: &JsValue, points: &Table) {
    if let Some(labels) = &points.labels {
        set(js, "labels", &Uint8Array::from(labels.as_slice()));
    }
}

/// `{ shape, values }`.
pub fn shaped(points: &Table, double: bool) -> JsValue {
    let shape: Array = [points.len(), points.dim].into_iter().map(JsValue::from).collect();
    object([("shape", shape.into()), ("values", numbers(&points.values, double))])
}

/// The reader's columns as JavaScript gives them; the values are numbers of any array.
#[derive(Deserialize)]
pub struct GivenData {
    columns: Vec<GivenColumn>,
    #[serde(default)]
    scale: ScaleChoice,
    #[serde(default)]
    spread: SpreadChoice,
    #[serde(default)]
    smooth: SmoothChoice,
    classes: Option<GivenClasses>,
}

#[derive(Deserialize)]
struct GivenClasses {
    names: Vec<String>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    labels: JsValue,
}

#[derive(Deserialize)]
struct GivenColumn {
    name: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    values: JsValue,
}

/// The same as the session takes it.
pub fn own_data(given: GivenData) -> OwnData {
    let column = |GivenColumn { name, values }| OwnColumn {
        name,
        values: Float64Array::new(&values).to_vec(),
    };
    OwnData {
        columns: given.columns.into_iter().map(column).collect(),
        scale: given.scale,
        spread: given.spread,
        smooth: given.smooth,
        classes: given.classes.map(|GivenClasses { names, labels }| OwnClasses {
            names,
            labels: Uint8Array::new(&labels).to_vec(),
        }),
    }
}

/// `{ columns, scale, spread, smooth, classes, notes }`.
pub fn own_data_object(data: &OwnData, notes: &[DataNote]) -> JsValue {
    let column = |column: &OwnColumn| {
        object([
            ("name", column.name.as_str().into()),
            ("values", numbers(&column.values, true)),
        ])
    };
    let columns: Array = data.columns.iter().map(column).collect();
    let classes = data.classes.as_ref().map(|classes| {
        object([
            ("names", plain(&classes.names)),
            ("labels", Uint8Array::from(classes.labels.as_slice()).into()),
        ])
    });
    object([
        ("columns", columns.into()),
        ("classes", classes.into()),
        ("scale", plain(&data.scale)),
        ("spread", plain(&data.spread)),
        ("smooth", plain(&data.smooth)),
        ("notes", plain(&notes)),
    ])
}

/// `{ tensors: [{ name, shape, values }], levels, shift, scale, logZ }`.
pub fn weights(weights: &Weights) -> JsValue {
    let tensor = |tensor: &NamedTensor| {
        let shape: Array = tensor.shape.iter().map(|&length| JsValue::from(length)).collect();
        object([
            ("name", tensor.name.as_str().into()),
            ("shape", shape.into()),
            ("values", floats(&tensor.values)),
        ])
    };
    let tensors: Array = weights.tensors.iter().map(tensor).collect();
    object([
        ("tensors", tensors.into()),
        ("levels", weights.levels.into()),
        ("shift", numbers(&weights.shift, true)),
        ("scale", numbers(&weights.scale, true)),
        ("logZ", weights.log_z.as_deref().map(floats).into()),
    ])
}

/// `{ kind, values }`.
pub fn log_density(kind: &impl Serialize, values: &[f32]) -> JsValue {
    object([("kind", plain(kind)), ("values", floats(values))])
}

/// `{ classes, values }`.
pub fn classified(classified: &Classified) -> JsValue {
    object([
        ("classes", classified.classes.into()),
        ("values", floats(&classified.values)),
    ])
}

/// A picture; what it does not hold is absent.
pub fn frame(frame: &Frame, double: bool) -> JsValue {
    let optional = |values: &Option<Vec<f32>>| values.as_deref().map(floats);
    let points = |values: &[f64]| numbers(values, double);
    let js = object([
        ("step", (frame.step as f64).into()),
        ("dim", frame.dim.into()),
        ("bounds", bounds_object(&frame.bounds)),
        ("samples", points(&frame.samples)),
    ]);
    let parts = [
        ("field", frame.field.as_ref().map(field)),
        ("truth", optional(&frame.truth)),
        ("energy", optional(&frame.energy)),
        (
            "labels",
            frame.labels.as_deref().map(|labels| Uint8Array::from(labels).into()),
        ),
        ("walkers", frame.walkers.as_deref().map(points)),
        (
            "grid",
            frame
                .grid
                .as_ref()
                .map(|(side, grid)| object([("side", (*side).into()), ("points", points(grid))])),
        ),
        ("latent", frame.latent.as_ref().map(|given| latent(given, double))),
    ];
    set_present(&js, parts);
    js
}

pub fn set_present<const N: usize>(js: &JsValue, parts: [(&str, Option<JsValue>); N]) {
    for (key, value) in parts {
        if let Some(value) = value {
            set(js, key, &value);
        }
    }
}

fn field(field: &Field) -> JsValue {
    object([
        ("kind", plain(&field.kind)),
        ("bounds", bounds_object(&field.bounds)),
        ("side", field.side.into()),
        ("values", floats(&field.values)),
    ])
}

fn latent(latent: &Latent, double: bool) -> JsValue {
    let js = object([
        ("dim", latent.dim.into()),
        ("points", floats(&latent.points)),
        ("data", numbers(&latent.data.values, double)),
        ("prior", floats(&latent.prior)),
    ]);
    set_labels(&js, &latent.data);
    js
}

fn bounds_object(bounds: &Bounds) -> JsValue {
    let pair = |[low, high]: [f64; 2]| -> JsValue { Array::of2(&low.into(), &high.into()).into() };
    object([("x", pair(bounds.x)), ("y", pair(bounds.y))])
}

pub fn floats(values: &[f32]) -> JsValue {
    Float32Array::from(values).into()
}

/// Numbers in the reader's units: as a Float64Array where they need `double` precision, else as the Float32Array that holds them exactly.
pub fn numbers(values: &[f64], double: bool) -> JsValue {
    if double {
        return Float64Array::from(values).into();
    }
    let single: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    floats(&single)
}

pub fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let js = Object::new();
    for (key, value) in entries {
        set(&js, key, &value);
    }
    js.into()
}

pub fn set(js: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(js, &key.into(), value).expect("a plain object takes any property");
}
