//! What a page reads before it configures anything: all that can be chosen, pictures of data sets, and the files that some of them need.

use super::{
    convert::{self, js_error},
    types::JsDataView,
};
use crate::{
    data::{DATA, DataSpec, Space, Units, provide, registered},
    models::{
        registry::MODELS,
        spec::{Family, ModelSpec},
    },
    rng::{Rng, Stream},
    session::{
        config::default_model,
        preset::{PRESETS, Preset},
    },
    spec::Text,
};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Catalogue")]
    pub type JsCatalogue;
}

/// A family with its default models.
#[derive(Serialize, Tsify)]
pub struct FamilySpec {
    id: Family,
    label: Text,
    idea: Text,
    /// Ids of the models to begin with on the plane and on the line.
    plane: &'static str,
    line: &'static str,
}

/// Everything that can be chosen.
#[derive(Serialize, Tsify)]
pub struct Catalogue {
    families: Vec<FamilySpec>,
    data: &'static [DataSpec],
    models: &'static [ModelSpec],
    /// Failures by design.
    presets: &'static [Preset],
}

/// Everything that can be chosen, with ranges, defaults and help in both languages.
#[wasm_bindgen]
pub fn catalogue() -> JsCatalogue {
    let first = |id, dim| {
        default_model(id, Space::continuous(dim))
            .expect("every family learns points of the line and of the plane")
            .id
    };
    let family = |id: Family| {
        let (plane, line) = (first(id, 2), first(id, 1));
        FamilySpec {
            id,
            label: id.label(),
            idea: id.idea(),
            plane,
            line,
        }
    };
    convert::plain(&Catalogue {
        families: Family::ALL.map(family).into(),
        data: DATA,
        models: MODELS,
        presets: PRESETS,
    })
    .unchecked_into()
}

/// Points of a data set to draw its picture from, without configuring anything.
#[wasm_bindgen(js_name = dataPreview)]
pub fn data_preview(id: &str, n: usize, seed: u32) -> Result<JsDataView, JsValue> {
    let data = registered(id, 0.0).map_err(js_error)?;
    let units = data.units().cloned();
    let double = units.is_some();
    let units = units.unwrap_or_else(|| Units::of_the_reader(data.dim()));
    let points = units.table(&data.sample(n, &mut Rng::new(seed.into(), Stream::Eval)));
    Ok(convert::data_view(&points, &units.bounds(&data.bounds()), double).unchecked_into())
}

/// Takes the text of a file that a data set names.
#[wasm_bindgen(js_name = provideFile)]
pub fn provide_file(file: &str, text: &str) -> Result<(), JsValue> {
    provide(file, text).map_err(js_error)
}
