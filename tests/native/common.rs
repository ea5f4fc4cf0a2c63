//! Small tools of the native tests.

use burn::tensor::{Device, Tensor, TensorData};
use dgm::{
    data::{
        DATA, DIGITS_FILE, DataSpec, Dataset, OwnClasses, OwnColumn, OwnData, Points, Space, Table, Units, provide,
        registered,
    },
    models::{
        Model,
        spec::{ModelSpec, Settings},
    },
    rng::{Rng, Stream},
    session::standardize::Standardizer,
};

/// The CPU engine's device.
pub fn device() -> Device {
    Device::flex()
}

/// Values of a tensor on the CPU.
pub fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_to_vec().expect("tensors here hold f32")
}

/// A tensor from rows.
pub fn tensor(values: Vec<f32>, dim: usize) -> Tensor<2> {
    let rows = values.len() / dim;
    Tensor::from_data(TensorData::new(values, [rows, dim]), &device())
}

/// `n` standardised points of a data set of dimension `dim`.
pub fn batch(n: usize, dim: usize, seed: u64) -> Tensor<2> {
    let data = dataset(match dim {
        1 => "exam-scores",
        2 => "8gaussians",
        _ => "digits-binary",
    });
    Standardizer::of(data.as_ref()).upload(&data.sample(n, &mut Rng::new(seed, Stream::Data)), &device())
}

/// The digits that ship.
pub const DIGITS: &str = include_str!("../../www/public/data/digits.csv");

/// Gives the engine its file of digits, as the page does.
pub fn provide_digits() {
    provide(DIGITS_FILE, DIGITS).expect("the file that ships is sound");
}

/// The tables of real measurements that ship, each with its file.
pub const TABLES: [(&str, &str); 3] = [
    ("penguins.csv", include_str!("../../www/public/data/penguins.csv")),
    ("faithful.csv", include_str!("../../www/public/data/faithful.csv")),
    ("iris.csv", include_str!("../../www/public/data/iris.csv")),
];

/// Gives the engine its tables, as the page does.
pub fn provide_tables() {
    for (file, text) in TABLES {
        provide(file, text).expect("the file that ships is sound");
    }
}

/// The data sets whose density is known, on the plane and on the line.
pub fn with_density() -> impl Iterator<Item = &'static DataSpec> {
    DATA.iter().filter(|row| row.entropy.is_finite())
}

/// A registered data set.
pub fn dataset(id: &str) -> Box<dyn Dataset> {
    provide_digits();
    registered(id, 0.0).expect("a registered data set")
}

/// Points whose units are the reader's, as a reader gives them.
pub fn table(points: &Points) -> Table {
    Units::of_the_reader(points.dim).table(points)
}

/// Data that a reader brings, a column after another.
pub fn own_data(columns: &[&[f64]]) -> OwnData {
    let column = |(i, values): (usize, &&[f64])| OwnColumn {
        name: format!("column {i}"),
        values: values.to_vec(),
    };
    OwnData::of_columns(columns.iter().enumerate().map(column).collect())
}

/// Classes that rows take in turns.
pub fn classes(rows: usize, count: usize) -> OwnClasses {
    OwnClasses {
        names: (0..count).map(|class| format!("class {class}")).collect(),
        labels: (0..rows).map(|row| (row % count) as u8).collect(),
    }
}

/// The columns of a file whose cells are numbers below a header, if there is any.
pub fn own_file(text: &str) -> OwnData {
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let numbers = |line: &str| -> Option<Vec<f64>> {
        let cells = line.split(|c: char| c == ',' || c.is_whitespace());
        cells
            .filter(|cell| !cell.is_empty())
            .map(|cell| cell.parse().ok())
            .collect()
    };
    for row in text.lines().filter_map(numbers) {
        columns.resize(row.len(), Vec::new());
        columns
            .iter_mut()
            .zip(row)
            .for_each(|(column, value)| column.push(value));
    }
    own_data(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// The defaults of a row with some of them changed.
pub fn settings(spec: &'static ModelSpec, own: &[(&str, f64)]) -> Settings {
    let mut settings = Settings::defaults(spec.params);
    for &(id, value) in own {
        settings.set(spec.params, id, value).expect("within range");
    }
    settings
}

/// The same, where the row has such a setting at all.
pub fn settings_where_known(spec: &'static ModelSpec, own: &[(&str, f64)]) -> Settings {
    settings(spec, &known(spec, own))
}

/// Those of `own` that the row has.
pub fn known<'a>(spec: &ModelSpec, own: &[(&'a str, f64)]) -> Vec<(&'a str, f64)> {
    let has = |id: &str| spec.params.iter().any(|param| param.id == id);
    own.iter().copied().filter(|(id, _)| has(id)).collect()
}

/// Mean and standard error.
pub fn average(draws: Tensor<1>) -> (f64, f64) {
    let draws: Vec<f64> = values(draws).into_iter().map(f64::from).collect();
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let variance = draws.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n;
    (mean, (variance / n).sqrt())
}

/// What test data of that dimension are made of: of 64 dimensions, black and white pixels.
pub fn space(dim: usize) -> Space {
    Space {
        dim,
        levels: (dim == 64).then_some(2),
        classes: 0,
    }
}

/// Sizes of a model that is to be small, whichever of them it has.
pub const SMALL: &[(&str, f64)] = &[("width", 16.0), ("layers", 4.0), ("units", 1.0), ("bins", 8.0)];

/// A model small enough to be examined, as it starts. A GAN's discriminator has smooth units: slopes of leaky ReLU jump at its kinks, which
/// differences of a penalty on slopes cross.
pub fn fresh_small_model(spec: &'static ModelSpec, dim: usize) -> (Box<dyn Model>, Rng) {
    let settings = settings_where_known(spec, SMALL);
    let mut rng = Rng::new(11, Stream::Init);
    let model = (spec.build)(space(dim), &settings, &mut rng, &device().autodiff());
    (model, rng)
}

/// The same with its weights pushed away from their initial order, so that no law holds by accident.
pub fn small_model(spec: &'static ModelSpec, dim: usize) -> Box<dyn Model> {
    let (mut model, mut rng) = fresh_small_model(spec, dim);
    for player in 0..model.players() {
        let theta = model.parameters(player);
        let n = theta.dims()[0];
        let nudge = rng.normal_tensor([1, n], &device()).reshape([n]) * 0.1;
        model.set_parameters(player, theta + nudge);
    }
    model
}

/// Calls `law` with every registered model in every dimension it learns.
pub fn for_every_model(law: impl Fn(&'static ModelSpec, usize)) {
    for spec in dgm::models::registry::MODELS {
        for &dim in spec.dims {
            law(spec, dim);
        }
    }
}
