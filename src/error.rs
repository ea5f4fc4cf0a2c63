//! Everything that can go wrong for a reader, each with a stable code and a sentence that says what to do.

/// Short for a result of the core.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal. Nothing has changed when one is returned, unless its text says so.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A data set, model or parameter that is not registered.
    #[error("unknown {what} \"{id}\"; known: {known}")]
    UnknownId {
        what: &'static str,
        id: String,
        known: String,
    },

    /// A setting outside its ParamSpec's range.
    #[error("{id} = {value} is out of range; it goes from {min} to {max}")]
    OutOfRange { id: String, value: f64, min: f64, max: f64 },

    /// A model asked to learn data of a dimension that it cannot.
    #[error("{model} cannot learn {dim}-dimensional data; choose another model for this data set")]
    WrongDimension { model: String, dim: usize },

    /// Classes to be learned from data that have none.
    #[error("the points of these data have no classes; choose other data, or learn the points alone")]
    NoClasses,

    /// A class asked of a model that has not learned any.
    #[error("this model has not been told classes; turn \"conditional\" on, then ask for one")]
    NotConditional,

    /// A class that the data do not have.
    #[error("there is no class {class}; the classes go from 0 to {}", classes - 1)]
    NoSuchClass { class: usize, classes: usize },

    /// Classes joined in a way that means nothing.
    #[error(
        "\"{text}\" asks for no classes; name one, or join some by \"or\", or by \"and\" and \"not\", as in \"0 and 3 not 4\""
    )]
    BadExpression { text: String },

    /// Classes put together by a model that cannot.
    #[error(
        "only energies, and diffusion models with label dropout, put classes together; ask for one class, or join some by \"or\""
    )]
    CannotCompose,

    /// Drawn or pasted data with fewer than two points.
    #[error("{} to learn from; give at least 2", too_few(.count))]
    TooFewPoints { count: usize },

    /// Drawn or pasted data with more points than a browser should hold.
    #[error("{count} points are too many; give at most {max}")]
    TooManyPoints { count: usize, max: usize },

    /// A slice asked of data that are not on the plane.
    #[error("these data have {dim} coordinates; a slice needs the plane's two")]
    NotAPlane { dim: usize },

    /// A missing part asked of a family that has no way to fill it in.
    #[error("{model} has no density, so what is missing cannot be filled in; choose a model of another family")]
    CannotFill { model: String },

    /// Values whose number is not a multiple of the dimension.
    #[error("{count} values do not make rows of {dim}")]
    RaggedData { count: usize, dim: usize },

    /// NaN or infinity among the data.
    #[error("value {} of the data, counted from 1, is not a finite number; remove it and try again", index + 1)]
    DataNotFinite {
        /// Counted from 0, row by row.
        index: usize,
    },

    /// Values spread so little or so far that their squares leave the numbers there are.
    #[error("values that spread over {value:e} cannot be computed with; give them in another unit")]
    DataSpread { value: f64 },

    /// Data without any spread has no scale to learn.
    #[error("all {count} points are equal; a density needs some spread")]
    DataConstant { count: usize },

    /// A value so far from all others that these would be one point beside it.
    #[error("{} lies more than a thousand times farther out than the other values; remove it and try again", digits(.value))]
    DataOutlier { value: f64 },

    /// Fewer than two classes, or more than can be told apart.
    #[error("{count} classes are {}; there may be 2 to {max}", if *.count < 2 { "too few" } else { "too many" })]
    ClassCount { count: usize, max: usize },

    /// Labels that are not one for each point.
    #[error("the classes of the points need one label for each point, each the place of a name counted from 0")]
    ClassLabels,

    /// A class that a model would see nothing of.
    #[error("class \"{name}\" has too few points; give it more, or leave it out")]
    ClassTooSmall { name: String },

    /// A data set whose file has not been given yet.
    #[error("{file} has not been loaded; load it first, then choose this data set again")]
    DataNotLoaded { file: String },

    /// A file of data that does not hold what it should.
    #[error("{file} cannot be read: {reason}")]
    BadFile { file: String, reason: String },

    /// A text too short to keep something of it back.
    #[error("a text of {count} characters is too short to learn from; give at least {min}")]
    TextTooShort { count: usize, min: usize },

    /// A text longer than a browser should hold.
    #[error("a text of {bytes} bytes is too long; give less than {max}")]
    TextTooLong { bytes: usize, max: usize },

    /// Half of a pair of UTF-16 that stands alone.
    #[error("character {} of the text, counted from 1, is half of one; save the text as UTF-8 and try again", index + 1)]
    TextBroken {
        /// Counted from 0, in whole characters.
        index: usize,
    },

    /// A text of one character.
    #[error("all {count} characters of the text are the same; there is nothing to predict")]
    TextConstant { count: usize },

    /// Training ran away. The session has gone back to the last weights whose loss was finite.
    #[error(
        "the loss of {model} is no longer finite at step {step}; the last good weights were kept. Lower the learning rate, then reset"
    )]
    LossNotFinite { model: String, step: u64 },

    /// An operation that needs a configured session.
    #[error("nothing is configured yet; choose data and a model first")]
    NotConfigured,

    /// A request of the wrong shape.
    #[error("this request cannot be read: {reason}")]
    BadRequest { reason: String },

    /// Bytes that are no snapshot of this version.
    #[error("these bytes are not a snapshot of this playground: {reason}")]
    BadSnapshot { reason: String },

    /// The device refused or lost its work.
    #[error("the compute device failed: {reason}")]
    Device { reason: String },
}

