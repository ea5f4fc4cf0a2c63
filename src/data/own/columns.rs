//! What a reader gives: one or two columns of numbers and what is to be done with them.

use crate::error::{Error, Result, within};
use serde::{Deserialize, Serialize};

/// Most rows; each is kept, and travels in every snapshot.
pub const MOST: usize = 100_000;

/// Narrower and wider columns cannot be computed with: their squares and their densities leave the numbers there are.
const WIDTHS: [f64; 2] = [1e-100, 1e100];

/// Most classes: as many as shapes and colours tell apart at a glance.
const MOST_CLASSES: usize = 10;

/// A class of one point has nothing to spread over.
const LEAST_OF_CLASS: usize = 2;

/// A column with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnColumn {
    pub name: String,
    pub values: Vec<f64>,
}

/// Whether the axes of the plane have one scale, so that a circle stays round, or each its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScaleChoice {
    /// Each its own where the spreads differ by more than 3 times.
    #[default]
    Auto,
    One,
    Each,
}

/// Whether few repeated values are spread evenly over one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpreadChoice {
    /// Where they are few and repeated.
    #[default]
    Auto,
    None,
}

/// Whether a model learns the points with noise about as wide as what more of them would fill, so that it does not learn these by heart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmoothChoice {
    /// As wide as they foretell one another best.
    #[default]
    Auto,
    None,
}

/// The class of each row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnClasses {
    pub names: Vec<String>,
    /// Which of the names, for each row.
    pub labels: Vec<u8>,
}

/// The reader's own data, in the reader's units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnData {
    /// One for the line, two for the plane, of equal length.
    pub columns: Vec<OwnColumn>,
    pub scale: ScaleChoice,
    pub spread: SpreadChoice,
    pub smooth: SmoothChoice,
    /// Where rows are told apart.
    ///
    /// Snapshots carry them by themselves: older ones have none.
    #[serde(skip)]
    pub classes: Option<OwnClasses>,
}

impl OwnData {
    /// Columns, with the choices left to the data.
    pub fn of_columns(columns: Vec<OwnColumn>) -> Self {
        Self {
            columns,
            scale: ScaleChoice::Auto,
            spread: SpreadChoice::Auto,
            smooth: SmoothChoice::Auto,
            classes: None,
        }
    }

    /// Looks for what cannot be learned at all.
    ///
    /// # Errors
    /// Those of [`super::Own::new`], except outliers and classes that are held out whole.
    pub fn check(&self) -> Result<()> {
        let dim = self.columns.len();
        check_dimension(dim)?;
        let (count, total) = (self.rows(), self.columns.iter().map(|column| column.values.len()).sum());
        if total != count * dim {
            return Err(Error::RaggedData { count: total, dim });
        }
        if count < 2 {
            return Err(Error::TooFewPoints { count });
        }
        if count > MOST {
            return Err(Error::TooManyPoints { count, max: MOST });
        }
        for row in 0..count {
            let cells = self.columns.iter().enumerate();
            if let Some((axis, _)) = cells.into_iter().find(|(_, column)| !column.values[row].is_finite()) {
                let index = row * dim + axis;
                return Err(Error::DataNotFinite { index });
            }
        }
        let widths = self.columns.iter().filter_map(OwnColumn::width);
        match widths.clone().find(|width| !(WIDTHS[0]..=WIDTHS[1]).contains(width)) {
            Some(value) => Err(Error::DataSpread { value }),
            None if widths.count() == 0 => Err(Error::DataConstant { count }),
            None => self.classes.as_ref().map_or(Ok(()), |classes| classes.check(count)),
        }
    }

    /// How many rows, where the columns are of equal length.
    pub fn rows(&self) -> usize {
        self.columns[0].values.len()
    }
}

impl OwnClasses {
    fn check(&self, rows: usize) -> Result<()> {
        let count = self.names.len();
        if !(2..=MOST_CLASSES).contains(&count) {
            return Err(Error::ClassCount {
                count,
                max: MOST_CLASSES,
            });
        }
        if self.labels.len() != rows || self.labels.iter().any(|&label| usize::from(label) >= count) {
            return Err(Error::ClassLabels);
        }
        self.each_has(LEAST_OF_CLASS, &self.labels)
    }

    /// # Errors
    /// [`Error::ClassTooSmall`] where one of them has fewer among `labels`.
    pub(super) fn each_has(&self, least: usize, labels: &[u8]) -> Result<()> {
        let of = |class: usize| labels.iter().filter(|&&label| usize::from(label) == class).count();
        match (0..self.names.len()).find(|&class| of(class) < least) {
            Some(class) => Err(Error::ClassTooSmall {
                name: self.names[class].clone(),
            }),
            None => Ok(()),
        }
    }
}

impl OwnColumn {
    /// From the least to the greatest value; `None` where all are equal, but for the last digit.
    pub fn width(&self) -> Option<f64> {
        let values = || self.values.iter().copied();
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        let width = high - low;
        (width > 4.0 * f64::EPSILON * low.abs().max(high.abs())).then_some(width)
    }
}

fn check_dimension(dim: usize) -> Result<()> {
    within("dim", dim as f64, [1.0, 2.0])
}