/// "1 point is too few", "no points are", "3 points are".
fn too_few(count: &usize) -> String {
    match count {
        0 => "no points are too few".into(),
        1 => "1 point is too few".into(),
        _ => format!("{count} points are too few"),
    }
}

/// A number as a reader would write it.
fn digits(value: &f64) -> String {
    if (1e-5..1e16).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

impl Error {
    /// The code that pages and scripts may rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownId { .. } => "unknown_id",
            Self::OutOfRange { .. } => "out_of_range",
            Self::WrongDimension { .. } => "wrong_dimension",
            Self::NoClasses => "no_classes",
            Self::NotConditional => "not_conditional",
            Self::NoSuchClass { .. } => "no_such_class",
            Self::BadExpression { .. } => "bad_expression",
            Self::CannotCompose => "cannot_compose",
            Self::TooFewPoints { .. } => "too_few_points",
            Self::TooManyPoints { .. } => "too_many_points",
            Self::NotAPlane { .. } => "not_a_plane",
            Self::CannotFill { .. } => "cannot_fill",
            Self::RaggedData { .. } => "ragged_data",
            Self::DataNotFinite { .. } => "data_not_finite",
            Self::DataSpread { .. } => "data_spread",
            Self::DataConstant { .. } => "data_constant",
            Self::DataOutlier { .. } => "data_outlier",
            Self::ClassCount { .. } => "class_count",
            Self::ClassLabels => "class_labels",
            Self::ClassTooSmall { .. } => "class_too_small",
            Self::DataNotLoaded { .. } => "data_not_loaded",
            Self::BadFile { .. } => "bad_file",
            Self::TextTooShort { .. } => "passage_too_short",
            Self::TextTooLong { .. } => "passage_too_long",
            Self::TextBroken { .. } => "passage_broken",
            Self::TextConstant { .. } => "passage_constant",
            Self::LossNotFinite { .. } => "loss_not_finite",
            Self::NotConfigured => "not_configured",
            Self::BadRequest { .. } => "bad_request",
            Self::BadSnapshot { .. } => "bad_snapshot",
            Self::Device { .. } => "device_failed",
        }
    }
}

/// # Errors
/// [`Error::OutOfRange`] where `value` is not a number from `min` to `max`.
pub fn within(id: &str, value: f64, [min, max]: [f64; 2]) -> Result<()> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(Error::OutOfRange {
        id: id.into(),
        value,
        min,
        max,
    })
}
